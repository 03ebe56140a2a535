// Operations, fragments and selections. Specification sections 2.3 to 2.8.
extension Parser {
    mutating func operation(_ description: StringLiteral?, start: SourcePosition) throws(SyntaxFailure) -> OperationDefinition {
        if peek(.openBrace) {
            return OperationDefinition(
                description: nil, kind: .query, name: nil, variables: [], directives: [], selections: try selectionSet(),
                position: start)
        }
        let kind = try operationKind()
        let name = peek(.name) ? try name() : nil
        return OperationDefinition(
            description: description, kind: kind, name: name, variables: try variableDefinitions(),
            directives: try directives(isConstant: false), selections: try selectionSet(), position: start)
    }

    mutating func operationKind() throws(SyntaxFailure) -> OperationKind {
        guard peek(.name) else { throw expected(Token.Kind.name.text) }
        guard let kind = OperationKind(rawValue: tokenText) else { throw unexpected() }
        try advance()
        return kind
    }

    private mutating func variableDefinitions() throws(SyntaxFailure) -> [VariableDefinition] {
        guard try skip(.openParenthesis) else { return [] }
        var definitions: [VariableDefinition] = []
        repeat {
            let start = here
            let description = try description()
            let dollar = here
            try expect(.dollar)
            let name = try name()
            try expect(.colon)
            let type = try type()
            let defaultValue = try skip(.equals) ? try value(isConstant: true) : nil
            definitions.append(
                VariableDefinition(
                    description: description, variable: Name(name.value, at: dollar), namePosition: name.position, type: type,
                    defaultValue: defaultValue, directives: try directives(isConstant: true), position: start))
        } while try !skip(.closeParenthesis)
        return definitions
    }

    /// A variable's position is its dollar sign.
    mutating func variable() throws(SyntaxFailure) -> Name {
        let start = here
        try expect(.dollar)
        let name = try name()
        return Name(name.value, at: start, hash: name.hash)
    }

    mutating func fragment(_ description: StringLiteral?, start: SourcePosition) throws(SyntaxFailure) -> FragmentDefinition {
        try expectKeyword("fragment")
        if isKeyword("on") { throw unexpected() }
        let name = try name()
        try expectKeyword("on")
        return FragmentDefinition(
            description: description, name: name, typeCondition: try self.name(), directives: try directives(isConstant: false),
            selections: try selectionSet(), position: start)
    }

    mutating func selectionSet() throws(SyntaxFailure) -> [Selection] {
        try expect(.openBrace)
        try enter()
        var selections: [Selection] = []
        repeat {
            selections.append(try selection())
        } while try !skip(.closeBrace)
        leave()
        return selections
    }

    private mutating func selection() throws(SyntaxFailure) -> Selection {
        let start = here
        guard try skip(.spread) else { return .field(try field(start)) }
        let hasTypeCondition = try skipKeyword("on")
        if !hasTypeCondition, peek(.name) {
            return .fragmentSpread(
                FragmentSpread(name: try name(), directives: try directives(isConstant: false), position: start))
        }
        return .inlineFragment(
            InlineFragment(
                typeCondition: hasTypeCondition ? try name() : nil, directives: try directives(isConstant: false),
                selections: try selectionSet(), position: start))
    }

    private mutating func field(_ start: SourcePosition) throws(SyntaxFailure) -> Field {
        var name = try name()
        var alias: Name?
        if try skip(.colon) {
            alias = name
            name = try self.name()
        }
        let arguments = peek(.openParenthesis) ? try arguments(isConstant: false) : []
        let directives = peek(.at) ? try directives(isConstant: false) : []
        let hasSelections = peek(.openBrace)
        let selectionSetPosition = hasSelections ? here : nil
        let number = fieldCount
        fieldCount += 1
        return Field(
            alias: alias, name: name, arguments: arguments, directives: directives, selections: hasSelections ? try selectionSet() : [],
            selectionSetPosition: selectionSetPosition, position: start, number: number)
    }

    mutating func arguments(isConstant: Bool) throws(SyntaxFailure) -> [Argument] {
        guard try skip(.openParenthesis) else { return [] }
        var arguments: [Argument] = []
        repeat {
            let name = try name()
            try expect(.colon)
            arguments.append(Argument(name: name, value: try value(isConstant: isConstant), position: name.position))
        } while try !skip(.closeParenthesis)
        return arguments
    }

    mutating func directives(isConstant: Bool) throws(SyntaxFailure) -> [Directive] {
        var directives: [Directive] = []
        while peek(.at) {
            let start = here
            try advance()
            directives.append(Directive(name: try name(), arguments: try arguments(isConstant: isConstant), position: start))
        }
        return directives
    }
}
