import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("A report")
struct ReportTests {
    private static let schema = """
        scalar Time
        scalar Int64
        enum Flag { NONE PIRATE }
        type Metadata { id: ID! created: Time! source: String! }
        type Port { metadata: Metadata! name: String ships: [Ship!]! }
        type Ship { metadata: Metadata! name: String tonnage: Float flag: Flag holds: [String!] port: Port }
        type Traffic { total: Int! rate: Float at: Time! flag: Flag! words: [String!]! busiest: Call calls: [Call!]! version: Int! }
        type Call { year: Int! weight: Int64! port: Port days: [Day!]! first: Day! }
        type Day { name: String! }
        type Query {
            traffic(year: Int!, flag: Flag): Traffic! nearest(name: String!): Call calls: [Call!]! motto: String! days(ships: Int64!): [Day!]!
        }
        type Mutation { day_Create(name: String!): Day! }
        """

    private struct Day: Report {
        let name: String
        static let type = ReportType<Day>("Day", [.value("name", \.name)])
    }

    private struct Call: Report {
        let year: Int
        let weight: Int64
        let port: ID<Port>?
        let days: [Day]

        static let type = ReportType<Call>(
            "Call",
            [
                .value("year", \.year), .value("weight", \.weight), .toOne("port", Port.self, by: \.port), .list("days", \.days),
                .object("first") { $0.days[0] },
            ])
    }

    private struct Traffic: Report {
        let total: Int
        let rate: Double?
        let at: Time
        let flag: Flag
        let words: [String]
        let calls: [Call]

        static let type = ReportType<Traffic>(
            "Traffic",
            [
                .value("total", \.total), .value("rate", \.rate), .value("at", \.at), .value("flag", \.flag), .value("words", \.words),
                .object("busiest") { $0.calls.max { $0.weight < $1.weight } }, .list("calls", \.calls), .constant("version", json: "3"),
            ])
    }

    private struct OfYear: Decodable {
        let year: Int64
        let flag: Flag?
    }

    private struct ByName: Decodable { let name: String }

    private static let calls = Statement<Int64, (Int64, Int64, ID<Port>?)>("traffic.calls") { year in
        "SELECT year, weight, port_id FROM call WHERE tenant_id = \(year.tenant) AND year = \(year.value)"
    }

    private static let days = Statement<Void, String>("traffic.days") { p in "SELECT name FROM day WHERE tenant_id = \(p.tenant)" }

    private static let daysOfShips = Statement<(ships: Int64, names: [String]), String>("traffic.days_of_ships") { p in
        "SELECT name FROM ship_day WHERE tenant_id = \(p.tenant) AND ships = \(p.ships) AND name = ANY (\(p.names))"
    }

    private struct OfShips: Decodable { let ships: Int64 }

    private struct CreateDay: Change {
        static let fields = ["day_Create"]
        func perform(_ input: ByName, _: Changing) async throws -> Day { Day(name: input.name) }
    }

    private static let parts: [Feature.Part] = [
        .type(Ship.self), .type(Port.self),
        .computed("traffic", Traffic.self, of: OfYear.self) { input, _ in
            if input.year < 0 { throw FieldError("There was no such year.", code: .badUserInput) }
            return .reading(calls.with(input.year), days.with(())) { calls, days in
                Traffic(
                    total: calls.count, rate: calls.isEmpty ? nil : 0.5, at: Time("2026-01-02T03:04:05.5Z"), flag: input.flag ?? .none,
                    words: ["a,b", ""],
                    calls: calls.map { Call(year: Int($0), weight: $1, port: $2, days: days.map(Day.init)) })
            }
        },
        .computed("nearest", Call?.self, of: ByName.self) { input, _ in
            .now(input.name.isEmpty ? nil : Call(year: 1, weight: 2, port: nil, days: [Day(name: input.name)]))
        },
        .computed("calls", [Call].self) { _ in .now([]) },
        .computed("motto", Leaf<String>.self) { issuer in .now(Leaf(issuer.tenant == .text("7") ? "aye" : "no")) },
        .computed("days", [Day].self, of: OfShips.self) { input, _ in
            .readingFirst(days.with(())) { names in
                if names.isEmpty { return .now([]) }
                return .reading(daysOfShips.with((input.ships, names)), isSlow: true) { $0.map(Day.init) }
            }
        },
        .change(CreateDay.self),
    ]

    private static let metadata: [String: [String: FieldBinding]] = [
        "Metadata": ["id": .column("id", .identifier), "created": .column("created_at", .time), "source": .column("source", .text)]
    ]

    private static let executable = Result { try ExecutableSchema(schema, Feature(parts), objects: metadata) }

