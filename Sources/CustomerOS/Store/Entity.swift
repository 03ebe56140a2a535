internal import GraphQL
internal import Postgres
internal import Records

/// An object type of a domain that does not declare its table's columns yet.
typealias Entity = RecordType

/// A field of such a type.
typealias EntityField = RecordField

extension EntityField {
    /// A value of the row itself.
    static func column(_ name: String, _ expression: SQL, _ encoding: LeafEncoding) -> EntityField { .value(name, expression, encoding) }

    /// Objects reached from the row. The schema determines their entity.
    static func relation(_ name: String, _ relation: Relation) -> EntityField { .bound(name, .resolved(RelationResolver(relation))) }

    /// Objects found by a resolver of their own.
    static func resolved(_ name: String, _ resolver: any FieldResolver) -> EntityField { .bound(name, .resolved(resolver)) }

    /// Leaf values found by a resolver of their own.
    static func resolvedLeaf(_ name: String, _ resolver: any FieldResolver, _ encoding: LeafEncoding) -> EntityField {
        .bound(name, .resolvedLeaf(resolver, encoding))
    }

    /// A page of the objects reached from the row.
    static func page(_ name: String, _ page: Page) -> EntityField { .bound(name, .resolved(ReadField.page(page))) }
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
