/// A position in a source text: a byte offset. Line and column are computed only when an error is shown.
public struct SourcePosition: Sendable, Hashable {
    public var offset: Int32

    @inlinable
    public init(offset: Int32) { self.offset = offset }
}

/// A name with its position. Specification section 2.1.9.
public struct Name: Sendable {
    public let value: String
    public let position: SourcePosition
    /// A hash of the value's bytes: equal names have equal hashes.
    let hash: UInt32

    public init(_ value: String, at position: SourcePosition) {
        self.init(value, at: position, hash: Self.hash(of: value))
    }

    init(_ value: String, at position: SourcePosition, hash: UInt32) {
        self.value = value
        self.position = position
        self.hash = hash
    }

    /// Random per process, so that clients cannot choose names with colliding hashes.
    private static let seed = UInt32.random(in: .min ... .max)

    /// 32-bit FNV-1a, seeded.
    @inline(__always)
    static func hash(of bytes: some Sequence<UInt8>) -> UInt32 {
        var hash = seed
        for byte in bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
        return hash ^ hash >> 15
    }

    static func hash(of text: String) -> UInt32 { hash(of: text.utf8) }
}

/// A parsed document. Specification section 2.2.
public struct Document: Sendable {
    public let definitions: [Definition]
    /// The number of fields: their numbers are below it.
    public let fieldCount: Int
    /// The number of tokens; 0 if they were not counted because no limit was given.
    public let tokenCount: Int
}

public enum Definition: Sendable {
    case operation(OperationDefinition)
    case fragment(FragmentDefinition)
    case typeSystem(TypeSystemDefinition)
}

public enum OperationKind: String, Sendable {
    case query, mutation, subscription
}

/// Specification section 2.3.
public struct OperationDefinition: Sendable {
    public var description: StringLiteral?
    public var kind: OperationKind
    public var name: Name?
    public var variables: [VariableDefinition]
    public var directives: [Directive]
    public var selections: [Selection]
    public var position: SourcePosition
}

/// Specification section 2.8.
public struct FragmentDefinition: Sendable {
    public var description: StringLiteral?
    public var name: Name
    public var typeCondition: Name
    public var directives: [Directive]
    public var selections: [Selection]
    public var position: SourcePosition
}

/// Specification section 2.4.
public enum Selection: Sendable {
    case field(Field)
    case fragmentSpread(FragmentSpread)
    case inlineFragment(InlineFragment)
}

/// Specification section 2.5.
public final class Field: Sendable {
    public let alias: Name?
    public let name: Name
    public let arguments: [Argument]
    public let directives: [Directive]
    /// Empty if the field has no selection set: an empty one does not parse.
    public let selections: [Selection]
    /// Where the selection set opens.
    public let selectionSetPosition: SourcePosition?
    public let position: SourcePosition
    /// Unique in the document, so that arrays can hold more about a field.
    var number: Int { Int(shortNumber) }
    /// There may be many fields, so their size matters.
    private let shortNumber: Int32

    init(
        alias: Name?, name: Name, arguments: [Argument], directives: [Directive], selections: [Selection],
        selectionSetPosition: SourcePosition?, position: SourcePosition, number: Int
    ) {
        self.alias = alias
        self.name = name
        self.arguments = arguments
        self.directives = directives
        self.selections = selections
        self.selectionSetPosition = selectionSetPosition
        self.position = position
        shortNumber = Int32(truncatingIfNeeded: number)
    }

    public var responseKey: String { alias?.value ?? name.value }
}

public final class FragmentSpread: Sendable {
    public let name: Name
    public let directives: [Directive]
    public let position: SourcePosition

    init(name: Name, directives: [Directive], position: SourcePosition) {
        self.name = name
        self.directives = directives
        self.position = position
    }
}

public final class InlineFragment: Sendable {
    public let typeCondition: Name?
    public let directives: [Directive]
    public let selections: [Selection]
    public let position: SourcePosition

    init(typeCondition: Name?, directives: [Directive], selections: [Selection], position: SourcePosition) {
        self.typeCondition = typeCondition
        self.directives = directives
        self.selections = selections
        self.position = position
    }
}

/// Specification section 2.6.
public struct Argument: Sendable {
    public var name: Name
    public var value: Value
    public var position: SourcePosition
}

/// Specification section 2.13.
public struct Directive: Sendable {
    public var name: Name
    public var arguments: [Argument]
    public var position: SourcePosition
}

/// Specification section 2.11.
public struct VariableDefinition: Sendable {
    public var description: StringLiteral?
    public var variable: Name
    /// The position of the name, after the dollar sign and any ignored characters between them.
    public var namePosition: SourcePosition
    public var type: TypeNode
    public var defaultValue: Value?
    public var directives: [Directive]
    public var position: SourcePosition
}

/// A type as written. Specification section 2.12.
public indirect enum TypeNode: Sendable {
    case named(Name)
    case list(TypeNode, SourcePosition)
    case nonNull(TypeNode)

    public var position: SourcePosition {
        switch self {
        case .named(let name): name.position
        case .list(_, let position): position
        case .nonNull(let type): type.position
        }
    }
}

/// A string literal's value, unescaped.
public struct StringLiteral: Sendable {
    public var value: String
    public var isBlock: Bool
    public var position: SourcePosition
}

/// A value as written. Specification section 2.10.
public indirect enum Value: Sendable {
    case variable(Name)
    /// The digits as written: their meaning depends on the type they are for.
    case int(String, SourcePosition)
    case float(String, SourcePosition)
    case string(StringLiteral)
    case boolean(Bool, SourcePosition)
    case null(SourcePosition)
    case enumeration(Name)
    case list([Value], SourcePosition)
    case object([ObjectField], SourcePosition)

    public var position: SourcePosition {
        switch self {
        case .variable(let name), .enumeration(let name): name.position
        case .string(let literal): literal.position
        case .int(_, let position), .float(_, let position), .boolean(_, let position), .null(let position),
            .list(_, let position), .object(_, let position):
            position
        }
    }
}

public struct ObjectField: Sendable {
    public var name: Name
    public var value: Value
    public var position: SourcePosition
}
