internal import Records

/// A kind of record that has e-mail addresses and phone numbers.
protocol AddressOwner: LinkOwner {
    static var emailLinks: AddressLinks<Self, Email> { get }
    static var phoneNumberLinks: AddressLinks<Self, PhoneNumber> { get }

    /// Adds an owner to those whose timelines are refreshed, if this kind has timelines.
    static func add(_ id: ID<Self>, to timelines: inout AddressTimelines)
}
