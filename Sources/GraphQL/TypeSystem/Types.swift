// The classes refer to each other in cycles, so the schema builder sets their references after creating them. From then
// on nothing changes as long as the schema lives, so they may be shared between threads.

/// Specification section 3.5.
public final class ScalarType: @unchecked Sendable {
    public let name: String
    public internal(set) var description: String?
    public internal(set) var specifiedBy: String?
    public internal(set) var appliedDirectives: [Directive] = []
    /// How input values are coerced. Output values are encoded by a field's binding.
    public internal(set) var coercion: ScalarCoercion

    init(name: String, description: String? = nil, coercion: ScalarCoercion) {
        self.name = name
        self.description = description
        self.coercion = coercion
    }
}

/// How a scalar coerces input. Variables and literals have the same form: an enum literal is `.enumeration`, an integer
/// is `.integer` if it fits 64 bits and `.largeInteger` otherwise.
public struct ScalarCoercion: Sendable {
    public let coerce: @Sendable (InputValue) throws(CoercionFailure) -> InputValue

    public init(_ coerce: @escaping @Sendable (InputValue) throws(CoercionFailure) -> InputValue) {
        self.coerce = coerce
    }
}

/// Why a value is not of its type. The message is a full sentence for the client.
public struct CoercionFailure: Error, Sendable {
    public let message: String

    public init(_ message: String) { self.message = message }
}

/// Specification section 3.6.
public final class ObjectType: @unchecked Sendable {
    public let name: String
    /// Unique in the schema.
    var number: Int32 = -1
    public internal(set) var description: String?
    public internal(set) var interfaces: [InterfaceType] = []
    public internal(set) var fields: [FieldDefinition] = [] { didSet { fieldsByName = fields.byName } }
    public internal(set) var appliedDirectives: [Directive] = []
    private var fieldsByName = NamedValues<FieldDefinition>([])

    init(name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }

    public func field(_ name: String) -> FieldDefinition? { fieldsByName[name] }

    func field(_ name: Name) -> FieldDefinition? { fieldsByName[name] }
}

/// Specification section 3.7.
public final class InterfaceType: @unchecked Sendable {
    public let name: String
    public internal(set) var description: String?
    public internal(set) var interfaces: [InterfaceType] = []
    public internal(set) var fields: [FieldDefinition] = [] { didSet { fieldsByName = fields.byName } }
    public internal(set) var appliedDirectives: [Directive] = []
    /// The object types that implement it, in the schema's order.
    public internal(set) var implementations: [ObjectType] = []
    private var fieldsByName = NamedValues<FieldDefinition>([])

    init(name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }

    public func field(_ name: String) -> FieldDefinition? { fieldsByName[name] }

    func field(_ name: Name) -> FieldDefinition? { fieldsByName[name] }
}

/// Specification section 3.8.
public final class UnionType: @unchecked Sendable {
    public let name: String
    public internal(set) var description: String?
    public internal(set) var members: [ObjectType] = []
    public internal(set) var appliedDirectives: [Directive] = []

    init(name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }
}

/// Specification section 3.9.
public final class EnumType: @unchecked Sendable {
    public let name: String
    public internal(set) var description: String?
    public internal(set) var values: [EnumValueDefinition] = [] { didSet { valuesByName = NamedValues(values.map { ($0.name, $0) }) } }
    public internal(set) var appliedDirectives: [Directive] = []
    private var valuesByName = NamedValues<EnumValueDefinition>([])

    init(name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }

    public func value(_ name: String) -> EnumValueDefinition? { valuesByName[name] }
}

public struct EnumValueDefinition: Sendable {
    public let name: String
    public let description: String?
    public let deprecationReason: String?
    public let appliedDirectives: [Directive]
}

/// Specification section 3.10.
public final class InputObjectType: @unchecked Sendable {
    public let name: String
    public internal(set) var description: String?
    public internal(set) var fields: [InputValueDefinition] = [] { didSet { fieldsByName = NamedValues(fields.map { ($0.name, $0) }) } }
    /// Exactly one member must be given. Specification section 3.10.1.
    public internal(set) var isOneOf = false
    public internal(set) var appliedDirectives: [Directive] = []
    private var fieldsByName = NamedValues<InputValueDefinition>([])

    init(name: String, description: String? = nil) {
        self.name = name
        self.description = description
    }

    public func field(_ name: String) -> InputValueDefinition? { fieldsByName[name] }
}

/// Specification section 3.6, "Fields".
public final class FieldDefinition: @unchecked Sendable {
    public let name: String
    public let description: String?
    public let arguments: [InputValueDefinition]
    public let type: TypeReference
    public let deprecationReason: String?
    public let appliedDirectives: [Directive]
    /// Unique in the schema, so that arrays can hold more about a field.
    var number: Int32 = -1
    /// Equal for types that can be merged: the same wrappers around the same leaf type, or around any composite types.
    /// Specification section 5.3.2, "SameResponseShape".
    var shape: Int32 = -1

    init(
        name: String, description: String? = nil, arguments: [InputValueDefinition] = [], type: TypeReference,
        deprecationReason: String? = nil, appliedDirectives: [Directive] = []
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.type = type
        self.deprecationReason = deprecationReason
        self.appliedDirectives = appliedDirectives
    }

    public func argument(_ name: String) -> InputValueDefinition? { arguments.first { $0.name == name } }
}

/// An argument of a field or directive, or a field of an input object.
public final class InputValueDefinition: @unchecked Sendable {
    public let name: String
    public let description: String?
    public let type: TypeReference
    /// As written, for introspection and printing.
    public let defaultLiteral: Value?
    /// Coerced to the type, once the schema is built.
    public internal(set) var defaultValue: InputValue?
    public let deprecationReason: String?
    public let appliedDirectives: [Directive]
    /// The value's rule beyond its type.
    var rule: ValueRule?
    /// Whether there is a rule for the value or for anything in it.
    var hasRules = false

    init(
        name: String, description: String? = nil, type: TypeReference, defaultLiteral: Value? = nil,
        deprecationReason: String? = nil, appliedDirectives: [Directive] = []
    ) {
        self.name = name
        self.description = description
        self.type = type
        self.defaultLiteral = defaultLiteral
        self.deprecationReason = deprecationReason
        self.appliedDirectives = appliedDirectives
    }

    /// Whether it must be given: non-null and without a default.
    public var isRequired: Bool { type.isNonNull && defaultLiteral == nil }
}

/// Specification section 3.13.
public final class DirectiveDefinition: @unchecked Sendable {
    public let name: String
    public let description: String?
    public let arguments: [InputValueDefinition]
    public let isRepeatable: Bool
    public let locations: [String]

    init(
        name: String, description: String? = nil, arguments: [InputValueDefinition] = [], isRepeatable: Bool = false,
        locations: [String]
    ) {
        self.name = name
        self.description = description
        self.arguments = arguments
        self.isRepeatable = isRepeatable
        self.locations = locations
    }
}

extension [FieldDefinition] {
    fileprivate var byName: NamedValues<FieldDefinition> { NamedValues(map { ($0.name, $0) }) }
}
