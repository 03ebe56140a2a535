import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("A read")
struct ReadTests {
    private static let schema = """
        scalar Time
        scalar Int64
        enum Flag { NONE PIRATE }
        type Metadata { id: ID! created: Time! source: String! }
        type Port { metadata: Metadata! name: String ships: [Ship!]! }
        type Ship { metadata: Metadata! name: String tonnage: Float flag: Flag holds: [String!] port: Port }
        type Log { name: String seen: [Seen!]! }
        union Seen = Ship | Port
        type Query {
            log: Log slowLog: Log names(flag: Flag!): [String!]!
        }
        """

    private enum Log: RecordKind {
        static let type = RecordType(
            "Log", table: "log", visible: "t.open", columns: ["id": "t.id"],
            fields: [
                .value("name", "t.name", .text),
                .relation(
                    "seen", oneOf: [Ship.self, Port.self],
                    UnionRelation(
                        from: "sighting t", key: "t.log_id", tenant: "t.tenant_id", typeName: "t.kind", condition: "true", order: "t.at")),
            ])
    }

    private struct OfFlag: Decodable { let flag: Flag }

    private static let feature = Feature([
        .type(Ship.self), .type(Port.self), .type(Log.self), .tenantRow("log", Log.self),
        .tenantRow("slowLog", Log.self, isSlow: true) { p in "(SELECT \(p.tenant) AS tenant_id, \(p.actor) AS name) t" },
        .values("names", as: .text, of: OfFlag.self) { p in "SELECT name FROM ship WHERE tenant_id = \(p.tenant) AND flag = \(p.flag)" },
    ])

    private static let metadata: [String: [String: FieldBinding]] = [
        "Metadata": ["id": .column("id", .identifier), "created": .column("created_at", .time), "source": .column("source", .text)]
    ]

    private static let executable = Result { try ExecutableSchema(schema, feature, objects: metadata) }

    @Test("may be of the tenant's only row, stored or derived")
    func tenantRows() async throws {
        let trial = ReadTrial([[nil, "a"]], [])
        let answer = try await trial.execute("{ log { name } slowLog { name } }", Self.executable.get())
        #expect(answer == #"{"data":{"log":{"name":"a"},"slowLog":null}}"#)
        #expect(
            trial.texts == [
                "SELECT NULL, t.name FROM log t WHERE t.tenant_id = $1 AND t.open",
                "SELECT NULL, t.name FROM (SELECT $1 AS tenant_id, $2::uuid AS name) t WHERE t.tenant_id = $1 AND t.open",
            ])
        #expect(trial.slow == [false, true])
    }

    @Test("may be of leaf values")
    func leaves() async throws {
        let trial = ReadTrial([["a"], ["b"]])
        #expect(try await trial.execute("{ names(flag: PIRATE) }", Self.executable.get()) == #"{"data":{"names":["a","b"]}}"#)
        #expect(trial.parameters(0) == ["7", "PIRATE"])
    }

    @Test("of objects of several types needs one statement")
    func unions() async throws {
        let log = "0190f0a0-0000-7000-8000-000000000001"
        let trial = ReadTrial(
            [[nil, log]], [[log, "Port", "Hull", nil], [log, "Ship", "Beagle", "242.5"], [log, "Whale", "Moby", nil]])
        let answer = try await trial.execute(
            "{ log { seen { __typename ... on Ship { name tonnage } ... on Port { name } } } }", Self.executable.get())
        #expect(
            answer == """
                {"data":{"log":{"seen":[{"__typename":"Port","name":"Hull"},{"__typename":"Ship","name":"Beagle","tonnage":242.5}]}}}
                """)
        #expect(
            trial.texts[1]
                == "SELECT t.log_id, t.kind, t.name, t.tonnage FROM sighting t "
                + "WHERE t.tenant_id = $1 AND t.log_id = ANY ($2::uuid[]) AND true ORDER BY t.at")
    }

    @Test("is compared with the schema")
    func declarations() throws {
        let schema = Self.schema.replacing("union Seen = Ship | Port", with: "union Seen = Ship")
            .replacing("log: Log slowLog", with: "log: [Log] slowLog").replacing("names(flag: Flag!): [String!]!", with: "names: String!")
        let error = #expect(throws: DeclarationErrors.self) { try ExecutableSchema(schema, Self.feature, objects: Self.metadata) }
        for expected in [
            "Log.seen can be Ship, and its relation leads to Port, Ship.",
            "The field log is a list, and read as one Log.",
            "The field names is no list, and read as a list of values.",
        ] { #expect(error?.messages.contains(expected) == true, "\(expected) is not among \(error?.messages ?? [])") }
    }
}
