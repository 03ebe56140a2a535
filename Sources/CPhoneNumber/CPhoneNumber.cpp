#include "CPhoneNumber.h"

#include <cstring>
#include <phonenumbers/phonenumberutil.h>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

// Exceptions must not reach Swift, which cannot unwind: what cannot be read for want of memory is no number.
extern "C" bool phone_number_parse(const char *text, size_t length, const char *region, phone_number *result) try {
    const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string country = *region == '\0' ? "ZZ" : region;
    if (util->Parse(std::string(text, length), country, &number) != PhoneNumberUtil::NO_PARSING_ERROR) return false;
    if (number.has_extension() || !util->IsPossibleNumber(number)) return false;
    std::string e164;
    util->Format(number, PhoneNumberUtil::E164, &e164);
    // One national zero or carrier's code is taken away at a time: a form is one when it is its own form.
    for (std::string before; e164 != before;) {
        before = e164;
        if (util->Parse(before, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR || !util->IsPossibleNumber(number)) return false;
        util->Format(number, PhoneNumberUtil::E164, &e164);
    }
    std::string home;
    util->GetRegionCodeForNumber(number, &home);
    if (e164.size() >= sizeof result->e164) return false;
    std::memcpy(result->e164, e164.c_str(), e164.size() + 1);
    // "ZZ" is nowhere, "001" the whole world.
    if (home.size() != 2 || home == "ZZ") home.clear();
    std::memcpy(result->region, home.c_str(), home.size() + 1);
    return true;
} catch (...) {
    return false;
}
