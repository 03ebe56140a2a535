@testable import Postgres
@testable import Records
import Testing

@Suite("A statement")
struct StatementTests {
    private static let issuer = Issuer(tenant: .text("7"), actor: .text("me"))
    private static let id = ID<Ship>("0190f0a0-0000-7000-8000-000000000001")
    private static let port = ID<Port>("0190F0A0-0000-7000-8000-00000000000A")

    @Test("numbers its parameters at first use, after the tenant")
    func numbering() {
        let statement = Statement<(id: ID<Ship>, name: String?, tonnage: Double), Void>("ship.rename") { p in
            """
            UPDATE ship SET name = \(p.name), tonnage = \(bare: p.tonnage)
            WHERE tenant_id = \(p.tenant)
                AND id = \(p.id) AND name <> \(p.name)
            """
        }
        #expect(
            statement.text.sql.text
                == "UPDATE ship SET name = $2::text, tonnage = $3 WHERE tenant_id = $1 AND id = $4::uuid AND name <> $2::text")
        let query = statement.query((Self.id, nil, 12.5), for: Self.issuer)
        #expect(query.parameters == [.text("7"), .null, .text("12.5"), .text(Self.id.text)])
        #expect(query.statement.name == "ship.rename")
    }

    @Test("refers to the acting user, alongside a member called user")
    func actor() {
        let statement = Statement<(user: String, at: Time), Void>("ship.board") { p in
            "SELECT \(p.user), \(p.actor), \(p.at), \(p.actor)"
        }
        #expect(statement.text.sql.text == "SELECT $2::text, $3::uuid, $4::timestamptz, $3::uuid")
        let query = statement.query(("you", Time("2026-01-01T00:00:00Z")), for: Self.issuer)
        #expect(query.parameters == [.text("7"), .text("you"), .text("me"), .text("2026-01-01T00:00:00Z")])
    }

    @Test("takes one value as its input")
    func value() {
        let statement = Statement<[ID<Port>], Void>("ship.sail") { ports in
            "SELECT FROM port WHERE tenant_id = \(ports.tenant) AND id = ANY (\(ports.value))"
        }
        #expect(statement.text.sql.text == "SELECT FROM port WHERE tenant_id = $1 AND id = ANY ($2::uuid[])")
        #expect(statement.query([Self.port], for: Self.issuer).parameters == [.text("7"), .text("{\"\(Self.port.text)\"}")])
    }

    @Test("needs no input")
    func nothing() {
        let statement = Statement<Void, String>("ship.names") { p in "SELECT name FROM ship WHERE tenant_id = \(p.tenant)" }
        #expect(statement.query((), for: Self.issuer).parameters == [.text("7")])
    }

    @Test("on tables that all tenants share has no tenant")
    func shared() {
        let statement = Statement<String, Void>("sea.depth", isShared: true) { p in "SELECT depth FROM sea WHERE name = \(bare: p.value)" }
        #expect(statement.text.sql.text == "SELECT depth FROM sea WHERE name = $1")
        #expect(statement.query("Baltic", for: Self.issuer).parameters == [.text("Baltic")])
    }

    @Test("is left out of those sent together if it is not needed")
    func needless() {
        let statement = Statement<Void, String>("ship.names") { p in "SELECT name FROM ship WHERE tenant_id = \(p.tenant)" }
        #expect(statement.with(()).query?(Self.issuer).parameters == [.text("7")])
        #expect(statement.with((), if: false).query == nil)
    }

    @Test("sends values in PostgreSQL's text form, and an invalid id as one that no row has")
    func parameters() {
        #expect(true.parameter == .text("true"))
        #expect(Int64(-5).parameter == .text("-5"))
        #expect(Flag.pirate.parameter == .text("PIRATE"))
        #expect(ID<Ship>("no id").parameter == .text("00000000-0000-0000-0000-000000000000"))
        #expect(Optional<ID<Ship>>.none.parameter == .null)
        #expect(["a\"b", "\\", ""].parameter == .text(#"{"a\"b","\\",""}"#))
        #expect([String?.none, "NULL"].parameter == .text(#"{NULL,"NULL"}"#))
    }

    private struct Voyage {
        let isLong: Bool
        let ship: ID<Ship>
        var ports: [ID<Port>]
        let flag: Flag?
        let name: String?
        var small: String? { name?.lowercased() }
        let crew: Int64
    }

    @Test("reads stored and computed members of its input")
    func members() {
        let statement = Statement<Voyage, Void>("ship.members") { p in
            "SELECT \(p.crew), \(p.flag), \(p.name), \(p.small), \(p.ports), \(p.ship), \(p.isLong)"
        }
        let name = "A Name of More than Fifteen Bytes"
        let voyage = Voyage(isLong: true, ship: Self.id, ports: [Self.port, Self.port], flag: nil, name: name, crew: 9)
        let query = statement.query(voyage, for: Self.issuer)
        #expect(
            query.parameters == [
                .text("7"), .text("9"), .null, .text(name), .text(name.lowercased()),
                .text("{\"\(Self.port.text)\",\"\(Self.port.text)\"}"), .text(Self.id.text), .text("true"),
            ])
    }

    // MARK: Rows

    private struct Row: Equatable {
        let id: ID<Ship>
        let name: String?
        let tonnage: Double
        let flag: Flag
        let floats: Bool
        let crew: Int64
    }

    private static let all = Statement<Void, Row>("ship.all", row: Row.init) { _ in "SELECT" }

    @Test("makes rows from the columns in order")
    func rows() throws {
        let result = MadeResult.rows([
            ["0190F0A0-0000-7000-8000-000000000001", "", "12.50", "PIRATE", "t", "9007199254740993"],
            ["0190f0a0-0000-7000-8000-000000000001", nil, "0", "NONE", "f", "-1"],
        ])
        let rows = try Self.all.rows(result)
        #expect(
            rows == [
                Row(id: Self.id, name: "", tonnage: 12.5, flag: .pirate, floats: true, crew: 9_007_199_254_740_993),
                Row(id: Self.id, name: nil, tonnage: 0, flag: .none, floats: false, crew: -1),
            ])
        #expect(rows[0].id.text == "0190F0A0-0000-7000-8000-000000000001")
    }

    @Test("makes tuples, single values or nothing from rows")
    func shapes() throws {
        let pair = Statement<Void, (String, Int64?)>("pair") { _ in "SELECT" }
        let rows = try pair.rows(MadeResult.rows([["a", nil], ["b", "2"]]))
        #expect(rows.map(\.0) == ["a", "b"])
        #expect(rows.map(\.1) == [nil, 2])
        let single = Statement<Void, Time>("single") { _ in "SELECT" }
        #expect(try single.rows(MadeResult.rows([["2026-01-01 00:00:00+00"]])) == [Time("2026-01-01 00:00:00+00")])
        let none = Statement<Void, Void>("none") { _ in "SELECT" }
        #expect(try none.rows(MadeResult.rows([])).isEmpty)
    }

    @Test(
        "says which cell it cannot read",
        arguments: [
            (["no id", "", "1", "NONE", "t", "1"], 0), (["0190f0a0-0000-7000-8000-000000000001", "", nil, "NONE", "t", "1"], 2),
            (["0190f0a0-0000-7000-8000-000000000001", "", "1", "OTHER", "t", "1"], 3),
            (["0190f0a0-0000-7000-8000-000000000001", "", "1", "NONE", "true", "1"], 4),
            (["0190f0a0-0000-7000-8000-000000000001", "", "1", "NONE", "t", "1.5"], 5),
            (["0190f0a0-0000-7000-8000-000000000001", "", "1", "NONE", "t"], 5),
        ])
    func unreadable(cells: [String?], column: Int) throws {
        let error = #expect(throws: UnreadableCell.self) { try Self.all.rows(MadeResult.rows([cells])) }
        #expect(error?.column == column)
        #expect(error?.statement == "ship.all")
    }
}
