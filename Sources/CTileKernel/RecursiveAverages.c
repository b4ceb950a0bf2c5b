// Averages each value of which waits for the one before: several side by side take the time of one.

#include "Clones.h"
#include "Defined.h"
#include "FeatureColumns.h"

#pragma STDC FP_CONTRACT OFF

/// Bars that are turned over at a time, from bars one after the other to columns one after the other.
enum { BARS_TOGETHER = 8 };

/// An average that has met the price stays on it in this form, to the bit, for as long as the price rests.
#define MOVED(average, part, value) ((average) + (part) * ((value) - (average)))

typedef double lanes __attribute__((ext_vector_type(FLUKE_AVERAGES)));

INLINED void load(size_t count, const double *values, lanes *loaded) {
  for (size_t lane = 0; lane < count; lane++) (*loaded)[lane] = values[lane];
}

INLINED void turn_over(size_t count, size_t bars, const lanes *rows, size_t stride, double *restrict columns) {
  for (size_t lane = 0; lane < count; lane++)
    for (size_t i = 0; i < bars; i++) columns[lane * stride + i] = rows[i][lane];
}

/// ON(count, bar, bars) for all bars from `first` to `end`, some at a time: with counts that are constants as long as
/// all lanes and enough bars are there, so that what is turned over stays in registers.
#define GO_ON(ON)                                                                                      \
  size_t bar = first;                                                                                  \
  if (count == FLUKE_AVERAGES)                                                                         \
    for (; bar + BARS_TOGETHER <= end; bar += BARS_TOGETHER) ON(FLUKE_AVERAGES, bar, BARS_TOGETHER);   \
  for (; bar < end; bar += BARS_TOGETHER)                                                              \
    ON(count, bar, end - bar < BARS_TOGETHER ? end - bar : BARS_TOGETHER);

INLINED void averages_on(size_t count, size_t bars, const double *restrict column, const lanes *smoothing,
                         lanes *average, size_t stride, double *restrict averages) {
  lanes rows[BARS_TOGETHER] = {0};
  for (size_t i = 0; i < bars; i++) rows[i] = *average = MOVED(*average, *smoothing, column[i]);
  turn_over(count, bars, rows, stride, averages);
}

CLONED void fluke_recursive_averages(size_t count, size_t first, size_t end, const double *restrict column,
                                     const double *restrict smoothing, size_t stride, double *restrict averages) {
  if (count == 1) {
    // Alone, an average is not worth being turned over.
    for (size_t bar = first; bar < end; bar++) averages[bar] = MOVED(averages[bar - 1], *smoothing, column[bar]);
    return;
  }
  lanes factor = {0}, average = {0};
  load(count, smoothing, &factor);
  for (size_t lane = 0; lane < count; lane++) average[lane] = averages[lane * stride + first - 1];
#define ON(count, bar, bars) averages_on(count, bars, column + (bar), &factor, &average, stride, averages + (bar))
  GO_ON(ON)
#undef ON
}

INLINED void gaps_on(size_t count, size_t bars, const double *restrict column, const lanes *smoothing,
                     const lanes *signal_smoothing, lanes *average, lanes *signal, size_t stride,
                     double *restrict gaps) {
  lanes rows[BARS_TOGETHER] = {0};
  for (size_t i = 0; i < bars; i++) {
    *average = MOVED(*average, *smoothing, column[i]);
    *signal = MOVED(*signal, *signal_smoothing, *average);
    rows[i] = DEFINED((*average - *signal) / column[i]);
  }
  turn_over(count, bars, rows, stride, gaps);
}

CLONED void fluke_average_gaps(size_t count, size_t first, size_t end, const double *restrict column,
                               const double *restrict smoothing, const double *restrict signal_smoothing,
                               double *restrict averages, double *restrict signals, size_t stride,
                               double *restrict gaps) {
  lanes factor = {0}, signal_factor = {0}, average = {0}, signal = {0};
  load(count, smoothing, &factor);
  load(count, signal_smoothing, &signal_factor);
  load(count, averages, &average);
  load(count, signals, &signal);
#define ON(count, bar, bars) \
  gaps_on(count, bars, column + (bar), &factor, &signal_factor, &average, &signal, stride, gaps + (bar))
  GO_ON(ON)
#undef ON
  for (size_t lane = 0; lane < count; lane++) {
    averages[lane] = average[lane];
    signals[lane] = signal[lane];
  }
}
