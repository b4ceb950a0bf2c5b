// The metrics of eight strategies over a union of blocks, from sums over both halves of the blocks, and what a first look
// at a union takes down of them. Shared by the sources of the split kernel.

#pragma once

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
#define ANY(set) (__builtin_reduce_or(set) != 0)

INLINED int32_t quantities_of(const enum fluke_split_metric metric) {
  switch (metric) {
    case FLUKE_SPLIT_PER_BAR:
    case FLUKE_SPLIT_GROWTH: return 1;
    case FLUKE_SPLIT_SHARPE_OF_TRADES:
    case FLUKE_SPLIT_SORTINO_OF_TRADES: return 3;
    default: return 2;
  }
}

/// The sums of `group` over each block: by quantity, then by block.
INLINED const unaligned_lanes *sums_of(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  return (const unaligned_lanes *)run->sums + group * quantities_of(metric) * run->blocks;
}

/// The sums of `group` over every subset of the low half, in the fixed order: from its last block to its first.
INLINED void tabulate(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  const int quantities = quantities_of(metric);
  const unaligned_lanes *sums = sums_of(run, metric, group);
  lanes *table = (lanes *)run->table;
  for (int q = 0; q < quantities; q++) table[q] = metric == FLUKE_SPLIT_GROWTH ? 1 : 0;
  for (unsigned subset = 1; subset < 1u << run->blocks / 2; subset++) {
    const lanes *rest = table + (subset & (subset - 1)) * quantities;
    const unaligned_lanes *first = sums + __builtin_ctz(subset);
    for (int q = 0; q < quantities; q++) {
      const lanes sum = first[q * run->blocks];
      table[subset * quantities + q] = metric == FLUKE_SPLIT_GROWTH ? rest[q] * sum : rest[q] + sum;
    }
  }
}

/// The sums of `group` over some blocks, in the same order.
INLINED void add_up(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group, uint32_t blocks,
                    lanes *totals) {
  const unaligned_lanes *sums = sums_of(run, metric, group);
  for (int q = 0; q < quantities_of(metric); q++) totals[q] = metric == FLUKE_SPLIT_GROWTH ? 1 : 0;
  for (; blocks != 0; blocks &= ~(1u << (31 - __builtin_clz(blocks)))) {
    const int last = 31 - __builtin_clz(blocks);
    for (int q = 0; q < quantities_of(metric); q++) {
      const lanes sum = sums[q * run->blocks + last];
      totals[q] = metric == FLUKE_SPLIT_GROWTH ? totals[q] * sum : totals[q] + sum;
    }
  }
}

/// Whether the sums of `group` are all 0 or of magnitude `smallest` to `largest`.
INLINED int are_within(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group, double smallest,
                       double largest) {
  const unaligned_lanes *sums = sums_of(run, metric, group);
  flags within = (flags){} == 0;
  for (int i = 0; i < quantities_of(metric) * run->blocks; i++) {
    const lanes size = __builtin_elementwise_abs((lanes)sums[i]);
    within &= (size == 0) | ((size >= smallest) & (size <= largest));
  }
  return BITS(within) == 0xff;
}

/// Whether the sums of `group` are all 0 or so ordinary that neither their unions nor squares and quotients of those leave
/// the normal numbers: a precondition of all that takes a short cut.
INLINED int is_ordinary(const fluke_split_run *run, const enum fluke_split_metric metric, size_t group) {
  return are_within(run, metric, group, 0x1p-200, 0x1p200);
}

/// A metric of eight strategies, before it is evaluated: a quotient with the root of its divisor still to be taken.
typedef struct {
  lanes dividend;
  lanes divisor;
  flags defined;
} merit;

/// `SpreadRounding.ofValues`.
#define ROUNDING_OF_VALUES 0x1p-48

/// `SplitTies.part`: values that differ by less of themselves are equal.
#define TIE 0x1p-40

