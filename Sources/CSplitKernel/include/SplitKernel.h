#pragma once

#include <stddef.h>
#include <stdint.h>

// The kernel of combinatorially symmetric cross-validation: sums over blocks of time in, the best strategy of every
// union of half of the blocks and its standing on the other half out. Its specification is `BlockCrossValidation` in
// Sources/Statistics, with which it agrees bit for bit.
//
// Layout. Strategies stand in groups of FLUKE_SPLIT_LANES, one a lane, and lanes are contiguous everywhere:
//
//   sums    [group][quantity][block][lane]   of every strategy; the last group is padded
//   table   [subset][quantity][lane]         of one group: what all subsets of the low half of the blocks add up to; and
//                                            for FLUKE_SPLIT_SHARPE of two groups, in single precision
//   totals  [union][lane]
//
// `table` and `totals` are aligned to 64 bytes. Nothing is allocated.
//
// Strategies may come in parts, each a whole number of groups but the last: `fluke_split_begin`; `fluke_split_best`
// for each part in order; `fluke_split_settle`; `fluke_split_rank` for each part again. `totals` and `standings` carry
// what is known of each union from call to call. The bits do not depend on the parts.

enum { FLUKE_SPLIT_LANES = 8, FLUKE_SPLIT_MOST_QUANTITIES = 3 };

/// What is made of the sums of a union, with its quantities in order.
enum fluke_split_metric {
  FLUKE_SPLIT_PER_BAR,            ///< x over bars, or -x where less is better
  FLUKE_SPLIT_RATIO,              ///< x over y, where y > 0
  FLUKE_SPLIT_GROWTH,             ///< x - 1, where x multiplies over blocks instead of adding up
  FLUKE_SPLIT_SHARPE,             ///< of Σx, Σx² over all bars, with n - 1
  FLUKE_SPLIT_SHARPE_OF_TRADES,   ///< of n, Σx, Σx², with n
  FLUKE_SPLIT_SORTINO,            ///< of Σx, Σmin(x, 0)² over all bars
  FLUKE_SPLIT_SORTINO_OF_TRADES,  ///< of n, Σx, Σmin(x, 0)²
};

/// Half of the blocks, with what depends on its bars alone.
typedef struct {
  double bars;
  double reciprocal;  ///< 1 / bars
  double correction;  ///< bars / (bars - 1)
  double rounding;    ///< a variance that is no larger part than this of the mean square is none: `SpreadRounding`
  double singles;     ///< of it, where it depends on the bars in the market: terms added in single precision at most
  uint32_t blocks;    ///< bit b stands for block b
} fluke_split_union;

/// How the best strategy of a union stands on the complement of it. A strategy without a value has the value 0.
typedef struct {
  double in_sample;      ///< the best value; of strategy 0 where none is above -infinity
  double out_of_sample;  ///< the value of the same strategy on the complement
  double mean;           ///< of the values of all strategies over the union itself
  uint32_t selected;     ///< the best strategy, of equals the first
  uint32_t worse;        ///< strategies with a lower value on the complement
  uint32_t equal;        ///< strategies with the same value there
  uint32_t undefined;    ///< strategies without a value over the union itself
  uint32_t is_defined;   ///< 1: the best strategy has a value on the union and on the complement
} fluke_split_standing;

/// Some unions, to be taken through a part of the strategies.
typedef struct {
  enum fluke_split_metric metric;
  int32_t blocks;                    ///< even
  int32_t is_cost;                   ///< 1: FLUKE_SPLIT_PER_BAR is the better the less it is
  size_t first;                      ///< the number of the part's first strategy
  size_t strategies;                 ///< of the part
  const double *sums;                ///< of the part
  const fluke_split_union *unions;   ///< ascending, with the complement of number i at count - 1 - i
  size_t count;
  double *table;                     ///< room for 2^(blocks/2) · quantities · FLUKE_SPLIT_LANES, for Sharpe twice
  double *totals;                    ///< room for count · FLUKE_SPLIT_LANES
  fluke_split_standing *standings;   ///< one a union
} fluke_split_run;

/// Sets `run->standings` and `run->totals` to those of no strategies.
void fluke_split_begin(const fluke_split_run *run);

/// Looks for the best of every union among the strategies of a part, and adds them up.
void fluke_split_best(const fluke_split_run *run);

/// Between the two looks at all parts; `strategies` are those of all parts.
void fluke_split_settle(const fluke_split_run *run, size_t strategies);

/// Counts the strategies of a part that are below or at what the best of a union does on its complement.
void fluke_split_rank(const fluke_split_run *run);

/// The quantities that a metric is made of.
int32_t fluke_split_quantities(enum fluke_split_metric metric);
