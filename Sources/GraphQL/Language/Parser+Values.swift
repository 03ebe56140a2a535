// Values and types. Specification sections 2.9 to 2.11.
extension Parser {
    mutating func value(isConstant: Bool) throws(SyntaxFailure) -> Value {
        let start = here
        switch lexer.token.kind {
        case .openBracket: return try list(isConstant: isConstant)
        case .openBrace: return try object(isConstant: isConstant)
        case .int:
            let digits = tokenText
            try advance()
            return .int(digits, start)
        case .float:
            let digits = tokenText
            try advance()
            return .float(digits, start)
        case .string, .blockString: return .string(try stringLiteral())
        case .name:
            let name = try name()
            switch name.value {
            case "true": return .boolean(true, start)
            case "false": return .boolean(false, start)
            case "null": return .null(start)
            default: return .enumeration(name)
            }
        case .dollar:
            guard isConstant else { return .variable(try variable()) }
            let failure = unexpected()
            try advance()
            guard peek(.name) else { throw failure }
            throw SyntaxFailure(message: "Unexpected variable \"$\(tokenText)\" in constant value.", offset: failure.offset)
        default: throw unexpected()
        }
    }

    private mutating func list(isConstant: Bool) throws(SyntaxFailure) -> Value {
        let start = here
        try expect(.openBracket)
        try enter()
        var values: [Value] = []
        while try !skip(.closeBracket) { values.append(try value(isConstant: isConstant)) }
        leave()
        return .list(values, start)
    }

    private mutating func object(isConstant: Bool) throws(SyntaxFailure) -> Value {
        let start = here
        try expect(.openBrace)
        try enter()
        var fields: [ObjectField] = []
        while try !skip(.closeBrace) {
            let name = try name()
            try expect(.colon)
            fields.append(ObjectField(name: name, value: try value(isConstant: isConstant), position: name.position))
        }
        leave()
        return .object(fields, start)
    }

    mutating func stringLiteral() throws(SyntaxFailure) -> StringLiteral {
        let literal = StringLiteral(value: lexer.stringValue, isBlock: peek(.blockString), position: here)
        try advance()
        return literal
    }

    mutating func type() throws(SyntaxFailure) -> TypeNode {
        let start = here
        let type: TypeNode
        if try skip(.openBracket) {
            try enter()
            let element = try self.type()
            try expect(.closeBracket)
            leave()
            type = .list(element, start)
        } else {
            type = .named(try name())
        }
        return try skip(.exclamation) ? .nonNull(type) : type
    }
}
