internal import Postgres
internal import Records

// Filters of contacts and organizations, some also of users. `owner` is their name in link tables.
extension FilterProperty {
    static func addresses(of owner: SQL) -> [FilterProperty] {
        let emails = Related(linked: "email", as: "e", to: owner)
        return [
            .text("EMAIL", "coalesce(nullif(e.email, ''), e.raw_email)", .emailAddress).of(emails),
            .text("RAW_EMAIL", "e.raw_email", .emailAddress).of(emails),
        ]
    }

    static func tags(of owner: SQL) -> [FilterProperty] {
        [.text("TAG", "g.name", .name).of(Related(linked: "tag", as: "g", to: owner))]
    }

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

extension FilterProperty.Related {
    /// Rows joined to their owners by a link table.
    fileprivate init(linked table: SQL, as alias: SQL, to owner: SQL) {
        self.init(
            rows: """
                \(owner)_\(table) l JOIN \(table) \(alias) ON \(alias).tenant_id = $1 AND \(alias).id = l.\(table)_id \
                WHERE l.tenant_id = $1
                """, owner: "l.\(owner)_id")
    }
}
