// The loops over points by which strategies are put into groups: thousands of runs of k-means over some hundreds of
// points, where Swift's vectors have the width of the oldest machines. What they mean stands in Partition.swift.

#include "PointClusters.h"

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

CLONED void fluke_add_rows(size_t points, size_t length, const double *restrict cells,
                           const size_t *restrict labels, double *restrict sums) {
  for (size_t point = 0; point < points; point++) {
    const double *row = cells + point * length;
    double *sum = sums + labels[point] * length;
    for (size_t i = 0; i < length; i++) sum[i] += row[i];
  }
}

CLONED void fluke_nearest(size_t length, const double *restrict squares, double label, double *restrict shortest,
                          double *restrict nearest) {
  for (size_t i = 0; i < length; i++) {
    const int nearer = squares[i] < shortest[i];
    shortest[i] = nearer ? squares[i] : shortest[i];
    nearest[i] = nearer ? label : nearest[i];
  }
}

CLONED void fluke_nearest_mean(size_t length, const double *restrict row, double size, double spread, double label,
                               const double *restrict own, double *restrict shortest, double *restrict nearest) {
  for (size_t i = 0; i < length; i++) {
    const double square = row[i] / size - spread;
    const int nearer = (square < shortest[i]) | ((square == shortest[i]) & (own[i] == label));
    shortest[i] = nearer ? square : shortest[i];
    nearest[i] = nearer ? label : nearest[i];
  }
}

CLONED void fluke_shortest_other(size_t length, const double *restrict row, double size, double label,
                                 const double *restrict own, double *restrict shortest) {
  for (size_t i = 0; i < length; i++) {
    const double mean = row[i] / size;
    const int nearer = (mean < shortest[i]) & (own[i] != label);
    shortest[i] = nearer ? mean : shortest[i];
  }
}

CLONED void fluke_sum_smaller(size_t length, const double *restrict one, const double *restrict other,
                              double *restrict sums) {
  double lanes[8] = {0};
  for (size_t i = 0; i < length; i += 8) {
    for (int lane = 0; lane < 8; lane++) {
      lanes[lane] += other[i + lane] < one[i + lane] ? other[i + lane] : one[i + lane];
    }
  }
  for (int lane = 0; lane < 8; lane++) sums[lane] = lanes[lane];
}

CLONED void fluke_take_smaller(size_t length, double *restrict one, const double *restrict other) {
  for (size_t i = 0; i < length; i++) one[i] = other[i] < one[i] ? other[i] : one[i];
}
