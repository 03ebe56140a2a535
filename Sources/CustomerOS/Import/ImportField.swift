internal import GraphQL
internal import Postgres
internal import Records

/// A member of a line that is stored directly in a column.
struct ImportField: Sendable {
    typealias Form = Column.Transfer.Form

    let member: String
    /// The member in SQL.
    let name: SQL
    let column: SQL
    let form: Form
    /// The value of a new record if the member is absent.
    let initial: SQL

    init(_ name: SQL, _ column: SQL, _ form: Form = .text, initial: SQL = "''") {
        self.name = name
        member = name.text
        self.column = column
        self.form = form
        self.initial = initial
    }

    /// A column that lines have as its facet `imported` says.
    private init?(_ column: Column) {
        guard let transfer = column.transfer else { return nil }
        self.init(transfer.member, column.name, transfer.form, initial: transfer.initial)
    }

    /// The columns of a table that lines have.
    static func all<R: Record>(of table: Table<R>) -> [ImportField] { table.all.compactMap(ImportField.init) }

    /// The type of the staged column.
    var type: SQL {
        switch form {
        case .text, .choice, .currency: "text"
        case .whole: "bigint"
        case .amount: "numeric"
        case .flag: "boolean"
        case .time, .day: "timestamptz"
        }
    }

    /// The value in PostgreSQL's text form; nil is absent.
    /// - Throws: `ImportRefusal` that says what the member must be.
    func text(_ value: InputValue) throws(ImportRefusal) -> String? {
        do throws(ValueRefusal) {
            switch (form, value) {
            case (.whole(let range), .integer(let number)): return String(try Bounds(range).normal(number))
            // 50.0 is 50.
            case (.whole(let range), .float(let number)):
                guard let whole = Int64(exactly: number) else { break }
                return String(try Bounds(range).normal(whole))
            // Beyond 64 bits, so beyond every bound.
            case (.whole(let range), .largeInteger(let digits)):
                return String(try Bounds(range).normal(digits.hasPrefix("-") ? .min : .max))
            case (.amount, .largeInteger(let digits)): return String(try Amount.normal(Double(digits) ?? .infinity))
            case (.amount, .integer(let number)):
                // Written as given, without a point.
                _ = try Amount.normal(Double(number))
                return String(number)
            case (.amount, .float(let number)) where number.isFinite: return String(try Amount.normal(number))
            case (.currency, .string(let text)): return text.trimmingBlanks.isEmpty ? nil : try Currency.normal(text)
            case (.time, .string(let text)): return try Moment.normal(text)
            case (.day, .string(let text)): return try Moment.day(text)
            default: break
            }
        } catch {
            throw ImportRefusal(error, member: member)
        }
        switch (form, value) {
        case (_, .null): return nil
        case (.text, .string(let text)): return try Self.text(text, member)
        case (.choice(let words), .string(let text)) where words.contains(text): return text
        case (.choice(let words), _): throw ImportRefusal("\(member) must be one of \(words.joined(separator: ", "))")
        case (.flag, .boolean(let flag)): return flag ? "t" : "f"
        default: throw ImportRefusal("\(member) must be \(expected)")
        }
    }

    private var expected: String {
        switch form {
        case .text, .choice: "a string"
        case .whole: "a whole number"
        case .amount: "a number"
        case .currency: "a currency's code such as EUR"
        case .flag: "true or false"
        case .time: "an RFC 3339 date-time"
        case .day: "a date such as 2026-03-31, or an RFC 3339 date-time"
        }
    }

    /// As long as the line may be: the API has no other limit either.
    static func text(_ text: String, _ member: String) throws(ImportRefusal) -> String {
        guard !text.utf8.contains(0) else { throw ImportRefusal("\(member) contains U+0000") }
        return text
    }
}
