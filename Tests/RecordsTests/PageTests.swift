import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("A page")
struct PageTests {
    private static let types = """
        scalar Time
        type Sailor { id: ID! name: String age: Int64 crews(pagination: Pagination): CrewPage! }
        type SailorPage { content: [Sailor!]! totalPages: Int! totalElements: Int64! totalAvailable: Int64! }
        type Crew { name: String sailors(where: Filter, sort: [SortBy!]): SailorPage! }
        type CrewPage { content: [Crew!]! totalPages: Int! totalElements: Int64! }
        enum Rank { MATE CAPTAIN }
        input Pagination { page: Int limit: Int }
        enum Direction { ASC DESC }
        input SortBy { by: String! direction: Direction = ASC caseSensitive: Boolean }
        enum Operator { EQ IN CONTAINS GT NOT_IN }
        input Filter { filter: Comparison AND: [Filter!] OR: [Filter!] NOT: Filter }
        input Comparison { property: String! operation: Operator = EQ value: Any caseSensitive: Boolean includeEmpty: Boolean }
        scalar Any
        scalar Int64

        """

    private static let root = """
        type Query {
            sailors(pagination: Pagination, sort: [SortBy!], where: Filter): SailorPage!
            sailorsOfRank(rank: Rank!, pagination: Pagination): SailorPage!
            eldest(rank: Rank!, sort: [SortBy!], where: Filter): SailorPage!
        }
        """

    private enum Rank: String, Word {
        case mate = "MATE"
        case captain = "CAPTAIN"
    }

    private enum Sailor: Record {
        struct Columns {
            let name = Column("name", .text).field("name").sorted("NAME", ignoringCase: true, indexed: true)
                .filtered("NAME", TextForm { text, _ in text + "!" })
            let age = Column("age", .whole).field("age").sorted("AGE").filtered("AGE").filtered("YEARS", by: "(t.age * 1)")
            let rank = Column("rank", .word).filtered("RANK", among: Rank.allCases.map(\.rawValue))
            let code = Column("code", .text).filtered("CODE", .exact)
            let aboard = Column("aboard", .flag, read: "t.ship_id IS NOT NULL").filtered("ABOARD", by: "(t.ship_id IS NOT NULL)")
            let tongues = Column("tongues", .texts).filtered(
                "TONGUES", among: ["EN", "FR"], by: "u.tongue", elements: "unnest(t.tongues) u (tongue)")
            let id = Column.id.field("id").filtered("ID")
        }

        static let table = Table<Sailor>(
            "sailor", visible: "t.state = 'LIVE'", Columns(),
            filters: [
                .text("PORT", "p.name").of(FilterProperty.Related(rows: "sailor_port p WHERE p.tenant_id = $1", owner: "p.sailor_id"))
            ])
        static let type = RecordType(
            "Sailor", of: table,
            [
                .page(
                    "crews", Crew.self, by: "m.sailor_id",
                    from: "crew_member m JOIN crew t ON t.tenant_id = m.tenant_id AND t.id = m.crew_id")
            ])
    }

    private enum Crew: Record {
        struct Columns {
            let id = Column.id
            let name = Column("name", .text).field("name")
        }

        static let table = Table<Crew>("crew", Columns())
        static let type = RecordType(
            "Crew", of: table,
            [
                .page(
                    "sailors", Sailor.self, by: "m.crew_id",
                    from: "crew_member m JOIN sailor t ON t.tenant_id = m.tenant_id AND t.id = m.sailor_id",
                    count: "SELECT crew_id, count FROM crew_count WHERE tenant_id = $1 AND crew_id = ANY ($2::uuid[])")
            ])
    }

    private struct OfRank: Decodable { let rank: Rank }

    private static let feature = Feature([
        .type(Sailor.self), .type(Crew.self), .object("SailorPage", .page(totalAvailable: true)), .object("CrewPage", .page()),
        .page("sailors", Sailor.self, count: "SELECT count FROM kept_count WHERE tenant_id = $1"),
        .page("sailorsOfRank", Sailor.self, of: OfRank.self) { p in "t.rank = \(p.rank)" },
        .page("eldest", Sailor.self, of: OfRank.self, greatestFirst: "t.age", groupsOfAnySize: true) { p in "t.rank = \(p.rank)" },
    ])

    private static let executable = Result { try ExecutableSchema(types + root, feature) }

