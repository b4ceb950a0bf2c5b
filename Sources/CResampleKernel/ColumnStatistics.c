// Sums and variances of columns. What is computed stands in `ColumnStatistics` in Sources/Kernels.

#include "ColumnStatistics.h"

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Vector values never cross a function that is not inlined: their calling convention differs between clones.
typedef double columns __attribute__((ext_vector_type(FLUKE_COLUMNS)));
typedef double unaligned_columns __attribute__((ext_vector_type(FLUKE_COLUMNS), aligned(8)));

#define COLUMNS(row, first) (*(const unaligned_columns *)(values + (row) * width + (first)))

CLONED void fluke_column_sums(size_t bars, size_t width, const double *values, double *sums, double *lowest,
                              double *highest) {
  for (size_t first = 0; first < width; first += FLUKE_COLUMNS) {
    columns sum = 0, low = COLUMNS(0, first), high = low;
    for (size_t bar = 0; bar < bars; bar++) {
      const columns value = COLUMNS(bar, first);
      sum += value;
      low = value < low ? value : low;
      high = value > high ? value : high;
    }
    *(unaligned_columns *)(sums + first) = sum;
    *(unaligned_columns *)(lowest + first) = low;
    *(unaligned_columns *)(highest + first) = high;
  }
}

CLONED void fluke_column_variances(size_t bars, size_t width, const double *values, const double *sums,
                                   double persistence, size_t reach, double farthest, double *variances) {
  const double length = (double)bars, share = 1 / length, aged_farthest = length * farthest;
  for (size_t first = 0; first < width; first += FLUKE_COLUMNS) {
    const columns mean = *(const unaligned_columns *)(sums + first) / length;
    // Σ qⁱ·y[t-i] and Σ i·qⁱ·y[t-i] over i, at the bar t that is next.
    columns decayed = 0, aged = 0, variance = 0;
    double power = 1;
    for (size_t distance = 1; distance <= reach; distance++) {
      power *= persistence;
      const columns value = COLUMNS(bars - distance, first) - mean;
      decayed += power * value;
      aged += (double)distance * power * value;
    }
    columns next = COLUMNS(0, first) - mean;
    for (size_t bar = 0; bar < bars; bar++) {
      const columns value = next;
      next = COLUMNS(bar + 1 < bars ? bar + 1 : 0, first) - mean;
      const columns near = decayed, old = aged;
      variance += value * (value + 2 * (near - old * share));
      decayed = persistence * (value + near - farthest * next);
      aged = persistence * (old + near + value - aged_farthest * next);
    }
    *(unaligned_columns *)(variances + first) = variance / length;
  }
}
