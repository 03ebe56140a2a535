#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

/// A file of this repository that is part of the binary: its name below its folder, and its bytes.
struct embedded_file {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The folder schema/, in the order of the names.
extern const struct embedded_file embedded_schema[];
extern const size_t embedded_schema_count;

/// The folder migrations/, in the order of the names.
extern const struct embedded_file embedded_migrations[];
extern const size_t embedded_migrations_count;

#endif
