internal import GraphQL
internal import Postgres
internal import Records

/// A place that clients can search without asking the server: a state, which all tenants share.
enum GCliItem: Record {
    struct Columns {
        let id = Column("id", .id).field("id")
        let name = Column("name", .text).field("display")
    }

    static let table = Table<GCliItem>("country_state", Columns())

    static let type = RecordType(
        "GCliItem", of: table,
        [
            .constant("type", json: "\"STATE\""),
            // A state's only detail: its code.
            .relation(
                "data", GCliAttribute.self,
                Relation(
                    parentColumn: "id", from: "country_state t", key: "t.id", tenant: "$1::integer", condition: nil, order: nil,
                    cardinality: .many, overrides: [:])),
        ])

    /// The states of the United States.
    static let states = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<Void, Void>(field.statementName, isShared: true) { _ in
            """
            SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t
            WHERE t.country_id = (SELECT id FROM country WHERE code_a2 = 'US') ORDER BY t.name
            """
        }
        return { call, wave in
            wave.read(statement.query((), for: wave.issuer), for: call, isList: true) { result in
                .list(RowBatch(result, droppingColumns: 1), of: selection.type)
            }
        }
    }
}

/// A detail of a `GCliItem`.
enum GCliAttribute: Record {
    struct Columns {
        let code = Column("code", .text).field("value")
    }

    static let table = Table<GCliAttribute>("country_state", Columns())

    static let type = RecordType(
        "GCliAttributeKeyValuePair", of: table, [.constant("key", json: "\"code\""), .constant("display", json: "null")])
}
