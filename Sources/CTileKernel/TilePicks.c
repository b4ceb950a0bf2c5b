// Scores that are one feature each, or the difference of two, accounted without being stored.
//
// Strategies of a rule grid that differ in their thresholds share a feature, and sixteen neighbours seldom use more than
// two. Then two loads make their scores of a bar: one copies a value to all lanes, the other to those of the second
// feature. Crosses stand in patches of 8 × 8: again two features are added by sixteen neighbours, and all rows of a
// patch subtract the same eight, which are turned beforehand so that those of one bar stand side by side. The difference
// is rounded once, as the product rounds it, whose other terms are zero: the bits are the same.

#include "TileKernel.h"

#if defined(__x86_64__)

#include <immintrin.h>
#include <math.h>

#pragma STDC FP_CONTRACT OFF

#include "AVX512.h"
#include "WarmUp.h"

enum { PATCH = FLUKE_PICKS_SUBTRACTED };

#define SCALAR float
#define GROUP 16
#define TAGGED(name) name##_of_picks

/// What one group of lanes adds, from the first bar on.
typedef struct {
  const float *first;
  const float *second;
  __mmask16 in_second;  ///< the lanes that add the second
} group_picks;

/// The first column of a group that is not that of its first lane, if there is one.
static size_t second_of(const size_t *columns) {
  for (int i = 1; i < GROUP; i++) {
    if (columns[i] != columns[0]) return columns[i];
  }
  return columns[0];
}

INLINED_AVX512 group_picks picks_of_group(const fluke_picks *picks, int lane) {
  const size_t *added = picks->added + lane;
  const float *features = picks->features;
  __mmask16 in_second = 0;
  for (int i = 1; i < GROUP; i++) in_second |= (__mmask16)((unsigned)(added[i] != added[0]) << i);
  return (group_picks){features + added[0], features + second_of(added), in_second};
}

/// Puts side by side what the first eight lanes subtract, bar after bar.
INLINED_AVX512 void turn(const fluke_picks *picks, size_t bars) {
  for (size_t bar = 0; bar < bars; bar += PATCH) {
    __m256 row[PATCH], next[PATCH];
    for (int i = 0; i < PATCH; i++) row[i] = _mm256_loadu_ps(picks->features + picks->subtracted[i] + bar);
    // Single values, then pairs, then halves.
    for (int i = 0; i < PATCH; i += 2) {
      next[i] = _mm256_unpacklo_ps(row[i], row[i + 1]);
      next[i + 1] = _mm256_unpackhi_ps(row[i], row[i + 1]);
    }
    for (int i = 0; i < PATCH; i += 4) {
      row[i] = _mm256_shuffle_ps(next[i], next[i + 2], 0x44);
      row[i + 1] = _mm256_shuffle_ps(next[i], next[i + 2], 0xEE);
      row[i + 2] = _mm256_shuffle_ps(next[i + 1], next[i + 3], 0x44);
      row[i + 3] = _mm256_shuffle_ps(next[i + 1], next[i + 3], 0xEE);
    }
    for (int i = 0; i < PATCH / 2; i++) {
      float *turned = picks->room + (bar + (size_t)i) * PATCH;
      _mm256_store_ps(turned, _mm256_permute2f128_ps(row[i], row[i + 4], 0x20));
      _mm256_store_ps(turned + PATCH / 2 * PATCH, _mm256_permute2f128_ps(row[i], row[i + 4], 0x31));
    }
  }
}

INLINED_AVX512 __m512 score_of(const fluke_picks *picks, const group_picks *of, int lane, size_t warm_up, size_t bar,
                               const int two, const int paired) {
  __m512 score = _mm512_set1_ps(of->first[bar]);
  if (two) score = _mm512_mask_mov_ps(score, of->in_second, _mm512_set1_ps(of->second[bar]));
  if (paired) score = _mm512_sub_ps(score, _mm512_broadcast_f32x8(_mm256_load_ps(picks->room + bar * PATCH)));
  if (__builtin_expect(bar < warm_up, 0)) {
    const __m512i at = _mm512_set1_epi32((int32_t)(picks->first_bar + bar));
    const __mmask16 waits = _mm512_cmplt_epi32_mask(at, _mm512_loadu_si512(picks->defined_from + lane));
    score = _mm512_mask_mov_ps(score, waits, _mm512_set1_ps(NAN));
  }
  return score;
}

// The scores of a bar are made while the one before is accounted: what is guessed of it is known sooner to be right.
#define IN_PLACE INLINED_AVX512
#define SCORES const fluke_picks *picks, const group_picks of, size_t warm_up, const int two, const int paired
#define SCORE_AT(bar) (LANES)score_of(picks, &of, lane, warm_up, bar, two, paired)
#define BEGIN_SCORES LANES ahead = SCORE_AT(0);
#define SCORE(bar) ({ const LANES made = ahead; ahead = SCORE_AT((bar) + 1); made; })
#define MEANWHILE(quarter)
#include "TileAccounting.h"

AVX512 void fluke_account_picks_f32(const fluke_run *run, const fluke_picks *picks, const float *parameters,
                                    const float *facts, float *carry, double *totals) {
  const size_t warm_up = bars_of_warm_up(picks->defined_from, picks->first_bar);
  if (picks->subtracted) turn(picks, run->decisions);
  for (int lane = 0; lane < FLUKE_LANES; lane += GROUP) {
    const group_picks of = picks_of_group(picks, lane);
#define ACCOUNT(two, paired, long_short)                                                                       \
  account_group_of_picks(run, picks, of, warm_up, two, paired, parameters, facts, NULL, carry, totals, NULL, lane, \
                         long_short, 0, 0)
#define ACCOUNT_SIDES(two, paired) if (run->long_short) ACCOUNT(two, paired, 1); else ACCOUNT(two, paired, 0)
    // Each combination is code of its own.
    if (picks->subtracted) {
      if (of.in_second) ACCOUNT_SIDES(1, 1); else ACCOUNT_SIDES(0, 1);
    } else {
      if (of.in_second) ACCOUNT_SIDES(1, 0); else ACCOUNT_SIDES(0, 0);
    }
  }
}

int fluke_serves_picks(const size_t *added, const size_t *subtracted) {
  for (int lane = 0; lane < FLUKE_LANES; lane++) {
    const size_t *group = added + lane / GROUP * GROUP;
    if (added[lane] != group[0] && added[lane] != second_of(group)) return 0;
    if (subtracted && subtracted[lane] != subtracted[lane % PATCH]) return 0;
  }
  return fluke_processor_level() == 4;
}

#else

void fluke_account_picks_f32(const fluke_run *run, const fluke_picks *picks, const float *parameters,
                             const float *facts, float *carry, double *totals) {
  __builtin_trap();
}

int fluke_serves_picks(const size_t *added, const size_t *subtracted) { return 0; }

#endif
