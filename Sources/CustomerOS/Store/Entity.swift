internal import GraphQL
internal import Postgres

/// An object type of the schema and the table its objects are rows of.
///
/// These declarations are the only source of column names in statements, so client text cannot become one. The table is
/// `t` in every expression.
final class Entity: Sendable {
    let typeName: String
    let table: SQL
    /// Which rows of the table are visible at all, in lists and through relations.
    let visible: SQL?
    /// The expression of a planned column name.
    let columns: [String: SQL]
    let bindings: [String: FieldBinding]

    init(_ typeName: String, table: SQL, visible: SQL? = nil, columns: [String: SQL] = [:], fields: [EntityField]) {
        self.typeName = typeName
        self.table = table
        self.visible = visible
        var columns = columns
        var bindings: [String: FieldBinding] = [:]
        for field in fields {
            bindings[field.name] = field.binding
            if let (name, expression) = field.column { columns[name] = expression }
        }
        self.columns = columns
        self.bindings = bindings
    }

    /// The select list for the columns of a selection. A link's table may override some of them.
    func selectList(_ names: [String], overrides: [String: SQL] = [:]) -> SQL {
        names.reduce("") { list, name in "\(list), \(overrides[name] ?? columns[name] ?? "NULL")" }
    }
}

/// A field of an entity: its binding, and its column.
struct EntityField: Sendable {
    let name: String
    let binding: FieldBinding
    let column: (String, SQL)?

    private init(_ name: String, _ binding: FieldBinding, column: (String, SQL)? = nil) {
        self.name = name
        self.binding = binding
        self.column = column
    }

    /// A value of the row itself.
    static func column(_ name: String, _ expression: SQL, _ encoding: LeafEncoding) -> EntityField {
        EntityField(name, .column(name, encoding), column: (name, expression))
    }

    /// The same value as another field.
    static func alias(_ name: String, of column: String, _ encoding: LeafEncoding) -> EntityField {
        EntityField(name, .column(column, encoding))
    }

    static func constant(_ name: String, json: String) -> EntityField { EntityField(name, .constant(json)) }

    /// An object made from the row itself.
    static func embedded(_ name: String, presence: String? = nil) -> EntityField {
        EntityField(name, .embedded(presence: presence))
    }

    /// Objects reached from the row. The schema determines their entity.
    static func relation(_ name: String, _ relation: Relation) -> EntityField {
        EntityField(name, .resolved(RelationResolver(relation)))
    }

    /// Objects found by a resolver of their own.
    static func resolved(_ name: String, _ resolver: any FieldResolver) -> EntityField { EntityField(name, .resolved(resolver)) }

    /// Leaf values found by a resolver of their own.
    static func resolvedLeaf(_ name: String, _ resolver: any FieldResolver, _ encoding: LeafEncoding) -> EntityField {
        EntityField(name, .resolvedLeaf(resolver, encoding))
    }

    /// Leaf values reached from the row.
    static func leaf(_ name: String, _ relation: LeafRelation, _ encoding: LeafEncoding) -> EntityField {
        EntityField(name, .resolvedLeaf(LeafRelationResolver(relation), encoding))
    }

    /// A page of the objects reached from the row.
    static func page(_ name: String, _ page: Page) -> EntityField {
        EntityField(name, .resolved(PageResolver(page)))
    }
}

extension [EntityField] {
    /// What every record has, as `metadata` and, in older types, as separate fields.
    static var metadata: [EntityField] { [.embedded("metadata")] }

    /// The same as `recordFields`, for types without a change time.
    static var recordFieldsWithoutChange: [EntityField] { recordFields.filter { $0.name != "updatedAt" } }

    /// The same as fields of the type itself, as in types older than `metadata`.
    static var recordFields: [EntityField] { recordFieldsWithoutTruth + [.constant("sourceOfTruth", json: "\"OPENLINE\"")] }

    static var recordFieldsWithoutTruth: [EntityField] {
        [
            .alias("id", of: "id", .identifier),
            .alias("createdAt", of: "created_at", .time),
            .alias("updatedAt", of: "updated_at", .time),
            .alias("source", of: "source", .enumeration),
            .alias("appSource", of: "app_source", .text),
        ]
    }
}

extension [String: SQL] {
    /// The columns behind `metadata` and the record fields.
    static var record: [String: SQL] {
        [
            "id": "t.id", "created_at": "t.created_at", "updated_at": "t.updated_at",
            "source": "coalesce(nullif(t.source, ''), 'NA')", "app_source": "t.app_source",
        ]
    }
}
