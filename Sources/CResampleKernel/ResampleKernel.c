// The kernel of resampling. Its goals, in this order:
//
//   1. maxima that are a pure function of returns and draws, bit for bit on every machine: a sum in double precision
//      has one order, its terms are rounded before they are added, and whole numbers have no rounding at all;
//   2. no allocation;
//   3. speed: products of pairs of 16-bit numbers, added up in 32 bits, which every vector unit has an instruction for.

#include "ResampleKernel.h"

#include <math.h>

#include "Clones.h"

#pragma STDC FP_CONTRACT OFF

enum { GROUP = 16, GROUPS = FLUKE_RESAMPLE_LANES / GROUP, WIDTH = 8 };

// Vector values never cross a function that is not inlined: their calling convention differs between clones.
typedef double lanes __attribute__((ext_vector_type(WIDTH)));
typedef int64_t flags __attribute__((ext_vector_type(WIDTH)));
typedef bool bits __attribute__((ext_vector_type(WIDTH)));
typedef int16_t draws_of_bars __attribute__((ext_vector_type(WIDTH), aligned(2)));

typedef int32_t totals __attribute__((ext_vector_type(GROUP)));
typedef uint32_t running_sums __attribute__((ext_vector_type(GROUP)));
typedef int16_t pairs __attribute__((ext_vector_type(2 * GROUP)));
typedef int32_t products __attribute__((ext_vector_type(2 * GROUP)));
typedef int32_t pair_of_draws __attribute__((aligned(2), may_alias));

#define BITS(set) __builtin_bit_cast(uint8_t, __builtin_convertvector(set, bits))

/// The nearest whole number, of a magnitude below 2⁵¹: there are no digits left below 2⁵².
#define NEAREST(value) (((value) + 0x1.8p52) - 0x1.8p52)

/// The steps of some bars, in pairs, from the first bar of a chunk on; a missing last bar is 0.
INLINED void round_chunk(size_t bars, const double *restrict returns, const double *restrict inverse,
                         int16_t *restrict steps) {
  const size_t count = (bars + 1) / 2;
  for (size_t pair = 0; pair < count; pair++) {
    const double *first = returns + 2 * pair * FLUKE_RESAMPLE_LANES;
    const int has_second = 2 * pair + 1 < bars;
    const double *second = has_second ? first + FLUKE_RESAMPLE_LANES : first;
    for (int group = 0; group < GROUPS; group++) {
      int16_t *target = steps + (group * count + pair) * 2 * GROUP;
      for (int lane = 0; lane < GROUP; lane++) {
        const int strategy = group * GROUP + lane;
        const double one = NEAREST(first[strategy] * inverse[strategy]);
        const double other = has_second ? NEAREST(second[strategy] * inverse[strategy]) : 0;
        target[2 * lane] = fabs(one) <= INT16_MAX ? (int16_t)one : 0;
        target[2 * lane + 1] = fabs(other) <= INT16_MAX ? (int16_t)other : 0;
      }
    }
  }
}

/// The step of each strategy, and its inverse.
INLINED void find_steps(size_t bars, const double *restrict returns, double limit, double *restrict step,
                        double *restrict inverse) {
  double largest[FLUKE_RESAMPLE_LANES] = {0};
  for (size_t bar = 0; bar < bars; bar++) {
    for (int lane = 0; lane < FLUKE_RESAMPLE_LANES; lane++) {
      const double size = fabs(returns[bar * FLUKE_RESAMPLE_LANES + lane]);
      largest[lane] = size > largest[lane] ? size : largest[lane];
    }
  }
  for (int lane = 0; lane < FLUKE_RESAMPLE_LANES; lane++) {
    // Smaller steps would have no inverse.
    step[lane] = largest[lane] == 0 ? 0 : fmax(largest[lane] / limit, 0x1p-1000);
    inverse[lane] = step[lane] == 0 ? 0 : 1 / step[lane];
  }
}

