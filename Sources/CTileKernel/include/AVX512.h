// How functions are compiled that only processors with AVX-512 call.

#pragma once

#define AVX512 __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,fma")))
#define INLINED_AVX512 static inline __attribute__((always_inline)) AVX512
