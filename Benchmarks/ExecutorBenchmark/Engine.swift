import GraphQL

/// The engine's side: the same objects as rows in memory, behind a schema.
final class MemoryHost: ExecutionHost {

    private let items = RowBatch(texts: PlainLoop.items.map { [$0.id, $0.name, String($0.value)] })
    private let tags = RowBatch(texts: PlainLoop.items.flatMap { item in item.tags.map { [$0] } })
    private let owners = RowBatch(texts: (0..<10).map { ["o\($0)", "Owner \($0)"] })

    func refusal(of field: FieldDefinition) -> FieldError? { nil }

    func resolve(_ calls: [FieldCall]) async {
        for call in calls {
            let count = PlainLoop.items.count
            switch call.field.definition.name {
            case "items":
                call.result = FieldResult(
                    parts: [FieldResult.Part(type: call.field.selections.first?.type, rows: items)],
                    items: (0..<count).map { FieldResult.Item(row: $0) }, lists: [FieldResult.ListLevel(offsets: [0, Int32(count)])])
            case "tags":
                call.result = FieldResult(
                    parts: [FieldResult.Part(type: nil, rows: tags)], items: (0..<count * 3).map { FieldResult.Item(row: $0) },
                    lists: [FieldResult.ListLevel(offsets: (0...count).map { Int32($0 * 3) })])
            default:
                call.result = FieldResult(
                    parts: [FieldResult.Part(type: call.field.selections.first?.type, rows: owners)],
                    items: (0..<count).map { FieldResult.Item(row: $0 % 10) })
            }
        }
    }
}

/// A marker: the host resolves fields by name.
final class NamedResolver: FieldResolver {}

struct Engine {
    static let query = "{ items { id name value tags owner { id name } } }"
    private static let schemaText = """
        type Query { items: [Item!]! }
        type Item { id: ID! name: String! value: Int! tags: [String!]! owner: Owner }
        type Owner { id: ID! name: String! }
        """

    let executable: ExecutableSchema
    let operation: PreparedOperation
    let source = Array(query.utf8)

    init() throws {
        let resolver = NamedResolver()
        let schema = try SchemaBuilder.build([SchemaSource(name: "benchmark", text: Array(Self.schemaText.utf8))])
        executable = try ExecutableSchema(
            schema: schema,
            bindings: [
                "Query": ["items": .resolved(resolver)],
                "Item": [
                    "id": .column("id", .text), "name": .column("name", .text), "value": .column("value", .int),
                    "tags": .resolvedLeaf(resolver, .text), "owner": .resolved(resolver),
                ],
                "Owner": ["id": .column("id", .text), "name": .column("name", .text)],
            ])
        let document = try Parser.parse(source)
        operation = try Planner(executable, document: document, source: source, variables: InputObject())
            .plan(OperationDefinition.select(from: document, name: nil))
    }
}
