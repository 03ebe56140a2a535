import GraphQL
import Postgres
@testable import Records
import Testing

@Suite("Declarations")
struct DeclarationTests {
    private static let types = """
        scalar Time
        scalar Int64
        enum Flag { NONE PIRATE }
        type Metadata { id: ID! created: Time! source: String! }
        type Port { metadata: Metadata! name: String ships: [Ship!]! }
        type Ship { metadata: Metadata! name: String tonnage: Float flag: Flag holds: [String!] port: Port }
        input Cargo { name: String! amount: Int64 remark: String }
        input ShipInput { id: ID! name: String weight: Float flag: Flag holds: [String!] cargo: [Cargo!] sent: Boolean! note: String }
        type Done { result: Boolean! }

        """

    private static let metadata: [String: FieldBinding] = [
        "id": .column("id", .identifier), "created": .column("created_at", .time), "source": .column("source", .text),
    ]

    private static let root = """
        type Query {
            ship(id: ID!): Ship ships(flag: Flag): [Ship!]!
            ship_ByName(name: String!): Ship ship_Exists(name: String!): Boolean! ship_Names: [String!]!
        }
        type Mutation {
            ship_Save(input: ShipInput!): Ship! ship_Sink(id: ID!, at: Time): Done! ship_New(name: String!): ID!
            ship_Paint(name: String!): Boolean!
        }
        """

