// The sources of the kernel once more, without clones and under names of their own.

#ifndef UNCLONED
#define UNCLONED
#endif

#define fluke_column_sums portable_column_sums
#define fluke_column_variances portable_column_variances
#define fluke_resample_round portable_resample_round
#define fluke_resample_sum portable_resample_sum
#define fluke_resample_accumulate portable_resample_accumulate
#define fluke_resample_sum_changes portable_resample_sum_changes
#define fluke_resample_screen portable_resample_screen
#define fluke_resample_raise portable_resample_raise
#define fluke_resample_sum_exactly portable_resample_sum_exactly

#include "../../Sources/CResampleKernel/ColumnStatistics.c"
#include "../../Sources/CResampleKernel/ResampleKernel.c"

#include "Entries.h"

resample_kernel portable_resample_kernel(void) { return ENTRIES; }
