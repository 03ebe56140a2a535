internal import GraphQL
internal import Postgres
internal import Records

/// The columns that an input object sets, declared once for insert and update: an absent or null member keeps the
/// value, and on insert takes the column's default.
struct ColumnPatch: Sendable {
    struct Column: Sendable {
        let member: String
        let column: SQL
        let cast: SQL
        /// What an insert stores if the member is absent.
        let initial: SQL

        init(_ member: String, _ column: SQL, _ cast: SQL = "text", initial: SQL = "''") {
            self.member = member
            self.column = column
            self.cast = cast
            self.initial = initial
        }
    }

    let columns: [Column]

    /// `, a, b` and `, coalesce($n::text, ''), …` with parameters from `first` on.
    func insertion(from first: Int) -> (columns: SQL, values: SQL) {
        var names: SQL = ""
        var values: SQL = ""
        for (index, column) in columns.enumerated() {
            names = "\(names), \(column.column)"
            values = "\(values), coalesce(\(SQL.parameter(first + index))::\(column.cast), \(column.initial))"
        }
        return (names, values)
    }

    /// `, a = coalesce($n::text, a), …` with parameters from `first` on.
    func assignments(from first: Int) -> SQL {
        columns.reduce("") { list, column in "\(list), \(column.column) = \(value(of: column.member, from: first))" }
    }

    /// The value of a member's column after an update, with parameters from `first` on.
    func value(of member: String, from first: Int) -> SQL {
        guard let index = columns.firstIndex(where: { $0.member == member }) else { return "NULL" }
        return "coalesce(\(SQL.parameter(first + index))::\(columns[index].cast), \(columns[index].column))"
    }

    /// `, a = coalesce($n::text, ''), …`: what is absent or null is cleared.
    func overwrites(from first: Int) -> SQL {
        columns.enumerated().reduce("") { list, entry in
            let (index, column) = entry
            return "\(list), \(column.column) = coalesce(\(SQL.parameter(first + index))::\(column.cast), \(column.initial))"
        }
    }

    func parameters(_ input: InputObject) -> [Parameter] {
        columns.map { Parameter(input[$0.member]) }
    }
}

extension InputObject {
    /// The text given for a member, or nil if it is absent or null.
    func text(_ name: String) -> String? {
        switch self[name] {
        case .string(let text)?, .enumeration(let text)?: text
        default: nil
        }
    }

    /// The texts of a list member.
    func texts(_ name: String) -> [String] {
        guard case .list(let values)? = self[name] else { return [] }
        return values.compactMap { value in
            if case .string(let text) = value { return text }
            return nil
        }
    }

    func object(_ name: String) -> InputObject? {
        guard case .object(let object)? = self[name] else { return nil }
        return object
    }

    func flag(_ name: String) -> Bool? {
        guard case .boolean(let flag)? = self[name] else { return nil }
        return flag
    }

    mutating func set(_ name: String, _ value: InputValue) {
        members.removeAll { $0.name == name }
        members.append(Member(name: name, value: value))
    }
}

extension Parameter {
    init(text: String?) { self = text.map { .text($0) } ?? .null }
}

extension Arguments {
    func text(_ name: String) -> String? { values.text(name) }

    /// The argument `input`, which the schema requires.
    var input: InputObject { values.object("input") ?? InputObject() }
}
