#pragma once

#include "ResampleKernels.h"

#define ENTRIES                                                                                                       \
  (resample_kernel) {                                                                                                 \
    fluke_column_sums, fluke_column_variances, fluke_resample_round, fluke_resample_sum, fluke_resample_accumulate,   \
        fluke_resample_sum_changes, fluke_resample_screen, fluke_resample_raise, fluke_resample_sum_exactly           \
  }
