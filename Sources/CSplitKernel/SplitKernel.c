// The kernel of cross-validation over splits. Its goals, in this order:
//
//   1. agree with `BlockCrossValidation` bit for bit: the same operations in the same order for every strategy and
//      union, on every machine, without contraction of a product and a sum into one rounding;
//   2. no allocation;
//   3. speed: the metric of a strategy over a union is evaluated once, though the union is in sample for one split
//      and out of sample for another. That pass finds the best and adds up all. A second pass only compares.
//
// Where it differs from the reference, for groups of ordinary sums: the second pass decides an order of ratios with a root
// by their squares, which takes neither root nor division, and evaluates the metric only where that is too close to call
// (see `yardstick`); of Sharpe ratios it does so in single precision, with bounds of its own (see `pair_yardstick`). With
// AVX-512 the first pass makes half of the roots and quotients by other operations, which round them to the same bits (see
// SplitRoots.c).

#include "SplitMerits.h"
#include "SplitPairs.h"
#include "SplitRoots.h"

int32_t fluke_split_quantities(enum fluke_split_metric metric) { return quantities_of(metric); }

/// Unions ascend, so those with the same blocks of the high half stand together: BODY runs for each union i, with
/// the sums `low` and `high` of its halves.
#define FOR_EACH_UNION(BODY)                                    \
  for (size_t i = 0, count = run->count; i < count;) {          \
    const uint32_t blocks = HIGH_BLOCKS(run, i);                \
    lanes high[FLUKE_SPLIT_MOST_QUANTITIES];                    \
    add_up(run, metric, group, blocks, high);                   \
    for (; i < count && HIGH_BLOCKS(run, i) == blocks; i++) {   \
      const lanes *low = LOW_SUMS(run, metric, i);              \
      BODY                                                      \
    }                                                           \
  }

/// First pass: the best of `group` over each union, its totals and its gaps.
INLINED void find_best(const fluke_split_run *run, const enum fluke_split_metric metric, const int whole, size_t group) {
  FOR_EACH_UNION({ look_at(run, metric, whole, group, i, low, high); })
}

/// The values of `group` over one union, by the same operations as with a table.
INLINED void evaluate_alone(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group,
                            const fluke_split_union *over, merit *found) {
  lanes low[FLUKE_SPLIT_MOST_QUANTITIES], high[FLUKE_SPLIT_MOST_QUANTITIES];
  add_up(run, metric, group, over->blocks & LOW_HALF(run), low);
  add_up(run, metric, group, over->blocks & ~LOW_HALF(run), high);
  *found = merit_of(metric, run->is_cost, over, low, high);
  evaluate(metric, found);
}

/// The value of one strategy of the part over one union; where it is undefined, `is_defined` becomes 0.
INLINED double value_of(const fluke_split_run *run, const enum fluke_split_metric metric, size_t strategy,
                        const fluke_split_union *over, uint32_t *is_defined) {
  merit found;
  evaluate_alone(run, metric, strategy / FLUKE_SPLIT_LANES, over, &found);
  const int lane = (int)(strategy % FLUKE_SPLIT_LANES);
  if (!found.defined[lane]) *is_defined = 0;
  return found.dividend[lane];
}

