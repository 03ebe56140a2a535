internal import Postgres

// What contacts and organizations alike can be filtered by. `owner` is the table's name; the table is `t`.
extension FilterProperty {
    static func addresses(of owner: SQL) -> [FilterProperty] {
        let emails = linked("email", to: owner, as: "e")
        return [
            .text("EMAIL", "coalesce(nullif(e.email, ''), e.raw_email)", related: emails),
            .text("RAW_EMAIL", "e.raw_email", related: emails),
        ]
    }

    static func tags(of owner: SQL) -> [FilterProperty] {
        [.text("TAG", "g.name", related: linked("tag", to: owner, as: "g"))]
    }

    static func locations(of owner: SQL) -> [FilterProperty] {
        let locations = linked("location", to: owner, as: "p")
        return [
            .text("COUNTRY", "p.country", related: locations),
            .text("COUNTRY_CODE_A2", "p.country_code_a2", related: locations),
            .text("COUNTRY_CODE_A3", "p.country_code_a3", related: locations),
            .text("REGION", "p.region", related: locations),
            .text("LOCALITY", "p.locality", related: locations),
        ]
    }

    private static func linked(_ table: SQL, to owner: SQL, as alias: SQL) -> SQL {
        """
        FROM \(owner)_\(table) l JOIN \(table) \(alias) ON \(alias).tenant_id = l.tenant_id AND \(alias).id = l.\(table)_id \
        WHERE l.tenant_id = t.tenant_id AND l.\(owner)_id = t.id
        """
    }
}
