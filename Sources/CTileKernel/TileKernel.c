// The fused tile kernel. Its goals, in this order:
//
//   1. agree with the reference kernel, rule by rule;
//   2. one fixed order of summation on every machine: bar after bar within a lane, nothing across lanes, and no
//      contraction of a product and a sum into one rounding;
//   3. no allocation;
//   4. speed: a group of lanes fills one 512-bit register and all accumulators of a group stay in registers over
//      all bars of the call. On most bars no lane of a group changes its position: then every lane that holds adds
//      the same facts of the bar, which were found beforehand, and a group that is flat does nothing.
//
// Where it differs from the reference:
//
//   - within one call it accumulates in its own scalar type, and folds into double at the end by the law by
//     which tallies merge;
//   - drawdown is followed as the ratio of equity to its highest point, which is multiplied and capped at 1, so
//     that no lane divides;
//   - what the last bar of a position counted as is not kept, but made again of its return and of what it bore for
//     entering;
//   - `stop`, `target` and `holding` are growths and counts, with infinities for "never".

#include "TileKernel.h"

#include <math.h>

#pragma STDC FP_CONTRACT OFF

#include "Clones.h"
#include "TileDraws.h"
#include "WarmUp.h"

#define SCALAR float
#define GROUP 16
#define TAGGED(name) name##_f32
#include "TileScores.h"
#include "TileFacts.h"
#include "TileCoinFlips.h"
#include "TileSignals.h"
#undef SCALAR
#undef GROUP
#undef TAGGED

#define SCALAR double
#define GROUP 8
#define TAGGED(name) name##_f64
#include "TileScores.h"
#include "TileFacts.h"
#include "TileCoinFlips.h"
#include "TileSignals.h"

CLONED void fluke_wait_for_feature(const double *restrict weights, int32_t warm_up, int32_t *restrict defined_from) {
  for (int lane = 0; lane < FLUKE_LANES; lane++) {
    const int32_t from = defined_from[lane];
    const int waits = (weights[lane] != 0) & (from < warm_up);
    defined_from[lane] = waits ? warm_up : from;
  }
}

int fluke_processor_level(void) {
#if defined(__x86_64__) && defined(__linux__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("x86-64-v4")) return 4;
  return __builtin_cpu_supports("x86-64-v3") ? 3 : 1;
#else
  return 0;
#endif
}

const char *fluke_compiler(void) { return __VERSION__; }
