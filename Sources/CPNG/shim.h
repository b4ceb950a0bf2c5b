#pragma once
#include <png.h>

// A macro that counts, which Swift cannot call.

/// Bytes that the file of `picture` takes at most.
static inline size_t flukePNGMostBytes(png_image picture) { return PNG_IMAGE_PNG_SIZE_MAX(picture); }
