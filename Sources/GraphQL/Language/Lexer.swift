/// The tokens of a source text. Specification section 2.1.
struct Lexer {
    enum Kind: Equatable {
        case startOfFile, endOfFile
        case punctuator(UInt8)
        /// `...`
        case spread
        case name, int, float, string, blockString
    }

    struct Token {
        var kind: Kind
        var start: Int
        var end: Int
        /// The unescaped value of a string.
        var text = ""
    }

    let source: UnsafeBufferPointer<UInt8>
    private var position: Int
    private(set) var tokenCount = 0

    init(_ source: UnsafeBufferPointer<UInt8>) {
        self.source = source
        // A byte order mark is ignored. Section 2.1.1.
        position = source.count >= 3 && source[0] == 0xEF && source[1] == 0xBB && source[2] == 0xBF ? 3 : 0
    }

    /// The next token that has a meaning.
    mutating func next() throws(SyntaxError) -> Token {
        skipIgnored()
        guard position < source.count else { return Token(kind: .endOfFile, start: source.count, end: source.count) }
        tokenCount += 1
        let start = position
        let byte = source[position]
        switch byte {
        case UInt8(ascii: "!"), UInt8(ascii: "$"), UInt8(ascii: "&"), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ":"),
            UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "|"),
            UInt8(ascii: "}"):
            position += 1
            return Token(kind: .punctuator(byte), start: start, end: position)
        case UInt8(ascii: "."):
            guard at(1) == UInt8(ascii: "."), at(2) == UInt8(ascii: ".") else { throw unexpectedCharacter() }
            position += 3
            return Token(kind: .spread, start: start, end: position)
        case 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"):
            position += 1
            while position < source.count, source[position].isNameByte { position += 1 }
            return Token(kind: .name, start: start, end: position)
        case 0x30...0x39, UInt8(ascii: "-"):
            return try number()
        case UInt8(ascii: "\""):
            return at(1) == byte && at(2) == byte ? try blockString() : try string()
        default:
            throw unexpectedCharacter()
        }
    }

    private func at(_ offset: Int) -> UInt8? {
        position + offset < source.count ? source[position + offset] : nil
    }

    /// White space, line ends, commas and comments. Section 2.1.2 to 2.1.7.
    private mutating func skipIgnored() {
        while position < source.count {
            switch source[position] {
            case 0x20, 0x09, 0x0A, 0x0D, UInt8(ascii: ","): position += 1
            case 0xEF where at(1) == 0xBB && at(2) == 0xBF: position += 3
            case UInt8(ascii: "#"):
                while position < source.count, source[position] != 0x0A, source[position] != 0x0D { position += 1 }
            default: return
            }
        }
    }

    // MARK: Numbers, section 2.10.1 and 2.10.2

    private mutating func number() throws(SyntaxError) -> Token {
        let start = position
        var isFloat = false
        if source[position] == UInt8(ascii: "-") { position += 1 }
        if at(0) == UInt8(ascii: "0") {
            position += 1
            if let digit = at(0), digit.isDigit {
                throw SyntaxError("Invalid number, unexpected digit after 0: \(character(at: position)).", at: position)
            }
        } else {
            try digits()
        }
        if at(0) == UInt8(ascii: ".") {
            isFloat = true
            position += 1
            try digits()
        }
        if at(0) == UInt8(ascii: "e") || at(0) == UInt8(ascii: "E") {
            isFloat = true
            position += 1
            if at(0) == UInt8(ascii: "+") || at(0) == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        if let byte = at(0), byte == UInt8(ascii: ".") || byte.isNameStartByte {
            throw SyntaxError("Invalid number, expected digit but got: \(character(at: position)).", at: position)
        }
        return Token(kind: isFloat ? .float : .int, start: start, end: position)
    }

    private mutating func digits() throws(SyntaxError) {
        guard let first = at(0), first.isDigit else {
            throw SyntaxError("Invalid number, expected digit but got: \(character(at: position)).", at: position)
        }
        while let byte = at(0), byte.isDigit { position += 1 }
    }

    // MARK: Strings, section 2.10.4

    private mutating func string() throws(SyntaxError) -> Token {
        let start = position
        position += 1
        var chunkStart = position
        var bytes: [UInt8] = []
        while position < source.count {
            let byte = source[position]
            switch byte {
            case UInt8(ascii: "\""):
                bytes.append(contentsOf: source[chunkStart..<position])
                position += 1
                return Token(kind: .string, start: start, end: position, text: String(decoding: bytes, as: UTF8.self))
            case UInt8(ascii: "\\"):
                bytes.append(contentsOf: source[chunkStart..<position])
                try escape(into: &bytes)
                chunkStart = position
            case 0x0A, 0x0D:
                throw SyntaxError("Unterminated string.", at: position)
            case 0x00...0x7F:
                position += 1
            default:
                try sourceCharacter(in: "String")
            }
        }
        throw SyntaxError("Unterminated string.", at: position)
    }

    /// One character beyond ASCII, which must be well-formed UTF-8.
    private mutating func sourceCharacter(in place: String) throws(SyntaxError) {
        guard let length = UTF8Check.length(source, position) else {
            throw SyntaxError("Invalid character within \(place): \(character(at: position)).", at: position)
        }
        position += length
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(SyntaxError) {
        let start = position
        guard let letter = at(1) else { throw SyntaxError("Unterminated string.", at: source.count) }
        let simple: UInt8
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): simple = letter
        case UInt8(ascii: "b"): simple = 0x08
        case UInt8(ascii: "f"): simple = 0x0C
        case UInt8(ascii: "n"): simple = 0x0A
        case UInt8(ascii: "r"): simple = 0x0D
        case UInt8(ascii: "t"): simple = 0x09
        case UInt8(ascii: "u"):
            let scalar = try unicodeEscape()
            bytes.append(contentsOf: Array(String(Character(scalar)).utf8))
            return
        default:
            throw SyntaxError("Invalid character escape sequence: \"\(text(start, start + 1))\(rawCharacter(at: start + 1))\".", at: start)
        }
        bytes.append(simple)
        position += 2
    }

    /// `\u00E9`, `\uD83D\uDE00`, `\u{1F600}`. A surrogate alone is none.
    private mutating func unicodeEscape() throws(SyntaxError) -> Unicode.Scalar {
        let start = position
        if at(2) == UInt8(ascii: "{") {
            var value: UInt32 = 0
            var index = start + 3
            while index < source.count, index < start + 12, source[index] != UInt8(ascii: "}") {
                guard let digit = source[index].hexadecimalValue else { break }
                value = value << 4 | digit
                index += 1
            }
            if index < source.count, source[index] == UInt8(ascii: "}"), index > start + 3, index - start <= 11,
                let scalar = Unicode.Scalar(value)
            {
                position = index + 1
                return scalar
            }
            throw SyntaxError("Invalid Unicode escape sequence: \"\(text(start, min(index + 1, source.count)))\".", at: start)
        }
        if let value = fourDigits(start + 2) {
            if let scalar = Unicode.Scalar(value) {
                position = start + 6
                return scalar
            }
            if value < 0xDC00, start + 7 < source.count, source[start + 6] == UInt8(ascii: "\\"), source[start + 7] == UInt8(ascii: "u"),
                let low = fourDigits(start + 8), (0xDC00...0xDFFF).contains(low),
                let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
            {
                position = start + 12
                return scalar
            }
        }
        throw SyntaxError("Invalid Unicode escape sequence: \"\(text(start, min(start + 6, source.count)))\".", at: start)
    }

    private func fourDigits(_ start: Int) -> UInt32? {
        guard start + 4 <= source.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = source[index].hexadecimalValue else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private mutating func blockString() throws(SyntaxError) -> Token {
        let start = position
        let quote = UInt8(ascii: "\"")
        position += 3
        var chunkStart = position
        var raw: [UInt8] = []
        while position < source.count {
            let byte = source[position]
            if byte == quote, at(1) == quote, at(2) == quote {
                raw.append(contentsOf: source[chunkStart..<position])
                position += 3
                return Token(kind: .blockString, start: start, end: position, text: BlockString.value(of: raw))
            }
            if byte == UInt8(ascii: "\\"), at(1) == quote, at(2) == quote, at(3) == quote {
                raw.append(contentsOf: source[chunkStart..<position])
                raw.append(contentsOf: [quote, quote, quote])
                position += 4
                chunkStart = position
            } else if byte < 0x80 {
                position += 1
            } else {
                try sourceCharacter(in: "String")
            }
        }
        throw SyntaxError("Unterminated string.", at: position)
    }

    // MARK: Errors

    private func unexpectedCharacter() -> SyntaxError {
        if source[position] == UInt8(ascii: "'") {
            return SyntaxError("Unexpected single quote character ('), did you mean to use a double quote (\")?", at: position)
        }
        let isWhole = source[position] >= 0x20 || source[position] == 9
        return SyntaxError("\(isWhole ? "Unexpected" : "Invalid") character: \(character(at: position)).", at: position)
    }

    /// As graphql-js shows it: printable ASCII in quotes, everything else as its code point.
    private func character(at position: Int) -> String {
        guard position < source.count else { return "<EOF>" }
        let byte = source[position]
        if byte == UInt8(ascii: "\"") { return "'\"'" }
        if (0x20...0x7E).contains(byte) { return "\"\(Character(Unicode.Scalar(byte)))\"" }
        let length = UTF8Check.length(source, position) ?? 1
        let scalar = String(decoding: source[position..<min(position + length, source.count)], as: UTF8.self).unicodeScalars.first
        let code = String(scalar?.value ?? 0xFFFD, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
    }

    private func rawCharacter(at position: Int) -> String {
        guard position < source.count else { return "" }
        return text(position, position + (UTF8Check.length(source, position) ?? 1))
    }

    func text(_ start: Int, _ end: Int) -> String {
        String(decoding: source[start..<min(end, source.count)], as: UTF8.self)
    }
}

/// A text that is no document: what is wrong, and where.
struct SyntaxError: Error {
    let message: String
    let offset: Int

    init(_ message: String, at offset: Int) {
        self.message = message
        self.offset = offset
    }
}

extension UInt8 {
    var isDigit: Bool { (0x30...0x39).contains(self) }

    var isNameStartByte: Bool { (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == UInt8(ascii: "_") }

    var isNameByte: Bool { isNameStartByte || isDigit }

    var hexadecimalValue: UInt32? {
        switch self {
        case 0x30...0x39: UInt32(self) - 0x30
        case 0x41...0x46: UInt32(self) - 0x41 + 10
        case 0x61...0x66: UInt32(self) - 0x61 + 10
        default: nil
        }
    }
}
