/// A recursive descent parser for executable and type system documents. Specification sections 2 and 3.
public struct Parser {
    public struct Limits: Sendable {
        /// How deep selections, lists, objects and list types may nest in total.
        public var nesting: Int
        /// How many tokens a document may have, or nil.
        public var tokens: Int?

        public init(nesting: Int = 200, tokens: Int? = nil) {
            self.nesting = nesting
            self.tokens = tokens
        }
    }

    /// Parses a document in UTF-8.
    ///
    /// - Throws: A `GraphQLError` of code `parseFailed`, or `limitExceeded`, whose message starts with `Syntax Error:
    ///   `, with its location.
    public static func parse(_ source: [UInt8], limits: Limits = Limits()) throws(GraphQLError) -> Document {
        try parse(source, limits: limits, offsetBase: 0)
    }

    /// - Parameter offsetBase: Added to every position, for a document within a longer text.
    static func parse(_ source: [UInt8], limits: Limits = Limits(), offsetBase: Int) throws(GraphQLError) -> Document {
        let result: Result<Document, SyntaxFailure> = source.withUnsafeBufferPointer { bytes in
            guard bytes.count + offsetBase < Int(Int32.max) else {
                return .failure(SyntaxFailure(message: "Document is too long. Parsing aborted.", offset: 0))
            }
            var parser = Parser(lexer: Lexer(bytes), limits: limits, offsetBase: offsetBase)
            do throws(SyntaxFailure) {
                return .success(try parser.document())
            } catch {
                return .failure(error)
            }
        }
        do throws(SyntaxFailure) {
            return try result.get()
        } catch {
            let message = "Syntax Error: " + error.message
            let location = SourceLocator(source).location(of: error.offset)
            if let limit = error.limit { throw .limit(limit.name, message, limit.value, at: [location]) }
            throw GraphQLError(message, code: .parseFailed, locations: [location])
        }
    }

    var lexer: Lexer
    let limits: Limits
    let offsetBase: Int
    private var depth = 0
    private var tokenCount = 0
    var fieldCount = 0

    private init(lexer: Lexer, limits: Limits, offsetBase: Int) {
        self.lexer = lexer
        self.limits = limits
        self.offsetBase = offsetBase
    }

    private mutating func document() throws(SyntaxFailure) -> Document {
        try advance()
        var definitions: [Definition] = []
        repeat {
            definitions.append(try definition())
        } while !peek(.endOfFile)
        return Document(definitions: definitions, fieldCount: fieldCount, tokenCount: tokenCount)
    }

    private mutating func definition() throws(SyntaxFailure) -> Definition {
        if peek(.openBrace) { return .operation(try operation(nil, start: here)) }
        let start = here
        let startOffset = lexer.token.start
        let description = try description()
        if description != nil, peek(.openBrace) {
            throw SyntaxFailure(
                message: "Unexpected description, descriptions are not supported on shorthand queries.", offset: startOffset)
        }
        guard peek(.name) else { throw unexpected() }
        switch tokenText {
        case "query", "mutation", "subscription": return .operation(try operation(description, start: start))
        case "fragment": return .fragment(try fragment(description, start: start))
        case "schema": return .typeSystem(.schema(try schemaDefinition(description, start: start)))
        case "scalar", "type", "interface", "union", "enum", "input":
            return .typeSystem(.type(try typeDefinition(description, isExtension: false, start: start)))
        case "directive": return .typeSystem(.directive(try directiveDefinition(description, start: start)))
        default: break
        }
        if description != nil {
            throw SyntaxFailure(
                message: "Unexpected description, only GraphQL definitions support descriptions.", offset: startOffset)
        }
        guard isKeyword("extend") else { throw unexpected() }
        return .typeSystem(try typeSystemExtension(start: start))
    }

    // MARK: Tokens

    @inline(__always)
    var here: SourcePosition { SourcePosition(offset: Int32(truncatingIfNeeded: lexer.token.start + offsetBase)) }

    var tokenText: String { lexer.text(lexer.token.start..<lexer.token.end) }

    @inline(__always)
    func peek(_ kind: Token.Kind) -> Bool { lexer.token.kind == kind }

    mutating func advance() throws(SyntaxFailure) {
        try lexer.advance()
        guard let limit = limits.tokens, lexer.token.kind != .endOfFile else { return }
        tokenCount += 1
        if tokenCount > limit {
            throw SyntaxFailure(
                message: "Document contains more that \(limit) tokens. Parsing aborted.", offset: lexer.token.start,
                limit: ("tokens", limit))
        }
    }

    mutating func expect(_ kind: Token.Kind) throws(SyntaxFailure) {
        guard peek(kind) else { throw expected(kind.text) }
        try advance()
    }

    @inline(__always)
    mutating func skip(_ kind: Token.Kind) throws(SyntaxFailure) -> Bool {
        guard lexer.token.kind == kind else { return false }
        try advance()
        return true
    }

    func isKeyword(_ keyword: StaticString) -> Bool {
        let token = lexer.token
        guard token.kind == .name, token.end - token.start == keyword.utf8CodeUnitCount else { return false }
        return keyword.withUTF8Buffer { $0.elementsEqual(lexer.source[token.start..<token.end]) }
    }

    mutating func skipKeyword(_ keyword: StaticString) throws(SyntaxFailure) -> Bool {
        guard isKeyword(keyword) else { return false }
        try advance()
        return true
    }

    mutating func expectKeyword(_ keyword: StaticString) throws(SyntaxFailure) {
        guard try skipKeyword(keyword) else { throw expected("\"\(keyword)\"") }
    }

    mutating func name() throws(SyntaxFailure) -> Name {
        guard peek(.name) else { throw expected(Token.Kind.name.text) }
        let token = lexer.token
        let bytes = UnsafeBufferPointer(rebasing: lexer.source[token.start..<token.end])
        let name = Name(String(decoding: bytes, as: UTF8.self), at: here, hash: Name.hash(of: bytes))
        try advance()
        return name
    }

    mutating func description() throws(SyntaxFailure) -> StringLiteral? {
        guard peek(.string) || peek(.blockString) else { return nil }
        return try stringLiteral()
    }

    /// Call on entering a nested construct, and `leave` on leaving it.
    @inline(__always)
    mutating func enter() throws(SyntaxFailure) {
        depth += 1
        if depth > limits.nesting {
            throw SyntaxFailure(
                message: "Document is nested too deeply. Parsing aborted.", offset: lexer.token.start,
                limit: ("nesting", limits.nesting))
        }
    }

    @inline(__always)
    mutating func leave() { depth -= 1 }

    // MARK: Errors

    /// The current token as errors show it.
    var tokenDescription: String {
        switch lexer.token.kind {
        case .name, .int, .float: "\(lexer.token.kind.text) \"\(tokenText)\""
        case .string, .blockString: "\(lexer.token.kind.text) \"\(lexer.stringValue)\""
        default: lexer.token.kind.text
        }
    }

    func unexpected() -> SyntaxFailure { SyntaxFailure(message: "Unexpected \(tokenDescription).", offset: lexer.token.start) }

    func expected(_ what: String) -> SyntaxFailure {
        SyntaxFailure(message: "Expected \(what), found \(tokenDescription).", offset: lexer.token.start)
    }
}
