#pragma once

#include <stddef.h>
#include <stdint.h>

// The fused tile kernel: scores of a block of strategies over some bars in, positions, net returns and tallies
// out, in one pass while the tile is in cache. Its specification is `ReferenceKernel` in Sources/Kernels.
//
// Layout. A block has FLUKE_LANES strategies, one a lane, and lanes are contiguous everywhere:
//
//   scores      [bar][lane]      one row a decision bar
//   parameters  [row][lane]      rows of enum fluke_parameter
//   carry       [row][lane]      rows of enum fluke_carry: what runs on from one call to the next
//   totals      [row][lane]      rows of enum fluke_total, always double
//   facts       [bar][row]       rows of enum fluke_fact: the same for every lane, found once for a market
//
// All of them are aligned to 64 bytes, and so are the weights, warm-ups and room of scores that stand nowhere. Nothing is
// allocated and nothing is kept between calls.

enum { FLUKE_LANES = 64 };

/// What a strategy is told besides its scores.
enum fluke_parameter {
  FLUKE_ENTRY,       ///< enter above this score
  FLUKE_EXIT,        ///< leave below this score
  FLUKE_STOP,        ///< close when the trade has shrunk to this growth; -infinity for never
  FLUKE_TARGET,      ///< close when the trade has grown to this; +infinity for never
  FLUKE_HOLDING,     ///< close after this many bars; +infinity for never
  FLUKE_PARAMETERS,
};

/// What runs on through the tiles of a segment. At its start: position 0, growths 1, the rest 0.
enum fluke_carry {
  FLUKE_POSITION,      ///< -1, 0 or +1
  FLUKE_TRADE_GROWTH,  ///< net growth of the open trade; means nothing while there is none
  FLUKE_GROSS_GROWTH,  ///< growth of the open trade before costs and without the last return; careful only
  FLUKE_HELD,          ///< bars the open trade has earned; careful only
  FLUKE_LATCH,         ///< the side that was stopped and whose entry still stands; careful only
  FLUKE_ENTERING,      ///< what the last bar bore of the cost of entering; per trade only
  FLUKE_CARRIED,
};

/// The members of a tally, one stretch of time, all of them 0 but the growths, which start at 1.
enum fluke_total {
  FLUKE_BARS_IN_MARKET,
  FLUKE_WINNING_BARS,
  FLUKE_SUM,
  FLUKE_SUM_OF_SQUARES,
  FLUKE_SUM_OF_CUBES,
  FLUKE_SUM_OF_FOURTHS,
  FLUKE_SUM_OF_LOSSES,
  FLUKE_SUM_OF_SQUARED_LOSSES,
  FLUKE_GROWTH,
  FLUKE_HIGHEST,
  FLUKE_LOWEST,
  FLUKE_DRAWDOWN,
  FLUKE_TURNOVER,
  FLUKE_TRADES_CLOSED,
  FLUKE_TRADES_WON,
  FLUKE_GROSS_PROFIT,
  FLUKE_GROSS_LOSS,
  FLUKE_TOTALS,
};

/// What a bar's return adds to the lanes that hold through it, side +1; everything a lane needs on most bars.
enum fluke_fact {
  FLUKE_RETURN,        ///< r
  FLUKE_STEP,          ///< 1 + r
  FLUKE_SQUARE,        ///< r * r
  FLUKE_CUBE,          ///< (r * r) * r
  FLUKE_FOURTH,        ///< (r * r) * (r * r)
  FLUKE_FALL,          ///< min(r, 0)
  FLUKE_SQUARED_FALL,  ///< its square
  FLUKE_WIN,           ///< 1 where r is above 0, else 0
  FLUKE_FACTS,
};