/// A column for each strategy, eight bars at a time, so that whole cache lines are written.
INLINED void turn(size_t bars, size_t stride, const double *restrict returns, double *restrict columns) {
  for (size_t from = 0; from < bars; from += WIDTH) {
    const size_t count = bars - from < WIDTH ? bars - from : WIDTH;
    for (int lane = 0; lane < FLUKE_RESAMPLE_LANES; lane++) {
      for (size_t bar = 0; bar < count; bar++) {
        columns[lane * stride + from + bar] = returns[(from + bar) * FLUKE_RESAMPLE_LANES + lane];
      }
    }
  }
}

CLONED void fluke_resample_round(size_t bars, size_t stride, const double *returns, double limit, double *step,
                                 int16_t *steps, double *columns) {
  double inverse[FLUKE_RESAMPLE_LANES];
  find_steps(bars, returns, limit, step, inverse);
  for (size_t from = 0; from < bars; from += FLUKE_RESAMPLE_CHUNK) {
    const size_t count = bars - from < FLUKE_RESAMPLE_CHUNK ? bars - from : FLUKE_RESAMPLE_CHUNK;
    round_chunk(count, returns + from * FLUKE_RESAMPLE_LANES, inverse, steps + from * FLUKE_RESAMPLE_LANES);
  }
  turn(bars, stride, returns, columns);
}

CLONED void fluke_resample_accumulate(size_t bars, size_t stride, const double *returns, double limit, double *step,
                                      uint32_t *running, double *columns) {
  double inverse[FLUKE_RESAMPLE_LANES];
  find_steps(bars, returns, limit, step, inverse);
  for (int group = 0; group < GROUPS; group++) {
    uint32_t *row = running + group * (bars + 1) * GROUP;
    for (int lane = 0; lane < GROUP; lane++) row[lane] = 0;
    for (size_t bar = 0; bar < bars; bar++) {
      const double *restrict values = returns + bar * FLUKE_RESAMPLE_LANES + group * GROUP;
      const uint32_t *restrict before = row + bar * GROUP;
      uint32_t *restrict after = row + (bar + 1) * GROUP;
      for (int lane = 0; lane < GROUP; lane++) {
        const double steps = NEAREST(values[lane] * inverse[group * GROUP + lane]);
        after[lane] = before[lane] + (uint32_t)(fabs(steps) <= INT32_MAX ? (int32_t)steps : 0);
      }
    }
  }
  turn(bars, stride, returns, columns);
}

/// Adds the sums over one chunk of FLUKE_RESAMPLE_ROWS resamples and one group of strategies.
INLINED void sum_group(size_t count, const pairs *restrict steps, size_t stride, const int16_t *restrict draws,
                       double *restrict sums) {
  totals total[FLUKE_RESAMPLE_ROWS];
#pragma unroll
  for (int row = 0; row < FLUKE_RESAMPLE_ROWS; row++) total[row] = 0;
  for (size_t pair = 0; pair < count; pair++) {
    const pairs values = steps[pair];
#pragma unroll
    for (int row = 0; row < FLUKE_RESAMPLE_ROWS; row++) {
      const totals drawn = *(const pair_of_draws *)(draws + row * stride + 2 * pair);
      const products each =
          __builtin_convertvector(values, products) * __builtin_convertvector((pairs)drawn, products);
      total[row] += each.even + each.odd;
    }
  }
  for (int row = 0; row < FLUKE_RESAMPLE_ROWS; row++) {
    for (int lane = 0; lane < GROUP; lane++) sums[row * FLUKE_RESAMPLE_LANES + lane] += total[row][lane];
  }
}

