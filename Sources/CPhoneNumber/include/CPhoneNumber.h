#ifndef CPHONENUMBER_H
#define CPHONENUMBER_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// A telephone number in the form of ITU-T E.164, and the country it belongs to.
struct phone_number {
    /// A plus and the digits, ended by a zero.
    char e164[24];
    /// The ISO 3166-1 code of two letters, or empty where the number belongs to no single country.
    char region[4];
};

/// Reads a number as people write it. `region` is the ISO 3166-1 code of the country that a national number belongs to, or empty.
/// False when the text is no number, or has an extension, which E.164 cannot say.
bool phone_number_parse(const char *text, size_t length, const char *region, struct phone_number *result);

#ifdef __cplusplus
}
#endif

#endif
