// The first pass for metrics that take a root, four unions at a time.
//
// A root and a division keep the unit that divides busy for 25 cycles; all else that is done for a union takes half of
// that in units that multiply and add. So every other union's quotient is made by those instead.

#include "SplitRoots.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include "AVX512.h"
#include "SplitMerits.h"
#include "TileKernel.h"

enum { STEP = 4 };
#define FOR_STEP(i) _Pragma("clang loop unroll(full)") for (int i = 0; i < STEP; i++)
#define FOR_EVEN(i) _Pragma("clang loop unroll(full)") for (int i = 0; i < STEP; i += 2)
#define FOR_ODD(i) _Pragma("clang loop unroll(full)") for (int i = 1; i < STEP; i += 2)

/// A value that is no further from zero than this is one that counts. A Sharpe ratio whose variance is too small to count
/// has at most (n + 8)·2⁻⁵¹ + 1,032·2⁻²² of the mean square in it, times at most 2 where n - 1 is taken, and so is 2⁵ or more
/// up to n = 2²⁸, which the bars in the market are not above either. A Sortino ratio whose losses are too small is 2²⁴ or
/// more; one without losses, and any ratio of no trades, is infinite or not a number.
static const double MOST_USUAL = 0x1p5;
static const double MOST_BARS = 0x1p28;

/// The quotients of `evaluate` for ordinary sums.
///
/// The even ones grow out of an estimate of one over the root, good to 14 bits, by a step of third order. A root or a
/// quotient s of that is off by about one unit in its last place, and its remainder exact in one fused operation, so
/// that s + remainder·estimate is rounded right (Markstein 1990), unless it is within 2⁻⁵⁰ units of a tie. That is too
/// rare to be met: once in 10¹⁵ quotients.
INLINED_AVX512 void quotients(const merit found[STEP], lanes values[STEP]) {
  lanes inverse[STEP], error[STEP], series[STEP], root[STEP], rest[STEP];
  FOR_ODD(i) values[i] = found[i].dividend / __builtin_elementwise_sqrt(found[i].divisor);
  FOR_EVEN(i) inverse[i] = (lanes)_mm512_rsqrt14_pd((__m512d)found[i].divisor);
  FOR_EVEN(i) error[i] = found[i].divisor * inverse[i];
  FOR_EVEN(i) error[i] = __builtin_elementwise_fma(-error[i], inverse[i], (lanes)1);
  // 1/√(1 - x) = 1 + x/2 + 3x²/8 + 5x³/16 + …
  FOR_EVEN(i) series[i] = __builtin_elementwise_fma(error[i], (lanes)0.3125, (lanes)0.375);
  FOR_EVEN(i) series[i] = __builtin_elementwise_fma(error[i], series[i], (lanes)0.5);
  FOR_EVEN(i) error[i] *= inverse[i];
  FOR_EVEN(i) inverse[i] = __builtin_elementwise_fma(error[i], series[i], inverse[i]);
  FOR_EVEN(i) root[i] = found[i].divisor * inverse[i];
  FOR_EVEN(i) rest[i] = __builtin_elementwise_fma(-root[i], root[i], found[i].divisor);
  FOR_EVEN(i) root[i] = __builtin_elementwise_fma(rest[i], inverse[i] * 0.5, root[i]);
  FOR_EVEN(i) values[i] = found[i].dividend * inverse[i];
  FOR_EVEN(i) rest[i] = __builtin_elementwise_fma(-values[i], root[i], found[i].dividend);
  FOR_EVEN(i) values[i] = __builtin_elementwise_fma(rest[i], inverse[i], values[i]);
}

/// Looks at some unions of which one has news: a new best, or a strategy without a value.
static __attribute__((noinline)) AVX512 void look_closer(const fluke_split_run *run, size_t group, size_t first,
                                                         size_t count, const lanes *high) {
#define LOOK(run, metric) look_at(run, metric, 1, group, i, LOW_SUMS(run, metric, i), high)
  for (size_t i = first; i < first + count; i++) {
    switch (run->metric) {
      FOR_ROOT_METRIC(LOOK)
      default: break;
    }
  }
}

/// Looks at as many unions as a step takes, which have the sums `high` over their high half.
INLINED_AVX512 void look_at_step(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group,
                                 size_t first, const lanes *high) {
  merit found[STEP];
  lanes values[STEP];
  const fluke_split_standing *standings = run->standings + first;
  FOR_STEP(i) {
    found[i] = merit_of(metric, 0, &run->unions[first + i], LOW_SUMS(run, metric, first + i), high);
  }
  quotients(found, values);
  flags usual = (flags){} == 0;
  FOR_STEP(i) {
    usual &= values[i] <= standings[i].in_sample;
    usual &= __builtin_elementwise_abs(values[i]) < MOST_USUAL;
  }
  if (__builtin_expect(BITS(usual) == 0xff, 1)) {
    lanes *totals = (lanes *)run->totals + first;
    FOR_STEP(i) totals[i] += values[i];
  } else {
    look_closer(run, group, first, STEP, high);
  }
}

INLINED_AVX512 void look_at_group(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  const size_t count = run->count;
  const int ordinary = is_ordinary(run, metric, group);
  tabulate(run, metric, group);
  for (size_t i = 0; i < count;) {
    lanes high[FLUKE_SPLIT_MOST_QUANTITIES];
    const uint32_t blocks = HIGH_BLOCKS(run, i);
    add_up(run, metric, group, blocks, high);
    while (i < count && HIGH_BLOCKS(run, i) == blocks) {
      // Unions ascend: those between two with the same high half have it too.
      const int is_step = ordinary && i + STEP <= count && HIGH_BLOCKS(run, i + STEP - 1) == blocks;
      if (is_step) {
        look_at_step(run, metric, group, i, high);
      } else {
        look_closer(run, group, i, 1, high);
      }
      i += is_step ? STEP : 1;
    }
  }
}

AVX512 size_t fluke_split_best_of_roots(const fluke_split_run *run) {
  if (!takes_root(run->metric) || fluke_processor_level() < 4) return 0;
  for (size_t i = 0; i < run->count; i++) {
    // Of a single bar a deviation with n - 1 may be without end.
    if (run->unions[i].bars < 2 || run->unions[i].bars > MOST_BARS) return 0;
  }
  const size_t groups = run->strategies / FLUKE_SPLIT_LANES;
#define LOOK_AT_ALL(run, metric) for (size_t group = 0; group < groups; group++) look_at_group(run, metric, group)
  switch (run->metric) {
    FOR_ROOT_METRIC(LOOK_AT_ALL)
    default: return 0;
  }
  return groups;
}

#else

size_t fluke_split_best_of_roots(const fluke_split_run *run) { return 0; }

#endif
