// What a bar's return adds to every lane that holds, for one scalar type: SCALAR, names through TAGGED.

CLONED void TAGGED(fluke_find_facts)(size_t count, const SCALAR *returns, SCALAR *facts) {
  for (size_t i = 0; i < count; i++) {
    SCALAR *fact = facts + i * FLUKE_FACTS;
    const SCALAR earned = returns[i], square = earned * earned, fall = earned < 0 ? earned : 0;
    fact[FLUKE_RETURN] = earned;
    fact[FLUKE_STEP] = 1 + earned;
    fact[FLUKE_SQUARE] = square;
    fact[FLUKE_CUBE] = square * earned;
    fact[FLUKE_FOURTH] = square * square;
    fact[FLUKE_FALL] = fall;
    fact[FLUKE_SQUARED_FALL] = fall * fall;
    fact[FLUKE_WIN] = earned > 0 ? 1 : 0;
  }
}
