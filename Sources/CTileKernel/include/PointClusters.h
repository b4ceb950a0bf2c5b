#pragma once

#include <stddef.h>

/// The loops of k-means and of silhouettes over points that stand side by side. Rows have `length` numbers, one a point,
/// a multiple of eight; every number is made by the same operations in the same order on every machine.

/// Adds row p of `cells` to row `labels[p]` of `sums`, for each of `points` points in order.
void fluke_add_rows(size_t points, size_t length, const double *cells, const size_t *labels, double *sums);

/// For each point with its distances `squares` to one more centre: the smallest so far, and the `label` of that centre, of
/// equals the first.
void fluke_nearest(size_t length, const double *squares, double label, double *shortest, double *nearest);

/// The same with the distances `row[i] / size - spread`, and of equals the centre whose label is in `own`.
void fluke_nearest_mean(size_t length, const double *row, double size, double spread, double label, const double *own,
                        double *shortest, double *nearest);

/// For each point the smallest `row[i] / size` so far, of clusters that are not its own.
void fluke_shortest_other(size_t length, const double *row, double size, double label, const double *own,
                          double *shortest);

/// Eight sums of the smaller of `one` and `other`, of which number i is part of sum i mod 8.
void fluke_sum_smaller(size_t length, const double *one, const double *other, double *sums);

/// Replaces `one` by the smaller of `one` and `other`.
void fluke_take_smaller(size_t length, double *one, const double *other);
