internal import GraphQL
internal import Records

extension Patch {
    /// Replaces a text by its stored form. What is absent or null stays; a blank text becomes the empty one, which
    /// clears.
    /// - Parameters:
    ///   - field: The path of the member, as errors show it.
    ///   - failure: What the operation failed to do.
    mutating func normalize(
        _ column: KeyPath<R.Columns, Column>, as field: String, failure: String, by rule: (String) throws(ValueRefusal) -> String
    ) throws(FieldError) {
        guard let text = self[column] else { return }
        guard !text.trimmingBlanks.isEmpty else { return self[column] = "" }
        do throws(ValueRefusal) { self[column] = try rule(text) } catch { throw FieldError(error, field: field, failure: failure) }
    }

    /// Removes superfluous whitespace from names.
    mutating func normalizeNames(_ columns: KeyPath<R.Columns, Column>...) {
        for column in columns { if let name = self[column] { self[column] = Name.normal(name) } }
    }
}
