internal import GraphQL
internal import Postgres

/// Checks the object types against the schema: a relation leads to the schema's type, and every column that a field or
/// a resolver reads is declared.
enum TypeCheck {
    /// - Parameter objects: The bindings of all object types.
    static func problems(_ types: [RecordType], _ objects: [String: [String: FieldBinding]], _ schema: Schema) -> [String] {
        types.flatMap { type -> [String] in
            guard case .object(let object)? = schema.type(type.name) else { return [] }
            let relations = object.fields.compactMap { field -> String? in
                type.targets[field.name].flatMap { problem(field, $0, schema) }.map { "\(type.name).\(field.name) \($0)." }
            }
            let missing = columns(of: object, objects).filter { type.columns[$0.column] == nil }
                .map { "\($0.field) reads the column \($0.column), which the table \(type.table.text) does not declare for \(type.name)." }
            return type.problems + relations + missing
        }
    }

    /// Why a field's relation leads elsewhere, as the end of a sentence.
    private static func problem(_ field: FieldDefinition, _ target: RecordField.Target, _ schema: Schema) -> String? {
        let named = field.type.namedType
        switch target {
        case .page(let record): return field.isReadAsPage(of: record.type.name)
        case .objects(let record):
            return named.name == record.type.name ? nil : "is a \(named.name), and its relation leads to a \(record.type.name)"
        case .union(let records):
            let (possible, led) = (schema.possibleTypes(of: named).map(\.name), records.map { $0.type.name })
            guard Set(possible) != Set(led) else { return nil }
            return "can be \(possible.sorted().joined(separator: ", ")), and its relation leads to \(led.sorted().joined(separator: ", "))"
        }
    }

    /// The columns that fields read from a row, including those of objects made from the same row.
    private static func columns(
        of object: ObjectType, _ objects: [String: [String: FieldBinding]]
    ) -> [(field: String, column: String)] {
        object.fields.flatMap { field -> [(field: String, column: String)] in
            let place = "\(object.name).\(field.name)"
            switch objects[object.name]?[field.name] {
            case .column(let column, _)?: return [(place, column)]
            case .resolved(let resolver)?, .resolvedLeaf(let resolver, _)?: return resolver.parentColumns.map { (place, $0) }
            case .embedded(let presence)?:
                guard case .object(let embedded) = field.type.namedType, embedded !== object else { return [] }
                return (presence.map { [(place, $0)] } ?? []) + columns(of: embedded, objects)
            case .constant?, .nested?, nil: return []
            }
        }
    }
}
