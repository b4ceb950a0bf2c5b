// Coin flips for one scalar type: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011), four bars a call of the
// generator, all lanes at a time.

INLINED void TAGGED(philox)(uint32_t word[4][FLUKE_LANES], uint32_t key_low, uint32_t key_high) {
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < FLUKE_LANES; i++) {
      const uint64_t first = (uint64_t)0xD2511F53u * word[0][i], second = (uint64_t)0xCD9E8D57u * word[2][i];
      word[0][i] = (uint32_t)(second >> 32) ^ word[1][i] ^ key_low;
      word[1][i] = (uint32_t)second;
      word[2][i] = (uint32_t)(first >> 32) ^ word[3][i] ^ key_high;
      word[3][i] = (uint32_t)first;
    }
    key_low += 0x9E3779B9u;
    key_high += 0xBB67AE85u;
  }
}

CLONED void TAGGED(fluke_flip)(uint64_t seed, uint32_t purpose, uint64_t first_strategy, size_t first_bar,
                               size_t bars, uint64_t threshold, SCALAR *scores) {
  const size_t end = first_bar + bars;
  for (size_t quad = first_bar / 4; quad * 4 < end; quad++) {
    uint32_t word[4][FLUKE_LANES];
    for (int i = 0; i < FLUKE_LANES; i++) {
      const uint64_t strategy = first_strategy + (uint64_t)i;
      word[0][i] = (uint32_t)quad;
      word[1][i] = (uint32_t)strategy;
      word[2][i] = (uint32_t)(strategy >> 32);
      word[3][i] = purpose;
    }
    TAGGED(philox)(word, (uint32_t)seed, (uint32_t)(seed >> 32));
    for (size_t k = 0; k < 4; k++) {
      const size_t bar = quad * 4 + k;
      if (bar < first_bar || bar >= end) continue;
      for (int i = 0; i < FLUKE_LANES; i++) {
        scores[(bar - first_bar) * FLUKE_LANES + i] = word[k][i] < threshold ? (SCALAR)1 : (SCALAR)-1;
      }
    }
  }
}
