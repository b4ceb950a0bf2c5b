// Population standard deviations of windows.

#include "Clones.h"
#include "FeatureColumns.h"
#include "TileKernel.h"

#pragma STDC FP_CONTRACT OFF

/// x/divisor for a divisor of few bits. Where products and sums are fused, without a division: the remainder of
/// x·(1/divisor) is exact then, and what it adds leaves an error of 2⁻¹⁰⁴ (Markstein 1990). A quotient by so short a number
/// is never so near to a tie, so this one is rounded right.
INLINED double quotient(double x, double divisor, double reciprocal, const int is_fused) {
  if (!is_fused) return x / divisor;
  const double near = x * reciprocal;
  return __builtin_elementwise_fma(__builtin_elementwise_fma(-near, divisor, x), reciprocal, near);
}

/// The deviations of windows `from` to `to` - 1 from the sums on both sides of their anchor.
INLINED void finish(const double *restrict sums, size_t period, size_t from, size_t to, double *restrict deviations,
                    const int is_fused) {
  const double *restrict sums_before = sums, *restrict squares_before = sums + period;
  const double *restrict sums_after = sums + 2 * period, *restrict squares_after = sums + 3 * period;
  const double length = (double)period, reciprocal = 1 / length;
  for (size_t i = from; i < to; i++) {
    const double sum = sums_before[i] + sums_after[i], square = squares_before[i] + squares_after[i];
    const double squared = square - quotient(sum * sum, length, reciprocal, is_fused);
    // Rounding may leave a tiny negative number; a NaN passes.
    deviations[i] = __builtin_elementwise_sqrt(quotient(squared < 0 ? 0 : squared, length, reciprocal, is_fused));
  }
}

// Every window holds exactly one multiple of the period, its anchor. Sums of differences from it run from there to both
// sides: four sums that do not wait for each other. What is left for a bar is done in all lanes.
CLONED void fluke_window_deviations(size_t bars, size_t period, const double *restrict column,
                                    double *restrict sums, double *restrict deviations) {
  double *restrict sums_before = sums, *restrict squares_before = sums + period;
  double *restrict sums_after = sums + 2 * period, *restrict squares_after = sums + 3 * period;
  const int is_fused = fluke_processor_level() >= 3;
  for (size_t anchor = 0; anchor < bars; anchor += period) {
    const double reference = column[anchor];
    const size_t after = bars - anchor < period ? bars - anchor : period;
    // What stands before the first anchor is part of no window.
    const size_t before = anchor == 0 ? 1 : period;
    const double itself = reference - reference;
    double sum_before = 0, square_before = 0, sum_after = itself, square_after = itself * itself;
    // Bars before the anchor stand in the order of the windows that start there, which end as far after it.
    sums_before[period - 1] = 0;
    squares_before[period - 1] = 0;
    sums_after[0] = sum_after;
    squares_after[0] = square_after;
    const size_t both = before < after ? before : after;
#define SUM_BEFORE                                            \
  const double earlier = column[anchor - i] - reference;      \
  sums_before[period - 1 - i] = sum_before += earlier;        \
  squares_before[period - 1 - i] = square_before += earlier * earlier;
#define SUM_AFTER                                             \
  const double later = column[anchor + i] - reference;        \
  sums_after[i] = sum_after += later;                         \
  squares_after[i] = square_after += later * later;
    for (size_t i = 1; i < both; i++) {
      SUM_BEFORE
      SUM_AFTER
    }
    for (size_t i = both; i < before; i++) {
      SUM_BEFORE
    }
    for (size_t i = both; i < after; i++) {
      SUM_AFTER
    }
    const size_t from = anchor == 0 ? period - 1 : 0;
    // What overflows has no remainder.
    if (is_fused && square_before + square_after < 0x1p800) {
      finish(sums, period, from, after, deviations + anchor, 1);
    } else {
      finish(sums, period, from, after, deviations + anchor, 0);
    }
  }
}
