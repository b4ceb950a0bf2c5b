// Given signals, which stand strategy after strategy, turned over to stand bar after bar.

enum { SIGNALS_AT_ONCE = 16 };
typedef int8_t signals_of_lane __attribute__((vector_size(SIGNALS_AT_ONCE)));

/// Signals of sixteen lanes, bar after bar each, become those of sixteen bars, lane after lane each.
INLINED void turn_signals(signals_of_lane rows[SIGNALS_AT_ONCE]) {
  // Each round brings together what stands half of the way apart: four of them sort by all four bits of the place.
  for (int round = 0; round < 4; round++) {
    signals_of_lane next[SIGNALS_AT_ONCE];
    for (int i = 0; i < SIGNALS_AT_ONCE / 2; i++) {
      const signals_of_lane one = rows[i], other = rows[i + SIGNALS_AT_ONCE / 2];
      next[2 * i] =
          __builtin_shufflevector(one, other, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      next[2 * i + 1] =
          __builtin_shufflevector(one, other, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < SIGNALS_AT_ONCE; i++) rows[i] = next[i];
  }
}
