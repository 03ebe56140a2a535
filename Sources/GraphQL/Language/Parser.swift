/// Reads documents: a hand-written recursive descent over the bytes, one token ahead. Specification, appendix B.
public struct Parser {
    /// What a text may ask of the parser.
    public struct Limits: Sendable {
        /// Tokens of a document.
        public var tokens: Int
        /// Selections, lists, objects and types within each other.
        public var nesting: Int

        public init(tokens: Int = .max, nesting: Int = 200) {
            self.tokens = tokens
            self.nesting = nesting
        }
    }

    /// Parses a document of operations, fragments and type system definitions.
    /// - Throws: `GraphQLError` with the code `GRAPHQL_PARSE_FAILED` and the place of the first token that does not fit, or
    ///   `LIMIT_EXCEEDED`.
    public static func parse(_ source: [UInt8], limits: Limits = Limits()) throws(GraphQLError) -> Document {
        let outcome = source.withUnsafeBufferPointer { bytes -> Result<Document, GraphQLError> in
            do {
                var parser = Parser(bytes, limits)
                return .success(try parser.document())
            } catch let error as SyntaxError {
                return .failure(
                    GraphQLError(
                        "Syntax Error: \(error.message)", code: .parseFailed, locations: [LineIndex.location(of: error.offset, in: bytes)]))
            } catch let error as GraphQLError {
                return .failure(error)
            } catch {
                return .failure(GraphQLError("Syntax Error", code: .parseFailed))
            }
        }
        return try outcome.get()
    }

    private var lexer: Lexer
    private var token: Lexer.Token
    private let limits: Limits
    private var depth = 0

    private init(_ source: UnsafeBufferPointer<UInt8>, _ limits: Limits) {
        lexer = Lexer(source)
        token = Lexer.Token(kind: .startOfFile, start: 0, end: 0)
        self.limits = limits
    }

    // MARK: Tokens

    private mutating func advance() throws {
        token = try lexer.next()
        if lexer.tokenCount > limits.tokens {
            throw GraphQLError(
                "The document has more than \(limits.tokens) tokens.", code: .limitExceeded,
                details: [GraphQLError.Detail(name: "limit", value: .integer(Int64(limits.tokens)))])
        }
    }

    private func peek(_ character: Character) -> Bool {
        guard let byte = character.asciiValue else { return false }
        return token.kind == .punctuator(byte)
    }

    private mutating func skip(_ character: Character) throws -> Bool {
        guard peek(character) else { return false }
        try advance()
        return true
    }

    private mutating func expect(_ character: Character) throws {
        guard try skip(character) else {
            throw SyntaxError("Expected \"\(character)\", found \(describe(token)).", at: token.start)
        }
    }

    private func isKeyword(_ word: String) -> Bool {
        token.kind == .name && token.end - token.start == word.utf8.count && lexer.source[token.start..<token.end].elementsEqual(word.utf8)
    }

    private mutating func skipKeyword(_ word: String) throws -> Bool {
        guard isKeyword(word) else { return false }
        try advance()
        return true
    }

    private mutating func expectKeyword(_ word: String) throws {
        guard try skipKeyword(word) else {
            throw SyntaxError("Expected \"\(word)\", found \(describe(token)).", at: token.start)
        }
    }

    private func unexpected() -> SyntaxError { SyntaxError("Unexpected \(describe(token)).", at: token.start) }

    private func describe(_ token: Lexer.Token) -> String {
        switch token.kind {
        case .startOfFile: "<SOF>"
        case .endOfFile: "<EOF>"
        case .punctuator, .spread: "\"\(lexer.text(token.start, token.end))\""
        case .name: "Name \"\(lexer.text(token.start, token.end))\""
        case .int: "Int \"\(lexer.text(token.start, token.end))\""
        case .float: "Float \"\(lexer.text(token.start, token.end))\""
        case .string: "String \"\(token.text)\""
        case .blockString: "BlockString \"\(token.text)\""
        }
    }

    private var position: SourcePosition { SourcePosition(offset: Int32(truncatingIfNeeded: token.start)) }

    private mutating func name() throws -> Name {
        guard token.kind == .name else { throw SyntaxError("Expected Name, found \(describe(token)).", at: token.start) }
        let name = Name(lexer.text(token.start, token.end), at: position)
        try advance()
        return name
    }

