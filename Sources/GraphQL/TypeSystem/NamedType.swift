/// A named type of a schema. The classes are immutable once the schema is built. Specification section 3.4.
public enum NamedType: Sendable {
    case scalar(ScalarType)
    case object(ObjectType)
    case interface(InterfaceType)
    case union(UnionType)
    case enumeration(EnumType)
    case inputObject(InputObjectType)

    public var name: String {
        switch self {
        case .scalar(let type): type.name
        case .object(let type): type.name
        case .interface(let type): type.name
        case .union(let type): type.name
        case .enumeration(let type): type.name
        case .inputObject(let type): type.name
        }
    }

    public var description: String? {
        switch self {
        case .scalar(let type): type.description
        case .object(let type): type.description
        case .interface(let type): type.description
        case .union(let type): type.description
        case .enumeration(let type): type.description
        case .inputObject(let type): type.description
        }
    }

    public var isLeaf: Bool {
        switch self {
        case .scalar, .enumeration: true
        default: false
        }
    }

    public var isComposite: Bool {
        switch self {
        case .object, .interface, .union: true
        default: false
        }
    }

    public var isAbstract: Bool {
        switch self {
        case .interface, .union: true
        default: false
        }
    }

    public var isInput: Bool {
        switch self {
        case .scalar, .enumeration, .inputObject: true
        default: false
        }
    }
}

/// A type reference: named, or wrapped in lists and non-null. Specification section 3.4.1.
public indirect enum TypeReference: Sendable {
    case named(NamedType)
    case list(TypeReference)
    case nonNull(TypeReference)

    public var namedType: NamedType {
        switch self {
        case .named(let type): type
        case .list(let type), .nonNull(let type): type.namedType
        }
    }

    public var isNonNull: Bool {
        if case .nonNull = self { return true }
        return false
    }

    /// The wrappers with the name of a leaf type; all composite types look alike.
    var shape: String {
        switch self {
        case .nonNull(let type): type.shape + "!"
        case .list(let type): "[" + type.shape
        case .named(let type): type.isLeaf ? type.name : ""
        }
    }

    /// The same type, nullable.
    public var nullable: TypeReference {
        if case .nonNull(let type) = self { return type }
        return self
    }
}

extension TypeReference: CustomStringConvertible {
    /// As written in a document: `[String!]!`.
    public var description: String {
        switch self {
        case .named(let type): type.name
        case .list(let type): "[\(type)]"
        case .nonNull(let type): "\(type)!"
        }
    }
}
