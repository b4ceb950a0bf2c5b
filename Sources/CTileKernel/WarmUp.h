// Bars on which a lane has no score yet.

#pragma once

#include "TileKernel.h"

/// Bars from `first_bar` on until every lane has a score.
static inline size_t bars_of_warm_up(const int32_t *defined_from, size_t first_bar) {
  int32_t last = 0;
  for (int lane = 0; lane < FLUKE_LANES; lane++) last = defined_from[lane] > last ? defined_from[lane] : last;
  return (size_t)last > first_bar ? (size_t)last - first_bar : 0;
}
