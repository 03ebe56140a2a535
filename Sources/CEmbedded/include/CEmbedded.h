#ifndef CEMBEDDED_H
#define CEMBEDDED_H

#include <stddef.h>

#pragma clang assume_nonnull begin

/// A file of this repository that is part of the binary: its name below its folder, and its bytes.
struct embedded_file {
    const char *name;
    const unsigned char *bytes;
    size_t count;
};

/// The files of a folder, in the order of their names.
struct embedded_folder {
    const struct embedded_file *files;
    size_t count;
};

// Functions and not variables, because Swift sees neither arrays of unknown length nor pointers shared by threads.

/// The script that fills the tenant of the setting customeros.tenant_id with demonstration data.
struct embedded_file embedded_demo(void);

/// The files of the folder playground/, and those of playground/vendor/ when all of them were there at the build.
struct embedded_folder embedded_playground(void);

/// The commit that the program was built of, as the build says it with -DCUSTOMEROS_COMMIT=…; else "unknown".
const char *embedded_commit(void);

#pragma clang assume_nonnull end

#endif
