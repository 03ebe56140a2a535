package import GraphQL
package import Postgres

/// A column of a table with everything that is done with it. Every use reads its facet here; nothing else lists columns.
///
///     let amount = Column("amount", .decimal).field("amount").written().sorted("AMOUNT").imported("amount", .amount)
package struct Column: Sendable {
    package let name: SQL
    package let form: Form
    /// How it is read. The table is `t`.
    package let read: SQL
    /// The field of the schema that shows it, and how.
    package private(set) var field: (name: String, encoding: LeafEncoding)?
    package private(set) var writing: Writing?
    package private(set) var sorting: Sorting?
    package private(set) var filtering: Filtering?
    package private(set) var merging: Merging?
    package private(set) var transfer: Transfer?

    /// - Parameter read: Where it is not read as it is stored.
    package init(_ name: SQL, _ form: Form, read: SQL? = nil) {
        self.name = name
        self.form = form
        self.read = read ?? "t.\(name)"
    }

    // MARK: Facets

    /// A field of the object type shows it.
    package func field(_ name: String, as encoding: LeafEncoding? = nil) -> Column {
        with { $0.field = (name, encoding ?? $0.form.encoding) }
    }

    /// Changes write it.
    /// - Parameters:
    ///   - member: The member of the input, where it is not called as the field is.
    ///   - initial: What an insert stores where the member is absent or null.
    package func written(_ member: String? = nil, initial: SQL? = nil) -> Column {
        with { $0.writing = Writing(member: member ?? $0.field?.name ?? $0.name.text, initial: initial ?? $0.form.empty) }
    }

    /// Lists can be sorted by it.
    /// - Parameters:
    ///   - word: The word of the argument `sort`.
    ///   - expression: Where it is not sorted by as it is read.
    ///   - ignoringCase: Whether case is ignored unless the client says otherwise.
    ///   - indexed: Whether an index has the order, so that a page is a short read.
    package func sorted(_ word: String, by expression: SQL? = nil, ignoringCase: Bool = false, indexed: Bool = false) -> Column {
        with { $0.sorting = Sorting(word: word, expression: expression ?? $0.read, ignoresCase: ignoringCase, isIndexed: indexed) }
    }

    /// Lists can be filtered by it.
    /// - Parameter word: The property of a comparison in the argument `where`.
    package func filtered(_ word: String) -> Column { with { $0.filtering = Filtering(word: word) } }

    /// A merge of two records decides what it has afterwards.
    package func merged(_ merging: Merging) -> Column { with { $0.merging = merging } }

    /// A line of an import or export has it as a member.
    /// - Parameter initial: What a new record gets where the line does not have the member. As for changes, unless it is given.
    package func imported(_ member: SQL, _ form: Transfer.Form = .text, initial: SQL? = nil) -> Column {
        with { $0.transfer = Transfer(member: member, form: form, initial: initial ?? $0.writing?.initial ?? $0.form.empty) }
    }

    private func with(_ change: (inout Column) -> Void) -> Column {
        var column = self
        change(&column)
        return column
    }
}
