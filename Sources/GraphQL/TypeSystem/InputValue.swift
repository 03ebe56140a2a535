/// A value from a literal, variable or default: the input and output of coercion. Specification sections 3.12 and
/// 6.4.1.
public enum InputValue: Sendable, Equatable {
    case null
    case boolean(Bool)
    case integer(Int64)
    /// An integer that does not fit 64 bits, as digits.
    case largeInteger(String)
    case float(Double)
    case string(String)
    /// The name of an enum value.
    case enumeration(String)
    case list([InputValue])
    case object(InputObject)
}

/// The members of an input object that were given or have a default, in the order of the definition. Absent ones are
/// missing; null ones are `.null`.
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

    /// The value given for `name`, which must be ASCII, or nil if absent.
    public subscript(_ name: String) -> InputValue? {
        // Equal strings may differ: U+212A equals "K". Anything that equals ASCII without being identical takes more
        // bytes.
        for member in members where member.name == name && member.name.utf8.count == name.utf8.count { return member.value }
        return nil
    }
}
