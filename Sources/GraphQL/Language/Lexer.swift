/// Splits a text into tokens, one at a time. Specification section 2.1. Every access is bounds-checked, so that no
/// input, valid UTF-8 or not, can do harm.
struct Lexer {
    let source: UnsafeBufferPointer<UInt8>
    private(set) var token = Token(kind: .endOfFile, start: 0, end: 0)
    /// The token's value, if it is a string or block string.
    var stringValue = ""

    init(_ source: UnsafeBufferPointer<UInt8>) { self.source = source }

    /// The byte at `index`, or −1 past the end.
    @inline(__always)
    func byte(_ index: Int) -> Int { index < source.count ? Int(source[index]) : -1 }

    func text(_ range: Range<Int>) -> String {
        let lower = min(range.lowerBound, source.count)
        let upper = max(lower, min(range.upperBound, source.count))
        return String(decoding: UnsafeBufferPointer(rebasing: source[lower..<upper]), as: UTF8.self)
    }

    mutating func advance() throws(SyntaxFailure) {
        var position = token.end
        while true {
            let byte = byte(position)
            switch byte {
            case 0x20, 0x2C, 0x0A, 0x0D, 0x09:
                position += 1
                continue
            case 0x23:
                position = endOfComment(position + 1)
                continue
            case 0xEF where self.byte(position + 1) == 0xBB && self.byte(position + 2) == 0xBF:
                position += 3
                continue
            case -1: token = Token(kind: .endOfFile, start: position, end: position)
            case 0x41...0x5A, 0x61...0x7A, 0x5F:
                var end = position + 1
                while end < source.count, source[end].isNameContinue { end += 1 }
                token = Token(kind: .name, start: position, end: end)
            case 0x7B: punctuator(.openBrace, position)
            case 0x7D: punctuator(.closeBrace, position)
            case 0x28: punctuator(.openParenthesis, position)
            case 0x29: punctuator(.closeParenthesis, position)
            case 0x3A: punctuator(.colon, position)
            case 0x24: punctuator(.dollar, position)
            case 0x21: punctuator(.exclamation, position)
            case 0x5B: punctuator(.openBracket, position)
            case 0x5D: punctuator(.closeBracket, position)
            case 0x40: punctuator(.at, position)
            case 0x3D: punctuator(.equals, position)
            case 0x7C: punctuator(.pipe, position)
            case 0x26: punctuator(.ampersand, position)
            case 0x2E where self.byte(position + 1) == 0x2E && self.byte(position + 2) == 0x2E:
                token = Token(kind: .spread, start: position, end: position + 3)
            case 0x2D, 0x30...0x39: token = try number(position)
            case 0x22:
                if self.byte(position + 1) == 0x22, self.byte(position + 2) == 0x22 {
                    token = try blockString(position)
                } else {
                    token = try string(position)
                }
            default: throw unexpectedCharacter(position)
            }
            return
        }
    }

    @inline(__always)
    private mutating func punctuator(_ kind: Token.Kind, _ position: Int) {
        token = Token(kind: kind, start: position, end: position + 1)
    }

    private func endOfComment(_ start: Int) -> Int {
        var position = start
        while position < source.count {
            let byte = source[position]
            if byte == 0x0A || byte == 0x0D { break }
            if byte < 0x80 {
                position += 1
            } else if let scalar = scalar(at: position) {
                position += scalar.length
            } else {
                break
            }
        }
        return position
    }

    private func unexpectedCharacter(_ position: Int) -> SyntaxFailure {
        if byte(position) == 0x27 {
            return SyntaxFailure(
                message: "Unexpected single quote character ('), did you mean to use a double quote (\")?", offset: position)
        }
        let isValid = byte(position) < 0x80 || scalar(at: position) != nil
        return SyntaxFailure(message: "\(isValid ? "Unexpected" : "Invalid") character: \(describe(position)).", offset: position)
    }

    // MARK: Numbers, specification sections 2.9.1 and 2.9.2

    private func number(_ start: Int) throws(SyntaxFailure) -> Token {
        var position = start
        var kind = Token.Kind.int
        if byte(position) == 0x2D { position += 1 }
        if byte(position) == 0x30 {
            position += 1
            if isDigit(position) {
                throw SyntaxFailure(message: "Invalid number, unexpected digit after 0: \(describe(position)).", offset: position)
            }
        } else {
            position = try digits(position)
        }
        if byte(position) == 0x2E {
            kind = .float
            position = try digits(position + 1)
        }
        if byte(position) | 0x20 == 0x65 {
            kind = .float
            position += 1
            if byte(position) == 0x2B || byte(position) == 0x2D { position += 1 }
            position = try digits(position)
        }
        if byte(position) == 0x2E || (position < source.count && source[position].isNameContinue) { throw digitExpected(position) }
        return Token(kind: kind, start: start, end: position)
    }

    private func digits(_ start: Int) throws(SyntaxFailure) -> Int {
        guard isDigit(start) else { throw digitExpected(start) }
        var position = start + 1
        while isDigit(position) { position += 1 }
        return position
    }

    private func isDigit(_ position: Int) -> Bool { (0x30...0x39).contains(byte(position)) }

    private func digitExpected(_ position: Int) -> SyntaxFailure {
        SyntaxFailure(message: "Invalid number, expected digit but got: \(describe(position)).", offset: position)
    }

    // MARK: Characters

    /// The scalar that starts at `position` with its length in bytes, or nil if the bytes are not valid UTF-8.
    func scalar(at position: Int) -> (value: UInt32, length: Int)? {
        let first = byte(position)
        let length: Int
        var value: UInt32
        switch first {
        case 0...0x7F: return (UInt32(first), 1)
        case 0xC2...0xDF: (length, value) = (2, UInt32(first & 0x1F))
        case 0xE0...0xEF: (length, value) = (3, UInt32(first & 0x0F))
        case 0xF0...0xF4: (length, value) = (4, UInt32(first & 0x07))
        default: return nil
        }
        for index in 1..<length {
            let next = byte(position + index)
            guard next >= 0, next & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(next & 0x3F)
        }
        let isShortest = length == 2 || (length == 3 ? value >= 0x800 : value >= 0x10000)
        return isShortest && Unicode.Scalar(value) != nil ? (value, length) : nil
    }

    /// The character at `position` as errors show it.
    func describe(_ position: Int) -> String {
        let first = byte(position)
        if first < 0 { return Token.Kind.endOfFile.rawValue }
        if first == 0x22 { return "'\"'" }
        if (0x20...0x7E).contains(first) { return "\"\(Character(Unicode.Scalar(UInt8(first))))\"" }
        let digits = String(scalar(at: position)?.value ?? 0xFFFD, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension UInt8 {
    @inline(__always)
    var isNameContinue: Bool {
        switch self {
        case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x30...0x39: true
        default: false
        }
    }
}