/// How a run of decisions is to be accounted.
typedef struct {
  size_t decisions;     ///< how many rows of scores
  int32_t long_short;   ///< 1: the short side mirrors the long one; 0: long only
  int32_t careful;      ///< 1: stops are looked at; slower
  int32_t ruinous;      ///< 1: a bar can lose more than the account; slower still, and only with `careful`
  int32_t closes;       ///< 1: the last decision's position is closed, and charged, at its end
  int32_t per_trade;    ///< 1: observations are bars in the market with the costs of their positions; slower
  double cost;          ///< of changing the position by one, as a fraction
  size_t positions_at;  ///< how far behind each net return, if any are written, its position stands; 0: nowhere
} fluke_run;

/// Accounts `run->decisions` decisions of a block and folds them into `totals`.
///
/// Row i of `facts` is what was earned on the bar of decision i and row i + 1 what decision i earns, so there is one
/// more than decisions. `marks[i]` is the part of return i that is known when decision i is made; it is read only when
/// careful and may be null otherwise. `nets` may be null; otherwise it gets the net returns that decisions earn, a
/// row of FLUKE_LANES a decision.
void fluke_account_f32(const fluke_run *run, const float *scores, const float *parameters, const float *facts,
                       const float *marks, float *carry, double *totals, double *nets);
void fluke_account_f64(const fluke_run *run, const double *scores, const double *parameters,
                       const double *facts, const double *marks, double *carry, double *totals, double *nets);

/// Finds the facts of `count` returns.
void fluke_find_facts_f32(size_t count, const float *returns, float *facts);
void fluke_find_facts_f64(size_t count, const double *returns, double *facts);

/// Scores of coin flips: 1 where draw (seed, strategy, bar) is below `threshold`, else -1, for `bars` bars from
/// `first_bar` and the FLUKE_LANES strategies from `first_strategy`.
///
/// Word `bar % 4` of Philox 4x32-10 at counter (bar / 4, strategy low, strategy high, purpose).
/// `threshold` runs from 0 (never) to 2^32 (always).
void fluke_flip_f32(uint64_t seed, uint32_t purpose, uint64_t first_strategy, size_t first_bar, size_t bars,
                    uint64_t threshold, float *scores);
void fluke_flip_f64(uint64_t seed, uint32_t purpose, uint64_t first_strategy, size_t first_bar, size_t bars,
                    uint64_t threshold, double *scores);

/// Scores that are given: bit s of `longs[i]` says that lane s has +1 on bar i, bit s of `shorts[i]` that it has -1.
/// `shorts` may be NULL where no lane has any.
void fluke_spread_signals_f32(const uint64_t *longs, const uint64_t *shorts, size_t bars, float *scores);
void fluke_spread_signals_f64(const uint64_t *longs, const uint64_t *shorts, size_t bars, double *scores);

/// Random words: word w of strategy `first_strategy` + i at `words[w * FLUKE_LANES + i]`, of Philox 4x32-10 at counter
/// (counter, strategy low, strategy high, purpose), four words for each of FLUKE_LANES strategies.
void fluke_draw(uint64_t seed, uint32_t purpose, uint64_t first_strategy, uint32_t counter, uint32_t *words);

enum { FLUKE_STREAM_BLOCKS = 8 };

/// The numbers of one stream in the order in which it hands them out: words 0 and 1, then words 2 and 3, the lower first,
/// of Philox 4x32-10 at counters (counter, index low, index high, purpose) from `counter` on, FLUKE_STREAM_BLOCKS of them.
void fluke_draw_ahead(uint64_t seed, uint32_t purpose, uint64_t index, uint32_t counter, uint64_t *numbers);

/// Adds to the weights of `count` strategies what their random words stand for: whole numbers from -2^31 on, times `scale`.
void fluke_add_random_weights(size_t count, const uint32_t *words, double scale, double *weights);

/// Lets `defined_from[lane]` be at least `warm_up` in the lanes whose weight on a feature is not 0.
void fluke_wait_for_feature(const double *weights, int32_t warm_up, int32_t *defined_from);

/// Makes a lane's score not a number on the bars before `defined_from[lane]`, in a tile of `bars` bars that starts at
/// `first_bar`.
void fluke_undefine_f32(size_t first_bar, size_t bars, const int32_t *defined_from, float *scores);
void fluke_undefine_f64(size_t first_bar, size_t bars, const int32_t *defined_from, double *scores);