CLONED void fluke_resample_sum(size_t bars, size_t stride, const int16_t *steps, const int16_t *draws,
                               size_t resamples, double *sums) {
  for (size_t cell = 0; cell < resamples * FLUKE_RESAMPLE_LANES; cell++) sums[cell] = 0;
  for (size_t from = 0; from < bars; from += FLUKE_RESAMPLE_CHUNK) {
    const size_t left = bars - from < FLUKE_RESAMPLE_CHUNK ? bars - from : FLUKE_RESAMPLE_CHUNK;
    const size_t count = (left + 1) / 2;
    const pairs *chunk = (const pairs *)(steps + from * FLUKE_RESAMPLE_LANES);
    for (size_t resample = 0; resample < resamples; resample += FLUKE_RESAMPLE_ROWS) {
      for (int group = 0; group < GROUPS; group++) {
        sum_group(count, chunk + group * count, stride, draws + resample * stride + from,
                  sums + resample * FLUKE_RESAMPLE_LANES + group * GROUP);
      }
    }
  }
}

CLONED void fluke_resample_sum_changes(fluke_resample_changes changes, size_t rows, const uint32_t *running,
                                       size_t resamples, double *sums) {
  for (int group = 0; group < GROUPS; group++) {
    const running_sums *row = (const running_sums *)running + group * rows;
    for (size_t resample = 0; resample < resamples; resample++) {
      const size_t *starts = changes.starts + 2 * resample;
      running_sums total = 0;
      for (size_t change = starts[0]; change < starts[1]; change++) total += row[changes.rows[change]];
      for (size_t change = starts[1]; change < starts[2]; change++) total -= row[changes.rows[change]];
      double *target = sums + resample * FLUKE_RESAMPLE_LANES + group * GROUP;
      for (int lane = 0; lane < GROUP; lane++) target[lane] = (int32_t)total[lane];
    }
  }
}

CLONED void fluke_resample_screen(size_t resamples, const double *sums, size_t count, const size_t *statistics,
                                  const fluke_resample_bounds *bounds, const double *maxima, size_t all,
                                  uint64_t *candidates) {
  enum { VECTORS = FLUKE_RESAMPLE_LANES / WIDTH };
  for (size_t resample = 0; resample < resamples; resample++) {
    const lanes *sum = (const lanes *)(sums + resample * FLUKE_RESAMPLE_LANES);
    uint64_t found = 0;
    for (size_t number = 0; number < count; number++) {
      const size_t k = statistics[number];
      const lanes *slope = (const lanes *)bounds[k].slope, *above = (const lanes *)bounds[k].above;
      const lanes *below = (const lanes *)bounds[k].below;
      const double maximum = maxima[k * all + resample];
      flags any = 0;
      for (int v = 0; v < VECTORS; v++) any |= slope[v] * sum[v] - above[v] > maximum;
      if (BITS(any) == 0) continue;
      // Some strategy of the tile reaches this for certain.
      lanes reached = -INFINITY;
      for (int v = 0; v < VECTORS; v++) {
        const lanes least = slope[v] * sum[v] - below[v];
        reached = least > reached ? least : reached;
      }
      double certain = -INFINITY;
      for (int lane = 0; lane < WIDTH; lane++) certain = reached[lane] > certain ? reached[lane] : certain;
      for (int v = 0; v < VECTORS; v++) {
        const lanes most = slope[v] * sum[v] - above[v];
        found |= (uint64_t)BITS((most > maximum) & (most >= certain)) << (v * WIDTH);
      }
    }
    candidates[resample] = found;
  }
}

enum { PARTS = FLUKE_RESAMPLE_PARTS / WIDTH };

/// Adds some bars of a resample, a multiple of FLUKE_RESAMPLE_PARTS, to the partial sums of a column by position.
INLINED void add_to_parts(size_t bars, const int16_t *draws, const double *column, lanes part[PARTS]) {
  for (size_t from = 0; from < bars; from += FLUKE_RESAMPLE_PARTS) {
#pragma unroll
    for (int v = 0; v < PARTS; v++) {
      const size_t bar = from + v * WIDTH;
      const lanes drawn = __builtin_convertvector(*(const draws_of_bars *)(draws + bar), lanes);
      part[v] += drawn * *(const lanes *)(column + bar);
    }
  }
}

