// The loops over bars by which features are made that are worth more than one lane: means of windows out of running
// sums, and the rounding of a column for the matrix.

#include "FeatureColumns.h"

#include "Clones.h"
#include "Defined.h"

#pragma STDC FP_CONTRACT OFF

/// The rounded sum and exactly what the rounding lost (Knuth, The Art of Computer Programming 2, 4.2.2, theorem B).
#define EXACT_SUM(first, second, sum, error)                               \
  const double sum = (first) + (second);                                   \
  const double sum##_second = sum - (first);                               \
  const double error = ((first) - (sum - sum##_second)) + ((second) - sum##_second);

/// (top + bottom) / length, rounded once: the remainder of the first quotient is exact, so that two quotients hold twice
/// the bits of one.
INLINED double quotient_of(double top, double bottom, double length) {
  const double quotient = top / length;
  const double remainder = __builtin_fma(-quotient, length, top) + bottom;
  return quotient + remainder / length;
}

/// The mean of the `period` values from bar `first` on, whose sums run on in `high` and `low`.
INLINED double window_mean(size_t first, size_t period, const double *high, const double *low) {
  EXACT_SUM(high[first + period], -high[first], large, large_error)
  EXACT_SUM(low[first + period], -low[first], small, small_error)
  // The two parts are made not to overlap, twice.
  const double tail = large_error + small;
  const double sum = large + tail, rest = (tail - (sum - large)) + small_error;
  const double top = sum + rest, bottom = rest - (top - sum);
  return quotient_of(top, bottom, (double)period);
}

CLONED void fluke_window_means(size_t count, size_t period, const double *restrict high,
                               const double *restrict low, double *restrict means) {
  for (size_t i = 0; i < count; i++) means[i] = window_mean(i, period, high, low);
}

CLONED void fluke_window_distances(size_t count, size_t period, const double *restrict high,
                                   const double *restrict low, const double *restrict prices,
                                   double *restrict distances) {
  for (size_t i = 0; i < count; i++)
    distances[i] = DEFINED((window_mean(i, period, high, low) - prices[i]) / prices[i]);
}

CLONED void fluke_short_window_means(size_t count, size_t period, const double *restrict column,
                                     double *restrict means) {
  enum { SIDE_BY_SIDE = 64 };
  for (size_t first = 0; first < count; first += SIDE_BY_SIDE) {
    const size_t some = count - first < SIDE_BY_SIDE ? count - first : SIDE_BY_SIDE;
    double high[SIDE_BY_SIDE] = {0}, low[SIDE_BY_SIDE] = {0};
    for (size_t term = 0; term < period; term++) {
      const double *values = column + first + term;
      for (size_t i = 0; i < some; i++) {
        EXACT_SUM(high[i], values[i], sum, error)
        const double tail = error + low[i];
        high[i] = sum + tail;
        low[i] = tail - (high[i] - sum);
      }
    }
    for (size_t i = 0; i < some; i++) means[first + i] = quotient_of(high[i], low[i], (double)period);
  }
}

CLONED void fluke_undefine_infinities(size_t count, double *column) {
  for (size_t i = 0; i < count; i++) column[i] = DEFINED(column[i]);
}

#define ROUND(scalar, suffix, largest)                                                                 \
  CLONED size_t fluke_round_##suffix(size_t count, const double *restrict column, scalar *restrict rounded) { \
    size_t undefined = 0;                                                                              \
    for (size_t i = 0; i < count; i++) {                                                               \
      const double value = column[i];                                                                  \
      const int is_finite = fabs(value) <= DBL_MAX;                                                    \
      const double near = value > (largest) ? (largest) : value < -(largest) ? -(largest) : value;     \
      rounded[i] = is_finite ? (scalar)near : 0;                                                       \
      undefined += !is_finite;                                                                         \
    }                                                                                                  \
    return undefined;                                                                                  \
  }
ROUND(float, f32, FLT_MAX)
ROUND(double, f64, DBL_MAX)
