internal import GraphQL
internal import Postgres

/// A member of a line that is stored in a column as it is.
struct ImportField: Sendable {
    enum Form: Sendable {
        /// A text of so many bytes at most: what an index must hold is short.
        case text(Int)
        case choice([String])
        case whole
        case decimal
        case flag
        case time
    }

    let member: String
    /// The member in SQL.
    let name: SQL
    let column: SQL
    let form: Form
    /// What a new record has where the member is absent.
    let initial: SQL

    init(_ name: SQL, _ column: SQL, _ form: Form = .text(2_000), initial: SQL = "''") {
        self.name = name
        member = name.text
        self.column = column
        self.form = form
        self.initial = initial
    }

    /// The type of the staged column.
    var type: SQL {
        switch form {
        case .text, .choice: "text"
        case .whole: "bigint"
        case .decimal: "numeric"
        case .flag: "boolean"
        case .time: "timestamptz"
        }
    }

    /// The value in PostgreSQL's text form; nil is absent.
    /// - Throws: `ImportRefusal` that says what the member must be.
    func text(_ value: InputValue) throws(ImportRefusal) -> String? {
        switch (form, value) {
        case (_, .null): return nil
        case (.text(let limit), .string(let text)): return try Self.text(text, limit, member)
        case (.choice(let words), .string(let text)) where words.contains(text): return text
        case (.choice(let words), _): throw ImportRefusal("\(member) must be one of \(words.joined(separator: ", "))")
        case (.whole, .integer(let number)): return String(number)
        case (.decimal, .integer(let number)): return String(number)
        case (.decimal, .largeInteger(let digits)):
            guard let number = Double(digits), number.isFinite else { throw ImportRefusal("\(member) must be \(expected)") }
            return String(number)
        case (.decimal, .float(let number)) where number.isFinite: return String(number)
        case (.flag, .boolean(let flag)): return flag ? "t" : "f"
        case (.time, .string):
            guard let coerced = try? ScalarCoercion.time.coerce(value), case .string(let text) = coerced else {
                throw ImportRefusal("\(member) must be an RFC 3339 date-time")
            }
            return text
        default: throw ImportRefusal("\(member) must be \(expected)")
        }
    }

    private var expected: String {
        switch form {
        case .text, .choice: "a text"
        case .whole: "a whole number"
        case .decimal: "a number"
        case .flag: "true or false"
        case .time: "an RFC 3339 date-time"
        }
    }

    static func text(_ text: String, _ limit: Int, _ member: String) throws(ImportRefusal) -> String {
        guard text.utf8.count <= limit else { throw ImportRefusal("\(member) is longer than \(limit) bytes") }
        guard !text.utf8.contains(0) else { throw ImportRefusal("\(member) contains U+0000") }
        return text
    }
}

/// Why a line was not imported, for whoever has written the file.
struct ImportRefusal: Error {
    let message: String

    init(_ message: String) { self.message = message }
}
