internal import GraphQL

/// Shared by all features: the metadata of a record.
enum CoreDomain: Domain {
    static var objects: [String: [String: FieldBinding]] {
        [
            "Metadata": [
                "id": .column("id", .identifier),
                "created": .column("created_at", .time),
                "lastUpdated": .column("updated_at", .time),
                "source": .column("source", .enumeration),
                "sourceOfTruth": .constant("\"OPENLINE\""),
                "appSource": .column("app_source", .text),
                "version": .constant("null"),
            ],
            "Result": ["result": .column("result", .boolean)],
            "DeleteResponse": ["accepted": .column("accepted", .boolean), "completed": .column("completed", .boolean)],
            "ActionResponse": ["accepted": .column("accepted", .boolean), "completed": .column("completed", .boolean)],
        ]
    }
}
