#pragma once

#include <stddef.h>

/// Means of `count` windows of `period` bars, of which window i starts before bar i, correctly rounded in the range
/// that `PrefixSums` in Sources/Backtesting tells.
///
/// `high[i] + low[i]` is the sum of the values before bar i; both have `count + period` elements.
void fluke_window_means(size_t count, size_t period, const double *high, const double *low, double *means);

/// How far those means stand above `prices[i]`, relative to it; NaN where that is not finite.
void fluke_window_distances(size_t count, size_t period, const double *high, const double *low,
                            const double *prices, double *distances);

/// The same means out of the column itself, of which window i starts at element i; for windows of a few bars. A window
/// that holds a value that is not finite is undefined.
void fluke_short_window_means(size_t count, size_t period, const double *column, double *means);

/// Averages that are made side by side at most.
enum { FLUKE_AVERAGES = 8 };

/// Goes on with `count` recursive averages of a column from bar `first` to bar `end` - 1: each bar's moves from that of
/// the bar before by `smoothing[lane]` of its distance from the bar's value.
///
/// Average `lane` stands at `averages[lane * stride]` and has its value of bar `first - 1`.
void fluke_recursive_averages(size_t count, size_t first, size_t end, const double *column, const double *smoothing,
                              size_t stride, double *averages);

/// Goes on with `count` gaps, (average - signal)/value, where the average is a recursive average of the column and the
/// signal one of the average; NaN where it is not finite.
///
/// `averages` and `signals` have for each lane the values of bar `first - 1`, and afterwards those of bar `end - 1`. The
/// gaps of lane `lane` stand at `gaps[lane * stride]`.
void fluke_average_gaps(size_t count, size_t first, size_t end, const double *column, const double *smoothing,
                        const double *signal_smoothing, double *averages, double *signals, size_t stride,
                        double *gaps);

/// Population standard deviations of the values that end at each bar, from the first whole window on, for `count` periods
/// at once, each of `spacing` to twice that but one; windows of equal values give 0.
///
/// `sums` is room for six times `spacing` values; the deviations of `periods[i]` stand at `deviations[i]`, one a bar.
void fluke_window_deviations(size_t bars, size_t spacing, size_t count, const size_t *periods, const double *column,
                             double *sums, double *const *deviations);

/// How far above each bar's value the mean of its window stands, in such deviations; NaN where that is not finite.
void fluke_window_deviation_distances(size_t bars, size_t spacing, size_t count, const size_t *periods,
                                      const double *column, double *sums, double *const *distances);

/// Makes `count` windows longer by `growth` bars, at most what they have: window i starts at bar i, `windows[i]` is its
/// highest (lowest) value, and `windows` has `count + growth` elements. A window that holds a NaN is NaN.
void fluke_lengthen_maxima(size_t count, size_t growth, double *windows);
void fluke_lengthen_minima(size_t count, size_t growth, double *windows);

/// (50 - p)/50 of per cents p.
void fluke_below_middle(size_t bars, const double *percent, double *below);

// Of the following, what is not finite is NaN.

/// Where prices stand in channels, from bar `first` on: 1 at the highest, -1 at the lowest, whose first element belongs
/// to that bar.
void fluke_channel_places(size_t first, size_t bars, const double *prices, const double *highest,
                          const double *lowest, double *places);

/// Where prices stand in ranges, likewise, in per cent from the lowest to the highest.
void fluke_range_places(size_t first, size_t bars, const double *prices, const double *highest, const double *lowest,
                        double *places);

/// (first - second)/unit.
void fluke_relative_differences(size_t bars, const double *first, const double *second, const double *unit,
                                double *differences);

/// 100·(part/(part + rest)).
void fluke_shares(size_t bars, const double *part, const double *rest, double *shares);

/// Replaces what is not finite by NaN.
void fluke_undefine_infinities(size_t count, double *column);

/// Rounds a column, with 0 where it is not finite and nothing beyond the largest number of the type, and counts the
/// values that are not finite.
size_t fluke_round_f32(size_t count, const double *column, float *rounded);
size_t fluke_round_f64(size_t count, const double *column, double *rounded);
