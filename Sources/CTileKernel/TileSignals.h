// Scores that are given, for one scalar type: SCALAR, names through TAGGED.

CLONED void TAGGED(fluke_copy_signals)(const int8_t *signals, size_t stride, size_t strategies, size_t bars,
                                       SCALAR *scores) {
  for (size_t bar = 0; bar < bars; bar += SIGNALS_AT_ONCE) {
    const size_t some = bars - bar < SIGNALS_AT_ONCE ? bars - bar : SIGNALS_AT_ONCE;
    for (size_t lane = 0; lane < FLUKE_LANES; lane += SIGNALS_AT_ONCE) {
      signals_of_lane rows[SIGNALS_AT_ONCE];
      for (size_t i = 0; i < SIGNALS_AT_ONCE; i++) {
        rows[i] = (signals_of_lane){0};
        if (lane + i >= strategies) continue;
        const int8_t *from = signals + (lane + i) * stride + bar;
        // A length that is no constant would be a call.
        if (some == SIGNALS_AT_ONCE)
          __builtin_memcpy(&rows[i], from, SIGNALS_AT_ONCE);
        else
          __builtin_memcpy(&rows[i], from, some);
      }
      turn_signals(rows);
      for (size_t i = 0; i < some; i++)
        for (size_t j = 0; j < SIGNALS_AT_ONCE; j++)
          scores[(bar + i) * FLUKE_LANES + lane + j] = (SCALAR)rows[i][j];
    }
  }
}
