// The last steps of the features of rule grids, one division a bar or two: what they mean stands in Feature.swift.

#include "Clones.h"
#include "Defined.h"
#include "FeatureColumns.h"

#pragma STDC FP_CONTRACT OFF

CLONED void fluke_channel_places(size_t first, size_t bars, const double *restrict prices,
                                 const double *restrict highest, const double *restrict lowest,
                                 double *restrict places) {
  for (size_t bar = first; bar < bars; bar++) {
    const double high = highest[bar - first], low = lowest[bar - first];
    places[bar] = DEFINED(((prices[bar] - high) + (prices[bar] - low)) / (high - low));
  }
}

CLONED void fluke_range_places(size_t first, size_t bars, const double *restrict prices,
                               const double *restrict highest, const double *restrict lowest,
                               double *restrict places) {
  for (size_t bar = first; bar < bars; bar++) {
    const double high = highest[bar - first], low = lowest[bar - first];
    places[bar] = DEFINED(100 * ((prices[bar] - low) / (high - low)));
  }
}

CLONED void fluke_relative_differences(size_t bars, const double *restrict first, const double *restrict second,
                                       const double *restrict unit, double *restrict differences) {
  for (size_t bar = 0; bar < bars; bar++) differences[bar] = DEFINED((first[bar] - second[bar]) / unit[bar]);
}

CLONED void fluke_shares(size_t bars, const double *restrict part, const double *restrict rest,
                         double *restrict shares) {
  for (size_t bar = 0; bar < bars; bar++) shares[bar] = DEFINED(100 * (part[bar] / (part[bar] + rest[bar])));
}

CLONED void fluke_below_middle(size_t bars, const double *restrict percent, double *restrict below) {
  for (size_t bar = 0; bar < bars; bar++) below[bar] = (50 - percent[bar]) / 50;
}
