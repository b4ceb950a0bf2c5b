#pragma once

#include <stddef.h>

/// Means of `count` windows of `period` bars, of which window i starts before bar i, correctly rounded in the range
/// that `PrefixSums` in Sources/Backtesting tells.
///
/// `high[i] + low[i]` is the sum of the values before bar i; both have `count + period` elements. Where `prices` is not
/// null the mean is told by its distance from `prices[i]`, relative to it.
void fluke_window_means(size_t count, size_t period, const double *high, const double *low, const double *prices,
                        double *means);

/// Rounds a column, with 0 where it is not finite and nothing beyond the largest number of the type, and counts the
/// values that are not finite.
size_t fluke_round_f32(size_t count, const double *column, float *rounded);
size_t fluke_round_f64(size_t count, const double *column, double *rounded);
