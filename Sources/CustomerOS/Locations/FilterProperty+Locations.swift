internal import Postgres
internal import Records

extension FilterProperty {
    /// By the locations of an owner: `contact` or `organization`, as in the link table's name.
    static func locations(of owner: SQL) -> [FilterProperty] {
        let locations = Related(linked: "location", as: "p", to: owner)
        return [
            .text("COUNTRY", "p.country").of(locations),
            .text("COUNTRY_CODE_A2", "p.country_code_a2").of(locations),
            .text("COUNTRY_CODE_A3", "p.country_code_a3").of(locations),
            .text("REGION", "p.region").of(locations),
            .text("LOCALITY", "p.locality").of(locations),
        ]
    }
}
