#pragma once

#include "SplitKernel.h"

/// Takes as many groups of `run->strategies` through the first look as it can, from the first on, and tells how many: all
/// that are full where the metric takes a root and the processor has AVX-512, none elsewhere.
size_t fluke_split_best_of_roots(const fluke_split_run *run);
