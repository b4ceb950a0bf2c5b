// Averages each value of which waits for the one before: several side by side take the time of one.

#include "Clones.h"
#include "FeatureColumns.h"

#pragma STDC FP_CONTRACT OFF

/// Bars that are turned over at a time, from averages one after the other to bars one after the other and back.
enum { BARS_TOGETHER = 8 };

/// An average that has met the price stays on it in this form, to the bit, for as long as the price rests.
#define MOVED(average, part, value) ((average) + (part) * ((value) - (average)))

typedef double lanes __attribute__((vector_size(FLUKE_AVERAGES * sizeof(double))));

INLINED void average_on(size_t count, size_t bars, const double *restrict columns, size_t column_stride,
                        const lanes *smoothing, size_t stride, double *restrict averages, lanes *average) {
  lanes rows[BARS_TOGETHER] = {0};
  for (size_t i = 0; i < bars; i++)
    for (size_t lane = 0; lane < count; lane++) rows[i][lane] = columns[lane * column_stride + i];
  for (size_t i = 0; i < bars; i++) rows[i] = *average = MOVED(*average, *smoothing, rows[i]);
  for (size_t lane = 0; lane < count; lane++)
    for (size_t i = 0; i < bars; i++) averages[lane * stride + i] = rows[i][lane];
}

CLONED void fluke_recursive_averages(size_t count, size_t first, size_t bars, const double *restrict columns,
                                     size_t column_stride, const double *restrict smoothing,
                                     double *restrict averages) {
  if (count == 1) {
    // Alone, an average is not worth being turned over.
    for (size_t bar = first; bar < bars; bar++) averages[bar] = MOVED(averages[bar - 1], *smoothing, columns[bar]);
    return;
  }
  lanes average = {0}, factor = {0};
  for (size_t lane = 0; lane < count; lane++) {
    average[lane] = averages[lane * bars + first - 1];
    factor[lane] = smoothing[lane];
  }
  size_t bar = first;
  // With numbers that are known, what is turned over stays in registers.
  if (count == FLUKE_AVERAGES)
    for (; bar + BARS_TOGETHER <= bars; bar += BARS_TOGETHER)
      average_on(FLUKE_AVERAGES, BARS_TOGETHER, columns + bar, column_stride, &factor, bars, averages + bar,
                 &average);
  for (; bar < bars; bar += BARS_TOGETHER) {
    const size_t some = bars - bar < BARS_TOGETHER ? bars - bar : BARS_TOGETHER;
    average_on(count, some, columns + bar, column_stride, &factor, bars, averages + bar, &average);
  }
}
