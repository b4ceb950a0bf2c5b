// The second pass for Sharpe ratios of strategies that all have values: two groups at a time, in single precision. Where
// that is too close to call, the metric is evaluated as elsewhere, so that the counts are the same. Part of SplitKernel.c.

#pragma once

#include "SplitMerits.h"

enum { PAIR_LANES = 2 * FLUKE_SPLIT_LANES, PAIR_QUANTITIES = 2 };

typedef float pair_lanes __attribute__((ext_vector_type(PAIR_LANES)));
typedef float half_lanes __attribute__((ext_vector_type(FLUKE_SPLIT_LANES)));
typedef bool pair_bits __attribute__((ext_vector_type(PAIR_LANES)));

#define PAIR_BITS(set) __builtin_bit_cast(uint16_t, __builtin_convertvector(set, pair_bits))

/// What sixteen strategies over a union are compared with. With S, Q, n and F as for a `yardstick`, a ratio is below f
/// exactly when S·(|S| + F·S) < F·n·Q.
///
/// Let u be 2⁻²⁴ and m the blocks of a union. Either half of S is rounded, and their sum: S is off by at most 2·u·Σ|S_b|
/// over its blocks b. Every S_b² ≤ n·Q_b is asked for, and Σ√Q_b is at most √(m·Q) (Cauchy); so S is off by at most
/// d·√(n·Q) with d = 2·u·√m. Where the sides are equal, S² is |F|·n·Q/(1 + |F|), and the left one off by at most
/// (2·d·√(|F|·(1 + |F|)) + 3·d²·(1 + |F|))·n·Q. Elsewhere it is off by less than the sides differ by more: where S and F
/// have one sign, since S² grows faster than its error; where they have not, since S² < n·Q, of strategies with a value. All
/// other roundings together are below 10·u·|F|·n·Q. The slack is twice the sum, which holds the band of ties, 2⁻³⁹ of |F|.
typedef struct {
  float square;  ///< F
  float lower;   ///< F·n less the slack
  float upper;   ///< F·n and the slack
} pair_yardstick;

/// - Parameter square: F. Beyond 2¹⁰, where bounds have not been thought of, nothing is decided.
INLINED pair_yardstick pair_yardstick_of(const fluke_split_run *run, const fluke_split_union *over, double square) {
  const double size = fabs(square), lost = 0x1p-23 * sqrt(run->blocks / 2);
  const double off = 2 * lost * sqrt(size * (1 + size)) + 3 * lost * lost * (1 + size) + 10 * 0x1p-24 * size;
  const double slack = size <= 0x1p10 ? 2 * off : INFINITY;
  return (pair_yardstick){
      .square = (float)square,
      .lower = (float)((square - slack) * over->bars),
      .upper = (float)((square + slack) * over->bars),
  };
}

/// Whether nothing of the sums of `group` is lost in single precision that could decide, and they are sums and sums of
/// squares of at most `bars` returns a block.
INLINED int is_fit_for_pairs(const fluke_split_run *run, size_t group, double bars) {
  if (!are_within(run, FLUKE_SPLIT_SHARPE, group, 0x1p-40, 0x1p40)) return 0;
  const unaligned_lanes *sums = sums_of(run, FLUKE_SPLIT_SHARPE, group);
  flags fit = (flags){} == 0;
  for (int block = 0; block < run->blocks; block++) {
    const lanes sum = sums[block], square = sums[run->blocks + block];
    fit &= sum * sum <= bars * square;
  }
  return BITS(fit) == 0xff;
}

/// The tables of `group` and the one after it, rounded, side by side behind the table of one.
INLINED pair_lanes *tabulate_pair(const fluke_split_run *run, size_t group) {
  const size_t entries = (size_t)PAIR_QUANTITIES << run->blocks / 2;
  const lanes *exact = (const lanes *)run->table;
  half_lanes *rounded = (half_lanes *)(exact + entries);
  for (int half = 0; half < 2; half++) {
    tabulate(run, FLUKE_SPLIT_SHARPE, group + half);
    for (size_t i = 0; i < entries; i++) rounded[2 * i + half] = __builtin_convertvector(exact[i], half_lanes);
  }
  return (pair_lanes *)rounded;
}

INLINED void add_up_pair(const fluke_split_run *run, size_t group, uint32_t blocks, pair_lanes *totals) {
  half_lanes *rounded = (half_lanes *)totals;
  for (int half = 0; half < 2; half++) {
    lanes exact[FLUKE_SPLIT_MOST_QUANTITIES];
    add_up(run, FLUKE_SPLIT_SHARPE, group + half, blocks, exact);
    for (int q = 0; q < PAIR_QUANTITIES; q++) rounded[2 * q + half] = __builtin_convertvector(exact[q], half_lanes);
  }
}
