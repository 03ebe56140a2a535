/// Plans operations: merges their selections for each object type, and looks up everything that execution needs.
///
/// The document must be valid. A plan holds for given values of the variables in `@skip` and `@include`, so that the
/// order of the response is exactly that of specification section 6.3.2, "CollectFields".
public struct Planner {
    private let executable: ExecutableSchema
    private let fragments: [String: FragmentDefinition]
    private let source: [UInt8]
    private let variables: InputObject
    private let fieldLimit: Int

    /// - Parameter fieldLimit: How many fields a plan may have. A field of an abstract type is planned for each
    ///   possible type, so that a short document may need a large plan.
    public init(
        _ executable: ExecutableSchema, document: Document, source: [UInt8], variables: InputObject, fieldLimit: Int = 50_000
    ) {
        self.fieldLimit = fieldLimit
        self.executable = executable
        self.source = source
        self.variables = variables
        var fragments: [String: FragmentDefinition] = [:]
        for case .fragment(let fragment) in document.definitions { fragments[fragment.name.value] = fragment }
        self.fragments = fragments
    }

    /// - Throws: `GraphQLError` if the schema has no such operations, or the plan would have too many fields.
    public func plan(_ operation: OperationDefinition) throws(GraphQLError) -> PreparedOperation {
        guard operation.kind != .subscription, let root = executable.schema.rootType(for: operation.kind) else {
            throw GraphQLError("Schema is not configured to execute \(operation.kind.rawValue) operation.", code: .badUserInput)
        }
        var columns: [String] = []
        var budget = fieldLimit
        let object = plan(root, [operation.selections], &columns, &budget)
        guard budget >= 0 else {
            throw .limit(
                "plannedFields", "The operation has more than \(fieldLimit) fields when its fragments are merged.", fieldLimit,
                at: [SourceLocator(source).location(of: operation.position)])
        }
        object.columns = columns
        finish(object, columns)
        return PreparedOperation(
            kind: operation.kind, name: operation.name?.value, root: object, fieldCount: fieldLimit - budget, schema: executable,
            source: source)
    }

    // MARK: Objects

    /// Plans the fields of one object type. Adds the columns they need to `columns`, those of the row the object is
    /// made from.
    private func plan(
        _ type: ObjectType, _ selections: [[Selection]], _ columns: inout [String], _ budget: inout Int
    ) -> PlannedObject {
        var collected = CollectedFields()
        var visited: Set<String> = []
        let object = PlannedObject(type: type)
        do throws(FieldError) {
            for selections in selections { try collect(type, selections, &collected, &visited) }
        } catch {
            object.failure = error
            return object
        }
        budget -= collected.groups.count
        guard budget >= 0 else { return object }
        for group in collected.groups {
            if let field = plan(group, of: type, index: object.fields.count, &columns, &budget) { object.fields.append(field) }
        }
        return object
    }

    private func plan(
        _ group: CollectedFields.Group, of type: ObjectType, index: Int, _ columns: inout [String], _ budget: inout Int
    ) -> PlannedField? {
        guard let node = group.fields.first else { return nil }
        guard let definition = executable.schema.field(node.name, of: .object(type)) else { return nil }
        let isTypeName = definition === executable.schema.typenameField
        guard let binding = isTypeName ? .constant("\"\(type.name)\"") : executable.binding(of: definition) else { return nil }
        let arguments =
            isTypeName || node.arguments.contains { $0.value.hasVariable }
            ? nil : try? ArgumentCoercion.coerce(definition.arguments, node.arguments, variables: InputObject())
        let field = PlannedField(
            responseKey: group.responseKey, parentType: type, definition: definition, binding: binding, index: index,
            positions: group.fields.map(\.position), argumentNodes: node.arguments, constantArguments: arguments)
        let inner = group.fields.map(\.selections).filter { !$0.isEmpty }
        switch binding {
        case .column(let column, _): columns.addOnce(column)
        case .embedded(let presence):
            if let presence { columns.addOnce(presence) }
            if case .object(let child) = definition.type.namedType { field.selections = [plan(child, inner, &columns, &budget)] }
        case .resolved(let resolver):
            for column in resolver.parentColumns { columns.addOnce(column) }
            field.selections = planChildren(definition, inner, &budget)
        case .resolvedLeaf(let resolver, _):
            for column in resolver.parentColumns { columns.addOnce(column) }
        case .nested: field.selections = planChildren(definition, inner, &budget)
        case .constant: break
        }
        return field
    }

    private func planChildren(
        _ definition: FieldDefinition, _ selections: [[Selection]], _ budget: inout Int
    ) -> [PlannedObject] {
        executable.schema.possibleTypes(of: definition.type.namedType).map { type in
            var columns: [String] = []
            let object = plan(type, selections, &columns, &budget)
            object.columns = columns
            return object
        }
    }

