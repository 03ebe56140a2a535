package import GraphQL
package import Postgres

extension Feature {
    /// One part of a feature.
    package struct Part: Sendable {
        /// Evaluated once the feature exists: records may refer to each other cyclically.
        var type: (@Sendable () -> RecordType)?
        var objects: [String: [String: FieldBinding]] = [:]
        var fields: [RootField] = []
        var binding: FieldBinding = .constant("null")
        var input: (any (Decodable & SendableMetatype).Type)?
        var ignored: [String] = []
        /// Arguments that the field reads apart from its input.
        var taken: Set<String> = []
        var answer: (@Sendable (FieldDefinition) -> String?)?
        /// The types of computed objects.
        var reports: [any Report.Type] = []
        var job: JobKind?
    }
}

extension Feature.Part {
    /// Objects that are rows of a table.
    package static func type<R: RecordKind>(_: R.Type) -> Feature.Part { Feature.Part(type: { R.type }) }

    /// Objects that are not rows of a table.
    package static func object(_ name: String, _ bindings: [String: FieldBinding]) -> Feature.Part {
        Feature.Part(objects: [name: bindings])
    }

    /// A query with a binding of its own.
    package static func query(_ name: String, _ binding: FieldBinding) -> Feature.Part {
        Feature.Part(fields: [.query(name)], binding: binding)
    }

    /// One object by its primary key, the argument `id`: null if there is none, or an error if the field is non-null.
    /// - Parameter miss: The error message; called with the argument's text.
    package static func lookup<R: RecordKind>(
        _ name: String, _ record: R.Type, miss: (@Sendable (String) -> String)? = nil
    ) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolved(ReadField.lookup(record, miss: miss)), input: ByID<R>.self,
            answer: { $0.isReadAsOne(R.type.name) })
    }

    /// All objects that meet a condition: for short lists.
    /// - Parameters:
    ///   - order: The sort order. The table is `t`.
    ///   - isSlow: Whether it reads many rows, and so needs a connection of its own.
    ///   - condition: Refers to the input's members as parameters.
    package static func list<R: RecordKind, Input: Decodable & SendableMetatype>(
        _ name: String, _ record: R.Type, of input: Input.Type, order: SQL, isSlow: Bool = false,
        _ condition: @escaping @Sendable (Parameters<Input>) -> SQL
    ) -> Feature.Part {
        list(name, record, ReadField.list(record, of: input, order: order, isSlow: isSlow, condition), input)
    }

    /// All objects of the tenant: for short lists.
    /// - Parameters:
    ///   - order: The sort order. The table is `t`.
    ///   - isSlow: Whether it reads many rows, and so needs a connection of its own.
    package static func list<R: RecordKind>(_ name: String, _ record: R.Type, order: SQL, isSlow: Bool = false) -> Feature.Part {
        list(name, record, ReadField.list(record, of: NoInput.self, order: order, isSlow: isSlow, nil), NoInput.self)
    }

    private static func list<R: RecordKind>(
        _ name: String, _: R.Type, _ field: ReadField, _ input: any (Decodable & SendableMetatype).Type
    ) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolved(field), input: input,
            answer: { $0.type.isList ? $0.isRead(as: R.type.name) : "is no list, and read as a list of \(R.type.name)" })
    }

    /// One object that `finder` finds: null if there is none, or an error if the field is non-null.
    package static func lookup<R, Input, Key>(_ name: String, _ finder: Finder<R, Input, Key>) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolved(ReadField.first(finder)), input: Input.self,
            answer: { $0.isReadAsOne(R.type.name) })
    }

    /// Whether there is an object that `finder` finds.
    package static func exists<R, Input, Key>(_ name: String, _ finder: Finder<R, Input, Key>) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolvedLeaf(ReadField.exists(finder), .boolean), input: Input.self,
            answer: { $0.isReadAsOne("Boolean") })
    }

    /// Leaf values: the only column of a statement.
    /// - Parameter isSlow: Whether it reads many rows, and so needs a connection of its own.
    package static func values<Input: Decodable & SendableMetatype>(
        _ name: String, as encoding: LeafEncoding, of input: Input.Type, isSlow: Bool = false,
        _ sql: @escaping @Sendable (Parameters<Input>) -> SQL
    ) -> Feature.Part {
        Feature.Part(
            fields: [.query(name)], binding: .resolvedLeaf(ReadField.values(of: input, isSlow: isSlow, sql), encoding), input: input,
            answer: { $0.type.isList ? nil : "is no list, and read as a list of values" })
    }

    /// Periodic work.
    package static func job(_ kind: JobKind) -> Feature.Part { Feature.Part(job: kind) }

    /// A change, for all of its fields.
    package static func change<C: Change>(_ change: C.Type) -> Feature.Part {
        Feature.Part(
            fields: C.fields.map(RootField.mutation), binding: C.Answer.binding(ChangeField(change)), input: C.Input.self,
            ignored: C.ignored, answer: { C.Answer.problem(with: $0) }, reports: C.Answer.reports)
    }
}

extension FieldDefinition {
    /// Says that it is not one object of a type, as the end of a sentence.
    func isReadAsOne(_ name: String) -> String? {
        type.isList ? "is a list, and read as one \(name)" : isRead(as: name)
    }

    /// Says that its objects are read as another type, as the end of a sentence.
    fileprivate func isRead(as name: String) -> String? {
        type.namedType.name == name ? nil : "is a \(type.namedType.name), and read as a \(name)"
    }
}
