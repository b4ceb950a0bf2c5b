// The kernel of cross-validation over splits. Its goals, in this order:
//
//   1. agree with `BlockCrossValidation` bit for bit: the same operations in the same order for every strategy and
//      union, on every machine, without contraction of a product and a sum into one rounding;
//   2. no allocation;
//   3. speed: the metric of a strategy over a union is evaluated once, though the union is in sample for one split
//      and out of sample for another. That pass finds the best and adds up all. A second pass only compares.
//
// Where it differs from the reference: the second pass decides an order of ratios with a root by their squares, which
// takes neither root nor division, and evaluates the metric only where that is too close to call (see `yardstick`).

#include "SplitKernel.h"

#include <math.h>

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

// Vector values never cross a function that is not inlined: their calling convention differs between clones.
typedef double lanes __attribute__((ext_vector_type(FLUKE_SPLIT_LANES)));
typedef int64_t flags __attribute__((ext_vector_type(FLUKE_SPLIT_LANES)));
// Swift's arrays are aligned to their elements only.
typedef lanes unaligned_lanes __attribute__((aligned(8)));

typedef bool bits __attribute__((ext_vector_type(FLUKE_SPLIT_LANES)));

// Eight flags as a byte.
#define BITS(set) __builtin_bit_cast(uint8_t, __builtin_convertvector(set, bits))
#define COUNT(set) ((uint32_t)__builtin_popcount(BITS(set)))
#define ANY(set) (BITS(set) != 0)

INLINED int32_t quantities_of(const enum fluke_split_metric metric) {
  switch (metric) {
    case FLUKE_SPLIT_PER_BAR:
    case FLUKE_SPLIT_GROWTH: return 1;
    case FLUKE_SPLIT_SHARPE_OF_TRADES:
    case FLUKE_SPLIT_SORTINO_OF_TRADES: return 3;
    default: return 2;
  }
}

int32_t fluke_split_quantities(enum fluke_split_metric metric) { return quantities_of(metric); }

/// The sums of `group` over every subset of either half, in the fixed order: from its last block to its first.
INLINED void tabulate(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  const int quantities = quantities_of(metric), half = run->blocks / 2;
  const unaligned_lanes *sums = (const unaligned_lanes *)run->sums + group * quantities * run->blocks;
  lanes *tables = (lanes *)run->tables;
  for (int side = 0; side < 2; side++, tables += quantities << half, sums += half) {
    for (int q = 0; q < quantities; q++) tables[q] = metric == FLUKE_SPLIT_GROWTH ? 1 : 0;
    for (unsigned subset = 1; subset < 1u << half; subset++) {
      const lanes *rest = tables + (subset & (subset - 1)) * quantities;
      const unaligned_lanes *first = sums + __builtin_ctz(subset);
      for (int q = 0; q < quantities; q++) {
        const lanes sum = first[q * run->blocks];
        tables[subset * quantities + q] = metric == FLUKE_SPLIT_GROWTH ? rest[q] * sum : rest[q] + sum;
      }
    }
  }
}

/// A metric of eight strategies, before it is evaluated: a quotient with the root of its divisor still to be taken.
typedef struct {
  lanes dividend;
  lanes divisor;
  flags defined;
} merit;

INLINED merit merit_of(const enum fluke_split_metric metric, const int is_cost, const fluke_split_union *over,
                       const lanes *low, const lanes *high) {
  lanes sum[FLUKE_SPLIT_MOST_QUANTITIES];
  for (int q = 0; q < quantities_of(metric); q++) {
    sum[q] = metric == FLUKE_SPLIT_GROWTH ? low[q] * high[q] : low[q] + high[q];
  }
  merit found;
  switch (metric) {
    case FLUKE_SPLIT_PER_BAR:
      found.dividend = is_cost ? 0 - sum[0] : sum[0];
      found.divisor = over->bars;
      found.defined = found.dividend == found.dividend;
      break;
    case FLUKE_SPLIT_RATIO:
      found.dividend = sum[0];
      found.divisor = sum[1];
      found.defined = found.divisor > 0;
      break;
    case FLUKE_SPLIT_GROWTH:
      found.dividend = sum[0] - 1;
      found.divisor = 1;
      found.defined = found.dividend == found.dividend;
      break;
    case FLUKE_SPLIT_SHARPE: {
      const lanes mean = sum[0] * over->reciprocal, square = sum[1] * over->reciprocal;
      const lanes spread = square - mean * mean;
      found.dividend = mean;
      found.divisor = spread * over->correction;
      found.defined = spread > square * over->rounding;
      break;
    }
    case FLUKE_SPLIT_SHARPE_OF_TRADES: {
      const lanes reciprocal = 1 / sum[0];
      const lanes mean = sum[1] * reciprocal, square = sum[2] * reciprocal;
      found.dividend = mean;
      found.divisor = square - mean * mean;
      found.defined = found.divisor > square * ((sum[0] + 8) * 0x1p-51);
      break;
    }
    case FLUKE_SPLIT_SORTINO:
      found.dividend = sum[0] * over->reciprocal;
      found.divisor = sum[1] * over->reciprocal;
      found.defined = found.divisor > 0;
      break;
    case FLUKE_SPLIT_SORTINO_OF_TRADES: {
      const lanes reciprocal = 1 / sum[0];
      found.dividend = sum[1] * reciprocal;
      found.divisor = sum[2] * reciprocal;
      found.defined = found.divisor > 0;
      break;
    }
  }
  return found;
}

