internal import GraphQL

extension InputObject {
    /// Replaces a text by its stored form. Absent and null members stay; a blank text becomes the empty one, which
    /// clears.
    /// - Parameters:
    ///   - field: The path of the member, as errors show it.
    ///   - failure: What the operation failed to do.
    mutating func normalize(
        _ member: String, as field: String, failure: String, by rule: (String) throws(ValueRefusal) -> String
    ) throws(FieldError) {
        guard let text = self.text(member) else { return }
        guard !text.trimmingBlanks.isEmpty else { return set(member, .string("")) }
        do throws(ValueRefusal) { set(member, .string(try rule(text))) } catch { throw FieldError(error, field: field, failure: failure) }
    }

    /// Removes superfluous whitespace from names.
    mutating func normalizeNames(_ members: String...) {
        for member in members { if let name = text(member) { set(member, .string(Name.normal(name))) } }
    }
}
