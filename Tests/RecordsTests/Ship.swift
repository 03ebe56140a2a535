import Postgres
import Records

/// A record for trying everything.
enum Ship: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name").written().imported("name")
        let tonnage = Column("tonnage", .decimal).field("tonnage").written("weight").imported("tonnage", .amount)
        let flag = Column("flag", .word).field("flag").written(initial: "'NONE'").notImported("it depends on the port")
        let port = Column("port_id", .id)
        let holds = Column("holds", .texts).field("holds").written().notImported("a line has no list of it")
    }

    static let table = Table<Ship>("ship", visible: "t.state = 'LIVE'", Columns())
    static let type = RecordType("Ship", of: table, .metadata + [.toOne("port", Port.self, by: table.port)])
}

/// A record that refers to the first, which refers back.
enum Port: Record {
    struct Columns {
        let origin = Origin()
        let name = Column("name", .text).field("name")
    }

    static let table = Table<Port>("port", Columns())
    static let type = RecordType(
        "Port", of: table, .metadata + [.relation("ships", Ship.self, .toMany("ship", by: "port_id", order: "t.name"))])
}

enum Flag: String, Word {
    case none = "NONE"
    case pirate = "PIRATE"
}
