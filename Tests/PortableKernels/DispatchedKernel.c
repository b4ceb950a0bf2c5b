#include "Entries.h"

resample_kernel dispatched_resample_kernel(void) { return ENTRIES; }
