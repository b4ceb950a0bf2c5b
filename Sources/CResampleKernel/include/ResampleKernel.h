#pragma once

#include <stddef.h>
#include <stdint.h>

// The kernel of resampling: a tile of returns in, the largest value of some statistics over its strategies out, for
// each resample. Every value is made of the sum of a strategy's returns over the bars that a resample draws.
//
// Few of these sums are ever the largest, so they are first had in whole numbers, in steps of the strategy's own,
// which is several times faster than in double precision and off by no more than half a step a bar. The sums that
// might be the largest by that, about one in a hundred, are then made again in double precision. What comes out is
// as if all had been, bit for bit.
//
// Sums of steps are had in one of two ways, which are as good as each other for what comes out. Where blocks are short,
// as products of draws and steps over all bars. Where they are long, from running sums: a run of bars adds the
// difference of two of them, so what counts is the number of rows at which the draws change and not that of bars.
//
// Layout. A tile has FLUKE_RESAMPLE_LANES strategies; all counts of bars are padded with zeros to `stride`, a multiple
// of FLUKE_RESAMPLE_PARTS. `steps`, `running`, `columns` and `sums` are aligned to 64 bytes.
//
//   draws    [resample][stride]              how often a resample draws a bar; rows padded to FLUKE_RESAMPLE_ROWS
//   steps    [chunk][group][pair][lane][2]   returns in whole steps: 16 strategies, two bars side by side
//   running  [group][row][lane]              steps of all bars before a row; as many rows as bars, and one
//   columns  [lane][stride]                  returns
//   sums     [resample][lane]                of steps
//   maxima   [statistic][resample]
//
// Of few strategies nearly every sum might be the largest, and of long histories a tile of zeros beside them would fill
// memory. A narrow tile therefore has as many columns as strategies, and all of its sums are made in double precision
// at once, to the same bits.

enum {
  FLUKE_RESAMPLE_LANES = 64,
  FLUKE_RESAMPLE_PARTS = 32,    ///< partial sums of a sum in double precision, by position
  FLUKE_RESAMPLE_ROWS = 6,      ///< resamples that are summed side by side
  FLUKE_RESAMPLE_CHUNK = 4096,  ///< bars whose steps are summed before they are added to `sums`: half a megabyte
};

/// From a sum of steps to a statistic, for each strategy: it is at most `slope · sum - above` and at least
/// `slope · sum - below`. A strategy without a part has infinity in both.
typedef struct {
  double slope[FLUKE_RESAMPLE_LANES];
  double above[FLUKE_RESAMPLE_LANES];
  double below[FLUKE_RESAMPLE_LANES];
} fluke_resample_bounds;

/// From a sum of returns to a statistic, for each strategy: `(sum - center) · scale`. One without a part has infinity as
/// its center and a scale of 1.
typedef struct {
  double center[FLUKE_RESAMPLE_LANES];
  double scale[FLUKE_RESAMPLE_LANES];
} fluke_resample_terms;

/// Finds the step of each strategy, its largest return over `limit`, and its returns in steps, rounded; `columns` gets
/// the returns themselves. Returns that are not finite count as 0 steps.
///
/// `returns` is bars × FLUKE_RESAMPLE_LANES.
void fluke_resample_round(size_t bars, size_t stride, const double *returns, double limit, double *step,
                          int16_t *steps, double *columns);

/// The sums of steps over each of `resamples`, a multiple of FLUKE_RESAMPLE_ROWS.
///
/// No chunk of a resample may draw so much that a sum of steps in it leaves 32 bits.
void fluke_resample_sum(size_t bars, size_t stride, const int16_t *steps, const int16_t *draws, size_t resamples,
                        double *sums);

/// As `fluke_resample_round`, with running sums of the steps, modulo 2³².
void fluke_resample_accumulate(size_t bars, size_t stride, const double *returns, double limit, double *step,
                               uint32_t *running, double *columns);

/// The rows of running sums that make up the sum over resample i: it is those of `rows` from `starts[2i]` on less those
/// from `starts[2i + 1]` on, each up to the next start.
typedef struct {
  const size_t *starts;
  const uint32_t *rows;
} fluke_resample_changes;

/// The sums of steps over `resamples` from running sums of `rows` rows. No sum may leave 32 bits.
void fluke_resample_sum_changes(fluke_resample_changes changes, size_t rows, const uint32_t *running,
                                size_t resamples, double *sums);

/// The strategies, a bit each, whose value of one of `count` statistics might be above the maximum of a resample, and is
/// not certainly below that of another strategy of the tile. `statistics` are rows of `bounds` and of `maxima`, which has
/// `all` resamples in each: those in which some strategy of the tile has a part.
void fluke_resample_screen(size_t resamples, const double *sums, size_t count, const size_t *statistics,
                           const fluke_resample_bounds *bounds, const double *maxima, size_t all,
                           uint64_t *candidates);

/// Raises the maxima of each resample in these statistics to the values of its candidates.
void fluke_resample_raise(size_t stride, const int16_t *draws, const double *columns, size_t resamples,
                          const uint64_t *candidates, size_t count, const size_t *statistics,
                          const fluke_resample_terms *terms, double *maxima, size_t all);

/// The sums of the strategies of a narrow tile over some resamples, bit by bit those that `fluke_resample_raise` makes.
///
/// `returns` is bars × width, and `sums` has a row of `resamples` for each strategy. There is room for FLUKE_RESAMPLE_CHUNK
/// bars of each strategy in `columns`, and for FLUKE_RESAMPLE_PARTS numbers of each sum in `parts`; both are aligned to 64
/// bytes.
void fluke_resample_sum_exactly(size_t bars, size_t width, const double *returns, size_t stride, const int16_t *draws,
                                size_t resamples, double *columns, double *parts, double *sums);
