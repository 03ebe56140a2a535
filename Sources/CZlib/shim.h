#include <zlib.h>

// What zlib offers as macros, which Swift does not see.

/// windowBits as zlib.h has them: 15 is the form of "deflate" in HTTP (RFC 1950), 31 that of "gzip" (RFC 1952).
static inline int zlib_begin_inflating(z_stream *stream, int windowBits) { return inflateInit2(stream, windowBits); }

static inline int zlib_begin_deflating(z_stream *stream, int level, int windowBits) {
    return deflateInit2(stream, level, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY);
}
