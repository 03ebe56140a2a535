internal import GraphQL
internal import Records

/// Objects that several features answer with.
enum CommonObjects {
    static let feature = Feature([
        .object(
            "Metadata",
            [
                "id": .column("id", .identifier),
                "created": .column("created_at", .time),
                "lastUpdated": .column("updated_at", .time),
                "source": .column("source", .enumeration),
                "sourceOfTruth": .constant("\"OPENLINE\""),
                "appSource": .column("app_source", .text),
                "version": .constant("null"),
            ]),
        .object("Result", ["result": .column("result", .boolean)]),
        .object("DeleteResponse", ["accepted": .column("accepted", .boolean), "completed": .column("completed", .boolean)]),
        .object("ActionResponse", ["accepted": .column("accepted", .boolean), "completed": .column("completed", .boolean)]),
    ])
}
