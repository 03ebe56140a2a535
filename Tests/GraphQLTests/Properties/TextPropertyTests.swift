import Foundation
import TestSupport
import Testing

@testable import GraphQL

@Suite("Strings and numbers")
struct TextPropertyTests {
    /// The value of the only argument of `{ a(b: …) }`, or nil if it does not parse.
    private static func value(_ literal: String) -> Value? {
        guard let document = try? Parser.parse(Array("{ a(b: \(literal) ) }".utf8)),
            case .operation(let operation)? = document.definitions.first, document.definitions.count == 1,
            case .field(let field)? = operation.selections.first, operation.selections.count == 1, field.arguments.count == 1
        else { return nil }
        return field.arguments[0].value
    }

    private static func string(_ literal: String) -> String? {
        if case .string(let string)? = value(literal) { string.value } else { nil }
    }

    // MARK: Block strings

    /// `BlockStringValue()` of specification section 2.9.4, transcribed line by line.
    private static func plainBlockValue(_ raw: String) -> String {
        var lines = [""]
        var last: Unicode.Scalar = "."
        for scalar in raw.unicodeScalars {
            switch scalar {
            case "\n" where last == "\r": break
            case "\n", "\r": lines.append("")
            default: lines[lines.count - 1].unicodeScalars.append(scalar)
            }
            last = scalar
        }
        func indent(_ line: String) -> Int { line.prefix { $0 == " " || $0 == "\t" }.count }
        var common: Int?
        for line in lines.dropFirst() where indent(line) < line.count { common = min(common ?? .max, indent(line)) }
        if let common {
            for place in lines.indices.dropFirst() { lines[place] = String(lines[place].dropFirst(common)) }
        }
        func isBlank(_ line: String) -> Bool { line.allSatisfy { $0 == " " || $0 == "\t" } }
        while let first = lines.first, isBlank(first) { lines.removeFirst() }
        while let last = lines.last, isBlank(last) { lines.removeLast() }
        return lines.joined(separator: "\n")
    }

    @Test("block strings lose their indentation as specified", arguments: [1, 2, 3, 4])
    func blockStrings(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let pieces = [
            " ", "  ", "\t", "\n", "\r\n", "\r", "\n\n", "a", "bc", "é", "\\\"\"\"", "\\n", "\\", "\" ", "  \n", "\n    ", "\n\t  x",
        ]
        for _ in 0..<3000 {
            // A backslash before the closing quotes would escape them.
            let raw = random.text(of: pieces, upTo: 14) + "."
            let expected = Self.plainBlockValue(raw.replacing("\\\"\"\"", with: "\"\"\""))
            #expect(Self.string("\"\"\"\(raw)\"\"\"") == expected, "\(raw.debugDescription)")
        }
    }

    @Test("a printed block string has the value that was printed", arguments: [1, 2, 3, 4])
    func printedBlockStrings(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let pieces = [
            " ", "\t", "\n", "a", "b c", "é😀", "\"", "\"\"\"", "\"\"\"\u{301}", "\\", "\\\"", "\n  ", "\u{1}",
            String(repeating: "long ", count: 20),
        ]
        for _ in 0..<3000 {
            // Only what can be a block string's value: no blank first or last line, and no common indentation.
            let value = Self.plainBlockValue(random.text(of: pieces, upTo: 10))
            let printed = DocumentPrinter.block(value)
            #expect(Self.string(printed) == value, "\(value.debugDescription) is printed as \(printed)")
        }
    }

    // MARK: Strings

    @Test("every scalar, escaped in every way, is read as itself")
    func escapes() {
        var points: [UInt32] = Array(0...0x2FF)
        points += [0x7FF, 0x800, 0x1FFF, 0x2028, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0xFFFFF, 0x100000, 0x10FFFF]
        for scalar in points.compactMap(Unicode.Scalar.init) {
            let digits = String(scalar.value, radix: 16)
            let upper = String(scalar.value, radix: 16, uppercase: true)
            var literals = ["\\u{\(digits)}", "\\u{\(upper)}", "\\u{0\(digits)}"]
            literals.append(scalar.utf16Units.map { "\\u" + String(repeating: "0", count: 4 - $0.count) + $0 }.joined())
            if scalar.value != 0x22, scalar.value != 0x5C, scalar.value != 0x0A, scalar.value != 0x0D { literals.append(String(scalar)) }
            for literal in literals { #expect(Self.string("\"\(literal)\"") == String(scalar), "\(literal)") }
            #expect(Self.string(DocumentPrinter.quoted(String(scalar))) == String(scalar))
        }
    }

    @Test("a lone surrogate is refused, however it is written")
    func surrogates() {
        for unit in stride(from: 0xD800, through: 0xDFFF, by: 37) {
            let digits = String(unit, radix: 16)
            for literal in ["\\u\(digits)", "\\u{\(digits)}", "\\u\(digits)a", "\\u\(digits)\\u0041", "\\ud800\\ud800", "\\udc00\\ud800"] {
                #expect(Self.string("\"\(literal)\"") == nil, "\(literal)")
            }
        }
    }

    @Test("a printed string parses to what was printed", arguments: [1, 2, 3])
    func printedStrings(seed: UInt64) {
        var random = RandomSource(seed: seed)
        let pieces = [
            "a", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{8}", "\u{C}", "\u{1F}", "\u{7F}", "\u{9F}", "é", "😀", "\u{2028}", "\u{FEFF}",
        ]
        for _ in 0..<3000 {
            let text = random.text(of: pieces, upTo: 12)
            #expect(Self.string(DocumentPrinter.quoted(text)) == text)
        }
    }

    // MARK: Numbers

    @Test("integers and floats are told apart as in the grammar", arguments: [1, 2, 3, 4])
    func numbers(seed: UInt64) throws {
        var random = RandomSource(seed: seed)
        // Specification section 2.9.1 and 2.9.2; neither a digit, nor a dot, nor a letter may follow.
        let integer = /-?(0|[1-9][0-9]*)/
        let float = /-?(0|[1-9][0-9]*)(\.[0-9]+([eE][+\-]?[0-9]+)?|[eE][+\-]?[0-9]+)/
        let pieces = ["0", "1", "9", "-", "+", ".", "e", "E", "12", "00", "a", "_", "x"]
        for _ in 0..<4000 {
            let text = random.pick(["", "-", "0", "1", "-0", "7."]) + random.text(of: pieces, upTo: 6)
            // Names are other values.
            guard let first = text.first, first == "-" || first.isNumber else { continue }
            switch Self.value(text) {
            case .int(let digits, _)?:
                #expect(digits == text)
                #expect(text.wholeMatch(of: integer) != nil, "\(text)")
            case .float(let digits, _)?:
                #expect(digits == text)
                #expect(text.wholeMatch(of: float) != nil, "\(text)")
            case nil: #expect(text.wholeMatch(of: integer) == nil && text.wholeMatch(of: float) == nil, "\(text)")
            default: Issue.record("\(text) is another value")
            }
        }
    }
}

extension Unicode.Scalar {
    /// In hexadecimal: one unit, or a surrogate pair.
    fileprivate var utf16Units: [String] { String(self).utf16.map { String($0, radix: 16) } }
}
