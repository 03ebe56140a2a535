/// A place in a source text: the offset of a byte. Line and column are worked out only when an error is shown.
public struct SourcePosition: Sendable, Hashable {
    public var offset: Int32

    @inlinable
    public init(offset: Int32) { self.offset = offset }
}

/// A name with its place. Specification section 2.1.9.
public struct Name: Sendable {
    public var value: String
    public var position: SourcePosition

    @inlinable
    public init(_ value: String, at position: SourcePosition) {
        self.value = value
        self.position = position
    }
}

/// A parsed document. Specification section 2.2.
public struct Document: Sendable {
    public var definitions: [Definition]

    public init(definitions: [Definition]) { self.definitions = definitions }
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
public struct Field: Sendable {
    public var alias: Name?
    public var name: Name
    public var arguments: [Argument]
    public var directives: [Directive]
    /// Empty when the field has no selection set: an empty one does not parse.
    public var selections: [Selection]
    /// Where the selection set opens.
    public var selectionSetPosition: SourcePosition?
    public var position: SourcePosition

    @inlinable public var responseKey: String { alias?.value ?? name.value }
}

public struct FragmentSpread: Sendable {
    public var name: Name
    public var directives: [Directive]
    public var position: SourcePosition
}

public struct InlineFragment: Sendable {
    public var typeCondition: Name?
    public var directives: [Directive]
    public var selections: [Selection]
    public var position: SourcePosition
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
    /// Where the name stands, after the dollar sign and what may be between them.
    public var namePosition: SourcePosition
    public var type: TypeNode
    public var defaultValue: Value?
    public var directives: [Directive]
    public var position: SourcePosition
}

/// A type as it is written. Specification section 2.12.
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

/// A string as it was written, unescaped.
public struct StringLiteral: Sendable {
    public var value: String
    public var isBlock: Bool
    public var position: SourcePosition
}

/// A value as it is written. Specification section 2.10.
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