    @Test("reads the selected columns of visible rows, and counts only if totals are selected")
    func plain() async throws {
        let trial = ReadTrial([[nil, "Ann"], [nil, "Bob"]])
        let answer = try await trial.execute("{ sailors { content { name } } }", Self.executable.get())
        #expect(answer == #"{"data":{"sailors":{"content":[{"name":"Ann"},{"name":"Bob"}]}}}"#)
        #expect(
            trial.texts == [
                "SELECT NULL, t.name FROM sailor t WHERE t.tenant_id = $1 AND t.state = 'LIVE' ORDER BY t.created_at, t.id LIMIT $2 OFFSET $3"
            ])
        #expect(trial.parameters(0) == ["7", "10", "0"])
        #expect(trial.slow == [false])
    }

    @Test("is counted by the given statement, and with a filter by one that tests the rows")
    func totals() async throws {
        let trial = ReadTrial([["31"]], [["2"]], [["a", "9"]])
        let answer = try await trial.execute(
            #"{ sailors(where: {filter: {property: "AGE", operation: GT, value: 40}}) { totalElements totalAvailable content { age } } }"#,
            Self.executable.get())
        #expect(answer == #"{"data":{"sailors":{"totalElements":2,"totalAvailable":31,"content":[{"age":9}]}}}"#)
        #expect(
            trial.texts == [
                "SELECT count FROM kept_count WHERE tenant_id = $1",
                "SELECT count(*) FROM sailor t WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND (t.age > $2::numeric)",
                "SELECT NULL, t.age FROM sailor t WHERE t.tenant_id = $1 AND t.state = 'LIVE' AND (t.age > $2::numeric) "
                    + "ORDER BY t.created_at, t.id LIMIT $3 OFFSET $4",
            ])
        #expect(trial.slow == [true])
    }

    @Test(
        "is filtered by what the facets of columns say",
        arguments: [
            (#"property: "name", value: "Ann""#, "fold(t.name) = fold($2::text)", "Ann!"),
            (#"property: "NAME", value: "Ann", caseSensitive: true"#, "t.name = $2::text", "Ann!"),
            (#"property: "CODE", operation: CONTAINS, value: "x""#, "strpos(t.code, $2::text) > 0", "x"),
            (#"property: "YEARS", value: 3"#, "(t.age * 1) = $2::numeric", "3"),
            (#"property: "RANK", value: "mate""#, "t.rank = $2::text", "MATE"),
            (#"property: "ABOARD", value: true"#, "(t.ship_id IS NOT NULL) = $2::boolean", "true"),
            (
                #"property: "TONGUES", operation: IN, value: ["EN", "FR"]"#,
                "EXISTS (SELECT FROM unnest(t.tongues) u (tongue) WHERE u.tongue = ANY ($2::text[]))", #"{"EN","FR"}"#
            ),
            (
                #"property: "PORT", value: "Hull""#,
                "t.id IN (SELECT p.sailor_id FROM sailor_port p WHERE p.tenant_id = $1 AND fold(p.name) = fold($2::text))", "Hull"
            ),
        ])
    func filters(comparison: String, condition: String, parameter: String) async throws {
        let trial = ReadTrial([])
        _ = try await trial.execute("{ sailors(where: {filter: {\(comparison)}}) { content { name } } }", Self.executable.get())
        #expect(trial.texts.first?.contains("AND (\(condition)) ORDER BY") == true, "\(trial.texts)")
        #expect(trial.parameters(0) == ["7", parameter, "10", "0"])
    }

    @Test("is sorted by what the facets of columns say; only an index makes that a short read")
    func order() async throws {
        let trial = ReadTrial([], [], [])
        _ = try await trial.execute(
            """
            { a: sailors(sort: [{by: "name", direction: DESC}]) { content { name } }
              b: sailors(sort: [{by: "NAME", caseSensitive: true}]) { content { name } }
              c: sailors(sort: [{by: "AGE"}, {by: "NAME"}]) { content { name } } }
            """, Self.executable.get())
        #expect(trial.texts[0].contains("ORDER BY fold(t.name) DESC, t.created_at DESC, t.id DESC LIMIT"))
        #expect(trial.texts[1].contains("ORDER BY t.name, t.created_at, t.id LIMIT"))
        #expect(trial.texts[2].contains("ORDER BY t.age, fold(t.name), t.created_at, t.id LIMIT"))
        #expect(trial.slow == [false, true, true])
    }

    @Test("refuses unknown keys, and names the allowed ones in the order of the columns")
    func unknown() async throws {
        let sorted = try await ReadTrial().execute(#"{ sailors(sort: [{by: "SHIP"}]) { content { name } } }"#, Self.executable.get())
        #expect(sorted.contains(#""allowed":["NAME","AGE"]"#))
        let filtered = try await ReadTrial().execute(
            #"{ sailors(where: {filter: {property: "SHIP", value: 1}}) { content { name } } }"#, Self.executable.get())
        #expect(filtered.contains(#""allowed":["NAME","AGE","YEARS","RANK","CODE","ABOARD","TONGUES","ID","PORT"]"#))
    }

    @Test("may depend on arguments, whose parameters come before those of the filter")
    func arguments() async throws {
        let trial = ReadTrial([["3"]], [])
        _ = try await trial.execute("{ sailorsOfRank(rank: CAPTAIN) { totalElements content { name } } }", Self.executable.get())
        #expect(
            trial.texts == [
                "SELECT count(*) FROM sailor t WHERE t.tenant_id = $1 AND t.rank = $2::text AND t.state = 'LIVE'",
                "SELECT NULL, t.name FROM sailor t WHERE t.tenant_id = $1 AND t.rank = $2::text AND t.state = 'LIVE' "
                    + "ORDER BY t.created_at, t.id LIMIT $3 OFFSET $4",
            ])
        #expect(trial.parameters(0) == ["7", "CAPTAIN"])
        #expect(trial.parameters(1) == ["7", "CAPTAIN", "10", "0"])
    }

    @Test("may have an order of its own, which the client's replaces")
    func greatestFirst() async throws {
        let trial = ReadTrial([], [])
        _ = try await trial.execute(
            #"{ a: eldest(rank: MATE) { content { name } } b: eldest(rank: MATE, sort: [{by: "NAME"}]) { content { name } } }"#,
            Self.executable.get())
        #expect(trial.texts[0].contains("ORDER BY t.age DESC, t.created_at DESC, t.id DESC LIMIT"))
        #expect(trial.texts[1].contains("ORDER BY fold(t.name), t.created_at, t.id LIMIT"))
        #expect(trial.slow == [false, false])
    }

    @Test(
        "may take groups of any size in a filter; without members they are no condition",
        arguments: [
            ("AND: []", "true"), ("OR: []", "true"), ("NOT: {OR: []}", "true"),
            (#"OR: [{filter: {property: "AGE", value: 3}}]"#, "t.age = $3::numeric"),
            (#"AND: [{AND: []}, {filter: {property: "AGE", value: 3}}]"#, "t.age = $3::numeric"),
        ])
    func groups(filter: String, condition: String) async throws {
        let trial = ReadTrial([])
        _ = try await trial.execute("{ eldest(rank: MATE, where: {\(filter)}) { content { name } } }", Self.executable.get())
        #expect(trial.texts.first?.contains("AND (\(condition)) ORDER BY") == true, "\(trial.texts)")
        let refused = try await ReadTrial().execute("{ sailors(where: {AND: []}) { content { name } } }", Self.executable.get())
        #expect(refused.contains("at least 2 filters expected in AND group"))
    }

    @Test("of many parents is read by one statement, and counted by another")
    func parents() async throws {
        let (ann, bob) = ("0190f0a0-0000-7000-8000-000000000001", "0190f0a0-0000-7000-8000-000000000002")
        let trial = ReadTrial(
            [[nil, ann], [nil, bob]], [[bob, "1"]], [[bob, "Blue"]])
        let answer = try await trial.execute(
            "{ sailors { content { crews(pagination: {page: 2, limit: 3}) { totalElements content { name } } } } }", Self.executable.get())
        #expect(
            answer == """
                {"data":{"sailors":{"content":[{"crews":{"totalElements":0,"content":[]}},\
                {"crews":{"totalElements":1,"content":[{"name":"Blue"}]}}]}}}
                """)
        #expect(
            Array(trial.texts.dropFirst()) == [
                "SELECT m.sailor_id, count(*) FROM crew_member m JOIN crew t ON t.tenant_id = m.tenant_id AND t.id = m.crew_id "
                    + "WHERE t.tenant_id = $1 AND m.sailor_id = ANY ($2::uuid[]) GROUP BY m.sailor_id",
                "SELECT page.parent_key, t.name FROM (SELECT m.sailor_id AS parent_key, t.id, "
                    + "row_number() OVER (PARTITION BY m.sailor_id ORDER BY t.created_at, t.id) AS place "
                    + "FROM crew_member m JOIN crew t ON t.tenant_id = m.tenant_id AND t.id = m.crew_id "
                    + "WHERE t.tenant_id = $1 AND m.sailor_id = ANY ($2::uuid[])) page "
                    + "JOIN crew t ON t.tenant_id = $1 AND t.id = page.id WHERE page.place > $3 AND page.place <= $4 ORDER BY page.place",
            ])
        #expect(trial.parameters(2) == ["7", "{\(ann),\(bob)}", "3", "6"])
    }

    // MARK: Wrong declarations

    private static func problems(root: String = root, types: String = types) throws -> [String] {
        do {
            _ = try ExecutableSchema(types + root, feature)
            return []
        } catch let error as DeclarationErrors {
            return error.messages
        }
    }

    @Test("is a page of the schema's objects, and all its arguments are read")
    func declarations() throws {
        #expect(try Self.problems() == [])
        let root = """
            type Query {
                sailors(pagination: Pagination, ship: ID): CrewPage!
                sailorsOfRank(rank: String!, pagination: Pagination): Sailor!
                eldest(rank: Rank!, sort: [SortBy!], where: Filter): SailorPage!
            }
            """
        let types = Self.types.replacing("sailors(where: Filter, sort: [SortBy!]): SailorPage!", with: "sailors: CrewPage!")
        #expect(
            try Self.problems(root: root, types: types) == [
                "Crew.sailors is a page of Crew, and read as a page of Sailor.",
                "The field sailors is a page of Crew, and read as a page of Sailor.",
                "The field sailorsOfRank is no page, and read as a page of Sailor.",
                "sailors.ship is neither read nor ignored.",
                "sailorsOfRank.rank is of the type String, and read as Rank.",
            ])
    }
}
