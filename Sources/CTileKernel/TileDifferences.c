// Scores of strategies that are the difference of two features, or one feature, without a matrix product.
//
// A block of a rule grid shares up to 32 features between its 64 strategies, and a product would multiply all of
// them for each. Instead, the features of 16 bars are turned so that those of one bar fill a register or two, out of
// which one instruction picks the feature of each lane. The difference is rounded once, as the product rounds it,
// whose other terms are zero: the bits are the same.

#include "TileKernel.h"

#if defined(__x86_64__)

#include <immintrin.h>

enum { SQUARE = 16 };

#include "AVX512.h"

/// Loads `bars` values of each of up to 16 features and stores them a row a bar, the rest zero.
INLINED_AVX512 void turn(const float *features, size_t stride, const int32_t *rows, int32_t count, size_t bars,
                         float *turned) {
  const __mmask16 loaded = bars < SQUARE ? (__mmask16)((1u << bars) - 1) : (__mmask16)0xFFFF;
  __m512 row[SQUARE], pair[SQUARE];
  for (int i = 0; i < SQUARE; i++) {
    row[i] = i < count ? _mm512_maskz_loadu_ps(loaded, features + (size_t)rows[i] * stride) : _mm512_setzero_ps();
  }
  // Single values, then pairs, within quarters of a register.
  for (int i = 0; i < SQUARE; i += 2) {
    pair[i] = _mm512_unpacklo_ps(row[i], row[i + 1]);
    pair[i + 1] = _mm512_unpackhi_ps(row[i], row[i + 1]);
  }
  for (int i = 0; i < SQUARE; i += 4) {
    row[i] = _mm512_shuffle_ps(pair[i], pair[i + 2], 0x44);
    row[i + 1] = _mm512_shuffle_ps(pair[i], pair[i + 2], 0xEE);
    row[i + 2] = _mm512_shuffle_ps(pair[i + 1], pair[i + 3], 0x44);
    row[i + 3] = _mm512_shuffle_ps(pair[i + 1], pair[i + 3], 0xEE);
  }
  // Then the quarters.
  for (int i = 0; i < 4; i++) {
    const __m512 even = _mm512_shuffle_f32x4(row[i], row[i + 4], 0x88);
    const __m512 odd = _mm512_shuffle_f32x4(row[i], row[i + 4], 0xDD);
    const __m512 later_even = _mm512_shuffle_f32x4(row[i + 8], row[i + 12], 0x88);
    const __m512 later_odd = _mm512_shuffle_f32x4(row[i + 8], row[i + 12], 0xDD);
    _mm512_store_ps(turned + (i + 0) * 2 * SQUARE, _mm512_shuffle_f32x4(even, later_even, 0x88));
    _mm512_store_ps(turned + (i + 4) * 2 * SQUARE, _mm512_shuffle_f32x4(odd, later_odd, 0x88));
    _mm512_store_ps(turned + (i + 8) * 2 * SQUARE, _mm512_shuffle_f32x4(even, later_even, 0xDD));
    _mm512_store_ps(turned + (i + 12) * 2 * SQUARE, _mm512_shuffle_f32x4(odd, later_odd, 0xDD));
  }
}

/// All bars of a tile. `wide`: some lane picks beyond the first 16; `paired`: some lane subtracts a feature.
INLINED_AVX512 void score(const float *features, size_t stride, const int32_t *rows, int32_t count,
                          const int32_t *added, const int32_t *subtracted, size_t bars, float *scores,
                          const int wide, const int paired) {
  // Row b holds the features of bar b: the first 16, then the others.
  _Alignas(64) float turned[SQUARE * 2 * SQUARE];
  __m512i plus[FLUKE_LANES / SQUARE], minus[FLUKE_LANES / SQUARE];
  for (int group = 0; group < FLUKE_LANES / SQUARE; group++) {
    plus[group] = _mm512_loadu_si512(added + group * SQUARE);
    minus[group] = _mm512_loadu_si512(subtracted + group * SQUARE);
  }
  for (size_t first = 0; first < bars; first += SQUARE) {
    const size_t some = bars - first < SQUARE ? bars - first : SQUARE;
    turn(features + first, stride, rows, count, some, turned);
    if (wide) turn(features + first, stride, rows + SQUARE, count - SQUARE, some, turned + SQUARE);
    for (size_t bar = 0; bar < some; bar++) {
      const __m512 low = _mm512_load_ps(turned + bar * 2 * SQUARE);
      const __m512 high = wide ? _mm512_load_ps(turned + bar * 2 * SQUARE + SQUARE) : low;
      for (int group = 0; group < FLUKE_LANES / SQUARE; group++) {
        __m512 picked = wide ? _mm512_permutex2var_ps(low, plus[group], high) : _mm512_permutexvar_ps(plus[group], low);
        if (paired) {
          picked = _mm512_sub_ps(picked, wide ? _mm512_permutex2var_ps(low, minus[group], high)
                                              : _mm512_permutexvar_ps(minus[group], low));
        }
        _mm512_store_ps(scores + (first + bar) * FLUKE_LANES + group * SQUARE, picked);
      }
    }
  }
}

AVX512 void fluke_score_differences_f32(const float *features, size_t stride, const int32_t *rows, int32_t count,
                                        const int32_t *added, const int32_t *subtracted, int32_t paired, size_t bars,
                                        float *scores) {
#define SCORE(wide, paired) score(features, stride, rows, count, added, subtracted, bars, scores, wide, paired)
  int32_t last = 0;
  for (int lane = 0; lane < FLUKE_LANES; lane++) last |= added[lane] | subtracted[lane];
  if (last < SQUARE) {
    if (paired) SCORE(0, 1); else SCORE(0, 0);
  } else {
    if (paired) SCORE(1, 1); else SCORE(1, 0);
  }
#undef SCORE
}

#else

void fluke_score_differences_f32(const float *features, size_t stride, const int32_t *rows, int32_t count,
                                 const int32_t *added, const int32_t *subtracted, int32_t paired, size_t bars,
                                 float *scores) {
  __builtin_trap();
}

#endif

int fluke_most_features_of_differences(void) { return fluke_processor_level() == 4 ? 2 * 16 - 1 : 0; }