INLINED int takes_root(const enum fluke_split_metric metric) { return metric >= FLUKE_SPLIT_SHARPE; }

/// Evaluates `found` in place of its dividend; what is not a number is withdrawn from `found->defined`.
INLINED void evaluate(const enum fluke_split_metric metric, merit *found) {
  if (takes_root(metric)) {
    found->dividend /= __builtin_elementwise_sqrt(found->divisor);
  } else if (metric != FLUKE_SPLIT_GROWTH) {
    found->dividend /= found->divisor;
  }
  found->defined &= found->dividend == found->dividend;
}

/// The lanes of `group` that hold a strategy.
#define IN_USE(group) (((flags){0, 1, 2, 3, 4, 5, 6, 7}) < (int64_t)(run->strategies - (group) * FLUKE_SPLIT_LANES))

/// Unions ascend, so those with the same subset of the high half stand together: BODY runs for each union i, with
/// the sums `low` and `high` of its halves.
#define FOR_EACH_UNION(BODY)                                                                 \
  {                                                                                          \
    const int quantities = quantities_of(metric), half = run->blocks / 2;                    \
    const uint32_t low_half = (1u << half) - 1;                                              \
    const lanes *low_table = (const lanes *)run->tables;                                     \
    const lanes *high_table = low_table + ((size_t)quantities << half);                      \
    const size_t count = run->count;                                                         \
    for (size_t i = 0; i < count;) {                                                         \
      const uint32_t subset = unions[i].blocks & ~low_half;                                  \
      lanes high[FLUKE_SPLIT_MOST_QUANTITIES];                                               \
      for (int q = 0; q < quantities; q++) high[q] = high_table[(subset >> half) * quantities + q]; \
      for (; i < count && (unions[i].blocks & ~low_half) == subset; i++) {                   \
        const lanes *low = low_table + (unions[i].blocks & low_half) * quantities;           \
        BODY                                                                                 \
      }                                                                                      \
    }                                                                                        \
  }

/// First pass: the best of `group` over each union, its totals and its gaps.
INLINED void find_best(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  const fluke_split_union *restrict unions = run->unions;
  fluke_split_standing *restrict standings = run->standings;
  lanes *restrict totals = (lanes *)run->totals;
  const flags used = IN_USE(group);
  const lanes zero = 0;
  const int is_cost = run->is_cost;
  FOR_EACH_UNION({
    merit found = merit_of(metric, is_cost, &unions[i], low, high);
    evaluate(metric, &found);
    const lanes value = found.dividend;
    const flags defined = found.defined & used;
    totals[i] += defined ? value : zero;
    const flags better = defined & (value > standings[i].in_sample);
    // A new best is rare, the rarer the more groups went before; so is a gap.
    if (__builtin_expect(ANY(better), 0)) {
      for (int lane = 0; lane < FLUKE_SPLIT_LANES; lane++) {
        if (!better[lane] || !(value[lane] > standings[i].in_sample)) continue;
        standings[i].in_sample = value[lane];
        standings[i].selected = (uint32_t)(run->first + group * FLUKE_SPLIT_LANES + lane);
      }
    }
    const flags missing = used & ~defined;
    if (__builtin_expect(ANY(missing), 0)) standings[i].undefined += COUNT(missing);
  })
}

/// The value of one strategy of the part over one union, by the same operations as in the tables.
INLINED double value_of(const fluke_split_run *run, const enum fluke_split_metric metric, size_t strategy,
                        const fluke_split_union *over) {
  const int quantities = quantities_of(metric), half = run->blocks / 2;
  const unaligned_lanes *sums =
      (const unaligned_lanes *)run->sums + strategy / FLUKE_SPLIT_LANES * quantities * run->blocks;
  lanes side[2][FLUKE_SPLIT_MOST_QUANTITIES];
  for (int q = 0; q < quantities; q++) {
    for (int s = 0; s < 2; s++) {
      side[s][q] = metric == FLUKE_SPLIT_GROWTH ? 1 : 0;
      for (int block = half * (s + 1) - 1; block >= half * s; block--) {
        if (!(over->blocks >> block & 1)) continue;
        const lanes sum = sums[q * run->blocks + block];
        side[s][q] = metric == FLUKE_SPLIT_GROWTH ? side[s][q] * sum : side[s][q] + sum;
      }
    }
  }
  merit found = merit_of(metric, run->is_cost, over, side[0], side[1]);
  evaluate(metric, &found);
  const int lane = (int)(strategy % FLUKE_SPLIT_LANES);
  return found.defined[lane] ? found.dividend[lane] : NAN;
}