/// What the strategies over a union are compared with in the second pass. It stands where the totals stood.
///
/// Sums alone tell in which order a ratio with a root and a value f are. With S = Σx, Q the sum of squares, n their
/// count and F = f·|f|, times n/(n - 1) where the metric takes n - 1, a Sharpe ratio is below f exactly when
/// S·(|S| + F·S) < F·n·Q, and a Sortino ratio when S·|S| < F·n·Q.
///
/// Let u be 2⁻⁵³. The rounded ratio is off by two roundings of itself and its variance by less than 12·u·Q/n; both
/// sides here are off by no more than ten roundings of each term. Where the sides are near each other, S² is at most
/// 2·|F|·n·Q, and all that together below 56·u·|F|·n·Q. Elsewhere the larger side decides, whatever the roundings. The
/// slack is 128·u·|F|·n·Q. Of ordinary sums nothing here is lost below the smallest normal number that could decide.
typedef struct {
  double value;   ///< f
  double square;  ///< F for Sharpe ratios, 0 for Sortino ratios, which subtract no mean
  double lower;   ///< F·n less the slack, so that a left side below this times Q is below; or F where each has its n
  double upper;   ///< F·n and the slack
  double most;    ///< S² has to be less than this times Q, or times n·Q, for the divisor to be sure to count
  double singles; ///< of the union
  pair_yardstick pairs;
  char unused[FLUKE_SPLIT_LANES * sizeof(double) - 6 * sizeof(double) - sizeof(pair_yardstick)];
} yardstick;

INLINED int is_sharpe(const enum fluke_split_metric metric) {
  return metric == FLUKE_SPLIT_SHARPE || metric == FLUKE_SPLIT_SHARPE_OF_TRADES;
}

INLINED yardstick yardstick_of(const fluke_split_run *run, const fluke_split_union *over, double value) {
  const enum fluke_split_metric metric = run->metric;
  const double corrected = value * fabs(value) * (metric == FLUKE_SPLIT_SHARPE ? over->correction : 1);
  const double count = quantities_of(metric) == 3 ? 1 : over->bars;
  const double slack = fabs(corrected) * (0x1p-39 + 0x1p-46);
  return (yardstick){
      .value = value,
      .square = is_sharpe(metric) ? corrected : 0,
      .lower = (corrected - slack) * count,
      .upper = (corrected + slack) * count,
      .most = (is_sharpe(metric) ? 1 - 2 * over->rounding : 0.5 / ROUNDING_OF_VALUES) * count,
      .singles = over->singles,
      .pairs = pair_yardstick_of(run, over, corrected),
  };
}

/// After a part: what the best of each union does on the complement, where the best is one of this part.
INLINED void look_outside(const fluke_split_run *run, const enum fluke_split_metric metric) {
  for (size_t i = 0; i < run->count; i++) {
    fluke_split_standing *standing = &run->standings[i];
    if (standing->selected < run->first || standing->selected - run->first >= run->strategies) continue;
    const size_t strategy = standing->selected - run->first;
    standing->is_defined = 1;
    // Most are not 0, and so defined. Where no value is above -infinity, strategy 0 stands in, of that value.
    if (standing->in_sample == 0) value_of(run, metric, strategy, &run->unions[i], &standing->is_defined);
    standing->out_of_sample =
        value_of(run, metric, strategy, &run->unions[run->count - 1 - i], &standing->is_defined);
  }
}

/// Where eight strategies of ordinary sums surely stand to a yardstick, a bit each.
typedef struct {
  uint8_t below;
  uint8_t decided;
} order;

/// With `gaps`, only those that are sure to have a value are decided; without, each has one.
INLINED order order_of(const enum fluke_split_metric metric, const int gaps, const yardstick *than, const lanes *low,
                       const lanes *high) {
  // With fewer roundings the bounds hold all the more.
#pragma STDC FP_CONTRACT ON
  const int first = quantities_of(metric) - 2;
  const lanes sum = low[first] + high[first], size = __builtin_elementwise_abs(sum);
  lanes squares = low[first + 1] + high[first + 1];
  lanes most = squares * than->most;
  if (first == 1) {
    const lanes count = low[0] + high[0];
    squares *= count;
    const lanes terms = count + 8, singles = terms > than->singles ? (lanes)than->singles : terms;
    most = squares * (is_sharpe(metric) ? 1 - terms * 0x1p-50 - singles * 0x1p-21 : (lanes)(0.5 / ROUNDING_OF_VALUES));
    // One return has no deviation, whatever the rounding of its square.
    if (is_sharpe(metric)) most = count > 1 ? most : (lanes)0;
  }
  const lanes side = is_sharpe(metric) ? sum * (size + than->square * sum) : sum * size;
  // What is no number decides nothing.
  const flags below = side < than->lower * squares, above = side > than->upper * squares;
  flags decided = below | above;
  if (gaps) decided &= size * size < most;
  const uint8_t certain = BITS(decided);
  return (order){.below = BITS(below) & certain, .decided = certain};
}

