// Random words for many counters at a time: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011).

/// Makes random words of the counters in `word`, a row of `count` for each of the four words.
INLINED void philox(uint64_t seed, int count, uint32_t *restrict word) {
  uint32_t key_low = (uint32_t)seed, key_high = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    for (int i = 0; i < count; i++) {
      uint32_t *first_word = word + i, *second_word = first_word + count;
      uint32_t *third_word = second_word + count, *fourth_word = third_word + count;
      const uint64_t first = (uint64_t)0xD2511F53u * *first_word, second = (uint64_t)0xCD9E8D57u * *third_word;
      *first_word = (uint32_t)(second >> 32) ^ *second_word ^ key_low;
      *second_word = (uint32_t)second;
      *third_word = (uint32_t)(first >> 32) ^ *fourth_word ^ key_high;
      *fourth_word = (uint32_t)first;
    }
    key_low += 0x9E3779B9u;
    key_high += 0xBB67AE85u;
  }
}

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
  philox(seed, FLUKE_LANES, word[0]);
}

CLONED void fluke_draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter, uint32_t *words) {
  draw(seed, purpose, first_strategy, counter, (uint32_t(*)[FLUKE_LANES])words);
}

CLONED void fluke_draw_ahead(uint64_t seed, uint32_t purpose, uint64_t index, uint32_t counter,
                             uint64_t *restrict numbers) {
  enum { COUNT = FLUKE_STREAM_BLOCKS };
  uint32_t word[4 * COUNT];
  for (int i = 0; i < COUNT; i++) {
    word[i] = counter + (uint32_t)i;
    word[COUNT + i] = (uint32_t)index;
    word[2 * COUNT + i] = (uint32_t)(index >> 32);
    word[3 * COUNT + i] = purpose;
  }
  philox(seed, COUNT, word);
  for (int i = 0; i < COUNT; i++) {
    numbers[2 * i] = word[i] | (uint64_t)word[COUNT + i] << 32;
    numbers[2 * i + 1] = word[2 * COUNT + i] | (uint64_t)word[3 * COUNT + i] << 32;
  }
}

CLONED void fluke_add_random_weights(size_t count, const uint32_t *restrict words, double scale,
                                     double *restrict weights) {
  for (size_t lane = 0; lane < count; lane++) weights[lane] += (double)(int32_t)words[lane] * scale;
}
