package import GraphQL
package import Postgres

/// The members of an input from which a table's columns are written. Absent and null members keep the value, and on
/// insert take the column's default. As a member of an input it reads the whole object, whatever its name.
package struct Patch<R: Record>: Sendable {
    /// One for each of `Table.written`.
    package private(set) var parameters: [Parameter]

    /// Reads an object.
    package init(_ input: InputObject) {
        parameters = R.table.written.map { column in Parameter(column.writing.flatMap { input[$0.member] }) }
    }

    /// Keeps everything.
    package init() { parameters = R.table.written.map { _ in .null } }

    /// The same, with another patch's values for what it keeps.
    package func completed(by other: Patch) -> Patch {
        var patch = self
        patch.parameters = zip(parameters, other.parameters).map { $0 == .null ? $1 : $0 }
        return patch
    }

    /// Whether there is nothing to write.
    package var isEmpty: Bool { parameters.allSatisfy { $0 == .null } }

    /// The value for a column in PostgreSQL's text form, or nil to keep the stored one.
    package subscript(_ path: KeyPath<R.Columns, Column>) -> String? {
        get {
            let place = R.table.place(path)
            guard parameters.indices.contains(place), case .text(let text) = parameters[place] else { return nil }
            return text
        }
        set {
            let place = R.table.place(path)
            if parameters.indices.contains(place) { parameters[place] = newValue.map { .text($0) } ?? .null }
        }
    }

    /// Removes a value from the patch.
    package mutating func keep(_ path: KeyPath<R.Columns, Column>) { self[path] = nil }
}

extension Patch: Decodable {
    package init(from decoder: any Decoder) throws {
        guard let decoder = decoder as? InputDecoder else { throw InputMismatch() }
        self.init(decoder.whole)
        guard let probe = decoder as? InputProbe else { return }
        probe.patched += R.table.written.compactMap { column in
            column.writing.map { InputProbe.Patched(table: R.table.name.text, column: column, member: $0.member) }
        }
    }
}

extension Patch: ReadsWholeInput {}
