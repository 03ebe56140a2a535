/// A schema with the binding of each field.
public final class ExecutableSchema: Sendable {
    public let schema: Schema
    /// By `FieldDefinition.number`.
    private let bindings: [FieldBinding?]

    /// All mismatches between a schema and its bindings.
    public struct BindingErrors: Error, CustomStringConvertible, Sendable {
        public let messages: [String]

        public var description: String { messages.joined(separator: "\n") }
    }

    /// - Throws: `BindingErrors` for every field of an object type without binding, every binding without field, and
    ///   every encoding that does not fit its field's type.
    public init(schema: Schema, bindings: [String: [String: FieldBinding]]) throws(BindingErrors) {
        self.schema = schema
        var all = bindings
        for (type, fields) in IntrospectionBindings.bindings(of: schema) { all[type, default: [:]].merge(fields) { $1 } }
        var byNumber = [FieldBinding?](repeating: nil, count: schema.fieldCount)
        var messages: [String] = []
        for case .object(let type) in schema.types {
            let fields = all[type.name] ?? [:]
            for field in type.fields {
                guard let binding = fields[field.name] else {
                    messages.append("The field \(type.name).\(field.name) has no binding.")
                    continue
                }
                byNumber[Int(field.number)] = binding
                if let problem = Self.problem(binding, field) { messages.append("The field \(type.name).\(field.name) \(problem).") }
            }
            for name in fields.keys.sorted() where type.field(name) == nil && !name.hasPrefix("__") {
                messages.append("The binding \(type.name).\(name) has no field in the schema.")
            }
        }
        for name in all.keys.sorted() {
            if case .object? = schema.type(name) { continue }
            if name == "Mutation" && all[name]?.isEmpty ?? true { continue }
            messages.append("The bindings of \(name) belong to no object type of the schema.")
        }
        for field in [schema.schemaField, schema.typeField].compactMap(\.self) {
            byNumber[Int(field.number)] = all[schema.queryType.name]?[field.name]
        }
        self.bindings = byNumber
        for type in schema.types {
            for value in type.inputValues where value.defaultLiteral != nil && value.defaultValue == nil {
                messages.append("A default of \(type.name), that of \(value.name), nests too deeply.")
            }
        }
        if !messages.isEmpty { throw BindingErrors(messages: messages) }
    }

    /// The binding of a field of an object type.
    func binding(of field: FieldDefinition) -> FieldBinding? { bindings[Int(field.number)] }

    private static func problem(_ binding: FieldBinding, _ field: FieldDefinition) -> String? {
        let type = field.type.namedType
        switch binding {
        case .column(_, let encoding):
            if case .array(let element) = encoding {
                return field.type.listDepth == 1 ? problem(element, type) : "is no list, but its column is one"
            }
            if field.type.listDepth > 0 { return "is a list, but its column is none" }
            return problem(encoding, type)
        case .resolvedLeaf(_, let encoding): return problem(encoding, type)
        case .embedded: return type.isComposite && field.type.listDepth == 0 ? nil : "is bound as an object"
        case .resolved, .nested: return type.isComposite ? nil : "is bound as objects"
        case .constant: return type.isLeaf ? nil : "is bound to a constant"
        }
    }

    private static func problem(_ encoding: LeafEncoding, _ type: NamedType) -> String? {
        let fits: Bool
        switch (type, encoding) {
        case (.enumeration, .enumeration): fits = true
        case (.scalar(let scalar), _):
            switch scalar.name {
            case "Int": fits = encoding == .int
            case "Int64": fits = encoding == .int64 || encoding == .int
            case "Float": fits = encoding == .float || encoding == .int
            case "Boolean": fits = encoding == .boolean
            case "String", "ID": fits = encoding == .text || encoding == .identifier
            case "Time": fits = encoding == .time
            default: fits = true
            }
        default: fits = false
        }
        return fits ? nil : "has the type \(type.name), which the encoding \(encoding) does not write"
    }
}

extension NamedType {
    /// The arguments of the type's fields, or its input fields.
    fileprivate var inputValues: [InputValueDefinition] {
        switch self {
        case .object(let type): type.fields.flatMap(\.arguments)
        case .interface(let type): type.fields.flatMap(\.arguments)
        case .inputObject(let type): type.fields
        case .scalar, .union, .enumeration: []
        }
    }
}
