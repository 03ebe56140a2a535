internal import Postgres
internal import Records

extension FilterProperty {
    /// By the e-mail addresses of an owner: `contact`, `organization` or `user`, as in the link table's name.
    static func addresses(of owner: SQL) -> [FilterProperty] {
        let emails = Related(linked: "email", as: "e", to: owner)
        return [
            .text("EMAIL", "coalesce(nullif(e.email, ''), e.raw_email)", .emailAddress).of(emails),
            .text("RAW_EMAIL", "e.raw_email", .emailAddress).of(emails),
        ]
    }
}
