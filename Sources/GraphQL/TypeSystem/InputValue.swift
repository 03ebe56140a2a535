/// A value that came in, by literal, variable or default: what coercion takes and gives. Specification section 3.12 and 6.4.1.
public enum InputValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    /// A whole number that 64 bits do not hold, by its digits.
    case largeInteger(String)
    case float(Double)
    case string(String)
    /// The name of an enum value.
    case enumeration(String)
    case list([InputValue])
    case object(InputObject)
}

/// The members of an input object that were given or have a default, in the order of the definition. What is absent is not
/// there at all; what is null is there as `.null`.
public struct InputObject: Sendable, Equatable {
    public struct Member: Sendable, Equatable {
        public var name: String
        public var value: InputValue

        public init(name: String, value: InputValue) {
            self.name = name
            self.value = value
        }
    }

    public var members: [Member]

    public init(_ members: [Member] = []) { self.members = members }

    /// The value given for `name`, which is ASCII, or nil when it is absent.
    public subscript(_ name: String) -> InputValue? {
        // Equal texts may differ: U+212A equals "K". It takes more bytes, as does all that equals ASCII without being the same.
        for member in members where member.name == name && member.name.utf8.count == name.utf8.count { return member.value }
        return nil
    }
}
