import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("A patch")
struct PatchTests {
    private static func patch(_ members: (String, InputValue)...) -> Patch<Ship> {
        Patch(InputObject(members.map { InputObject.Member(name: $0.0, value: $0.1) }))
    }

    private static let statement = Statement<(id: ID<Ship>, values: Patch<Ship>, note: String), Void>("ship.save") { p in
        """
        INSERT INTO ship (id\(p.values.columns)) VALUES (\(p.id)\(p.values.values)) ON CONFLICT DO UPDATE
        SET note = \(p.note)\(p.values.assignments(of: "o")) WHERE \(p.values.value(\.tonnage, of: "o")) > 0
        """
    }

    @Test("has a parameter for every written column, in column order")
    func text() {
        #expect(
            Self.statement.text.sql.text == """
                INSERT INTO ship (id, name, tonnage, flag, holds) VALUES ($2::uuid, coalesce($3::text, ''), \
                coalesce($4::numeric, 0), coalesce($5::text, 'NONE'), coalesce($6::text[], '{}')) ON CONFLICT DO UPDATE \
                SET note = $7::text, name = coalesce($3::text, o.name), tonnage = coalesce($4::numeric, o.tonnage), \
                flag = coalesce($5::text, o.flag), holds = coalesce($6::text[], o.holds) WHERE coalesce($4::numeric, o.tonnage) > 0
                """)
    }

    @Test("keeps columns of a table that has no name of its own in the statement")
    func assignments() {
        let statement = Statement<Patch<Ship>, Void>("ship.update") { p in "UPDATE ship SET x = 1\(p.patch().assignments)" }
        #expect(statement.text.sql.text.contains(", tonnage = coalesce($3::numeric, tonnage), flag = coalesce($4::text, flag)"))
    }

    @Test("can clear what is absent")
    func replacements() {
        let statement = Statement<Patch<Ship>, Void>("ship.replace") { p in "UPDATE ship SET x = 1\(p.patch().replacements)"
        }
        #expect(statement.text.sql.text.contains(", tonnage = coalesce($3::numeric, 0), flag = coalesce($4::text, 'NONE')"))
    }

    @Test("gives what a statement stores in its own way")
    func given() {
        let statement = Statement<Patch<Ship>, Void>("ship.weigh") { p in
            "UPDATE ship SET tonnage = abs(\(p.patch().given(\.tonnage))), port_id = \(p.patch().given(\.port))"
        }
        #expect(statement.text.sql.text == "UPDATE ship SET tonnage = abs($3::numeric), port_id = NULL")
    }

    @Test("keeps absent and null values, and takes given ones")
    func values() {
        let patch = Self.patch(
            ("name", .string("Beagle")), ("weight", .null), ("flag", .enumeration("PIRATE")), ("tonnage", .float(3)),
            ("holds", .list([.string("a"), .string("b,c")])))
        #expect(patch.parameters == [.text("Beagle"), .null, .text("PIRATE"), .text(#"{"a","b,c"}"#)])
        #expect(patch[\.name] == "Beagle")
        #expect(patch[\.tonnage] == nil)
        #expect(patch[\.port] == nil)
        #expect(!patch.isEmpty)
        #expect(Self.patch(("name", .null)).isEmpty)
    }

    @Test("can be changed column by column")
    func changes() {
        var patch = Self.patch(("name", .string("Beagle")), ("weight", .float(242.5)))
        patch.keep(\.tonnage)
        patch[\.name] = "HMS Beagle"
        // It is not written, so it has no index.
        patch[\.origin.id] = "x"
        #expect(patch.parameters == [.text("HMS Beagle"), .null, .null, .null])
    }

    @Test("takes from another one what it keeps itself")
    func completion() {
        let patch = Self.patch(("name", .string("Beagle")), ("flag", .null))
        let other = Self.patch(("name", .string("Fram")), ("flag", .enumeration("PIRATE")))
        #expect(patch.completed(by: other).parameters == [.text("Beagle"), .null, .text("PIRATE"), .null])
        #expect(Patch<Ship>().completed(by: patch).parameters == patch.parameters)
        #expect(Patch<Ship>().isEmpty)
    }
}
