/// JSON broken into lines. The order of members and the text of every value stay as they are.
///
/// Objects and lists of scalars stay on one line if they fit; others have a line per member or element.
struct JSONLayout {
    /// - Returns: The text with a final line feed, or unchanged if it is not JSON.
    static func text(_ json: String) -> String {
        var reader = Reader(bytes: Array(json.utf8))
        guard let value = reader.value(), reader.isAtEnd else { return json + "\n" }
        var layout = JSONLayout()
        layout.write(value, indent: 0)
        return layout.result + "\n"
    }

    private static let width = 120
    private var result = ""

    private indirect enum Value {
        case scalar(String)
        /// A list or an object: its brackets, and its elements with the names that members have.
        case container(open: String, close: String, elements: [(name: String, value: Value)])

        /// Nil for what never stands on one line.
        var line: String? {
            switch self {
            case .scalar(let text): return text
            case .container(let open, let close, let elements):
                let texts = elements.compactMap { element -> String? in
                    guard case .scalar(let text) = element.value else { return nil }
                    return element.name + text
                }
                guard texts.count == elements.count else { return nil }
                let padding = open == "{" && !texts.isEmpty ? " " : ""
                return open + padding + texts.joined(separator: ", ") + padding + close
            }
        }
    }

    private mutating func write(_ value: Value, indent: Int, name: String = "") {
        let room = Self.width - indent - name.utf8.count - ",".utf8.count
        switch value {
        case .scalar(let text): result += name + text
        case .container(let open, let close, let elements):
            if let line = value.line, line.utf8.count <= room {
                result += name + line
                return
            }
            result += name + open + "\n"
            for (index, element) in elements.enumerated() {
                result += String(repeating: " ", count: indent + 2)
                write(element.value, indent: indent + 2, name: element.name)
                result += index < elements.count - 1 ? ",\n" : "\n"
            }
            result += String(repeating: " ", count: indent) + close
        }
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        /// Reads a value and the whitespace around it. Nil if there is none.
        mutating func value() -> Value? {
            skipBlanks()
            defer { skipBlanks() }
            switch next {
            case "{": return container(close: "}", hasNames: true)
            case "[": return container(close: "]", hasNames: false)
            case "\"": return string().map(Value.scalar)
            default:
                let start = position
                while let next, !" ,]}\n\t\r".unicodeScalars.contains(next) { position += 1 }
                return position > start ? .scalar(text(from: start)) : nil
            }
        }

        private mutating func container(close: Unicode.Scalar, hasNames: Bool) -> Value? {
            let open = text(from: position, to: position + 1)
            position += 1
            skipBlanks()
            var elements: [(name: String, value: Value)] = []
            while next != close {
                var name = ""
                if !elements.isEmpty { guard take(",") else { return nil } }
                if hasNames {
                    skipBlanks()
                    guard let text = string() else { return nil }
                    skipBlanks()
                    guard take(":") else { return nil }
                    name = text + ": "
                }
                guard let value = value() else { return nil }
                elements.append((name, value))
            }
            position += 1
            return .container(open: open, close: String(close), elements: elements)
        }

        /// A string with its quotes, as written.
        private mutating func string() -> String? {
            let start = position
            guard take("\"") else { return nil }
            while let byte = next, byte != "\"" { position += byte == "\\" ? 2 : 1 }
            guard take("\"") else { return nil }
            return text(from: start)
        }

        private var next: Unicode.Scalar? { position < bytes.count ? Unicode.Scalar(bytes[position]) : nil }

        private mutating func take(_ expected: Unicode.Scalar) -> Bool {
            guard next == expected else { return false }
            position += 1
            return true
        }

        private mutating func skipBlanks() {
            while let next, " \n\t\r".unicodeScalars.contains(next) { position += 1 }
        }

        private func text(from start: Int, to end: Int? = nil) -> String {
            String(decoding: bytes[start..<(end ?? position)], as: UTF8.self)
        }
    }
}