/// Counts those `among` eight strategies, a bit each, whose value is below or at another one, as far as rounding tells.
INLINED void count_values(const merit *found, uint8_t among, double value, fluke_split_standing *standing) {
  const double less = value * (1 - TIE), more = value * (1 + TIE);
  const double lowest = value < 0 ? more : less, highest = value < 0 ? less : more;
  const flags below = found->dividend < lowest, equal = (found->dividend >= lowest) & (found->dividend <= highest);
  uint32_t worse = (uint32_t)__builtin_popcount(BITS(below) & among);
  // Both counts together would be made in a vector, from instructions that count the bits of one half byte each.
  __asm__("" : "+r"(worse));
  standing->worse += worse;
  standing->equal += (uint32_t)__builtin_popcount(BITS(equal) & among);
}

/// Second pass: how many of `group` are below and at what the selected strategy of the complement does here.
///
/// Without `gaps`, each strategy has a value over each union.
INLINED void rank(const fluke_split_run *run, const enum fluke_split_metric metric, const int gaps, size_t group) {
  const fluke_split_union *restrict unions = run->unions;
  const yardstick *restrict yardsticks = (const yardstick *)run->totals;
  fluke_split_standing *restrict last = run->standings + run->count - 1;
  const flags used = IN_USE(group);
  const uint8_t all = BITS(used);
  const int is_cost = run->is_cost, has_short_cut = takes_root(metric) && is_ordinary(run, metric, group);
  FOR_EACH_UNION({
    uint8_t decided = 0;
    if (has_short_cut) {
      const order found = order_of(metric, gaps, &yardsticks[i], low, high);
      (last - i)->worse += (uint32_t)__builtin_popcount(found.below & all);
      decided = found.decided;
    }
    if (__builtin_expect((decided & all) != all, !takes_root(metric))) {
      merit found = merit_of(metric, is_cost, &unions[i], low, high);
      const uint8_t among = all & ~decided;
      // Most of those that are undecided were not in the market, and have no root to be taken.
      if (!takes_root(metric) || (BITS(found.defined) & among) != 0) {
        evaluate(metric, &found);
      } else {
        found.dividend = 0;
      }
      count_values(&found, among, yardsticks[i].value, last - i);
    }
  })
}

/// What `rank` does, for whole groups `group` and the one after it that are fit for it and without gaps.
///
/// - Returns: the unions of which something was undecided.
INLINED size_t rank_pair(const fluke_split_run *run, size_t group) {
  // With fewer roundings the bounds hold all the more.
#pragma STDC FP_CONTRACT ON
  const yardstick *restrict yardsticks = (const yardstick *)run->totals;
  fluke_split_standing *restrict last = run->standings + run->count - 1;
  const pair_lanes *table = tabulate_pair(run, group);
  size_t unsure = 0;
  for (size_t i = 0, count = run->count; i < count;) {
    const uint32_t blocks = HIGH_BLOCKS(run, i);
    pair_lanes high[PAIR_QUANTITIES];
    add_up_pair(run, group, blocks, high);
    for (; i < count && HIGH_BLOCKS(run, i) == blocks; i++) {
      const pair_lanes *low = table + LOW_BLOCKS(run, i) * PAIR_QUANTITIES;
      const pair_yardstick than = yardsticks[i].pairs;
      const pair_lanes sum = low[0] + high[0], squares = low[1] + high[1];
      const pair_lanes side = sum * (__builtin_elementwise_abs(sum) + than.square * sum);
      const uint16_t below = PAIR_BITS(side < than.lower * squares), above = PAIR_BITS(side > than.upper * squares);
      (last - i)->worse += (uint32_t)__builtin_popcount(below);
      const uint16_t undecided = (uint16_t)~(below | above);
      if (__builtin_expect(undecided != 0, 0)) {
        for (int half = 0; half < 2; half++) {
          const uint8_t among = (uint8_t)(undecided >> half * FLUKE_SPLIT_LANES);
          if (among == 0) continue;
          merit found;
          evaluate_alone(run, FLUKE_SPLIT_SHARPE, group + half, &run->unions[i], &found);
          count_values(&found, among, yardsticks[i].value, last - i);
        }
        unsure++;
      }
    }
  }
  return unsure;
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
    double total = 0;
    for (int lane = 0; lane < FLUKE_SPLIT_LANES; lane++) total += run->totals[i * FLUKE_SPLIT_LANES + lane];
    standing->mean = total / (double)strategies;
  }
  yardstick *yardsticks = (yardstick *)run->totals;
  for (size_t i = 0; i < run->count; i++) {
    yardsticks[i] = yardstick_of(run, &run->unions[i], run->standings[run->count - 1 - i].out_of_sample);
  }
}

