#ifndef FLUKE_BUILT_IN_MARKETS_H
#define FLUKE_BUILT_IN_MARKETS_H

#include <stddef.h>

/// The number of markets that are compiled into the program.
enum { fluke_built_in_market_count = 2 };

/// The bytes of built-in market `index` (0: daily, 1: 5-minute) as a CSV file; their number goes to `length`.
///
/// The bytes live as long as the program and are not terminated by a zero. For any other index the result is
/// NULL and the length 0.
const unsigned char *fluke_built_in_market(int index, size_t *length);

#endif
