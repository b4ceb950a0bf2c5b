#pragma once
#include <zlib.h>

// A macro, which Swift cannot call.

/// Makes `stream` ready to expand gzip; 16 beside the bits of the largest window asks for its header and trailer.
static inline int flukeStartExpansion(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
