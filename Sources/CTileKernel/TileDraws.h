// Random words for all lanes at a time: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011).

/// Words of Philox at counter (counter, strategy low, strategy high, purpose) for the FLUKE_LANES strategies from
/// `first_strategy`.
INLINED void draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter,
                  uint32_t word[4][FLUKE_LANES]) {
  for (int i = 0; i < FLUKE_LANES; i++) {
    const uint64_t strategy = first_strategy + (uint64_t)i;
    word[0][i] = counter;
    word[1][i] = (uint32_t)strategy;
    word[2][i] = (uint32_t)(strategy >> 32);
    word[3][i] = purpose;
  }
  uint32_t key_low = (uint32_t)seed, key_high = (uint32_t)(seed >> 32);
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

CLONED void fluke_draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter, uint32_t *words) {
  draw(seed, purpose, first_strategy, counter, (uint32_t(*)[FLUKE_LANES])words);
}

CLONED void fluke_add_random_weights(size_t count, const uint32_t *restrict words, double scale,
                                     double *restrict weights) {
  for (size_t lane = 0; lane < count; lane++) weights[lane] += (double)(int32_t)words[lane] * scale;
}
