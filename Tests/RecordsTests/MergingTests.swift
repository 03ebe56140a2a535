import Postgres
@testable import Records
import Testing

@Suite("A merge")
struct MergingTests {
    private enum Fleet: Record {
        struct Columns {
            let name = Column("name", .text).merged(.firstFilled)
            let home = Column("home", .text)
            let ships = Column("ships", .integer).merged(.firstFilled)
            let admiral = Column("admiral_id", .id).merged(.firstKnown)
            let isAtSea = Column("at_sea", .flag).merged(.anyTrue)
            let code = Column("code", .text).merged(.with("name"))
        }
        static let table = Table<Fleet>("fleet", Columns())
        static let type = RecordType("Fleet", of: table, [])
    }

    @Test("gives the remaining record what its columns declare")
    func assignments() {
        #expect(
            Fleet.table.mergedAssignments.text == """
                , name = coalesce(nullif(p.name, ''), m.name, p.name), \
                ships = coalesce(nullif(p.ships, 0), m.ships, p.ships), \
                admiral_id = coalesce(p.admiral_id, m.admiral_id), at_sea = p.at_sea OR m.at_sea, \
                code = CASE WHEN p.name = '' THEN m.code ELSE p.code END
                """)
    }

    @Test("takes the first value that counts of the others")
    func values() {
        #expect(
            Fleet.table.mergedValues.text == """
                (array_agg(o.name ORDER BY place.place) FILTER (WHERE o.name <> ''))[1] AS name, \
                (array_agg(o.ships ORDER BY place.place) FILTER (WHERE o.ships <> 0))[1] AS ships, \
                (array_agg(o.admiral_id ORDER BY place.place) FILTER (WHERE o.admiral_id IS NOT NULL))[1] \
                AS admiral_id, bool_or(o.at_sea) AS at_sea, \
                (array_agg(o.code ORDER BY place.place) FILTER (WHERE o.name <> ''))[1] AS code
                """)
    }

    private enum Wrong: Record {
        struct Columns {
            let name = Column("name", .text)
            let code = Column("code", .text).merged(.with("name"))
        }
        static let table = Table<Wrong>("wrong", Columns())
        static let type = RecordType("Wrong", of: table, [])
    }

    @Test("takes a value together with another one only if that is merged")
    func together() {
        #expect(Wrong.table.problems == ["The column wrong.code is merged with name, which is not merged if filled."])
    }
}
