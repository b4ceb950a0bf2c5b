#pragma once

#include <stddef.h>

// What is needed of each column of a tile before it is resampled. A tile is bars × width, the columns side by side, of
// which FLUKE_COLUMNS are done at once, or as many as are left, each in the order of its own bars; the bits of a column
// do not depend on those beside it, nor on how many they are. Nothing has to be aligned.

enum { FLUKE_COLUMNS = 16 };

/// The sum, the least and the largest value of each column.
void fluke_column_sums(size_t bars, size_t width, const double *values, double *sums, double *lowest,
                       double *highest);

/// The variance of √bars times the mean of a stationary bootstrap resample of each column.
///
/// `persistence` is the chance q that a block goes on; `reach` is how many bars back its powers have any weight, at most
/// bars - 1, and `farthest` is q^(bars - 1), or 0 where that has none.
void fluke_column_variances(size_t bars, size_t width, const double *values, const double *sums, double persistence,
                            size_t reach, double farthest, double *variances);
