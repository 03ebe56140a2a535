/// Answers questions about the schema from memory. Specification section 4.
///
/// Every subject has a number, in the column `#` of its row.
final class Introspection: @unchecked Sendable {
    enum Subject {
        case schema
        case type(TypeReference)
        case field(FieldDefinition)
        case inputValue(InputValueDefinition)
        case enumValue(EnumValueDefinition)
        case directive(DirectiveDefinition)
    }

    let schema: Schema

    init(_ schema: Schema) { self.schema = schema }

    /// A value of a subject's row, in the form that the cell's encoding expects.
    func text(_ subject: Subject, _ column: String) -> String? {
        switch subject {
        case .schema: return column == "description" ? schema.description : nil
        case .type(let type): return text(of: type, column)
        case .field(let field):
            return text(column, field.name, field.description, field.deprecationReason)
        case .inputValue(let input):
            if column == "defaultValue" { return input.defaultLiteral.map { DocumentPrinter.text($0) } }
            return text(column, input.name, input.description, input.deprecationReason)
        case .enumValue(let value): return text(column, value.name, value.description, value.deprecationReason)
        case .directive(let directive):
            switch column {
            case "isRepeatable": return directive.isRepeatable ? "t" : "f"
            case "locations": return "{" + directive.locations.joined(separator: ",") + "}"
            default: return text(column, directive.name, directive.description, nil)
            }
        }
    }

    private func text(_ column: String, _ name: String, _ description: String?, _ reason: String?) -> String? {
        switch column {
        case "name": name
        case "description": description
        case "isDeprecated": reason == nil ? "f" : "t"
        case "deprecationReason": reason
        default: nil
        }
    }

    private func text(of type: TypeReference, _ column: String) -> String? {
        guard case .named(let named) = type else {
            if column == "kind" { return type.isNonNull ? "NON_NULL" : "LIST" }
            return nil
        }
        switch column {
        case "name": return named.name
        case "description": return named.description
        case "kind":
            switch named {
            case .scalar: return "SCALAR"
            case .object: return "OBJECT"
            case .interface: return "INTERFACE"
            case .union: return "UNION"
            case .enumeration: return "ENUM"
            case .inputObject: return "INPUT_OBJECT"
            }
        case "specifiedByURL":
            if case .scalar(let scalar) = named { return scalar.specifiedBy }
        case "isOneOf":
            if case .inputObject(let input) = named { return input.isOneOf ? "t" : "f" }
        default: break
        }
        return nil
    }

    /// The objects that a field of a subject leads to, or nil if the field is null.
    func subjects(_ subject: Subject?, _ field: String, _ arguments: Arguments) -> [Subject]? {
        let all = arguments["includeDeprecated"] == .boolean(true)
        switch (subject, field) {
        case (nil, "__schema"): return [.schema]
        case (nil, "__type"):
            guard case .string(let name)? = arguments["name"] else { return nil }
            return schema.type(name).map { [.type(.named($0))] }
        case (.schema?, "types"): return schema.types.map { .type(.named($0)) }
        case (.schema?, "queryType"): return [.type(.named(.object(schema.queryType)))]
        case (.schema?, "mutationType"): return schema.mutationType.map { [.type(.named(.object($0)))] }
        case (.schema?, "subscriptionType"): return schema.subscriptionType.map { [.type(.named(.object($0)))] }
        case (.schema?, "directives"): return schema.directives.map { .directive($0) }
        case (.type(let type)?, _): return subjects(of: type, field, all)
        case (.field(let definition)?, "args"): return inputValues(definition.arguments, all)
        case (.field(let definition)?, "type"): return [.type(definition.type)]
        case (.inputValue(let definition)?, "type"): return [.type(definition.type)]
        case (.directive(let definition)?, "args"): return inputValues(definition.arguments, all)
        default: return nil
        }
    }

    private func subjects(of type: TypeReference, _ field: String, _ all: Bool) -> [Subject]? {
        guard case .named(let named) = type else {
            guard field == "ofType" else { return nil }
            if case .list(let element) = type { return [.type(element)] }
            return [.type(type.nullable)]
        }
        switch (named, field) {
        case (.object(let object), "fields"): return fields(object.fields, all)
        case (.interface(let interface), "fields"): return fields(interface.fields, all)
        case (.object(let object), "interfaces"): return object.interfaces.map { .type(.named(.interface($0))) }
        case (.interface(let interface), "interfaces"): return interface.interfaces.map { .type(.named(.interface($0))) }
        case (.interface, "possibleTypes"), (.union, "possibleTypes"):
            return schema.possibleTypes(of: named).map { .type(.named(.object($0))) }
        case (.enumeration(let enumeration), "enumValues"):
            return enumeration.values.filter { all || $0.deprecationReason == nil }.map { .enumValue($0) }
        case (.inputObject(let input), "inputFields"): return inputValues(input.fields, all)
        default: return nil
        }
    }

