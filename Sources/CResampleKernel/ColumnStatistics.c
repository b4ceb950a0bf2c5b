// Sums and variances of columns. What is computed stands in `ColumnStatistics` in Sources/Kernels.

#include "ColumnStatistics.h"

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Vector values never cross a function that is not inlined: their calling convention differs between clones.
typedef double columns __attribute__((ext_vector_type(FLUKE_COLUMNS)));
typedef double unaligned_columns __attribute__((ext_vector_type(FLUKE_COLUMNS), aligned(8)));

/// Sets `values` to those of some columns of a row: FLUKE_COLUMNS, or the last of a tile that has fewer.
INLINED void load(columns *values, const double *row, size_t count) {
  if (count == FLUKE_COLUMNS) {
    *values = *(const unaligned_columns *)row;
    return;
  }
  *values = 0;
  for (size_t column = 0; column < count; column++) (*values)[column] = row[column];
}

INLINED void store(double *row, size_t count, const columns *values) {
  if (count == FLUKE_COLUMNS) {
    *(unaligned_columns *)row = *values;
    return;
  }
  for (size_t column = 0; column < count; column++) row[column] = (*values)[column];
}

/// The statistics of `count` columns, a constant where they are FLUKE_COLUMNS.
INLINED void sum_columns(size_t bars, size_t width, const double *values, size_t count, double *sums, double *lowest,
                         double *highest) {
  columns sum = 0, value, low, high;
  load(&low, values, count);
  high = low;
  for (size_t bar = 0; bar < bars; bar++) {
    load(&value, values + bar * width, count);
    sum += value;
    low = value < low ? value : low;
    high = value > high ? value : high;
  }
  store(sums, count, &sum);
  store(lowest, count, &low);
  store(highest, count, &high);
}

CLONED void fluke_column_sums(size_t bars, size_t width, const double *values, double *sums, double *lowest,
                              double *highest) {
  size_t first = 0;
  for (; first + FLUKE_COLUMNS <= width; first += FLUKE_COLUMNS) {
    sum_columns(bars, width, values + first, FLUKE_COLUMNS, sums + first, lowest + first, highest + first);
  }
  if (first < width) {
    sum_columns(bars, width, values + first, width - first, sums + first, lowest + first, highest + first);
  }
}

INLINED void find_variances(size_t bars, size_t width, const double *values, size_t count, const double *sums,
                            double persistence, size_t reach, double farthest, double *variances) {
  const double length = (double)bars, share = 1 / length, aged_farthest = length * farthest;
  columns mean, next, value;
  load(&mean, sums, count);
  mean /= length;
  // Σ qⁱ·y[t-i] and Σ i·qⁱ·y[t-i] over i, at the bar t that is next.
  columns decayed = 0, aged = 0, variance = 0;
  double power = 1;
  for (size_t distance = 1; distance <= reach; distance++) {
    power *= persistence;
    load(&value, values + (bars - distance) * width, count);
    value -= mean;
    decayed += power * value;
    aged += (double)distance * power * value;
  }
  load(&next, values, count);
  next -= mean;
  for (size_t bar = 0; bar < bars; bar++) {
    value = next;
    load(&next, values + (bar + 1 < bars ? bar + 1 : 0) * width, count);
    next -= mean;
    const columns near = decayed, old = aged;
    variance += value * (value + 2 * (near - old * share));
    decayed = persistence * (value + near - farthest * next);
    aged = persistence * (old + near + value - aged_farthest * next);
  }
  variance /= length;
  store(variances, count, &variance);
}

CLONED void fluke_column_variances(size_t bars, size_t width, const double *values, const double *sums,
                                   double persistence, size_t reach, double farthest, double *variances) {
  size_t first = 0;
  for (; first + FLUKE_COLUMNS <= width; first += FLUKE_COLUMNS) {
    find_variances(bars, width, values + first, FLUKE_COLUMNS, sums + first, persistence, reach, farthest,
                   variances + first);
  }
  if (first < width) {
    find_variances(bars, width, values + first, width - first, sums + first, persistence, reach, farthest,
                   variances + first);
  }
}