    /// Compiles from the leaves up, once the columns of every row are known.
    private func finish(_ object: PlannedObject, _ columns: [String]) {
        for field in object.fields {
            switch field.binding {
            case .embedded: for child in field.selections { finish(child, columns) }
            default: for child in field.selections { finish(child, child.columns) }
            }
            switch field.binding {
            case .resolved(let resolver), .resolvedLeaf(let resolver, _):
                field.parentColumnIndexes = resolver.parentColumns.map { columns.firstIndex(of: $0) ?? 0 }
                field.preparation = resolver.prepare(field)
            default: break
            }
        }
        object.compile(columns: columns)
    }

    // MARK: CollectFields

    private struct CollectedFields {
        struct Group {
            let responseKey: String
            var fields: [Field]
        }

        var groups: [Group] = []
        private var hashes: [UInt32] = []
        /// Only if there are so many groups that looking at each takes longer.
        private var places: NameTable?

        mutating func add(_ field: Field) {
            let key = field.alias ?? field.name
            if let place = place(of: key) { return groups[place].fields.append(field) }
            groups.append(Group(responseKey: key.value, fields: [field]))
            hashes.append(key.hash)
            if places != nil {
                _ = places?.insert(key)
            } else if groups.count == 32 {
                places = NameTable(groups.map(\.responseKey))
            }
        }

        private func place(of key: Name) -> Int? {
            if let places { return places.number(of: key) }
            for (place, hash) in hashes.enumerated() where hash == key.hash && groups[place].responseKey == key.value { return place }
            return nil
        }
    }

    /// - Throws: why `@skip` or `@include` cannot say whether something is selected.
    private func collect(
        _ type: ObjectType, _ selections: [Selection], _ collected: inout CollectedFields, _ visited: inout Set<String>
    ) throws(FieldError) {
        // A chain of fragments may be as long as a document.
        var pending = [selections[...]]
        while var selections = pending.popLast() {
            while let selection = selections.popFirst() {
                let fragment: [Selection]
                switch selection {
                case .field(let field):
                    if try isIncluded(field.directives) { collected.add(field) }
                    continue
                case .inlineFragment(let inline):
                    guard try isIncluded(inline.directives), applies(inline.typeCondition?.value, to: type) else { continue }
                    fragment = inline.selections
                case .fragmentSpread(let spread):
                    guard !visited.contains(spread.name.value), try isIncluded(spread.directives) else { continue }
                    visited.insert(spread.name.value)
                    guard let named = fragments[spread.name.value], applies(named.typeCondition.value, to: type) else { continue }
                    fragment = named.selections
                }
                pending.append(selections)
                selections = fragment[...]
            }
        }
    }

    private func applies(_ condition: String?, to type: ObjectType) -> Bool {
        guard let condition, condition != type.name else { return true }
        guard let named = executable.schema.type(condition) else { return false }
        return executable.schema.possibleTypes(of: named).contains { $0 === type }
    }

    private func isIncluded(_ directives: [Directive]) throws(FieldError) -> Bool {
        if directives.isEmpty { return true }
        if try condition("skip", directives) == true { return false }
        return try condition("include", directives) != false
    }

    /// The argument `if` of a directive, or nil if the directive is absent.
    private func condition(_ name: String, _ directives: [Directive]) throws(FieldError) -> Bool? {
        guard let directive = directives.first(where: { $0.name.value == name }),
            let definition = executable.schema.directive(name)
        else { return nil }
        let arguments = try ArgumentCoercion.coerce(definition.arguments, directive.arguments, variables: variables)
        return arguments["if"] == .boolean(true)
    }
}

extension Document {
    /// The variables that `@skip` and `@include` use: a plan holds for given values of them.
    public var conditionVariables: Set<String> {
        var names: Set<String> = []
        func visit(_ directives: [Directive]) {
            for directive in directives where directive.name.value == "skip" || directive.name.value == "include" {
                for case .variable(let name) in directive.arguments.map(\.value) { names.insert(name.value) }
            }
        }
        func visit(_ selections: [Selection]) {
            for selection in selections {
                switch selection {
                case .field(let field):
                    visit(field.directives)
                    visit(field.selections)
                case .fragmentSpread(let spread): visit(spread.directives)
                case .inlineFragment(let fragment):
                    visit(fragment.directives)
                    visit(fragment.selections)
                }
            }
        }
        for definition in definitions {
            switch definition {
            case .operation(let operation): visit(operation.selections)
            case .fragment(let fragment): visit(fragment.selections)
            case .typeSystem: break
            }
        }
        return names
    }
}

extension Value {
    var hasVariable: Bool {
        switch self {
        case .variable: true
        case .list(let values, _): values.contains(where: \.hasVariable)
        case .object(let fields, _): fields.contains { $0.value.hasVariable }
        default: false
        }
    }
}

extension [String] {
    fileprivate mutating func addOnce(_ element: String) {
        if !contains(element) { append(element) }
    }
}
