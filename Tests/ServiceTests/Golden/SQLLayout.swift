/// A statement broken into lines at its clauses: only whitespace is added, and only where SQL allows it.
///
/// Each clause begins a line. One that is too long has a line per column, condition or common table expression; a
/// subquery that is too long is laid out like a statement, indented. Keywords are recognised by their capitals.
struct SQLLayout {
    static func text(_ sql: String) -> String {
        var tokens = Tokens(sql)
        var layout = SQLLayout()
        layout.write(tokens.nodes(), indent: 0)
        return layout.result
    }

    /// A statement without what a layout may change: if two texts are equal here, they are the same statement.
    static func collapsed(_ sql: String) -> String { Node.line(Tokens.nodes(of: sql)) }

    private static let width = 120
    private var result = ""
    private var column = 0

    /// A word, a literal, a symbol, or a bracketed group.
    private indirect enum Node {
        case token(String, isApart: Bool)
        case group(open: String, close: String, content: [Node], isApart: Bool)

        /// Whether a space precedes it.
        var isApart: Bool {
            switch self {
            case .token(_, let isApart), .group(_, _, _, let isApart): isApart
            }
        }

        /// On one line, without the space before it.
        var line: String {
            switch self {
            case .token(let text, _): text
            case .group(let open, let close, let content, _): open + Node.line(content) + close
            }
        }

        static func line(_ nodes: some Collection<Node>) -> String {
            var text = ""
            for node in nodes { text += (node.isApart && !text.isEmpty ? " " : "") + node.line }
            return text
        }

        func isWord(_ words: String...) -> Bool {
            guard case .token(let text, _) = self else { return false }
            return words.contains(text)
        }

        var isQuery: Bool {
            guard case .group(_, _, let content, _) = self else { return false }
            return content.first?.isWord("SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "VALUES") ?? false
        }
    }

    private struct Tokens {
        private let bytes: [UInt8]
        private var position = 0

        init(_ sql: String) { bytes = Array(sql.utf8) }

        static func nodes(of sql: String) -> [Node] {
            var tokens = Tokens(sql)
            return tokens.nodes()
        }

        /// Everything up to the end, or to the bracket that closes the group.
        mutating func nodes() -> [Node] {
            var nodes: [Node] = []
            while true {
                let start = position
                while let next, " \n\t\r".unicodeScalars.contains(next) { position += 1 }
                let isApart = position > start && !nodes.isEmpty
                guard let next, next != ")", next != "]" else { return nodes }
                if next == "(" || next == "[" {
                    position += 1
                    let content = self.nodes()
                    position += 1
                    nodes.append(.group(open: String(next), close: next == "(" ? ")" : "]", content: content, isApart: isApart))
                } else {
                    nodes.append(.token(token(), isApart: isApart))
                }
            }
        }

        private var next: Unicode.Scalar? { position < bytes.count ? Unicode.Scalar(bytes[position]) : nil }

        private mutating func token() -> String {
            let start = position
            if next == "'" || next == "\"" {
                let quote = next
                position += 1
                // A doubled quote reads as two adjacent literals, which works as well.
                while next != nil, next != quote { position += 1 }
                position += 1
            } else if next == "," {
                position += 1
            } else {
                while let next, !" \n\t\r,()[]'\"".unicodeScalars.contains(next) { position += 1 }
            }
            return String(decoding: bytes[start..<min(position, bytes.count)], as: UTF8.self)
        }
    }

    // MARK: Clauses

    /// A query, or what a pair of brackets holds that is none.
    private mutating func write(_ nodes: [Node], indent: Int) {
        for (index, clause) in Self.clauses(nodes).enumerated() {
            if index > 0 { startLine(indent) }
            write(clause: clause, indent: indent)
        }
    }

    private static func clauses(_ nodes: [Node]) -> [[Node]] {
        var clauses: [[Node]] = []
        for (index, node) in nodes.enumerated() {
            let previous = index > 0 ? nodes[index - 1] : nil
            let next = index + 1 < nodes.count ? nodes[index + 1] : nil
            if clauses.isEmpty || startsClause(node, after: previous, before: next) {
                clauses.append([node])
            } else {
                clauses[clauses.count - 1].append(node)
            }
        }
        return clauses
    }

    private static func startsClause(_ node: Node, after previous: Node?, before next: Node?) -> Bool {
        guard case .token(let word, _) = node, let previous else { return false }
        return switch word {
        case "SELECT", "INSERT", "DELETE", "WHERE", "GROUP", "HAVING", "ORDER", "WINDOW", "LIMIT", "OFFSET", "RETURNING", "VALUES",
            "UNION", "EXCEPT", "INTERSECT", "FOR", "LEFT", "RIGHT", "FULL", "CROSS", "SET":
            true
        case "FROM": !previous.isWord("DISTINCT", "DELETE")
        case "UPDATE": !previous.isWord("FOR", "DO", "KEY")
        case "JOIN": !previous.isWord("LEFT", "RIGHT", "FULL", "CROSS", "OUTER")
        case "ON": next?.isWord("CONFLICT") ?? false
        case "USING": !(next.map { if case .group = $0 { !$0.isQuery } else { false } } ?? true)
        default: false
        }
    }

    private mutating func write(clause: [Node], indent: Int) {
        let line = Node.line(clause)
        if indent + line.utf8.count <= Self.width { return append(line) }
        switch clause.first {
        case .token("WITH", _)?: write(items: Self.items(clause, separators: [","]), indent: indent, itemIndent: indent)
        case .token("SELECT", _)?, .token("VALUES", _)?, .token("SET", _)?, .token("RETURNING", _)?, .token("GROUP", _)?,
            .token("ORDER", _)?:
            write(items: Self.items(clause, separators: [","]), indent: indent, itemIndent: indent + 2)
        default:
            write(items: Self.items(clause, separators: ["AND", "OR"]), indent: indent, itemIndent: indent + 2)
        }
    }

    /// Splits after each comma or before each word.
    private static func items(_ nodes: [Node], separators: Set<String>) -> [[Node]] {
        var items: [[Node]] = [[]]
        var isBetween = false
        for node in nodes {
            if node.isWord("BETWEEN") { isBetween = true }
            if node.isWord(","), separators.contains(",") {
                items[items.count - 1].append(node)
                items.append([])
            } else if case .token(let word, _) = node, separators.contains(word), !(isBetween && word == "AND") {
                items.append([node])
            } else {
                if node.isWord("AND") { isBetween = false }
                items[items.count - 1].append(node)
            }
        }
        return items.filter { !$0.isEmpty }
    }

    private mutating func write(items: [[Node]], indent: Int, itemIndent: Int) {
        for (index, item) in items.enumerated() {
            if index > 0 { startLine(itemIndent) }
            write(item: item, indent: index == 0 ? indent : itemIndent)
        }
    }

    // MARK: Items

    /// Expressions and their like: brackets are opened where they do not fit, and the branches of a CASE then have
    /// lines of their own.
    private mutating func write(item: [Node], indent: Int) {
        let fits = column + Node.line(item).utf8.count <= Self.width
        for (index, node) in item.enumerated() {
            if index > 0, node.isApart {
                if !fits, node.isWord("WHEN", "ELSE", "END") {
                    startLine(node.isWord("END") ? indent : indent + 2)
                } else {
                    append(" ")
                }
            }
            let line = node.line
            guard case .group(let open, let close, let content, _) = node, column + line.utf8.count > Self.width else {
                append(line)
                continue
            }
            append(open)
            startLine(indent + 2)
            if node.isQuery {
                write(content, indent: indent + 2)
            } else {
                let hasCommas = content.contains { $0.isWord(",") }
                let items = Self.items(content, separators: hasCommas ? [","] : ["AND", "OR"])
                write(items: items, indent: indent + 2, itemIndent: indent + 2)
            }
            startLine(indent)
            append(close)
        }
    }

    private mutating func append(_ text: String) {
        result += text
        column += text.utf8.count
    }

    private mutating func startLine(_ indent: Int) {
        result += "\n" + String(repeating: " ", count: indent)
        column = indent
    }
}
