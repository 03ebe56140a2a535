internal import Records

/// The changes of profiles in social networks.
enum Socials {
    static let feature = Feature([
        .type(Social.self),
        .change(AddSocial<Contact>.self), .change(AddSocial<Organization>.self),
        .change(RemoveSocial<Contact>.self), .change(RemoveSocial<Organization>.self),
        .change(UpdateSocial.self), .change(DeleteSocial.self),
    ])
}
