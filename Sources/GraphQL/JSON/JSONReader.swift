/// Parses JSON into values, strictly by RFC 8259. A leading byte order mark is skipped. An object with duplicate
/// members is refused: parsers differ in which one counts.
public struct JSONReader {
    public struct Failure: Error, Sendable {
        public let message: String
        public let offset: Int
        /// The limit that stopped the reader, if one did: the text may be well-formed.
        public var limit: Limit?
        /// The duplicate member, if that is the error.
        public var repeatedMember: String?

        /// What is wrong with the text, as the end of a sentence.
        public var fault: String { limit != nil ? "is beyond a limit" : repeatedMember != nil ? "is ambiguous" : "is no JSON" }
    }

    public enum Limit: Sendable {
        case nesting, values
    }

    /// A member of an object, with the range of its value in the text.
    public struct Member: Sendable {
        public let name: String
        public let value: InputValue
        public let byteCount: Int
    }

    /// - Parameters:
    ///   - nesting: How deep arrays and objects may nest.
    ///   - values: How many values there may be, nested ones included, ids in lists excluded. A value takes far more
    ///     memory than its text.
    /// - Throws: `Failure` with the offset of the first unexpected byte.
    public static func read(_ source: [UInt8], nesting: Int = 64, values: Int = .max) throws(Failure) -> InputValue {
        let outcome = source.withUnsafeBufferPointer { bytes -> Result<InputValue, Failure> in
            var reader = JSONReader(bytes: bytes, nesting: nesting, values: values)
            do {
                return .success(try reader.document())
            } catch let failure as Failure {
                return .failure(failure)
            } catch {
                return .failure(Failure(message: "malformed JSON", offset: 0))
            }
        }
        return try outcome.get()
    }

    /// The members called `names` of a text that is one object. Others are parsed but not kept.
    /// - Returns: nil if the text is JSON but not an object.
    public static func readMembers(
        _ names: [String], of source: [UInt8], nesting: Int = 64, values: Int = .max
    ) throws(Failure) -> [Member]? {
        let outcome = source.withUnsafeBufferPointer { bytes -> Result<[Member]?, Failure> in
            var reader = JSONReader(bytes: bytes, nesting: nesting, values: values)
            reader.wantedMembers = names
            do {
                guard case .object = try reader.document() else { return .success(nil) }
                return .success(reader.foundMembers)
            } catch let failure as Failure {
                return .failure(failure)
            } catch {
                return .failure(Failure(message: "malformed JSON", offset: 0))
            }
        }
        return try outcome.get()
    }

    private let bytes: UnsafeBufferPointer<UInt8>
    /// Which members of the outermost object to keep; nil keeps all.
    private var wantedMembers: [String]?
    private var foundMembers: [Member] = []
    private var position = 0
    private var depth = 0
    private let nesting: Int
    private let values: Int
    private var valueCount = 0

    private init(bytes: UnsafeBufferPointer<UInt8>, nesting: Int, values: Int) {
        self.bytes = bytes
        self.nesting = nesting
        self.values = values
    }

    private func failure(_ message: String) -> Failure { Failure(message: message, offset: position) }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    private mutating func document() throws -> InputValue {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
        let value = try value()
        skipBlanks()
        guard position == bytes.count else { throw failure("unexpected text after the value") }
        return value
    }

    private mutating func value() throws -> InputValue {
        skipBlanks()
        guard let byte else { throw failure("unexpected end") }
        valueCount += 1
        guard valueCount <= values else { throw Failure(message: "more than \(values) values", offset: position, limit: .values) }
        switch byte {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw failure("unexpected character")
        }
    }

    private mutating func word(_ text: StaticString, _ value: InputValue) throws -> InputValue {
        let length = text.utf8CodeUnitCount
        guard position + length <= bytes.count, (0..<length).allSatisfy({ bytes[position + $0] == text.utf8Start[$0] }) else {
            throw failure("unexpected character")
        }
        position += length
        return value
    }

    private mutating func enter() throws {
        depth += 1
        guard depth <= nesting else {
            throw Failure(message: "nested more than \(nesting) deep", offset: position, limit: .nesting)
        }
        position += 1
        skipBlanks()
    }

    private mutating func object() throws -> InputValue {
        try enter()
        defer { depth -= 1 }
        var object = InputObject()
        if byte == UInt8(ascii: "}") {
            position += 1
            return .object(object)
        }
        while true {
            skipBlanks()
            guard byte == UInt8(ascii: "\"") else { throw failure("expected a member's name") }
            let name = try string()
            skipBlanks()
            guard byte == UInt8(ascii: ":") else { throw failure("expected a colon") }
            position += 1
            let start = position
            let value = try value()
            if depth == 1, let wantedMembers {
                if wantedMembers.contains(where: { $0.hasSameBytes(as: name) }) {
                    foundMembers.append(Member(name: name, value: value, byteCount: position - start))
                }
                object.members.append(InputObject.Member(name: name, value: .null))
            } else {
                object.members.append(InputObject.Member(name: name, value: value))
            }
            skipBlanks()
            guard let byte else { throw failure("unexpected end") }
            position += 1
            if byte == UInt8(ascii: "}") {
                if let name = object.repeatedMember {
                    throw Failure(
                        message: "the member \(name.inspectedName) appears twice in an object", offset: position, repeatedMember: name)
                }
                return .object(object)
            }
            guard byte == UInt8(ascii: ",") else { throw failure("expected a comma or the end of the object") }
        }
    }

