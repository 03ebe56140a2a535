internal import GraphQL
internal import Postgres
internal import Records

extension Day: ParameterValue {
    static var cast: SQL { "date" }

    var parameter: Parameter { .text(text) }
}

extension Day: CellValue {
    static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Day? { String.read(cell).flatMap { Day($0) } }
}
