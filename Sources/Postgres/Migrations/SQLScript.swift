/// A script of ours as the statements that it consists of.
///
/// A semicolon ends a statement unless it is quoted, in a comment or within parentheses. A body between `BEGIN ATOMIC` and `END` is not
/// recognized: bodies are dollar-quoted.
struct SQLScript {
    struct Statement: Equatable {
        /// Without the semicolon, and without what lies before the first word.
        let text: String
        /// The line of the first word in the script, from 1 on.
        let line: Int
    }

    let statements: [Statement]

    init(_ text: String) {
        var lexer = SQLLexer(text.utf8)
        var statements: [Statement] = []
        var start: Int?
        var end = 0
        var depth = 0
        var line = 1
        var firstLine = 1
        func statement() -> Statement? {
            start.map { Statement(text: String(decoding: lexer.bytes[$0..<end], as: UTF8.self), line: firstLine) }
        }
        while let (token, range) = lexer.next() {
            switch token {
            case .gap:
                break
            case .symbol(UInt8(ascii: ";")) where depth <= 0:
                if let statement = statement() { statements.append(statement) }
                start = nil
                depth = 0
            default:
                if start == nil {
                    start = range.lowerBound
                    firstLine = line
                }
                end = range.upperBound
                if token == .symbol(UInt8(ascii: "(")) { depth += 1 }
                if token == .symbol(UInt8(ascii: ")")) { depth -= 1 }
            }
            line += lexer.bytes[range].count { $0 == UInt8(ascii: "\n") }
        }
        if let statement = statement() { statements.append(statement) }
        self.statements = statements
    }
}