/// What the strategies over a union are compared with in the second pass. It stands where the totals stood.
///
/// Sums alone tell in which order a ratio with a root and a value f are. With S = Σx, Q the sum of squares, n their
/// count and F = f·|f|, times n/(n - 1) where the metric takes n - 1, a Sharpe ratio is below f exactly when
/// S·|S| + F·S² < F·n·Q, and a Sortino ratio when S·|S| < F·n·Q.
///
/// Let u be 2⁻⁵³. The rounded ratio is off by two roundings of itself and its variance by less than 12·u·Q/n; both
/// sides here are off by no more than ten roundings of each term. Where the sides are near each other, S² is at most
/// 2·|F|·n·Q, and all that together below 56·u·|F|·n·Q. Elsewhere the larger side decides, whatever the roundings. The
/// slack is 128·u·|F|·n·Q. What is lost below the smallest normal number, 2⁻¹⁰²², is far below 2⁻¹⁰⁰⁰.
typedef struct {
  double value;   ///< f
  double square;  ///< F for Sharpe ratios, 0 for Sortino ratios, which subtract no mean
  double factor;  ///< F·n; F where n is a quantity of each strategy
  double slack;   ///< 2⁻⁴⁶·|F|·n, or without n, and 2⁻¹⁰⁰⁰
  double most;    ///< S² has to be less than this times Q, or times n·Q, for the variance to be sure to count
  double unused[FLUKE_SPLIT_LANES - 5];
} yardstick;

INLINED int is_sharpe(const enum fluke_split_metric metric) {
  return metric == FLUKE_SPLIT_SHARPE || metric == FLUKE_SPLIT_SHARPE_OF_TRADES;
}

INLINED yardstick yardstick_of(const enum fluke_split_metric metric, const fluke_split_union *over, double value) {
  const double corrected = value * fabs(value) * (metric == FLUKE_SPLIT_SHARPE ? over->correction : 1);
  const double count = quantities_of(metric) == 3 ? 1 : over->bars;
  return (yardstick){
      .value = value,
      .square = is_sharpe(metric) ? corrected : 0,
      .factor = corrected * count,
      .slack = (fabs(corrected) * 0x1p-46 + 0x1p-1000) * count,
      .most = (1 - 2 * over->rounding) * count,
  };
}

/// After a part: what the best of each union does on the complement, where the best is one of this part.
INLINED void look_outside(const fluke_split_run *run, const enum fluke_split_metric metric) {
  for (size_t i = 0; i < run->count; i++) {
    fluke_split_standing *standing = &run->standings[i];
    if (standing->selected < run->first || standing->selected - run->first >= run->strategies) continue;
    const size_t strategy = standing->selected - run->first;
    // Where no value is above -infinity, strategy 0 stands in, whose value has no other place to wait for the end.
    if (standing->in_sample == -INFINITY) standing->mean = value_of(run, metric, strategy, &run->unions[i]);
    standing->out_of_sample = value_of(run, metric, strategy, &run->unions[run->count - 1 - i]);
  }
}

/// Where eight strategies surely stand to a yardstick, a bit each.
typedef struct {
  uint8_t below;
  uint8_t decided;
} order;

INLINED order order_of(const enum fluke_split_metric metric, const yardstick *than, const lanes *low,
                       const lanes *high) {
  // With fewer roundings the bounds hold all the more.
#pragma STDC FP_CONTRACT ON
  const int first = quantities_of(metric) - 2;
  const lanes sum = low[first] + high[first];
  lanes squares = low[first + 1] + high[first + 1];
  lanes most = squares * than->most;
  if (first == 1) {
    const lanes count = low[0] + high[0];
    squares *= count;
    most = squares * (1 - (count + 8) * 0x1p-50);
  }
  const lanes square = sum * __builtin_elementwise_abs(sum), size = __builtin_elementwise_abs(square);
  const lanes side = is_sharpe(metric) ? square + than->square * size : square;
  const lanes distance = side - than->factor * squares;
  const lanes slack = than->slack * squares + 0x1p-1000;
  // What is no number decides nothing.
  flags decided = __builtin_elementwise_abs(distance) > slack;
  decided &= is_sharpe(metric) ? size < most : most > 0x1p-900;
  order found;
  found.decided = BITS(decided);
  found.below = found.decided & BITS((flags)distance < 0);
  return found;
}

