package import GraphQL
package import Postgres

/// A column of a table with all of its uses. Every use reads its facet here; nothing else lists columns.
///
///     let amount = Column("amount", .decimal).field("amount").written().sorted("AMOUNT").imported("amount", .amount)
package struct Column: Sendable {
    package let name: SQL
    package let form: Form
    /// The expression that reads it. The table is `t`.
    package let read: SQL
    /// The schema field that shows it, and its encoding.
    package private(set) var field: (name: String, encoding: LeafEncoding)?
    package private(set) var writing: Writing?
    /// The keys of lists sorted by it.
    package private(set) var sorting: [SortKey] = []
    /// The properties of lists filtered by it.
    package private(set) var filtering: [FilterProperty] = []
    package private(set) var merging: Merging?
    package private(set) var transfer: Transfer?
    /// Why lines of imports and exports lack it.
    package private(set) var reasonNotImported: StaticString?

    /// - Parameter read: If it is not read as stored.
    package init(_ name: SQL, _ form: Form, read: SQL? = nil) {
        self.name = name
        self.form = form
        self.read = read ?? "t.\(name)"
    }

    /// The same column without a use: for a second record of its table, which reads it for objects made from its rows.
    package var withoutFacets: Column { Column(name, form, read: read) }

    // MARK: Facets

    /// A field of the object type shows it.
    package func field(_ name: String, as encoding: LeafEncoding? = nil) -> Column {
        with { $0.field = (name, encoding ?? $0.form.encoding) }
    }

    /// Changes write it.
    /// - Parameters:
    ///   - member: The member of the input, if its name differs from the field's.
    ///   - initial: What an insert stores if the member is absent or null.
    package func written(_ member: String? = nil, initial: SQL? = nil) -> Column {
        with { $0.writing = Writing(member: member ?? $0.field?.name ?? $0.name.text, initial: initial ?? $0.form.empty) }
    }

    /// Lists can be sorted by it. Each call adds a key.
    /// - Parameters:
    ///   - word: The key in the argument `sort`.
    ///   - expression: If it is not sorted as read.
    ///   - ignoringCase: Whether case is ignored by default.
    ///   - indexed: Whether an index provides the order, so that a page is a short read.
    ///   - nullsLast: Whether rows without a value come last in both directions.
    package func sorted(
        _ word: String, by expression: SQL? = nil, ignoringCase: Bool = false, indexed: Bool = false, nullsLast: Bool = false
    ) -> Column {
        with {
            $0.sorting.append(
                SortKey(
                    word, expression ?? $0.read, ignoresCase: ignoringCase, isIndexed: indexed, hasNullsLast: nullsLast))
        }
    }

    /// Lists can be filtered by it. Each call adds a property.
    /// - Parameters:
    ///   - word: The property of a comparison in the argument `where`.
    ///   - form: How a text is stored and compared.
    ///   - expression: If it is not compared as read: a column, a call, or a parenthesised expression.
    package func filtered(_ word: String, _ form: TextForm = .plain, by expression: SQL? = nil) -> Column {
        with { $0.filtering.append(FilterProperty(word, $0.form.filterKind, expression ?? $0.read, form)) }
    }

    /// Lists can be filtered by it, one of an enumeration's words or null.
    /// - Parameters:
    ///   - word: The property of a comparison in the argument `where`.
    ///   - words: The values that clients may compare with.
    ///   - expression: If it is not compared as read: a column, a call, or a parenthesised expression.
    ///   - elements: What yields the values if it holds several; `expression` is one of them.
    package func filtered(_ word: String, among words: [String], by expression: SQL? = nil, elements: SQL? = nil) -> Column {
        with { column in
            let property = FilterProperty.enumeration(word, expression ?? column.read, words)
            column.filtering.append(elements.map { property.of(elements: $0) } ?? property)
        }
    }

    /// What it holds after a merge of two records.
    package func merged(_ merging: Merging) -> Column { with { $0.merging = merging } }

    /// A line of an import or export has it as a member.
    /// - Parameter initial: The value of a new record if the line lacks the member. By default as for changes.
    package func imported(_ member: SQL, _ form: Transfer.Form = .text, initial: SQL? = nil) -> Column {
        with { $0.transfer = Transfer(member: member, form: form, initial: initial ?? $0.writing?.initial ?? $0.form.empty) }
    }

    /// Lines of imports and exports lack it, although changes write it.
    /// - Parameter reason: Completes "It is not imported, since …".
    package func notImported(_ reason: StaticString) -> Column { with { $0.reasonNotImported = reason } }

    private func with(_ change: (inout Column) -> Void) -> Column {
        var column = self
        change(&column)
        return column
    }
}