    private func fields(_ fields: [FieldDefinition], _ all: Bool) -> [Subject] {
        fields.filter { !$0.name.hasPrefix("__") && (all || $0.deprecationReason == nil) }.map { .field($0) }
    }

    private func inputValues(_ values: [InputValueDefinition], _ all: Bool) -> [Subject] {
        values.filter { all || $0.deprecationReason == nil }.map { .inputValue($0) }
    }
}

/// Keeps the subjects of rows alongside their texts.
final class SubjectRows {
    let subjects: [Introspection.Subject]
    private let texts: RowBatch

    init(_ subjects: [Introspection.Subject], _ texts: RowBatch) {
        self.subjects = subjects
        self.texts = texts
    }

    /// The rows, which keep this object alive.
    func rows() -> RowBatch {
        let rows = RowBatch(rowCount: texts.rowCount, columnCount: texts.columnCount, owner: self)
        for index in 0..<texts.rowCount * texts.columnCount { rows.cells[index] = texts.cells[index] }
        return rows
    }
}

/// Resolves a field of an introspection type, without waiting.
final class IntrospectionResolver: FieldResolver {
    private let introspection: Introspection

    init(_ introspection: Introspection) { self.introspection = introspection }

    func resolve(_ call: FieldCall) {
        let parents = (call.parents.owner as? SubjectRows)?.subjects.map(Optional.some) ?? [nil]
        guard let selection = call.field.selections.first else { return }
        var subjects: [Introspection.Subject] = []
        var offsets: [Int32] = [0]
        var states: [Int32] = []
        var items: [FieldResult.Item] = []
        let isList = call.field.listDepth > 0
        for parent in parents {
            let found = introspection.subjects(parent, call.field.definition.name, call.arguments)
            for subject in found ?? [] {
                items.append(FieldResult.Item(row: subjects.count))
                subjects.append(subject)
            }
            if !isList, found?.isEmpty ?? true { items.append(.null) }
            offsets.append(Int32(truncatingIfNeeded: items.count))
            states.append(found == nil ? -1 : 0)
        }
        let texts = subjects.map { subject in selection.columns.map { introspection.text(subject, $0) } }
        let rows = SubjectRows(subjects, RowBatch(texts: texts)).rows()
        call.result = FieldResult(
            parts: [FieldResult.Part(type: selection.type, rows: rows)], items: items,
            lists: isList ? [FieldResult.ListLevel(offsets: offsets, states: states)] : [])
    }
}

/// The bindings that the engine provides.
enum IntrospectionBindings {
    static func bindings(of schema: Schema) -> [String: [String: FieldBinding]] {
        let resolver = FieldBinding.resolved(IntrospectionResolver(Introspection(schema)))
        let text: (String) -> FieldBinding = { .column($0, .text) }
        let described: [String: FieldBinding] = ["name": text("name"), "description": text("description")]
        let deprecable = described.merging([
            "isDeprecated": .column("isDeprecated", .boolean), "deprecationReason": text("deprecationReason"),
        ]) { $1 }
        return [
            schema.queryType.name: ["__schema": resolver, "__type": resolver],
            "__Schema": [
                "description": text("description"), "types": resolver, "queryType": resolver, "mutationType": resolver,
                "subscriptionType": resolver, "directives": resolver,
            ],
            "__Type": described.merging([
                "kind": .column("kind", .enumeration), "specifiedByURL": text("specifiedByURL"), "isOneOf": .column("isOneOf", .boolean),
                "fields": resolver, "interfaces": resolver, "possibleTypes": resolver, "enumValues": resolver, "inputFields": resolver,
                "ofType": resolver,
            ]) { $1 },
            "__Field": deprecable.merging(["args": resolver, "type": resolver]) { $1 },
            "__InputValue": deprecable.merging(["type": resolver, "defaultValue": text("defaultValue")]) { $1 },
            "__EnumValue": deprecable,
            "__Directive": described.merging([
                "isRepeatable": .column("isRepeatable", .boolean), "locations": .column("locations", .array(.enumeration)),
                "args": resolver,
            ]) { $1 },
        ]
    }
}