    /// What a program with these parts and this schema reports at start.
    private static func problems(_ parts: [Feature.Part], root: String = root, metadata: [String: FieldBinding] = metadata) throws
        -> [String]
    {
        let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array((types + root).utf8))])
        let feature = Feature(parts)
        var bindings = feature.objects.merging(["Metadata": metadata, "Done": ["result": .column("result", .boolean)]]) { $1 }
        bindings["Query"] = feature.queries
        bindings["Mutation"] = feature.mutations
        for type in feature.types { bindings[type.name] = type.bindings }
        do {
            _ = try ExecutableSchema(schema: schema, bindings: bindings, types: feature.types, features: [feature])
            return []
        } catch {
            return error.messages
        }
    }

    // MARK: Right ones

    private struct OfFlag: Decodable { let flag: Flag? }

    private struct Cargo: Decodable {
        let name: String
        let amount: Int64?
    }

    private struct ShipInput: Decodable {
        let id: ID<Ship>
        let cargo: [Cargo]?
        let sent: Bool
        let note: Given<String>
        let values: Patch<Ship>
    }

    private struct Save: Change {
        static let fields = ["ship_Save"]
        static let ignored = ["cargo.remark"]
        func perform(_ input: ShipInput, _: Changing) async throws -> Written<Ship> { Written(input.id) }
    }

    private struct Sink: Change {
        static let fields = ["ship_Sink"]
        struct Input: Decodable {
            let id: ID<Ship>
            let at: Time?
        }
        func perform(_: Input, _: Changing) async throws -> Outcome { .done }
    }

    private struct New: Change {
        static let fields = ["ship_New"]
        struct Input: Decodable { let name: String }
        func perform(_: Input, _: Changing) async throws -> ID<Ship> { .nobody }
    }

    private struct Paint: Change {
        static let fields = ["ship_Paint"]
        func perform(_: ByName, _: Changing) async throws -> Bool { true }
    }

    private struct ByName: Decodable { let name: String }

    private static let byName = Finder(Ship.self, by: { (input: ByName) in input.name.isEmpty ? nil : input.name }) { p in
        "t.name = \(p.value)"
    } order: { _ in
        "t.created_at"
    }

    private static let reads: [Feature.Part] = [
        .type(Ship.self), .type(Port.self), .lookup("ship", Ship.self), .lookup("ship_ByName", byName), .exists("ship_Exists", byName),
        .values("ship_Names", as: .text, of: NoInput.self) { p in "SELECT name FROM ship WHERE tenant_id = \(p.tenant)" },
        .list("ships", Ship.self, of: OfFlag.self, order: "t.name") { p in "(\(p.flag) IS NULL OR t.flag = \(p.flag))" },
    ]

    private static let right = reads + [.change(Save.self), .change(Sink.self), .change(New.self), .change(Paint.self)]

    @Test("that match the schema are accepted")
    func fitting() throws {
        #expect(try Self.problems(Self.right) == [])
    }

    // MARK: Wrong ones

    /// Everything that is wrong with an input.
    private struct WrongSave: Change {
        static let fields = ["ship_Save"]
        static let ignored = ["cargo.remark", "sender"]

        struct Crate: Decodable {
            let name: Bool
            let amount: Int64
        }

        struct Input: Decodable {
            let id: Time
            let cargo: [Crate]?
            let sent: [Bool]
            let weight: Double
            let captain: String?
            let flag: OtherFlag?
        }

        enum OtherFlag: String, Word { case none = "NONE" }

        func perform(_: Input, _: Changing) async throws -> Written<Port> { Written(.nobody) }
    }

    @Test("of an input are compared with the schema member by member, and all errors are reported at once")
    func inputs() throws {
        let name = "RecordsTests.DeclarationTests.WrongSave.Input"
        let found = try Self.problems(Self.reads + [.change(WrongSave.self), .change(Sink.self), .change(New.self), .change(Paint.self)])
        for expected in [
            "ShipInput.id is of the type ID, and read as Time.",
            "Cargo.name is of the type String, and read as Bool.",
            "Cargo.amount may be null, and Int64 has no place for it.",
            "ShipInput.sent is no list, and read as Array<Bool>.",
            "ShipInput.weight may be null, and Double has no place for it.",
            "ShipInput.flag can be PIRATE, which OtherFlag does not have.",
            "ShipInput.name is neither read nor ignored.",
            "ShipInput.note is neither read nor ignored.",
            "ShipInput.holds is neither read nor ignored.",
            "The field ship_Save is a Ship, and its change answers with a Port.",
        ] { #expect(found.contains(expected), "\(expected) is not among \(found)") }
        #expect(
            found.contains { $0.hasSuffix("reads captain, which the schema does not have there.") && $0.contains("WrongSave") }, "\(name)")
        #expect(found.contains { $0.hasSuffix("ignores sender, which the schema does not have there.") })
        #expect(found.count == 12, "\(found)")
    }

    private struct NewWithCargo: Change {
        static let fields = ["ship_New"]
        struct Input: Decodable {
            let name: String
            let cargo: [Cargo?]
        }
        func perform(_: Input, _: Changing) async throws -> IDs<Ship> { IDs([]) }
    }

    @Test("of elements that may be null are compared like others, and several ids need a list")
    func elements() throws {
        func problems(_ answer: String) throws -> [String] {
            let root = Self.root.replacing("ship_New(name: String!): ID!", with: "ship_New(name: String!, cargo: [Cargo]!): \(answer)")
            return try Self.problems(
                Self.reads + [.change(Save.self), .change(Sink.self), .change(NewWithCargo.self), .change(Paint.self)], root: root)
        }
        let unread = "Cargo.remark is neither read nor ignored."
        #expect(try problems("[ID!]!") == [unread])
        #expect(try problems("ID!") == [unread, "The field ship_New is no list, and its change answers with a list of ids."])
        #expect(
            try problems("[Boolean!]!") == [
                "The field Mutation.ship_New has the type Boolean, which the encoding identifier does not write.", unread,
                "The field ship_New is of the type Boolean, and read as ID<Ship>.",
            ])
    }

    @Test("of a patch need an input's member for each column, of a type the column accepts")
    func patches() throws {
        let root = Self.root.replacing(
            "input: ShipInput!", with: "name: Boolean, flag: Flag, holds: String, id: ID!, sent: Boolean!, note: String, cargo: [Cargo!]")
        let found = try Self.problems(Self.right, root: root)
        #expect(
            found == [
                "ship.tonnage is written from a member that no input has.",
                "ship_Save.holds is a String, which the column ship.holds does not take.",
                "ship_Save.name is a Boolean, which the column ship.name does not take.",
            ])
    }

    @Test("of answers match the schema")
    func answers() throws {
        let root = """
            type Query {
                ship(id: ID!): Port ships(flag: Flag): Ship
                ship_ByName(name: String!): [Ship!]! ship_Exists(name: String!): Ship ship_Names: String
            }
            type Mutation {
                ship_Save(input: ShipInput!): [Ship!]! ship_Sink(id: ID!, at: Time): Ship! ship_New(name: String!): [ID!]!
                ship_Paint(name: String!): ID!
            }
            """
        let found = try Self.problems(Self.right, root: root)
        #expect(
            found == [
                "The field Query.ship_Exists has the type Ship, which the encoding boolean does not write.",
                "The field Mutation.ship_Paint has the type ID, which the encoding boolean does not write.",
                "The field ship is a Port, and read as a Ship.",
                "The field ship_ByName is a list, and read as one Ship.",
                "The field ship_Exists is a Ship, and read as a Boolean.",
                "The field ship_Names is no list, and read as a list of values.",
                "The field ship_New is a list, and its change answers with one id.",
                "The field ship_Paint is of the type ID, and read as Bool.",
                "The field ship_Save is a list, and its change answers with one Ship.",
                "The field ship_Sink has other fields than flags, and its change answers with whether it was done.",
                "The field ships is no list, and read as a list of Ship.",
            ])
    }

    private enum Boat: RecordKind {
        static let type = RecordType(
            "Ship", of: Ship.table, [.embedded("metadata"), .relation("port", Ship.self, .toOne("harbour_id", "port"))])
    }

    @Test("of a type lead where the schema says, and read existing columns")
    func types() throws {
        let parts = [Feature.Part.type(Boat.self)] + Self.right.dropFirst()
        let metadata = Self.metadata.merging(["source": .column("sourse", .text)]) { $1 }
        let found = try Self.problems(parts, metadata: metadata)
        #expect(
            found == [
                "Metadata.source reads the column sourse, which the table port does not declare for Port.",
                "Metadata.source reads the column sourse, which the table ship does not declare for Ship.",
                "Ship.port is a Port, and its relation leads to a Ship.",
                "Ship.port reads the column harbour_id, which the table ship does not declare for Ship.",
            ])
    }

    @Test("of jobs have names of their own")
    func jobs() throws {
        let kind = JobKind(
            "tides", summary: "Raises and lowers ships.", every: .seconds(60),
            step: Statement("ship.tide", isShared: true, row: JobKind.Step.init) { "SELECT place, changed, busy FROM tide(\($0.value))" })
        #expect(kind.step.text.sql.text == "SELECT place, changed, busy FROM tide($1::text)")
        #expect(Feature([.job(kind)]).jobs.map(\.name) == ["tides"])
        #expect(try Self.problems(Self.right + [.job(kind)]) == [])
        #expect(try Self.problems(Self.right + [.job(kind), .job(kind)]) == ["The job tides is declared twice."])
    }

    private enum Wreck: Record {
        struct Columns {
            let name = Column("name", .text).field("name").written().sorted("NAME").filtered("NAME").imported("name")
            let same = Column("name", .text).field("name").written("name").sorted("NAME").filtered("NAME").imported("name")
            let cargo = Column("cargo", .text).written()
            let depth = 3
        }
        static let table = Table<Wreck>("wreck", Columns())
        static let type = RecordType("Wreck", of: table, [])
    }

    @Test("of a table do not contradict each other")
    func tables() {
        #expect(
            Wreck.table.problems == [
                "The columns of wreck are declared in a structure that holds something else.",
                "The table wreck has the column name twice.", "The table wreck has the field name twice.",
                "The table wreck has the member written from name twice.", "The table wreck has the word for sorting NAME twice.",
                "The table wreck has the word for filtering NAME twice.", "The table wreck has the member imported from name twice.",
                "The column cargo of wreck is written, but not imported, and does not say why.",
            ])
        #expect(Ship.table.problems == [])
    }

    @Test("of a field missing in the schema are reported with the engine's errors")
    func fields() throws {
        let root = Self.root.replacing("ship_New(name: String!): ID!", with: "ship_Other: ID!")
        let found = try Self.problems(Self.right, root: root)
        #expect(found.contains("The field Mutation.ship_Other has no binding."))
        #expect(found.contains("The binding Mutation.ship_New has no field in the schema."))
        #expect(found.contains { $0.hasSuffix("belongs to the field ship_New, which the schema does not have.") })
    }
}