INLINED double sum_of_parts(const lanes part[PARTS]) {
  const lanes sum = (part[0] + part[1]) + (part[2] + part[3]);
  return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

/// The sum of a column over the bars of a resample.
INLINED double sum_exactly(size_t stride, const int16_t *draws, const double *column) {
  lanes part[PARTS] = {0};
  add_to_parts(stride, draws, column, part);
  return sum_of_parts(part);
}

/// Makes columns of some bars of a narrow tile, with zeros up to a multiple of FLUKE_RESAMPLE_PARTS.
///
/// Returns how many bars they are then.
INLINED size_t turn_narrow(size_t bars, size_t width, const double *restrict returns, double *restrict columns) {
  const size_t padded = (bars + FLUKE_RESAMPLE_PARTS - 1) / FLUKE_RESAMPLE_PARTS * FLUKE_RESAMPLE_PARTS;
  for (size_t strategy = 0; strategy < width; strategy++) {
    double *column = columns + strategy * FLUKE_RESAMPLE_CHUNK;
    for (size_t bar = 0; bar < bars; bar++) column[bar] = returns[bar * width + strategy];
    for (size_t bar = bars; bar < padded; bar++) column[bar] = 0;
  }
  return padded;
}

CLONED void fluke_resample_sum_exactly(size_t bars, size_t width, const double *returns, size_t stride,
                                       const int16_t *draws, size_t resamples, double *columns, double *parts,
                                       double *sums) {
  const size_t count = width * resamples;
  for (size_t cell = 0; cell < count * FLUKE_RESAMPLE_PARTS; cell++) parts[cell] = 0;
  for (size_t from = 0; from < bars; from += FLUKE_RESAMPLE_CHUNK) {
    const size_t left = bars - from < FLUKE_RESAMPLE_CHUNK ? bars - from : FLUKE_RESAMPLE_CHUNK;
    const size_t padded = turn_narrow(left, width, returns + from * width, columns);
    for (size_t resample = 0; resample < resamples; resample++) {
      // Once for all strategies.
      _Alignas(64) double drawn[FLUKE_RESAMPLE_CHUNK];
      for (size_t bar = 0; bar < padded; bar++) drawn[bar] = draws[resample * stride + from + bar];
      for (size_t strategy = 0; strategy < width; strategy++) {
        const double *column = columns + strategy * FLUKE_RESAMPLE_CHUNK;
        lanes *kept = (lanes *)(parts + (strategy * resamples + resample) * FLUKE_RESAMPLE_PARTS), part[PARTS];
#pragma unroll
        for (int v = 0; v < PARTS; v++) part[v] = kept[v];
        for (size_t bar = 0; bar < padded; bar += FLUKE_RESAMPLE_PARTS) {
#pragma unroll
          for (int v = 0; v < PARTS; v++) {
            part[v] += *(const lanes *)(drawn + bar + v * WIDTH) * *(const lanes *)(column + bar + v * WIDTH);
          }
        }
#pragma unroll
        for (int v = 0; v < PARTS; v++) kept[v] = part[v];
      }
    }
  }
  for (size_t cell = 0; cell < count; cell++) {
    sums[cell] = sum_of_parts((const lanes *)(parts + cell * FLUKE_RESAMPLE_PARTS));
  }
}

CLONED void fluke_resample_raise(size_t stride, const int16_t *draws, const double *columns, size_t resamples,
                                 const uint64_t *candidates, size_t count, const size_t *statistics,
                                 const fluke_resample_terms *terms, double *maxima, size_t all) {
  for (size_t resample = 0; resample < resamples; resample++) {
    for (uint64_t left = candidates[resample]; left != 0; left &= left - 1) {
      const int lane = __builtin_ctzll(left);
      const double sum = sum_exactly(stride, draws + resample * stride, columns + lane * stride);
      for (size_t number = 0; number < count; number++) {
        const size_t k = statistics[number];
        const double value = (sum - terms[k].center[lane]) * terms[k].scale[lane];
        double *maximum = &maxima[k * all + resample];
        *maximum = value > *maximum ? value : *maximum;
      }
    }
  }
}
