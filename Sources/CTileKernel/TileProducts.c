// Scores that are sums of weighted features, multiplied without BLAS and accounted in one pass.
//
// A product keeps busy the units that multiply, the accounting mostly those that add. So while eight bars are accounted,
// the product of the next eight is made, a few multiplications between any two rules, and the processor does both at a
// time; scores never leave the first-level cache. A score is summed over its features in order with one rounding each,
// whether it is accounted here or stored: the bits are the same.

#include "TileKernel.h"

#if defined(__x86_64__)

#include <math.h>

#pragma STDC FP_CONTRACT OFF

#include "AVX512.h"
#include "WarmUp.h"

enum { AHEAD = FLUKE_PRODUCT_STEP };
/// Bars of the longest tile: what is so far ahead belongs to a later one, and fits in a second-level cache till then.
enum { FETCHED_AHEAD = 1024 };
#define FOR_BARS_AHEAD(i) _Pragma("clang loop unroll(full)") for (int i = 0; i < AHEAD; i++)

#define SCALAR float
#define GROUP 16
#define TAGGED(name) name##_of_products

typedef float scores_of_bar __attribute__((ext_vector_type(GROUP)));
typedef int32_t bars_of_lanes __attribute__((ext_vector_type(GROUP)));

/// Factors of a product on its way through the features: those of the next feature.
typedef struct {
  const float *features;  ///< what `columns` count from, at the first of the bars
  const size_t *columns;
  const float *weights;   ///< of the group's first lane
} factors;

/// Adds to the scores of some bars the products with features `from` to `to` from those in `at` on.
INLINED_AVX512 void multiply(const factors *at, const int from, const int to, scores_of_bar scores[AHEAD]) {
#pragma clang loop unroll(full)
  for (int k = from; k < to; k++) {
    const scores_of_bar weight = *(const scores_of_bar *)(at->weights + k * FLUKE_LANES);
    const float *values = at->features + at->columns[k];
    FOR_BARS_AHEAD(i) scores[i] = __builtin_elementwise_fma(weight, (scores_of_bar)values[i], scores[i]);
  }
}

/// The scores of the bars from `bar` on, `share` features for each of them.
INLINED_AVX512 factors multiply_all(const fluke_products *products, int lane, size_t bar, const int share,
                                    scores_of_bar scores[AHEAD]) {
  factors at = {products->features + bar, products->columns, products->weights + lane};
  FOR_BARS_AHEAD(i) scores[i] = 0;
#pragma clang loop unroll(disable)
  for (int i = 0; i < AHEAD; i++) {
    multiply(&at, 0, share, scores);
    at.columns += share;
    at.weights += share * FLUKE_LANES;
  }
  return at;
}

/// Makes those scores not a number that are on a bar before their lane's first.
INLINED_AVX512 void undefine(const fluke_products *products, int lane, size_t bar, scores_of_bar scores[AHEAD]) {
  const bars_of_lanes from = *(const bars_of_lanes *)(products->defined_from + lane);
  const int32_t first = (int32_t)(products->first_bar + bar);
  FOR_BARS_AHEAD(i) scores[i] = first + i < from ? NAN : scores[i];
}

/// Asks for the features of a later tile, which come in too many streams for the processor to foresee: of many bars they
/// are not in cache. A line holds two steps, and each group of lanes sees to a quarter of the features.
INLINED_AVX512 void fetch(const factors *at, int lane, const int share, size_t bar) {
  if (bar % 4 != (size_t)lane / GROUP || bar / AHEAD % 2 != 0) return;
  for (int k = 0; k < share; k++) __builtin_prefetch(at->features + at->columns[k] + FETCHED_AHEAD, 0, 2);
}

/// The scores of `bar`; `ready` are those of eight bars, `next` the sums so far of the next eight, and `at` the factors
/// whose products come next.
INLINED_AVX512 scores_of_bar scores_of(const fluke_products *products, int lane, size_t warm_up, const int share,
                                       size_t bar, scores_of_bar ready[AHEAD], scores_of_bar next[AHEAD],
                                       factors *at) {
  if (bar % AHEAD == 0) {
    FOR_BARS_AHEAD(i) {
      ready[i] = next[i];
      next[i] = 0;
    }
    if (__builtin_expect(bar < warm_up, 0)) undefine(products, lane, bar, ready);
    *at = (factors){at->features + AHEAD, products->columns, products->weights + lane};
  } else {
    at->columns += share;
    at->weights += share * FLUKE_LANES;
  }
  fetch(at, lane, share, bar);
  return ready[bar % AHEAD];
}

// `share` is the number of features for each bar.
#define IN_PLACE INLINED_AVX512
#define SCORES const fluke_products *products, size_t warm_up, const int share
#define BEGIN_SCORES                                                          \
  scores_of_bar ready[AHEAD], next[AHEAD];                                    \
  factors at = multiply_all(products, lane, 0, share, next);
#define SCORE(bar) scores_of(products, lane, warm_up, share, bar, ready, next, &at)
#define MEANWHILE(quarter) multiply(&at, share * (quarter) / 4, share * ((quarter) + 1) / 4, next);
#include "TileAccounting.h"

// A literal in each call, so that every number of features has loops of its own.
#define FOR_SHARE(CALL)                                                       \
  switch (products->count / AHEAD) {                                          \
    case 2: CALL(2); break;                                                   \
    case 3: CALL(3); break;                                                   \
    case 4: CALL(4); break;                                                   \
    case 5: CALL(5); break;                                                   \
    case 6: CALL(6); break;                                                   \
    case 7: CALL(7); break;                                                   \
    case 8: CALL(8); break;                                                   \
  }

AVX512 void fluke_account_products_f32(const fluke_run *run, const fluke_products *products, const float *parameters,
                                       const float *facts, float *carry, double *totals) {
  const size_t warm_up = bars_of_warm_up(products->defined_from, products->first_bar);
#define ACCOUNT(share, long_short)                                                                             \
  account_group_of_products(run, products, warm_up, share, parameters, facts, NULL, carry, totals, NULL, lane, \
                            long_short, 0, 0)
#define ACCOUNT_SHARE(share) if (run->long_short) ACCOUNT(share, 1); else ACCOUNT(share, 0)
  for (int lane = 0; lane < FLUKE_LANES; lane += GROUP) FOR_SHARE(ACCOUNT_SHARE)
}

AVX512 void fluke_score_products_f32(const fluke_products *products, size_t bars, float *scores) {
#define STORE_SHARE(share) multiply_all(products, lane, bar, share, some)
  for (int lane = 0; lane < FLUKE_LANES; lane += GROUP) {
    for (size_t bar = 0; bar < bars; bar += AHEAD) {
      scores_of_bar some[AHEAD];
      FOR_SHARE(STORE_SHARE)
      for (size_t i = 0; i < AHEAD && bar + i < bars; i++) {
        *(scores_of_bar *)(scores + (bar + i) * FLUKE_LANES + lane) = some[i];
      }
    }
  }
}

int fluke_serves_products(int32_t features) {
  return fluke_processor_level() == 4 && features >= FLUKE_FEWEST_PRODUCT_FEATURES
      && features <= FLUKE_MOST_PRODUCT_FEATURES;
}

#else

void fluke_account_products_f32(const fluke_run *run, const fluke_products *products, const float *parameters,
                                const float *facts, float *carry, double *totals) {
  __builtin_trap();
}

void fluke_score_products_f32(const fluke_products *products, size_t bars, float *scores) { __builtin_trap(); }

int fluke_serves_products(int32_t features) { return 0; }

#endif
