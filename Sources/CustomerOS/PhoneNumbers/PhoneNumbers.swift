internal import Records

/// The reads and changes of phone numbers.
enum PhoneNumbers {
    static let feature = Feature([
        .type(PhoneNumber.self),
        .lookup("phoneNumber", PhoneNumber.self, miss: { "Failed getting phone number with id \($0)" }),
        .change(MergePhoneNumber<Contact>.self), .change(MergePhoneNumber<Organization>.self), .change(MergePhoneNumber<User>.self),
        .change(UpdatePhoneNumberLink<Contact>.self), .change(UpdatePhoneNumberLink<Organization>.self),
        .change(UpdatePhoneNumberLink<User>.self),
        .change(RemovePhoneNumber<Contact>.self), .change(RemovePhoneNumber<Organization>.self), .change(RemovePhoneNumber<User>.self),
        .change(RemovePhoneNumberByID<Contact>.self), .change(RemovePhoneNumberByID<Organization>.self),
        .change(RemovePhoneNumberByID<User>.self),
        .change(UpdatePhoneNumber.self),
    ])
}
