// Specification section 2.9.4.
extension Lexer {
    mutating func string(_ start: Int) throws(SyntaxFailure) -> Token {
        var position = start + 1
        var chunkStart = position
        var value = ""
        while position < source.count {
            let byte = source[position]
            switch byte {
            case 0x22:
                stringValue = value.isEmpty ? text(chunkStart..<position) : value + text(chunkStart..<position)
                return Token(kind: .string, start: start, end: position + 1)
            case 0x5C:
                value += text(chunkStart..<position)
                let (scalar, length) = try escape(position)
                value.unicodeScalars.append(scalar)
                position += length
                chunkStart = position
            case 0x0A, 0x0D: throw SyntaxFailure(message: "Unterminated string.", offset: position)
            case ..<0x80: position += 1
            default: position += try characterLength(position)
            }
        }
        throw SyntaxFailure(message: "Unterminated string.", offset: position)
    }

    private func characterLength(_ position: Int) throws(SyntaxFailure) -> Int {
        guard let scalar = scalar(at: position) else {
            throw SyntaxFailure(message: "Invalid character within String: \(describe(position)).", offset: position)
        }
        return scalar.length
    }

    private func escape(_ position: Int) throws(SyntaxFailure) -> (Unicode.Scalar, Int) {
        switch byte(position + 1) {
        case 0x22: return ("\"", 2)
        case 0x5C: return ("\\", 2)
        case 0x2F: return ("/", 2)
        case 0x62: return ("\u{8}", 2)
        case 0x66: return ("\u{C}", 2)
        case 0x6E: return ("\n", 2)
        case 0x72: return ("\r", 2)
        case 0x74: return ("\t", 2)
        case 0x75: return try byte(position + 2) == 0x7B ? bracedEscape(position) : fixedEscape(position)
        default: throw SyntaxFailure(message: "Invalid character escape sequence: \"\(shown(position, 2))\".", offset: position)
        }
    }

    /// `\u{…}` with one to eight digits.
    private func bracedEscape(_ position: Int) throws(SyntaxFailure) -> (Unicode.Scalar, Int) {
        var point: UInt32 = 0
        var size = 3
        while size < 12 {
            let next = byte(position + size)
            size += 1
            if next == 0x7D {
                guard size >= 5, let scalar = Unicode.Scalar(point) else { break }
                return (scalar, size)
            }
            guard let digit = hexadecimal(next), point < 0x0800_0000 else { break }
            point = point << 4 | digit
        }
        throw invalidUnicode(position, size)
    }

    /// `\uXXXX`, or two of them for a surrogate pair.
    private func fixedEscape(_ position: Int) throws(SyntaxFailure) -> (Unicode.Scalar, Int) {
        guard let code = unit(position + 2) else { throw invalidUnicode(position, 6) }
        if let scalar = Unicode.Scalar(code) { return (scalar, 6) }
        if (0xD800...0xDBFF).contains(code), byte(position + 6) == 0x5C, byte(position + 7) == 0x75,
            let trailing = unit(position + 8), (0xDC00...0xDFFF).contains(trailing),
            let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (trailing - 0xDC00))
        {
            return (scalar, 12)
        }
        throw invalidUnicode(position, 6)
    }

    private func unit(_ position: Int) -> UInt32? {
        var value: UInt32 = 0
        for index in 0..<4 {
            guard let digit = hexadecimal(byte(position + index)) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private func hexadecimal(_ byte: Int) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    private func invalidUnicode(_ position: Int, _ size: Int) -> SyntaxFailure {
        SyntaxFailure(message: "Invalid Unicode escape sequence: \"\(shown(position, size))\".", offset: position)
    }

    /// `size` characters from `position`.
    private func shown(_ position: Int, _ size: Int) -> String {
        var end = position
        for _ in 0..<size where end < source.count { end += scalar(at: end)?.length ?? 1 }
        return text(position..<end)
    }

    mutating func blockString(_ start: Int) throws(SyntaxFailure) -> Token {
        var position = start + 3
        var raw: [UInt8] = []
        var chunkStart = position
        while position < source.count {
            let byte = source[position]
            switch byte {
            case 0x22 where self.byte(position + 1) == 0x22 && self.byte(position + 2) == 0x22:
                raw.append(contentsOf: source[chunkStart..<position])
                stringValue = BlockString.value(of: raw)
                return Token(kind: .blockString, start: start, end: position + 3)
            case 0x5C where self.byte(position + 1) == 0x22 && self.byte(position + 2) == 0x22 && self.byte(position + 3) == 0x22:
                raw.append(contentsOf: source[chunkStart..<position])
                chunkStart = position + 1
                position += 4
            case ..<0x80: position += 1
            default: position += try characterLength(position)
            }
        }
        throw SyntaxFailure(message: "Unterminated string.", offset: position)
    }
}