/// `SpreadRounding.part` of bars in the market, where `terms` are these and 8.
#define ROUNDING_OF(over, terms) \
  ((terms) * 0x1p-51 + ((terms) > (over)->singles ? (lanes)(over)->singles : (terms)) * 0x1p-22)

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
      const lanes reciprocal = 1 / sum[0], terms = sum[0] + 8;
      const lanes mean = sum[1] * reciprocal, square = sum[2] * reciprocal;
      found.dividend = mean;
      found.divisor = square - mean * mean;
      // One return has no deviation, whatever the rounding of its square.
      found.defined = (sum[0] > 1) & (found.divisor > square * ROUNDING_OF(over, terms));
      break;
    }
    case FLUKE_SPLIT_SORTINO:
      found.dividend = sum[0] * over->reciprocal;
      found.divisor = sum[1] * over->reciprocal;
      found.defined = found.divisor > found.dividend * found.dividend * ROUNDING_OF_VALUES;
      break;
    case FLUKE_SPLIT_SORTINO_OF_TRADES: {
      const lanes reciprocal = 1 / sum[0];
      found.dividend = sum[1] * reciprocal;
      found.divisor = sum[2] * reciprocal;
      found.defined = found.divisor > found.dividend * found.dividend * ROUNDING_OF_VALUES;
      break;
    }
  }
  return found;
}

INLINED int takes_root(const enum fluke_split_metric metric) { return metric >= FLUKE_SPLIT_SHARPE; }

/// Evaluates `found` in place of its dividend, which is 0 where it is undefined: what an account in cash earns. What is not
/// a number is withdrawn from `found->defined`.
INLINED void evaluate(const enum fluke_split_metric metric, merit *found) {
  if (takes_root(metric)) {
    found->dividend /= __builtin_elementwise_sqrt(found->divisor);
  } else if (metric != FLUKE_SPLIT_GROWTH) {
    found->dividend /= found->divisor;
  }
  found->defined &= found->dividend == found->dividend;
  found->dividend = found->defined ? found->dividend : (lanes)0;
}

/// The lanes of `group` that hold a strategy.
#define IN_USE(group) (((flags){0, 1, 2, 3, 4, 5, 6, 7}) < (int64_t)(run->strategies - (group) * FLUKE_SPLIT_LANES))

/// The blocks of the low half, and those of union number `i` in either half.
#define LOW_HALF(run) ((1u << (run)->blocks / 2) - 1)
#define LOW_BLOCKS(run, i) ((run)->unions[i].blocks & LOW_HALF(run))
#define HIGH_BLOCKS(run, i) ((run)->unions[i].blocks & ~LOW_HALF(run))

/// In the table of a group, its sums over the low half of union number `i`.
#define LOW_SUMS(run, metric, i) ((const lanes *)(run)->table + LOW_BLOCKS(run, i) * quantities_of(metric))

/// Takes into account what `group`, each lane of which is in use if it is `whole`, does over union number `i`, whose sums
/// over either half are `low` and `high`.
INLINED void look_at(const fluke_split_run *run, const enum fluke_split_metric metric, const int whole,
                     const size_t group, const size_t i, const lanes *low, const lanes *high) {
  fluke_split_standing *standing = &run->standings[i];
  const flags used = whole ? (flags){} == 0 : IN_USE(group);
  merit found = merit_of(metric, run->is_cost, &run->unions[i], low, high);
  evaluate(metric, &found);
  const lanes value = found.dividend;
  ((lanes *)run->totals)[i] += used ? value : (lanes)0;
  // A new best is rare, the rarer the more groups went before; so is a gap.
  const flags better = used & (value > standing->in_sample), missing = used & ~found.defined;
  if (__builtin_expect(ANY(better | missing), 0)) {
    for (int lane = 0; lane < FLUKE_SPLIT_LANES; lane++) {
      if (!better[lane] || !(value[lane] > standing->in_sample)) continue;
      standing->in_sample = value[lane];
      standing->selected = (uint32_t)(run->first + group * FLUKE_SPLIT_LANES + lane);
    }
    standing->undefined += COUNT(missing);
  }
}

// A literal in each call, so that every metric has loops of its own.
#define FOR_ROOT_METRIC(CALL)                                                                \
    case FLUKE_SPLIT_SHARPE: CALL(run, FLUKE_SPLIT_SHARPE); break;                           \
    case FLUKE_SPLIT_SHARPE_OF_TRADES: CALL(run, FLUKE_SPLIT_SHARPE_OF_TRADES); break;       \
    case FLUKE_SPLIT_SORTINO: CALL(run, FLUKE_SPLIT_SORTINO); break;                         \
    case FLUKE_SPLIT_SORTINO_OF_TRADES: CALL(run, FLUKE_SPLIT_SORTINO_OF_TRADES); break;
