// Loaded before all other libraries by scripts/count-allocations: counts allocations, reference counts and locks, and
// passes each call on.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <semaphore.h>
#include <stddef.h>

enum { ALLOCATIONS, FREES, RETAINS, RELEASES, OBJECTS, LOCKS, KINDS };

/// Read by `suite events`.
long fluke_events[KINDS];

#define COUNT(kind) __atomic_fetch_add(&fluke_events[kind], 1, __ATOMIC_RELAXED)

// The C library's own names, which need no looking up: that would allocate.
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *old);

void *malloc(size_t size) { COUNT(ALLOCATIONS); return __libc_malloc(size); }
void *calloc(size_t count, size_t size) { COUNT(ALLOCATIONS); return __libc_calloc(count, size); }
void *realloc(void *old, size_t size) { COUNT(ALLOCATIONS); return __libc_realloc(old, size); }
void *memalign(size_t alignment, size_t size) { COUNT(ALLOCATIONS); return __libc_memalign(alignment, size); }
void *aligned_alloc(size_t alignment, size_t size) { COUNT(ALLOCATIONS); return __libc_memalign(alignment, size); }
void free(void *old) { if (old) COUNT(FREES); __libc_free(old); }

int posix_memalign(void **result, size_t alignment, size_t size) {
  COUNT(ALLOCATIONS);
  void *memory = __libc_memalign(alignment, size);
  if (!memory) return 12;  // ENOMEM
  *result = memory;
  return 0;
}

/// Passes a call on to the next definition of its function, which is looked up once.
#define PASS(kind, result, name, parameters, arguments)    \
  result name parameters {                                 \
    static result (*next) parameters;                      \
    if (!next) *(void **)&next = dlsym(RTLD_NEXT, #name);  \
    COUNT(kind);                                           \
    return next arguments;                                 \
  }

#define PASS_POINTER(kind, name) PASS(kind, void *, name, (void *object), (object))
#define PASS_POINTER_AND_NUMBER(kind, name) \
  PASS(kind, void *, name, (void *object, unsigned number), (object, number))
#define PASS_LOCK(name, lock) PASS(LOCKS, int, name, (lock *object), (object))

PASS_POINTER(RETAINS, swift_retain)
PASS_POINTER(RETAINS, swift_bridgeObjectRetain)
PASS_POINTER(RETAINS, swift_unownedRetain)
PASS_POINTER(RELEASES, swift_release)
PASS_POINTER(RELEASES, swift_bridgeObjectRelease)
PASS_POINTER(RELEASES, swift_unownedRelease)
PASS_POINTER_AND_NUMBER(RETAINS, swift_retain_n)
PASS_POINTER_AND_NUMBER(RETAINS, swift_bridgeObjectRetain_n)
PASS_POINTER_AND_NUMBER(RELEASES, swift_release_n)
PASS_POINTER_AND_NUMBER(RELEASES, swift_bridgeObjectRelease_n)

PASS(OBJECTS, void *, swift_allocObject, (void *metadata, size_t size, size_t alignment), (metadata, size, alignment))

PASS_LOCK(pthread_mutex_lock, pthread_mutex_t)
PASS_LOCK(pthread_mutex_trylock, pthread_mutex_t)
PASS_LOCK(pthread_rwlock_rdlock, pthread_rwlock_t)
PASS_LOCK(pthread_rwlock_wrlock, pthread_rwlock_t)
PASS_LOCK(pthread_cond_signal, pthread_cond_t)
PASS_LOCK(pthread_cond_broadcast, pthread_cond_t)
PASS_LOCK(sem_wait, sem_t)
PASS_LOCK(sem_post, sem_t)
