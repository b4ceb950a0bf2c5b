#pragma once

#include "ColumnStatistics.h"
#include "ResampleKernel.h"

// The kernel of resampling twice, to be compared: as it is dispatched on this machine, and as it is compiled for
// processors that have no more vector instructions than all of their kind.

/// Every entry of the kernel.
typedef struct {
  __typeof__(fluke_column_sums) *column_sums;
  __typeof__(fluke_column_variances) *column_variances;
  __typeof__(fluke_resample_round) *round;
  __typeof__(fluke_resample_sum) *sum;
  __typeof__(fluke_resample_accumulate) *accumulate;
  __typeof__(fluke_resample_sum_changes) *sum_changes;
  __typeof__(fluke_resample_screen) *screen;
  __typeof__(fluke_resample_raise) *raise;
  __typeof__(fluke_resample_sum_exactly) *sum_exactly;
} resample_kernel;

resample_kernel dispatched_resample_kernel(void);
resample_kernel portable_resample_kernel(void);
