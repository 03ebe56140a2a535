internal import Records

/// The reads and changes of e-mail addresses.
enum Emails {
    static let feature = Feature([
        .type(Email.self), .type(EmailValidation.self),
        .lookup("email", Email.self, miss: { "Failed getting email with id \($0)" }),
        .change(MergeEmail<Contact>.self), .change(MergeEmail<Organization>.self), .change(MergeEmail<User>.self),
        .change(RemoveEmail<Contact>.self), .change(RemoveEmail<Organization>.self), .change(RemoveEmail<User>.self),
        .change(ReplaceEmail<Contact>.self), .change(ReplaceEmail<Organization>.self), .change(ReplaceEmail<User>.self),
        .change(SetPrimaryEmail.self),
    ])
}