#define GROUPS(run) (((run)->strategies + FLUKE_SPLIT_LANES - 1) / FLUKE_SPLIT_LANES)

INLINED void best_of_part(const fluke_split_run *part, const enum fluke_split_metric metric) {
  size_t group = fluke_split_best_of_roots(part);
  // A copy that nothing else points to, so that its fields stay in registers.
  const fluke_split_run own = *part, *run = &own;
  for (; group < GROUPS(run); group++) {
    tabulate(run, metric, group);
    if (group < run->strategies / FLUKE_SPLIT_LANES) {
      find_best(run, metric, 1, group);
    } else {
      find_best(run, metric, 0, group);
    }
  }
  look_outside(run, metric);
}

INLINED void rank_part(const fluke_split_run *part, const enum fluke_split_metric metric) {
  // A copy that nothing else points to, so that its fields stay in registers.
  const fluke_split_run own = *part, *run = &own;
  size_t gaps = 0;
  double bars = INFINITY;
  // Only short cuts ask.
  for (size_t i = 0; takes_root(metric) && i < run->count; i++) {
    gaps += run->standings[i].undefined;
    bars = fmin(bars, run->unions[i].bars);
  }
  const size_t whole = run->strategies / FLUKE_SPLIT_LANES;
  size_t next_pair = 0;
  for (size_t group = 0; group < GROUPS(run); group++) {
    if (metric == FLUKE_SPLIT_SHARPE && gaps == 0 && group >= next_pair && group + 2 <= whole &&
        is_fit_for_pairs(run, group, bars) && is_fit_for_pairs(run, group + 1, bars)) {
      // Where many tie with the best, as copies of it do, those after them are likely to as well.
      if (rank_pair(run, group) > run->count / 16) next_pair = group + 32;
      group++;
      continue;
    }
    tabulate(run, metric, group);
    if (takes_root(metric) && gaps > 0) {
      rank(run, metric, 1, group);
    } else {
      rank(run, metric, 0, group);
    }
  }
}

#define FOR_METRIC(CALL)                                                                     \
  switch (run->metric) {                                                                     \
    case FLUKE_SPLIT_PER_BAR: CALL(run, FLUKE_SPLIT_PER_BAR); break;                         \
    case FLUKE_SPLIT_RATIO: CALL(run, FLUKE_SPLIT_RATIO); break;                             \
    case FLUKE_SPLIT_GROWTH: CALL(run, FLUKE_SPLIT_GROWTH); break;                           \
    FOR_ROOT_METRIC(CALL)                                                                    \
  }

CLONED void fluke_split_best(const fluke_split_run *run) { FOR_METRIC(best_of_part) }

CLONED void fluke_split_rank(const fluke_split_run *run) { FOR_METRIC(rank_part) }