/// Second pass: how many of `group` are below and at what the selected strategy of the complement does here.
INLINED void rank(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  const fluke_split_union *restrict unions = run->unions;
  const yardstick *restrict yardsticks = (const yardstick *)run->totals;
  fluke_split_standing *restrict last = run->standings + run->count - 1;
  const flags used = IN_USE(group);
  const uint8_t all = BITS(used);
  const int is_cost = run->is_cost;
  FOR_EACH_UNION({
    uint8_t decided = 0;
    if (takes_root(metric)) {
      const order found = order_of(metric, &yardsticks[i], low, high);
      (last - i)->worse += (uint32_t)__builtin_popcount(found.below & all);
      decided = found.decided;
    }
    if (!takes_root(metric) || __builtin_expect((decided & all) != all, 0)) {
      merit found = merit_of(metric, is_cost, &unions[i], low, high);
      // Most of those that are undecided were never in the market, and have no root to be taken.
      if (!takes_root(metric) || (BITS(found.defined & used) & ~decided) != 0) {
        evaluate(metric, &found);
        const flags below = found.defined & used & (found.dividend < yardsticks[i].value);
        const flags equal = found.defined & used & (found.dividend == yardsticks[i].value);
        (last - i)->worse += (uint32_t)__builtin_popcount(BITS(below) & ~decided);
        (last - i)->equal += (uint32_t)__builtin_popcount(BITS(equal) & ~decided);
      }
    }
  })
}

void fluke_split_begin(const fluke_split_run *run) {
  for (size_t i = 0; i < run->count; i++) {
    run->standings[i] = (fluke_split_standing){.in_sample = -INFINITY};
    for (int lane = 0; lane < FLUKE_SPLIT_LANES; lane++) run->totals[i * FLUKE_SPLIT_LANES + lane] = 0;
  }
}

void fluke_split_settle(const fluke_split_run *run, size_t strategies) {
  for (size_t i = 0; i < run->count; i++) {
    fluke_split_standing *standing = &run->standings[i];
    if (standing->in_sample == -INFINITY) standing->in_sample = standing->mean;
    double total = 0;
    for (int lane = 0; lane < FLUKE_SPLIT_LANES; lane++) total += run->totals[i * FLUKE_SPLIT_LANES + lane];
    const size_t defined = strategies - standing->undefined;
    standing->mean = defined > 0 ? total / (double)defined : NAN;
  }
  yardstick *yardsticks = (yardstick *)run->totals;
  for (size_t i = 0; i < run->count; i++) {
    yardsticks[i] = yardstick_of(run->metric, &run->unions[i], run->standings[run->count - 1 - i].out_of_sample);
  }
}

#define GROUPS(run) (((run)->strategies + FLUKE_SPLIT_LANES - 1) / FLUKE_SPLIT_LANES)

INLINED void best_of_part(const fluke_split_run *run, const enum fluke_split_metric metric) {
  for (size_t group = 0; group < GROUPS(run); group++) {
    tabulate(run, metric, group);
    find_best(run, metric, group);
  }
  look_outside(run, metric);
}

INLINED void rank_part(const fluke_split_run *run, const enum fluke_split_metric metric) {
  for (size_t group = 0; group < GROUPS(run); group++) {
    tabulate(run, metric, group);
    rank(run, metric, group);
  }
}

// A literal in each call, so that every metric has loops of its own.
#define FOR_METRIC(CALL)                                                                     \
  switch (run->metric) {                                                                     \
    case FLUKE_SPLIT_PER_BAR: CALL(run, FLUKE_SPLIT_PER_BAR); break;                         \
    case FLUKE_SPLIT_RATIO: CALL(run, FLUKE_SPLIT_RATIO); break;                             \
    case FLUKE_SPLIT_GROWTH: CALL(run, FLUKE_SPLIT_GROWTH); break;                           \
    case FLUKE_SPLIT_SHARPE: CALL(run, FLUKE_SPLIT_SHARPE); break;                           \
    case FLUKE_SPLIT_SHARPE_OF_TRADES: CALL(run, FLUKE_SPLIT_SHARPE_OF_TRADES); break;       \
    case FLUKE_SPLIT_SORTINO: CALL(run, FLUKE_SPLIT_SORTINO); break;                         \
    case FLUKE_SPLIT_SORTINO_OF_TRADES: CALL(run, FLUKE_SPLIT_SORTINO_OF_TRADES); break;     \
  }

CLONED void fluke_split_best(const fluke_split_run *run) { FOR_METRIC(best_of_part) }

CLONED void fluke_split_rank(const fluke_split_run *run) { FOR_METRIC(rank_part) }