    /// Counts what is within each other, so that no text can exhaust the stack.
    private mutating func nested<Result>(_ body: (inout Parser) throws -> Result) throws -> Result {
        depth += 1
        guard depth <= limits.nesting else {
            throw SyntaxError("Document is nested too deeply. Parsing aborted.", at: token.start)
        }
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func many<Element>(
        _ open: Character, _ close: Character, _ element: (inout Parser) throws -> Element
    ) throws -> [Element] {
        try expect(open)
        var elements: [Element] = []
        repeat { elements.append(try element(&self)) } while try !skip(close)
        return elements
    }

    private mutating func optionalMany<Element>(
        _ open: Character, _ close: Character, _ element: (inout Parser) throws -> Element
    ) throws -> [Element] {
        peek(open) ? try many(open, close, element) : []
    }

    // MARK: Documents

    private mutating func document() throws -> Document {
        try advance()
        var definitions: [Definition] = []
        repeat { definitions.append(try definition()) } while token.kind != .endOfFile
        return Document(definitions: definitions)
    }

    private mutating func definition() throws -> Definition {
        if peek("{") {
            let start = position
            return .operation(
                OperationDefinition(
                    description: nil, kind: .query, name: nil, variables: [], directives: [], selections: try selectionSet(),
                    position: start))
        }
        let start = position
        let description = try optionalDescription()
        if description != nil, peek("{") {
            throw SyntaxError("Unexpected description, descriptions are not supported on shorthand queries.", at: Int(start.offset))
        }
        guard token.kind == .name else { throw unexpected() }
        switch lexer.text(token.start, token.end) {
        case "query", "mutation", "subscription": return .operation(try operation(description, start))
        case "fragment": return .fragment(try fragment(description, start))
        case "schema", "scalar", "type", "interface", "union", "enum", "input", "directive":
            return .typeSystem(try typeSystemDefinition(description, start, isExtension: false))
        case "extend":
            if description != nil {
                throw SyntaxError("Unexpected description, descriptions are supported only on definitions.", at: Int(start.offset))
            }
            try advance()
            return .typeSystem(try typeSystemDefinition(nil, start, isExtension: true))
        default: throw unexpected()
        }
    }

    private mutating func optionalDescription() throws -> StringLiteral? {
        guard token.kind == .string || token.kind == .blockString else { return nil }
        return try stringLiteral()
    }

    private mutating func stringLiteral() throws -> StringLiteral {
        let literal = StringLiteral(value: token.text, isBlock: token.kind == .blockString, position: position)
        try advance()
        return literal
    }

    // MARK: Operations and fragments, section 2.3 to 2.8

    private mutating func operation(_ description: StringLiteral?, _ start: SourcePosition) throws -> OperationDefinition {
        let kind = OperationKind(rawValue: lexer.text(token.start, token.end)) ?? .query
        try advance()
        let name = token.kind == .name ? try self.name() : nil
        let variables = try optionalMany("(", ")") { try $0.variableDefinition() }
        let directives = try self.directives(isConstant: false)
        return OperationDefinition(
            description: description, kind: kind, name: name, variables: variables, directives: directives, selections: try selectionSet(),
            position: start)
    }

    private mutating func variableDefinition() throws -> VariableDefinition {
        let start = position
        let description = try optionalDescription()
        let variable = try self.variable()
        try expect(":")
        let type = try typeNode()
        let defaultValue = try skip("=") ? try value(isConstant: true) : nil
        return VariableDefinition(
            description: description, variable: variable, type: type, defaultValue: defaultValue,
            directives: try directives(isConstant: true),
            position: start)
    }

    private mutating func variable() throws -> Name {
        let start = position
        try expect("$")
        var name = try self.name()
        name.position = start
        return name
    }

    private mutating func selectionSet() throws -> [Selection] {
        try nested { parser in try parser.many("{", "}") { try $0.selection() } }
    }

    private mutating func selection() throws -> Selection {
        let start = position
        guard token.kind == .spread else { return .field(try field(start)) }
        try advance()
        let hasCondition = try skipKeyword("on")
        if !hasCondition, token.kind == .name {
            return .fragmentSpread(FragmentSpread(name: try name(), directives: try directives(isConstant: false), position: start))
        }
        let condition = hasCondition ? try name() : nil
        return .inlineFragment(
            InlineFragment(
                typeCondition: condition, directives: try directives(isConstant: false), selections: try selectionSet(), position: start))
    }

    private mutating func field(_ start: SourcePosition) throws -> Field {
        var name = try self.name()
        var alias: Name?
        if try skip(":") {
            alias = name
            name = try self.name()
        }
        let arguments = try self.arguments(isConstant: false)
        let directives = try self.directives(isConstant: false)
        return Field(
            alias: alias, name: name, arguments: arguments, directives: directives, selections: peek("{") ? try selectionSet() : [],
            position: start)
    }

    private mutating func arguments(isConstant: Bool) throws -> [Argument] {
        try optionalMany("(", ")") { parser in
            let start = parser.position
            let name = try parser.name()
            try parser.expect(":")
            return Argument(name: name, value: try parser.value(isConstant: isConstant), position: start)
        }
    }

    private mutating func fragment(_ description: StringLiteral?, _ start: SourcePosition) throws -> FragmentDefinition {
        try expectKeyword("fragment")
        if isKeyword("on") { throw unexpected() }
        let name = try self.name()
        try expectKeyword("on")
        let condition = try self.name()
        let directives = try self.directives(isConstant: false)
        return FragmentDefinition(
            description: description, name: name, typeCondition: condition, directives: directives, selections: try selectionSet(),
            position: start)
    }

    private mutating func directives(isConstant: Bool) throws -> [Directive] {
        var directives: [Directive] = []
        while peek("@") {
            let start = position
            try advance()
            directives.append(Directive(name: try name(), arguments: try arguments(isConstant: isConstant), position: start))
        }
        return directives
    }

    // MARK: Values and types, section 2.10 and 2.12

    private mutating func value(isConstant: Bool) throws -> Value {
        let start = position
        switch token.kind {
        case .punctuator(UInt8(ascii: "[")):
            return try nested { parser in
                try parser.advance()
                var values: [Value] = []
                while try !parser.skip("]") { values.append(try parser.value(isConstant: isConstant)) }
                return .list(values, start)
            }
        case .punctuator(UInt8(ascii: "{")):
            return try nested { parser in
                try parser.advance()
                var fields: [ObjectField] = []
                while try !parser.skip("}") {
                    let fieldStart = parser.position
                    let name = try parser.name()
                    try parser.expect(":")
                    fields.append(ObjectField(name: name, value: try parser.value(isConstant: isConstant), position: fieldStart))
                }
                return .object(fields, start)
            }
        case .punctuator(UInt8(ascii: "$")):
            if isConstant {
                try advance()
                guard token.kind == .name else { throw unexpected() }
                throw SyntaxError(
                    "Unexpected variable \"$\(lexer.text(token.start, token.end))\" in constant value.", at: Int(start.offset))
            }
            return .variable(try variable())
        case .int, .float:
            let text = lexer.text(token.start, token.end)
            let isInt = token.kind == .int
            try advance()
            return isInt ? .int(text, start) : .float(text, start)
        case .string, .blockString:
            return .string(try stringLiteral())
        case .name:
            let name = try self.name()
            switch name.value {
            case "true": return .boolean(true, start)
            case "false": return .boolean(false, start)
            case "null": return .null(start)
            default: return .enumeration(name)
            }
        default: throw unexpected()
        }
    }

    private mutating func typeNode() throws -> TypeNode {
        let start = position
        let type: TypeNode
        if peek("[") {
            type = try nested { parser in
                try parser.advance()
                let element = try parser.typeNode()
                try parser.expect("]")
                return .list(element, start)
            }
        } else {
            type = .named(try name())
        }
        return try skip("!") ? .nonNull(type) : type
    }

    // MARK: Type system, section 3

    private mutating func typeSystemDefinition(
        _ description: StringLiteral?, _ start: SourcePosition, isExtension: Bool
    ) throws -> TypeSystemDefinition {
        guard token.kind == .name else { throw unexpected() }
        let keyword = lexer.text(token.start, token.end)
        switch keyword {
        case "schema":
            try advance()
            let directives = try self.directives(isConstant: true)
            let types =
                isExtension && !peek("{") ? [] : try many("{", "}") { try $0.operationType() }
            if isExtension, directives.isEmpty, types.isEmpty { throw unexpected() }
            return .schema(
                SchemaDefinitionNode(
                    isExtension: isExtension, description: description, directives: directives, operationTypes: types, position: start))
        case "directive" where !isExtension:
            return .directive(try directiveDefinition(description, start))
        case "scalar", "type", "interface", "union", "enum", "input":
            try advance()
            return .type(try typeDefinition(keyword, description, start, isExtension))
        default: throw unexpected()
        }
    }

    private mutating func operationType() throws -> OperationTypeNode {
        let start = position
        let word = try name()
        guard let kind = OperationKind(rawValue: word.value) else {
            throw SyntaxError("Unexpected Name \"\(word.value)\".", at: Int(start.offset))
        }
        try expect(":")
        return OperationTypeNode(kind: kind, type: try name(), position: start)
    }

    private mutating func typeDefinition(
        _ keyword: String, _ description: StringLiteral?, _ start: SourcePosition, _ isExtension: Bool
    ) throws -> TypeDefinitionNode {
        let name = try self.name()
        let interfaces = keyword == "type" || keyword == "interface" ? try implementedInterfaces() : []
        let directives = try self.directives(isConstant: true)
        let kind: TypeDefinitionNode.Kind
        var isEmpty = directives.isEmpty && interfaces.isEmpty
        switch keyword {
        case "scalar": kind = .scalar
        case "type", "interface":
            let fields = try optionalMany("{", "}") { try $0.fieldDefinition() }
            isEmpty = isEmpty && fields.isEmpty
            kind = keyword == "type" ? .object(interfaces: interfaces, fields: fields) : .interface(interfaces: interfaces, fields: fields)
        case "union":
            let members = try skip("=") ? try delimited("|") { try $0.name() } : []
            isEmpty = isEmpty && members.isEmpty
            kind = .union(members: members)
        case "enum":
            let values = try optionalMany("{", "}") { try $0.enumValueDefinition() }
            isEmpty = isEmpty && values.isEmpty
            kind = .enumeration(values: values)
        default:
            let fields = try optionalMany("{", "}") { try $0.inputValueDefinition() }
            isEmpty = isEmpty && fields.isEmpty
            kind = .inputObject(fields: fields)
        }
        if isExtension, isEmpty { throw unexpected() }
        return TypeDefinitionNode(
            isExtension: isExtension, description: description, name: name, directives: directives, kind: kind, position: start)
    }

    private mutating func implementedInterfaces() throws -> [Name] {
        try skipKeyword("implements") ? try delimited("&") { try $0.name() } : []
    }

    private mutating func delimited<Element>(
        _ delimiter: Character, _ element: (inout Parser) throws -> Element
    ) throws -> [Element] {
        _ = try skip(delimiter)
        var elements: [Element] = []
        repeat { elements.append(try element(&self)) } while try skip(delimiter)
        return elements
    }

    private mutating func fieldDefinition() throws -> FieldDefinitionNode {
        let start = position
        let description = try optionalDescription()
        let name = try self.name()
        let arguments = try optionalMany("(", ")") { try $0.inputValueDefinition() }
        try expect(":")
        let type = try typeNode()
        return FieldDefinitionNode(
            description: description, name: name, arguments: arguments, type: type, directives: try directives(isConstant: true),
            position: start)
    }

    private mutating func inputValueDefinition() throws -> InputValueDefinitionNode {
        let start = position
        let description = try optionalDescription()
        let name = try self.name()
        try expect(":")
        let type = try typeNode()
        let defaultValue = try skip("=") ? try value(isConstant: true) : nil
        return InputValueDefinitionNode(
            description: description, name: name, type: type, defaultValue: defaultValue, directives: try directives(isConstant: true),
            position: start)
    }

    private mutating func enumValueDefinition() throws -> EnumValueDefinitionNode {
        let start = position
        let description = try optionalDescription()
        if isKeyword("true") || isKeyword("false") || isKeyword("null") {
            throw SyntaxError(
                "Name \"\(lexer.text(token.start, token.end))\" is reserved and cannot be used for an enum value.", at: token.start)
        }
        let name = try self.name()
        return EnumValueDefinitionNode(description: description, name: name, directives: try directives(isConstant: true), position: start)
    }

    private mutating func directiveDefinition(_ description: StringLiteral?, _ start: SourcePosition) throws -> DirectiveDefinitionNode {
        try expectKeyword("directive")
        try expect("@")
        let name = try self.name()
        let arguments = try optionalMany("(", ")") { try $0.inputValueDefinition() }
        let isRepeatable = try skipKeyword("repeatable")
        try expectKeyword("on")
        let locations = try delimited("|") { parser in
            let at = parser.token
            let location = try parser.name()
            guard DirectiveLocation.all.contains(location.value) else {
                throw SyntaxError("Unexpected Name \"\(location.value)\".", at: at.start)
            }
            return location
        }
        return DirectiveDefinitionNode(
            description: description, name: name, arguments: arguments, isRepeatable: isRepeatable, locations: locations, position: start)
    }
}

/// Where a directive may stand. Specification section 3.13.
enum DirectiveLocation {
    static let executable = [
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD", "INLINE_FRAGMENT", "VARIABLE_DEFINITION",
    ]
    static let typeSystem = [
        "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION", "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE",
        "INPUT_OBJECT", "INPUT_FIELD_DEFINITION",
    ]
    static let all = Set(executable + typeSystem)
}
