// Accounting of scores that stand in memory, for one scalar type: SCALAR, lanes a register GROUP, names through TAGGED.

#define IN_PLACE INLINED
#define SCORES const SCALAR *restrict scores
#define BEGIN_SCORES
#define SCORE(bar) (*(const LANES *)(scores + (bar) * FLUKE_LANES + lane))
#define MEANWHILE(quarter)
#include "TileAccounting.h"

CLONED void TAGGED(fluke_account)(const fluke_run *run, const SCALAR *scores, const SCALAR *parameters,
                                  const SCALAR *facts, const SCALAR *marks, SCALAR *carry, double *totals,
                                  double *nets) {
  for (int lane = 0; lane < FLUKE_LANES; lane += GROUP) {
#define ACCOUNT(nets, long_short, careful, per_trade)                                                          \
  TAGGED(account_group)(run, scores, parameters, facts, marks, carry, totals, nets, lane, long_short, careful, \
                        per_trade)
#define ACCOUNT_SIDES(nets, careful, per_trade) \
  if (run->long_short) ACCOUNT(nets, 1, careful, per_trade); else ACCOUNT(nets, 0, careful, per_trade)
    // Each combination is code of its own; without `nets` nothing of them is left in the loop.
    if (nets) {
      if (run->careful) ACCOUNT_SIDES(nets, 1, 0); else ACCOUNT_SIDES(nets, 0, 0);
    } else if (run->per_trade) {
      if (run->careful) ACCOUNT_SIDES(NULL, 1, 1); else ACCOUNT_SIDES(NULL, 0, 1);
    } else {
      if (run->careful) ACCOUNT_SIDES(NULL, 1, 0); else ACCOUNT_SIDES(NULL, 0, 0);
    }
#undef ACCOUNT_SIDES
#undef ACCOUNT
  }
}

CLONED void TAGGED(fluke_undefine)(size_t first_bar, size_t bars, const int32_t *defined_from, SCALAR *scores) {
  const size_t warm_up = bars_of_warm_up(defined_from, first_bar);
  for (size_t bar = 0; bar < bars && bar < warm_up; bar++) {
    const int32_t at = (int32_t)(first_bar + bar);
    SCALAR *row = scores + bar * FLUKE_LANES;
    for (int lane = 0; lane < FLUKE_LANES; lane++) row[lane] = at < defined_from[lane] ? (SCALAR)NAN : row[lane];
  }
}
