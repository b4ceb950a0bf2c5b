#pragma once

// The resolvers of clones run while the program is loaded, before the thread sanitizer can be called.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define UNCLONED
#endif
#endif
#if defined(__x86_64__) && defined(__linux__) && !defined(UNCLONED)
#define CLONED __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define CLONED
#endif

#define INLINED static inline __attribute__((always_inline))
