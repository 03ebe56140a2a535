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
    /// The digits behind the line, or empty.
    char extension[24];
    /// The ISO 3166-1 code of two letters, or empty where the number belongs to no single country.
    char region[4];
};

enum phone_number_finding {
    phone_number_exists,
    /// The text is no number, or a national one without its country.
    phone_number_unreadable,
    /// No country has a number so short, or so long, or with so many digits.
    phone_number_too_short,
    phone_number_too_long,
    phone_number_impossible,
};

/// Reads a number as people write it. `region` is the ISO 3166-1 code of the country that a national number belongs to, or empty.
/// The result is set where the number exists, which is when its length is possible.
enum phone_number_finding phone_number_parse(const char *text, size_t length, const char *region, struct phone_number *result);

#ifdef __cplusplus
}
#endif

#endif
