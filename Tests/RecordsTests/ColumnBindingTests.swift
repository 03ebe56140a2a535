import GraphQL
import Postgres
import Records
import Testing

@Suite("A binding of a column")
struct ColumnBindingTests {
    private static func column(_ binding: FieldBinding) -> (name: String, encoding: LeafEncoding)? {
        guard case .column(let name, let encoding) = binding else { return nil }
        return (name, encoding)
    }

    @Test("has the column's name, and the encoding of its field, of its form, or a given one")
    func encodings() {
        let rank = Column("rank", .integer)
        for (binding, encoding) in [
            (FieldBinding.column(rank), LeafEncoding.int), (.column(rank.field("rank", as: .int64)), .int64),
            (.column(rank, as: .float), .float), (RecordField.alias("grade", of: rank).binding, .int),
            (RecordField.alias("grade", of: rank, as: .int64).binding, .int64),
        ] {
            let found = Self.column(binding)
            #expect(found?.name == "rank")
            #expect(found?.encoding == encoding)
        }
    }
}
