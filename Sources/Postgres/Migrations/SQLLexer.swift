/// Takes a script of PostgreSQL's SQL apart, by the lexical rules of its manual (chapter 4.1).
struct SQLLexer {
    enum Token: Equatable {
        /// A keyword or a name without quotes.
        case word
        /// Blanks and comments, `--` to the end of the line or `/* … */`, which may be nested.
        case gap
        /// A text or a name in quotes, with all of them. One without an end reaches to the end of the script.
        case quoted
        /// `$tag$ … $tag$`; the range is what lies between.
        case body(Range<Int>)
        /// Any other byte.
        case symbol(UInt8)
    }

    let bytes: [UInt8]
    private var position = 0

    init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// The next token with the place of its bytes; nil at the end.
    mutating func next() -> (token: Token, range: Range<Int>)? {
        guard position < bytes.count else { return nil }
        let start = position
        let token = take()
        return (token, start..<position)
    }

    private mutating func take() -> Token {
        let byte = bytes[position]
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"), 0x0C:
            position += 1
            return .gap
        case UInt8(ascii: "-") where starts(with: "--"):
            position = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
            return .gap
        case UInt8(ascii: "/") where starts(with: "/*"):
            takeComment()
            return .gap
        case UInt8(ascii: "'"), UInt8(ascii: "\""):
            takeQuoted(hasEscapes: false)
            return .quoted
        case UInt8(ascii: "$"):
            if let body = takeBody() { return .body(body) }
        case _ where Self.beginsWord(byte):
            return takeWord()
        default:
            break
        }
        position += 1
        return .symbol(byte)
    }

    private mutating func takeWord() -> Token {
        let start = position
        while position < bytes.count, Self.continuesWord(bytes[position]) { position += 1 }
        // E'…' is a text with escapes.
        if position == start + 1, bytes[start] | 0x20 == UInt8(ascii: "e"), starts(with: "'") {
            takeQuoted(hasEscapes: true)
            return .quoted
        }
        return .word
    }

    private mutating func takeQuoted(hasEscapes: Bool) {
        let quote = bytes[position]
        position += 1
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if hasEscapes, byte == UInt8(ascii: "\\") {
                position = min(position + 1, bytes.count)
            } else if byte == quote {
                // A doubled quote begins the next part of the same text.
                guard position < bytes.count, bytes[position] == quote else { return }
                position += 1
            }
        }
    }

    private mutating func takeComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                position += 2
            } else if starts(with: "*/") {
                depth -= 1
                position += 2
            } else {
                position += 1
            }
        } while depth > 0 && position < bytes.count
    }

    /// Nil, and nothing taken, where no dollar quote begins.
    private mutating func takeBody() -> Range<Int>? {
        var end = position + 1
        if end < bytes.count, Self.beginsWord(bytes[end]) {
            while end < bytes.count, Self.continuesWord(bytes[end]), bytes[end] != UInt8(ascii: "$") { end += 1 }
        }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$") else { return nil }
        let delimiter = bytes[position...end]
        let start = end + 1
        var place = start
        while let dollar = bytes[place...].firstIndex(of: UInt8(ascii: "$")) {
            if bytes[dollar...].starts(with: delimiter) {
                position = dollar + delimiter.count
                return start..<dollar
            }
            place = dollar + 1
        }
        position = bytes.count
        return start..<bytes.count
    }

    private func starts(with text: StaticString) -> Bool {
        bytes[position...].starts(with: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    private static func beginsWord(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_") || byte >= 0x80
    }

    private static func continuesWord(_ byte: UInt8) -> Bool {
        beginsWord(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "$")
    }
}
