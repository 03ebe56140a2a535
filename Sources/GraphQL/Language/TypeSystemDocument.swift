/// A definition or extension of the type system as written. Specification section 3.
public enum TypeSystemDefinition: Sendable {
    case schema(SchemaDefinitionNode)
    case type(TypeDefinitionNode)
    case directive(DirectiveDefinitionNode)
}

/// `schema { … }` or `extend schema { … }`. Specification section 3.3.
public struct SchemaDefinitionNode: Sendable {
    public var isExtension: Bool
    public var description: StringLiteral?
    public var directives: [Directive]
    public var operationTypes: [OperationTypeNode]
    public var position: SourcePosition
}

public struct OperationTypeNode: Sendable {
    public var kind: OperationKind
    public var type: Name
    public var position: SourcePosition
}

/// A definition or extension of a named type. Specification section 3.4.
public struct TypeDefinitionNode: Sendable {
    public enum Kind: Sendable {
        case scalar
        case object(interfaces: [Name], fields: [FieldDefinitionNode])
        case interface(interfaces: [Name], fields: [FieldDefinitionNode])
        case union(members: [Name])
        case enumeration(values: [EnumValueDefinitionNode])
        case inputObject(fields: [InputValueDefinitionNode])
    }

    public var isExtension: Bool
    public var description: StringLiteral?
    public var name: Name
    public var directives: [Directive]
    public var kind: Kind
    public var position: SourcePosition
}

public struct FieldDefinitionNode: Sendable {
    public var description: StringLiteral?
    public var name: Name
    public var arguments: [InputValueDefinitionNode]
    public var type: TypeNode
    public var directives: [Directive]
    public var position: SourcePosition
}

/// An argument's or an input field's definition.
public struct InputValueDefinitionNode: Sendable {
    public var description: StringLiteral?
    public var name: Name
    public var type: TypeNode
    public var defaultValue: Value?
    public var directives: [Directive]
    public var position: SourcePosition
}

public struct EnumValueDefinitionNode: Sendable {
    public var description: StringLiteral?
    public var name: Name
    public var directives: [Directive]
    public var position: SourcePosition
}

/// Specification section 3.13.
public struct DirectiveDefinitionNode: Sendable {
    public var description: StringLiteral?
    public var name: Name
    public var arguments: [InputValueDefinitionNode]
    public var isRepeatable: Bool
    public var locations: [Name]
    public var position: SourcePosition
}
