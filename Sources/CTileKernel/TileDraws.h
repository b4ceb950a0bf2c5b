// Random words for many counters at a time: Philox 4x32-10 (Salmon, Moraes, Dror & Shaw 2011).

enum { PHILOX_LANES = 8 };

// A word in the lower half of each lane: vector units multiply two of them into the whole lane. Their upper halves are 0.
typedef uint64_t philox_words __attribute__((ext_vector_type(PHILOX_LANES)));
typedef uint32_t packed_words __attribute__((ext_vector_type(PHILOX_LANES), aligned(4)));

#define LOWER_HALF(words) ((words) & (philox_words)0xFFFFFFFFu)

/// Makes random words of the four words of counters.
INLINED void philox(uint64_t seed, philox_words word[4]) {
  uint32_t key_low = (uint32_t)seed, key_high = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    // That the upper halves are 0 is said again where it makes the products those of halves.
    const philox_words first = LOWER_HALF(word[0]) * 0xD2511F53u, second = LOWER_HALF(word[2]) * 0xCD9E8D57u;
    word[0] = (second >> 32) ^ word[1] ^ key_low;
    word[1] = LOWER_HALF(second);
    word[2] = (first >> 32) ^ word[3] ^ key_high;
    word[3] = LOWER_HALF(first);
    key_low += 0x9E3779B9u;
    key_high += 0xBB67AE85u;
  }
}

/// The numbers from `first` on.
INLINED void count_from(uint64_t first, philox_words *numbers) {
  for (int lane = 0; lane < PHILOX_LANES; lane++) (*numbers)[lane] = first + (uint64_t)lane;
}

/// Words of Philox at counter (counter, strategy low, strategy high, purpose) for the FLUKE_LANES strategies from
/// `first_strategy`.
INLINED void draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter,
                  uint32_t word[4][FLUKE_LANES]) {
  for (int lane = 0; lane < FLUKE_LANES; lane += PHILOX_LANES) {
    philox_words strategies;
    count_from(first_strategy + (uint64_t)lane, &strategies);
    philox_words words[4] = {counter, LOWER_HALF(strategies), strategies >> 32, purpose};
    philox(seed, words);
    for (int w = 0; w < 4; w++) *(packed_words *)(word[w] + lane) = __builtin_convertvector(words[w], packed_words);
  }
}

CLONED void fluke_draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter, uint32_t *words) {
  draw(seed, purpose, first_strategy, counter, (uint32_t(*)[FLUKE_LANES])words);
}

CLONED void fluke_draw_ahead(uint64_t seed, uint32_t purpose, uint64_t index, uint32_t counter,
                             uint64_t *restrict numbers) {
  philox_words counters;
  count_from(counter, &counters);
  philox_words words[4] = {LOWER_HALF(counters), (uint32_t)index, index >> 32, purpose};
  philox(seed, words);
  const philox_words first = words[0] | words[1] << 32, second = words[2] | words[3] << 32;
  for (int block = 0; block < FLUKE_STREAM_BLOCKS; block++) {
    numbers[2 * block] = first[block];
    numbers[2 * block + 1] = second[block];
  }
}

CLONED void fluke_add_random_weights(size_t count, const uint32_t *restrict words, double scale,
                                     double *restrict weights) {
  for (size_t lane = 0; lane < count; lane++) weights[lane] += (double)(int32_t)words[lane] * scale;
}
