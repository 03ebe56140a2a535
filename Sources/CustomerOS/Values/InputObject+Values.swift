internal import GraphQL

extension InputObject {
    /// Puts the form in which a text is stored in its place. An absent member and null stay; a blank text is the empty one, which
    /// clears.
    /// - Parameters:
    ///   - field: The member with the ones around it, as the error calls it.
    ///   - failure: What the operation failed to do.
    mutating func normalize(
        _ member: String, as field: String, failure: String, by rule: (String) throws(ValueRefusal) -> String
    ) throws(FieldError) {
        guard let text = self.text(member) else { return }
        guard !text.trimmingBlanks.isEmpty else { return set(member, .string("")) }
        do throws(ValueRefusal) { set(member, .string(try rule(text))) } catch { throw FieldError(error, field: field, failure: failure) }
    }

    /// Takes superfluous blanks from names.
    mutating func normalizeNames(_ members: String...) {
        for member in members { if let name = text(member) { set(member, .string(Name.normal(name))) } }
    }
}