    private static let idLength = 32

    private mutating func array() throws -> InputValue {
        try enter()
        defer { depth -= 1 }
        var values: [InputValue] = []
        if byte == UInt8(ascii: "]") {
            position += 1
            return .list(values)
        }
        while true {
            let element = try value()
            values.append(element)
            // Strings as long as ids need little memory beyond their own: a list of them counts as one value.
            if case .string(let text) = element, text.utf8.count >= Self.idLength { valueCount -= 1 }
            skipBlanks()
            guard let byte else { throw failure("unexpected end") }
            position += 1
            if byte == UInt8(ascii: "]") { return .list(values) }
            guard byte == UInt8(ascii: ",") else { throw failure("expected a comma or the end of the array") }
        }
    }

    private mutating func number() throws -> InputValue {
        let start = position
        if byte == UInt8(ascii: "-") { position += 1 }
        if byte == 0x30 {
            position += 1
        } else {
            try digits()
        }
        var isWhole = true
        if byte == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try digits()
        }
        if let exponent = byte, exponent | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isWhole { return InputValue(digits: text) }
        guard let number = Double(text) else { throw failure("malformed number") }
        return .float(number)
    }

    private mutating func digits() throws {
        guard let first = byte, first.isDigit else { throw failure("expected a digit") }
        while let next = byte, next.isDigit { position += 1 }
    }

    private mutating func string() throws -> String {
        position += 1
        let start = position
        // Most strings have no escapes and are taken as they are.
        while let next = byte, next != UInt8(ascii: "\""), next != UInt8(ascii: "\\") { try plainCharacter(next) }
        guard let end = byte else { throw failure("unterminated string") }
        if end == UInt8(ascii: "\"") {
            position += 1
            return String(decoding: bytes[start..<position - 1], as: UTF8.self)
        }
        var text = Array(bytes[start..<position])
        while let next = byte {
            switch next {
            case UInt8(ascii: "\""):
                position += 1
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            default:
                let before = position
                try plainCharacter(next)
                text.append(contentsOf: bytes[before..<position])
            }
        }
        throw failure("unterminated string")
    }

    private mutating func plainCharacter(_ byte: UInt8) throws {
        guard byte >= 0x20 else { throw failure("a control character must be escaped") }
        if byte < 0x80 {
            position += 1
        } else {
            guard let length = UTF8Check.length(bytes, position) else { throw failure("malformed UTF-8") }
            position += length
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws {
        guard position + 1 < bytes.count else { throw failure("unterminated string") }
        let letter = bytes[position + 1]
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            var value = try fourDigits(position + 2)
            if (0xD800...0xDBFF).contains(value), position + 7 < bytes.count, bytes[position + 6] == UInt8(ascii: "\\"),
                bytes[position + 7] == UInt8(ascii: "u")
            {
                let low = try fourDigits(position + 8)
                guard (0xDC00...0xDFFF).contains(low) else { throw failure("a surrogate stands alone") }
                value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
                position += 6
            }
            guard let scalar = Unicode.Scalar(value) else { throw failure("a surrogate stands alone") }
            text.append(contentsOf: Array(String(Character(scalar)).utf8))
            position += 4
        default: throw failure("unknown escape")
        }
        position += 2
    }

    private func fourDigits(_ start: Int) throws -> UInt32 {
        guard start + 4 <= bytes.count else { throw failure("unterminated string") }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = bytes[index].hexadecimalValue else { throw failure("malformed escape") }
            value = value << 4 | digit
        }
        return value
    }
}

extension InputObject {
    /// The first name that occurs twice. Names are equal if their bytes are, not if they merely look alike.
    fileprivate var repeatedMember: String? {
        if members.count <= 16 {
            // Most objects are small, for which comparing is cheaper than hashing.
            return members.indices.first { place in
                members[..<place].contains { $0.name.hasSameBytes(as: members[place].name) }
            }.map { members[$0].name }
        }
        var seen: Set<ExactText> = []
        seen.reserveCapacity(members.count)
        return members.first { !seen.insert(ExactText($0.name)).inserted }?.name
    }
}

extension String {
    /// The member's name as errors show it.
    fileprivate var inspectedName: String { InputValue.string(self).inspected }
}