/// Features that a block may use for `fluke_score_differences_f32`; 0 on processors that have no such kernel.
int fluke_most_features_of_differences(void);

/// Scores of `bars` bars where lane i adds feature `added[i]` and, where `paired`, subtracts `subtracted[i]`.
///
/// Both are indices into `rows`, which tells the row of each of the `count` features in `features`, whose rows have
/// `stride` values and start at the tile's first bar; index `count` stands for no feature. What it writes is what the
/// product with weights 1 and -1 gives.
void fluke_score_differences_f32(const float *features, size_t stride, const int32_t *rows, int32_t count,
                                 const int32_t *added, const int32_t *subtracted, int32_t paired, size_t bars,
                                 float *scores);

/// Scores that are sums of features times weights and stand nowhere.
typedef struct {
  const float *features;        ///< what `columns` count from, at the first bar
  const size_t *columns;        ///< for each feature how far from there its values stand, one a bar
  int32_t count;                ///< of features, a multiple of FLUKE_PRODUCT_STEP; those added for it have no weight
  const float *weights;         ///< a row of FLUKE_LANES a feature
  const int32_t *defined_from;  ///< for each lane the bar of the market from which its score is defined
  size_t first_bar;             ///< the bar of the market at which the first score stands
} fluke_products;

/// Bars whose products are made at a time, a share of the features for each.
enum { FLUKE_PRODUCT_STEP = 8 };

/// Values after the last bar of a feature that are read, and mean nothing: the rest of its step and the step after it.
enum { FLUKE_BARS_AHEAD = 2 * FLUKE_PRODUCT_STEP - 1 };

/// The features that products are over, before any are added.
enum { FLUKE_FEWEST_PRODUCT_FEATURES = 9, FLUKE_MOST_PRODUCT_FEATURES = 64 };

/// Whether there is a kernel for `fluke_products` over so many features, before any are added: of fewer, BLAS and the
/// kernel for its scores are as fast.
int fluke_serves_products(int32_t features);

/// What `fluke_account_f32` does with these scores, for runs that are neither careful nor per trade and write no net
/// returns.
void fluke_account_products_f32(const fluke_run *run, const fluke_products *products, const float *parameters,
                                const float *facts, float *carry, double *totals);

/// Writes these scores of `bars` bars, a number also where they are not defined.
void fluke_score_products_f32(const fluke_products *products, size_t bars, float *scores);

/// Scores that are one feature each, or the difference of two, and stand nowhere.
typedef struct {
  const float *features;        ///< what columns count from, at the first bar
  const size_t *added;          ///< for each lane how far from there the values of the feature it adds stand, one a bar
  const size_t *subtracted;     ///< for each lane the same of the feature it subtracts; null where none does
  float *room;                  ///< for FLUKE_PICKS_SUBTRACTED values on each bar and on as many bars more
  const int32_t *defined_from;  ///< for each lane the bar of the market from which its score is defined
  size_t first_bar;             ///< the bar of the market at which the first score stands
} fluke_picks;

/// Features that picks subtract, the first by lanes 0, 8, 16 and so on.
enum { FLUKE_PICKS_SUBTRACTED = 8 };

/// Whether there is a kernel for `fluke_picks` with these columns.
int fluke_serves_picks(const size_t *added, const size_t *subtracted);

/// What `fluke_account_f32` does with these scores, for runs that are neither careful nor per trade and write no net
/// returns.
void fluke_account_picks_f32(const fluke_run *run, const fluke_picks *picks, const float *parameters,
                             const float *facts, float *carry, double *totals);

/// The x86-64 level of this processor, which decides the clone that runs: 4 with AVX-512, 3 with AVX2 and FMA,
/// else 1; 0 where there is one version of the code only.
int fluke_processor_level(void);

/// The compiler that made the kernels, by its own words.
const char *fluke_compiler(void);