    @Test("is computed from the rows of statements sent together, with objects and lists within it")
    func nesting() async throws {
        let port = "0190f0a0-0000-7000-8000-000000000001"
        let trial = ReadTrial([["2026", "9", port], ["2026", "7", nil]], [["Mon"], ["Tue"]], [[port, "Hull"]])
        let answer = try await trial.execute(
            """
            { traffic(year: 2026, flag: PIRATE) {
                total rate at flag words version busiest { weight } calls { year port { name } days { name } first { name } } } }
            """, Self.executable.get())
        #expect(
            answer == """
                {"data":{"traffic":{"total":2,"rate":0.5,"at":"2026-01-02T03:04:05.5Z","flag":"PIRATE","words":["a,b",""],"version":3,\
                "busiest":{"weight":9},"calls":[{"year":2026,"port":{"name":"Hull"},"days":[{"name":"Mon"},{"name":"Tue"}],\
                "first":{"name":"Mon"}},{"year":2026,"port":null,"days":[{"name":"Mon"},{"name":"Tue"}],"first":{"name":"Mon"}}]}}}
                """)
        #expect(trial.queries.map(\.statement.name) == ["traffic.calls", "traffic.days", "Call.port"])
        #expect(trial.parameters(0) == ["7", "2026"])
    }

    @Test("may have nothing in it")
    func nothing() async throws {
        let answer = try await ReadTrial([], []).execute(
            "{ traffic(year: 2026) { rate busiest { year } calls { year } } nearest(name: \"\") { year } calls { year } }",
            Self.executable.get())
        #expect(answer == #"{"data":{"traffic":{"rate":null,"busiest":null,"calls":[]},"nearest":null,"calls":[]}}"#)
    }

    @Test("may be known at once, be a leaf, or refuse its input")
    func simple() async throws {
        let trial = ReadTrial()
        let answer = try await trial.execute(
            "{ nearest(name: \"Hull\") { first { name } port { name } } motto traffic(year: -1) { total } }", Self.executable.get())
        #expect(answer.contains(#""message":"There was no such year.""#))
        #expect(answer.contains(#""data":null"#))
        let known = try await trial.execute("{ nearest(name: \"Hull\") { first { name } port { name } } motto }", Self.executable.get())
        #expect(known == #"{"data":{"nearest":{"first":{"name":"Hull"},"port":null},"motto":"aye"}}"#)
        #expect(trial.queries.isEmpty)
    }

    @Test("may need statements that depend on others")
    func steps() async throws {
        let trial = ReadTrial([["Mon"]], [["Tue"]])
        #expect(try await trial.execute("{ days(ships: 3) { name } }", Self.executable.get()) == #"{"data":{"days":[{"name":"Tue"}]}}"#)
        #expect(trial.slow == [false, true])
        #expect(trial.parameters(1) == ["7", "3", #"{"Mon"}"#])
    }

    // MARK: Wrong declarations

    private struct WrongDay: Report {
        let name: String?
        let days: [Day]
        static let type = ReportType<WrongDay>("Day", [.value("name", \.name), .value("name", \.name)])
    }

    private struct WrongCall: Report {
        let port: ID<Ship>?
        let day: WrongDay?

        static let type = ReportType<WrongCall>(
            "Call",
            [
                .value("year") { _ in Int64(1) }, .value("weight") { _ in true }, .toOne("port", Ship.self, by: \.port),
                .object("days", \.day), .object("first", \.day), .value("size") { _ in 1 },
            ])
    }

    private static func problems(_ parts: [Feature.Part], schema: String = schema) throws -> [String] {
        do {
            _ = try ExecutableSchema(schema, Feature(parts), objects: metadata)
            return []
        } catch let error as DeclarationErrors {
            return error.messages
        }
    }

    @Test("is compared with the schema, and all errors are reported at once")
    func declarations() throws {
        #expect(try Self.problems(Self.parts) == [])
        let wrong: [Feature.Part] = [
            Self.parts[0], Self.parts[1],
            .computed("traffic", WrongCall?.self, of: ByName.self) { _, _ in .now(nil) },
            .computed("nearest", [WrongCall].self, of: ByName.self) { _, _ in .now([]) },
            .computed("calls", Day.self) { _ in .now(Day(name: "")) },
            .computed("motto", Leaf<String?>.self) { _ in .now(Leaf(nil)) },
            .computed("days", [WrongDay].self, of: OfShips.self) { _, _ in .now([]) },
            .change(CreateDay.self),
        ]
        let schema = Self.schema.replacing("days: [Day!]! first", with: "days(from: Int): [Day!]! first")
        let found = try Self.problems(wrong, schema: schema)
        for expected in [
            "The field Call.year has the type Int, which the encoding int64 does not write.",
            "The field Call.weight has the type Int64, which the encoding boolean does not write.",
            "The binding Call.size has no field in the schema.",
            "Call.port is a Port, and its relation leads to a Ship.",
            "Call.days is a list, and computed as one Day.",
            "Call.days has the argument from, which its report does not read.",
            "Call.first is not null, and computed as a Day or null.",
            "Day has the field name twice.",
            "Day.name is not null, and computed as a value or null.",
            "Day is computed as 2 different types.",
            "The field traffic is a Traffic, and computed as a Call.",
            "The field nearest is no list, and computed as a list of Call.",
            "The field calls is a list, and computed as one Day.",
            "The field motto is not null, and computed as a value or null.",
            "traffic.year is neither read nor ignored.",
        ] { #expect(found.contains(expected), "\(expected) is not among \(found)") }
    }
}
