// Population standard deviations of windows, and how far from their means the windows end.

#include "Clones.h"
#include "Defined.h"
#include "FeatureColumns.h"

#pragma STDC FP_CONTRACT OFF

// Every `spacing` bars there is an anchor, and windows are at least that long: so the latest anchor before a window's end is
// part of it, and its sums are those of what stands before the anchor and of the rest. Windows of many periods share them.

/// Sums of differences from an anchor's value and of their squares: of the `i` bars before the anchor at
/// `sums[2 * spacing - 1 - i]`, so that windows of one period that end one after the other find theirs in that order, and of
/// the anchor and the `i` bars after it at `sums[4 * spacing + i]`; of squares a row further on each.
INLINED void sum_both_sides(const double *restrict anchor, size_t before, size_t after, size_t spacing,
                            double *restrict sums) {
  double *restrict earlier = sums + 2 * spacing - 1, *restrict earlier_squares = earlier + 2 * spacing;
  double *restrict later = sums + 4 * spacing, *restrict later_squares = later + spacing;
  double sum_before = 0, square_before = 0, sum_after = 0, square_after = 0;
  *earlier = 0;
  *earlier_squares = 0;
#define SUM_BEFORE                                                                 \
  const double down = *(anchor - i - 1) - *anchor;                                 \
  *(earlier - i - 1) = sum_before += down;                                         \
  *(earlier_squares - i - 1) = square_before += down * down;
#define SUM_AFTER                                                                  \
  const double up = anchor[i] - *anchor;                                           \
  later[i] = sum_after += up;                                                      \
  later_squares[i] = square_after += up * up;
  const size_t both = before < after ? before : after;
  for (size_t i = 0; i < both; i++) {
    // Four sums that do not wait for each other.
    SUM_BEFORE
    SUM_AFTER
  }
  for (size_t i = both; i < before; i++) {
    SUM_BEFORE
  }
  for (size_t i = both; i < after; i++) {
    SUM_AFTER
  }
}

/// What becomes of the windows that end at the bars `from` to `to` - 1 after an anchor.
INLINED void finish(const double *restrict anchor, size_t period, size_t spacing, size_t from, size_t to,
                    const double *restrict sums, double *restrict results, const int are_distances) {
  const double *restrict earlier = sums + 2 * spacing - period, *restrict earlier_squares = earlier + 2 * spacing;
  const double *restrict later = sums + 4 * spacing, *restrict later_squares = later + spacing;
  const double length = (double)period, part = 1 / length, reference = *anchor;
  for (size_t i = from; i < to; i++) {
    const double sum = earlier[i] + later[i], square = earlier_squares[i] + later_squares[i];
    const double squared = length * square - sum * sum;
    // Of the deviation times the length. Rounding may leave a tiny negative number; a NaN passes.
    const double root = __builtin_elementwise_sqrt(squared < 0 ? 0 : squared);
    // The mean is rounded as a value is: where it is one of few decimals, as a price may be, it is met to the bit.
    const double mean = reference + sum * part;
    results[i] = are_distances ? DEFINED((mean - anchor[i]) * length / root) : root / length;
  }
}

INLINED void windows(size_t bars, size_t spacing, size_t count, const size_t *periods, const double *column,
                     double *sums, double *const *results, const int are_distances) {
  size_t longest = 1;
  for (size_t i = 0; i < count; i++) longest = periods[i] > longest ? periods[i] : longest;
  for (size_t anchor = 0; anchor < bars; anchor += spacing) {
    const size_t before = anchor < longest - 1 ? anchor : longest - 1;
    const size_t after = bars - anchor < spacing ? bars - anchor : spacing;
    sum_both_sides(column + anchor, before, after, spacing, sums);
    for (size_t i = 0; i < count; i++) {
      const size_t from = anchor + 1 < periods[i] ? periods[i] - 1 - anchor : 0;
      finish(column + anchor, periods[i], spacing, from, after, sums, results[i] + anchor, are_distances);
    }
  }
}

CLONED void fluke_window_deviations(size_t bars, size_t spacing, size_t count, const size_t *periods,
                                    const double *column, double *sums, double *const *deviations) {
  windows(bars, spacing, count, periods, column, sums, deviations, 0);
}

CLONED void fluke_window_deviation_distances(size_t bars, size_t spacing, size_t count, const size_t *periods,
                                             const double *column, double *sums, double *const *distances) {
  windows(bars, spacing, count, periods, column, sums, distances, 1);
}
