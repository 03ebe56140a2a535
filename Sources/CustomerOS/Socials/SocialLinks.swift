internal import Postgres
internal import Records

/// A kind of record that has profiles.
protocol SocialOwner: LinkOwner {
    static var socialLinks: SocialLinks<Self> { get }
}

/// The statements on the profiles of one kind of owner.
final class SocialLinks<Owner: SocialOwner>: Sendable {
    /// The owner's profile with a key.
    let find: Statement<(owner: ID<Owner>, key: String), ID<Social>>
    /// Another visible owner of a profile with the key.
    let findOther: Statement<(owner: ID<Owner>, key: String), ID<Owner>>
    let insert: Statement<(id: ID<Social>, owner: ID<Owner>, url: String, key: String, alias: String), Void>
    /// Returns what it removes.
    let remove: Statement<(owner: ID<Owner>, social: ID<Social>), ID<Social>>

    init() {
        let (owner, key, link): (SQL, SQL, SQL) = (Owner.word, Owner.key, "\(Owner.word)_social")
        find = Statement("\(link.text).find") { p in
            """
            SELECT t.id FROM \(link) l JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id
            WHERE l.tenant_id = \(p.tenant) AND l.\(key) = \(p.owner) AND t.url_key = \(bare: p.key) ORDER BY t.created_at, t.id LIMIT 1
            """
        }
        findOther = Statement("\(link.text).find_other") { p in
            """
            SELECT o.id FROM social t
            JOIN \(link) l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.\(key) <> \(p.owner)
            JOIN \(owner) o ON o.tenant_id = l.tenant_id AND o.id = l.\(key) AND o.state IN ('LIVE', 'HIDDEN')
            WHERE t.tenant_id = \(p.tenant) AND t.url_key = \(bare: p.key) LIMIT 1
            """
        }
        insert = Statement("\(link.text).insert") { p in
            let (id, owner) = (p.id, p.owner)
            return """
                WITH made AS (INSERT INTO social (tenant_id, id, url, url_key, alias)
                VALUES (\(p.tenant), \(id), \(bare: p.url), \(bare: p.key), \(bare: p.alias)) RETURNING tenant_id, id)
                INSERT INTO \(link) (tenant_id, \(key), social_id) SELECT tenant_id, \(owner), id FROM made
                """
        }
        remove = Statement("\(link.text).remove") { p in
            """
            DELETE FROM \(link) WHERE tenant_id = \(p.tenant) AND \(key) = \(p.owner) AND social_id = \(p.social) RETURNING social_id
            """
        }
    }

    /// Whether another visible owner has a LinkedIn profile, which identifies its owner. Concurrent saves of the same
    /// profile wait here.
    func isTaken(_ social: SocialURL, by owner: ID<Owner>, _ change: Changing) async throws -> Bool {
        guard social.isLinkedInProfile else { return false }
        return try await !change.run(SocialStatements.lockKey.with(social.key), findOther.with((owner, social.key))).1.isEmpty
    }

    /// Adds a profile.
    /// - Returns: Its id.
    @discardableResult
    func add(_ social: SocialURL, to owner: ID<Owner>, _ change: Changing) async throws -> ID<Social> {
        let id = ID<Social>.new()
        try await change.run(insert, (id, owner, social.url, social.key, social.alias))
        return id
    }
}
