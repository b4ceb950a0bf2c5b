// Coin flips for one scalar type: SCALAR, names through TAGGED. Four bars a call of the generator.

CLONED void TAGGED(fluke_flip)(uint64_t seed, uint32_t purpose, uint64_t first_strategy, size_t first_bar,
                               size_t bars, uint64_t threshold, SCALAR *scores) {
  const size_t end = first_bar + bars;
  for (size_t quad = first_bar / 4; quad * 4 < end; quad++) {
    uint32_t word[4][FLUKE_LANES];
    draw(seed, purpose, first_strategy, (uint32_t)quad, word);
    for (size_t k = 0; k < 4; k++) {
      const size_t bar = quad * 4 + k;
      if (bar < first_bar || bar >= end) continue;
      for (int i = 0; i < FLUKE_LANES; i++) {
        scores[(bar - first_bar) * FLUKE_LANES + i] = word[k][i] < threshold ? (SCALAR)1 : (SCALAR)-1;
      }
    }
  }
}
