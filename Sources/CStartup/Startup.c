#include "Startup.h"

#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define SETTING "OPENBLAS_NUM_THREADS="

void fluke_startup(void) {}

/// OpenBLAS makes a thread for every processor while it is loaded, and where the address space does not suffice for them
/// (`ulimit -v`), tries for ever. We give it no more than one thread in any case, so the program starts again and says so.
///
/// The C library takes over the variables only after this, so they cannot be changed in place. Sanitizers are not ready
/// either.
__attribute__((no_sanitize("address", "thread")))
static void limit_library_threads(int argc, char **argv, char **variables) {
  (void)argc;
  struct rlimit limit;
  if (getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return;
  size_t count = 0;
  for (; variables[count]; count++) {
    if (strncmp(variables[count], SETTING, sizeof SETTING - 1) == 0) return;
  }
  char *more[count + 2];
  memcpy(more, variables, count * sizeof *more);
  more[count] = SETTING "1";
  more[count + 1] = NULL;
  // Where that fails, the program goes on as it is.
  execve("/proc/self/exe", argv, more);
}

// Of all that a program runs before `main`, this alone comes before the functions by which libraries begin.
__attribute__((section(".preinit_array"), used))
static void (*const before_libraries)(int, char **, char **) = limit_library_threads;
