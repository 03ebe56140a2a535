// Definitions and extensions of the type system. Specification section 3.
extension Parser {
    mutating func typeSystemExtension(start: SourcePosition) throws(SyntaxFailure) -> TypeSystemDefinition {
        try expectKeyword("extend")
        guard peek(.name) else { throw unexpected() }
        switch tokenText {
        case "schema":
            try advance()
            let directives = try directives(isConstant: true)
            let operationTypes = peek(.openBrace) ? try operationTypes() : []
            if directives.isEmpty, operationTypes.isEmpty { throw unexpected() }
            return .schema(
                SchemaDefinitionNode(
                    isExtension: true, description: nil, directives: directives, operationTypes: operationTypes, position: start))
        case "scalar", "type", "interface", "union", "enum", "input":
            return .type(try typeDefinition(nil, isExtension: true, start: start))
        default: throw unexpected()
        }
    }

    mutating func schemaDefinition(_ description: StringLiteral?, start: SourcePosition) throws(SyntaxFailure) -> SchemaDefinitionNode {
        try expectKeyword("schema")
        return SchemaDefinitionNode(
            isExtension: false, description: description, directives: try directives(isConstant: true),
            operationTypes: try operationTypes(), position: start)
    }

    private mutating func operationTypes() throws(SyntaxFailure) -> [OperationTypeNode] {
        try expect(.openBrace)
        var types: [OperationTypeNode] = []
        repeat {
            let start = here
            let kind = try operationKind()
            try expect(.colon)
            types.append(OperationTypeNode(kind: kind, type: try name(), position: start))
        } while try !skip(.closeBrace)
        return types
    }

    mutating func typeDefinition(
        _ description: StringLiteral?, isExtension: Bool, start: SourcePosition
    ) throws(SyntaxFailure) -> TypeDefinitionNode {
        let keyword = tokenText
        try advance()
        let name = try name()
        var interfaces: [Name] = []
        if keyword == "type" || keyword == "interface" { interfaces = try implementedInterfaces() }
        let directives = try directives(isConstant: true)
        let kind: TypeDefinitionNode.Kind
        let isEmpty: Bool
        switch keyword {
        case "type", "interface":
            let fields = try fieldDefinitions()
            kind = keyword == "type" ? .object(interfaces: interfaces, fields: fields) : .interface(interfaces: interfaces, fields: fields)
            isEmpty = interfaces.isEmpty && fields.isEmpty
        case "union":
            let members = try skip(.equals) ? try names(separatedBy: .pipe) : []
            kind = .union(members: members)
            isEmpty = members.isEmpty
        case "enum":
            let values = try enumValues()
            kind = .enumeration(values: values)
            isEmpty = values.isEmpty
        case "input":
            let fields = try inputValues(.openBrace, .closeBrace)
            kind = .inputObject(fields: fields)
            isEmpty = fields.isEmpty
        default:
            kind = .scalar
            isEmpty = true
        }
        if isExtension, isEmpty, directives.isEmpty { throw unexpected() }
        return TypeDefinitionNode(
            isExtension: isExtension, description: description, name: name, directives: directives, kind: kind, position: start)
    }

    private mutating func implementedInterfaces() throws(SyntaxFailure) -> [Name] {
        try skipKeyword("implements") ? try names(separatedBy: .ampersand) : []
    }

    private mutating func names(separatedBy separator: Token.Kind) throws(SyntaxFailure) -> [Name] {
        _ = try skip(separator)
        var names: [Name] = []
        repeat {
            names.append(try name())
        } while try skip(separator)
        return names
    }

    private mutating func fieldDefinitions() throws(SyntaxFailure) -> [FieldDefinitionNode] {
        guard try skip(.openBrace) else { return [] }
        var fields: [FieldDefinitionNode] = []
        repeat {
            let start = here
            let description = try description()
            let name = try name()
            let arguments = try inputValues(.openParenthesis, .closeParenthesis)
            try expect(.colon)
            fields.append(
                FieldDefinitionNode(
                    description: description, name: name, arguments: arguments, type: try type(),
                    directives: try directives(isConstant: true), position: start))
        } while try !skip(.closeBrace)
        return fields
    }

    private mutating func inputValues(_ open: Token.Kind, _ close: Token.Kind) throws(SyntaxFailure) -> [InputValueDefinitionNode] {
        guard try skip(open) else { return [] }
        var values: [InputValueDefinitionNode] = []
        repeat {
            let start = here
            let description = try description()
            let name = try name()
            try expect(.colon)
            let type = try type()
            let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
            values.append(
                InputValueDefinitionNode(
                    description: description, name: name, type: type, defaultValue: defaultValue,
                    directives: try directives(isConstant: true), position: start))
        } while try !skip(close)
        return values
    }

    private mutating func enumValues() throws(SyntaxFailure) -> [EnumValueDefinitionNode] {
        guard try skip(.openBrace) else { return [] }
        var values: [EnumValueDefinitionNode] = []
        repeat {
            let start = here
            let description = try description()
            if isKeyword("true") || isKeyword("false") || isKeyword("null") {
                throw SyntaxFailure(
                    message: "\(tokenDescription) is reserved and cannot be used for an enum value.", offset: lexer.token.start)
            }
            values.append(
                EnumValueDefinitionNode(
                    description: description, name: try name(), directives: try directives(isConstant: true), position: start))
        } while try !skip(.closeBrace)
        return values
    }

    mutating func directiveDefinition(
        _ description: StringLiteral?, start: SourcePosition
    ) throws(SyntaxFailure) -> DirectiveDefinitionNode {
        try expectKeyword("directive")
        try expect(.at)
        let name = try name()
        let arguments = try inputValues(.openParenthesis, .closeParenthesis)
        let isRepeatable = try skipKeyword("repeatable")
        try expectKeyword("on")
        _ = try skip(.pipe)
        var locations: [Name] = []
        repeat {
            guard peek(.name) else { throw expected(Token.Kind.name.text) }
            guard DirectiveLocation(rawValue: tokenText) != nil else { throw unexpected() }
            locations.append(try self.name())
        } while try skip(.pipe)
        return DirectiveDefinitionNode(
            description: description, name: name, arguments: arguments, isRepeatable: isRepeatable, locations: locations,
            position: start)
    }
}
