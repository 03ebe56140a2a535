#include "CPhoneNumber.h"

#include <cstring>
#include <phonenumbers/phonenumberutil.h>
#include <string>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

phone_number_finding judge(const PhoneNumberUtil *util, const PhoneNumber &number) {
    switch (util->IsPossibleNumberWithReason(number)) {
    case PhoneNumberUtil::IS_POSSIBLE:
    case PhoneNumberUtil::IS_POSSIBLE_LOCAL_ONLY: return phone_number_exists;
    case PhoneNumberUtil::TOO_SHORT: return phone_number_too_short;
    case PhoneNumberUtil::TOO_LONG: return phone_number_too_long;
    default: return phone_number_impossible;
    }
}

// Copies what fits with its zero.
template <size_t size> bool put(const std::string &text, char (&place)[size]) {
    if (text.size() >= size) return false;
    std::memcpy(place, text.c_str(), text.size() + 1);
    return true;
}

} // namespace

// Exceptions must not reach Swift, which cannot unwind: what cannot be read for want of memory is no number.
extern "C" phone_number_finding phone_number_parse(
    const char *text, size_t length, const char *region, phone_number *result) try {
    const PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();
    PhoneNumber number;
    const std::string country = *region == '\0' ? "ZZ" : region;
    switch (util->Parse(std::string(text, length), country, &number)) {
    case PhoneNumberUtil::NO_PARSING_ERROR: break;
    case PhoneNumberUtil::TOO_SHORT_AFTER_IDD:
    case PhoneNumberUtil::TOO_SHORT_NSN: return phone_number_too_short;
    case PhoneNumberUtil::TOO_LONG_NSN: return phone_number_too_long;
    default: return phone_number_unreadable;
    }
    if (auto finding = judge(util, number); finding != phone_number_exists) return finding;
    const std::string extension = number.extension();
    std::string e164;
    util->Format(number, PhoneNumberUtil::E164, &e164);
    // One national zero or carrier's code is taken away at a time: a form is one when it is its own form.
    for (std::string before; e164 != before;) {
        before = e164;
        if (util->Parse(before, "ZZ", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return phone_number_impossible;
        if (auto finding = judge(util, number); finding != phone_number_exists) return finding;
        util->Format(number, PhoneNumberUtil::E164, &e164);
    }
    std::string home;
    util->GetRegionCodeForNumber(number, &home);
    // "ZZ" is nowhere, "001" the whole world.
    if (home.size() != 2 || home == "ZZ") home.clear();
    if (!put(e164, result->e164) || !put(extension, result->extension) || !put(home, result->region)) return phone_number_too_long;
    return phone_number_exists;
} catch (...) {
    return phone_number_unreadable;
}
