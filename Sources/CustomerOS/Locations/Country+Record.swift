internal import GraphQL
internal import Postgres
internal import Records

/// The countries are rows that all tenants share.
extension Country: RecordKind {
    static let type = RecordType(
        "Country", table: "country",
        fields: [
            .value("id", "t.id", .identifier),
            .value("name", "t.name", .text),
            .value("codeA2", "t.code_a2", .text),
            .value("codeA3", "t.code_a3", .text),
            .value("phoneCode", "t.phone_code", .text),
        ])
}

/// A part of a country.
enum CountryState: RecordKind {
    static let type = RecordType(
        "State", table: "country_state", columns: ["country_id": "t.country_id"],
        fields: [
            .value("id", "t.id", .identifier),
            .value("name", "t.name", .text),
            .value("code", "t.code", .text),
            .relation("country", Country.self, .toShared("country_id", "country")),
        ])
}
