// Scores that are given, for one scalar type: SCALAR, names through TAGGED.

CLONED void TAGGED(fluke_spread_signals)(const uint64_t *longs, const uint64_t *shorts, size_t bars,
                                         SCALAR *restrict scores) {
  for (size_t bar = 0; bar < bars; bar++) {
    // Halves, since lanes of 32 bits fill a register twice as often as lanes of 64.
    for (int half = 0; half < 2; half++) {
      const uint32_t above = (uint32_t)(longs[bar] >> (32 * half));
      const uint32_t below = shorts ? (uint32_t)(shorts[bar] >> (32 * half)) : 0;
      SCALAR *row = scores + bar * FLUKE_LANES + 32 * half;
      for (int lane = 0; lane < 32; lane++)
        row[lane] = (SCALAR)((int32_t)(above >> lane & 1) - (int32_t)(below >> lane & 1));
    }
  }
}
