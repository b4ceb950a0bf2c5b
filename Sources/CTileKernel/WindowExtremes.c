// Highest and lowest values of windows, made longer a step at a time: each step is one comparison a window, in as many
// lanes as the machine has.

#include <math.h>
#include <stddef.h>

#include "Clones.h"
#include "FeatureColumns.h"

// Of equal values the later one counts, and an undefined one on either side. A pass reads ahead of what it writes, so
// that no lane can see a window that is longer already.
#define LENGTHEN(name, beats)                                                        \
  CLONED void fluke_lengthen_##name(size_t count, size_t growth, double *windows) {  \
    _Pragma("clang loop vectorize(assume_safety)")                                   \
    for (size_t i = 0; i < count; i++) {                                             \
      const double earlier = windows[i], later = windows[i + growth];                \
      windows[i] = (earlier beats later) | isnan(earlier) ? earlier : later;         \
    }                                                                                \
  }
LENGTHEN(maxima, >)
LENGTHEN(minima, <)
