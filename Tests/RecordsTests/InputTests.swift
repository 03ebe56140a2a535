import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("An input")
struct InputTests {
    private struct Cargo: Decodable, Equatable {
        let name: String
        let amount: Int64?
    }

    private struct Voyage: Decodable {
        let id: ID<Ship>
        let port: ID<Port>?
        let at: Time?
        let flag: Flag
        let isLate: Bool
        let price: Double?
        let crew: Int64?
        let note: Given<String>
        let tags: [String]
        let cargo: [Cargo]?
        let first: Cargo?
        let ship: Patch<Ship>
    }

    private static func object(_ members: [(String, InputValue)]) -> InputObject {
        InputObject(members.map { InputObject.Member(name: $0.0, value: $0.1) })
    }

    private static func voyage(_ members: (String, InputValue)...) throws -> Voyage {
        let least: [(String, InputValue)] = [
            ("id", .string("x")), ("flag", .enumeration("NONE")), ("isLate", .boolean(true)), ("tags", .list([])),
        ]
        return try Voyage(from: InputDecoder(object(members + least)))
    }

    @Test("is decoded into the members of a structure")
    func values() throws {
        let cargo = InputValue.object(Self.object([("name", .string("tea")), ("amount", .integer(5))]))
        let voyage = try Self.voyage(
            ("port", .string("0190f0a0-0000-7000-8000-000000000001")), ("at", .string("2026-01-01T00:00:00Z")), ("price", .float(1.5)),
            ("crew", .integer(3)), ("note", .string("n")), ("cargo", .list([cargo, cargo])), ("first", cargo), ("weight", .float(7)),
            ("name", .string("Beagle")))
        #expect(voyage.id.isNobody)
        #expect(voyage.id.text == "x")
        #expect(voyage.port == ID("0190F0A0-0000-7000-8000-000000000001"))
        #expect(voyage.at == Time("2026-01-01T00:00:00Z"))
        #expect(voyage.flag == Flag.none)
        #expect(voyage.isLate)
        #expect(voyage.price == 1.5)
        #expect(voyage.crew == 3)
        #expect(voyage.note.value == "n")
        #expect(voyage.tags == [])
        #expect(voyage.cargo == [Cargo(name: "tea", amount: 5), Cargo(name: "tea", amount: 5)])
        #expect(voyage.first == Cargo(name: "tea", amount: 5))
        #expect(voyage.ship[\.tonnage] == "7.0")
        #expect(voyage.ship[\.name] == "Beagle")
    }

    @Test("distinguishes absent from null only where it matters")
    func absence() throws {
        let absent = try Self.voyage()
        #expect(absent.note.isAbsent)
        #expect(absent.port == nil && absent.cargo == nil && absent.first == nil && absent.price == nil)
        #expect(absent.ship.parameters == [.null, .null, .text("NONE"), .null])
        let null = try Self.voyage(("note", .null), ("port", .null), ("cargo", .null), ("first", .null), ("price", .null))
        #expect(!null.note.isAbsent)
        #expect(null.note.value == nil)
        #expect(null.port == nil && null.cargo == nil && null.first == nil && null.price == nil)
    }

    @Test(
        "of other types is refused and stops nothing",
        arguments: [
            ("id", InputValue.integer(1)), ("flag", .enumeration("OTHER")), ("isLate", .string("true")), ("tags", .string("a")),
            ("cargo", .list([.null])), ("first", .list([])), ("crew", .float(1.5)), ("note", .boolean(true)), ("at", .integer(3)),
        ])
    func mismatches(name: String, value: InputValue) {
        #expect(throws: (any Error).self) {
            _ = try Voyage(
                from: InputDecoder(
                    Self.object([
                        (name, value), ("id", .string("x")), ("flag", .enumeration("NONE")), ("isLate", .boolean(true)),
                        ("tags", .list([])),
                    ])))
        }
    }

    private struct Hold: Decodable { let cargo: [Cargo?] }

    @Test("has lists whose elements may be null")
    func nullElements() throws {
        let cargo = InputValue.object(Self.object([("name", .string("tea"))]))
        let hold = try Hold(from: InputDecoder(Self.object([("cargo", .list([cargo, .null]))])))
        #expect(hold.cargo == [Cargo(name: "tea", amount: nil), nil])
    }
}
