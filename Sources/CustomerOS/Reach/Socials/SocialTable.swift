internal import GraphQL
internal import Postgres

/// The statements that write the social profiles of one kind of owner.
struct SocialTable: Sendable {
    let owner: ReachOwner
    /// `$2` owner, `$3` key: the owner's profile with that key.
    let find: StatementText
    /// `$2` owner, `$3` key: whether another visible owner has it.
    let findOther: StatementText
    /// `$2` id, `$3` owner, `$4` URL, `$5` key, `$6` alias.
    let insert: StatementText
    /// `$2` owner, `$3` profile.
    let unlink: StatementText

    init(_ owner: ReachOwner) {
        self.owner = owner
        let link: SQL = "\(owner.prefix)_social"
        find = StatementText(
            "\(link.text).find",
            """
            SELECT t.id FROM \(link) l JOIN social t ON t.tenant_id = l.tenant_id AND t.id = l.social_id \
            WHERE l.tenant_id = $1 AND l.\(owner.key) = $2::uuid AND t.url_key = $3 ORDER BY t.created_at, t.id LIMIT 1
            """)
        findOther = StatementText(
            "\(link.text).find_other",
            """
            SELECT o.id FROM social t JOIN \(link) l ON l.tenant_id = t.tenant_id AND l.social_id = t.id AND l.\(owner.key) <> $2::uuid \
            JOIN \(owner.prefix) o ON o.tenant_id = l.tenant_id AND o.id = l.\(owner.key) AND o.state IN ('LIVE', 'HIDDEN') \
            WHERE t.tenant_id = $1 AND t.url_key = $3 LIMIT 1
            """)
        insert = StatementText(
            "\(link.text).insert",
            """
            WITH made AS (INSERT INTO social (tenant_id, id, url, url_key, alias) VALUES ($1, $2::uuid, $4, $5, $6) \
            RETURNING tenant_id, id) \
            INSERT INTO \(link) (tenant_id, \(owner.key), social_id) SELECT tenant_id, $3::uuid, id FROM made
            """)
        unlink = StatementText(
            "\(link.text).remove", "DELETE FROM \(link) WHERE tenant_id = $1 AND \(owner.key) = $2::uuid AND social_id = $3::uuid")
    }

    /// Serializes concurrent saves of the same profile.
    static let lockKey = StatementText("social.lock_key", "SELECT pg_advisory_xact_lock(hashtextextended($2, $1::integer))")

    /// Concurrent removals from the last two owners wait here, so that the later one sees that it is the last.
    static let lock = StatementText("social.lock", "SELECT id FROM social WHERE tenant_id = $1 AND id = $2::uuid FOR UPDATE")

    static let deleteOrphan = StatementText(
        "social.delete_orphan",
        """
        DELETE FROM social t WHERE t.tenant_id = $1 AND t.id = $2::uuid \
        AND NOT EXISTS (SELECT FROM contact_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id) \
        AND NOT EXISTS (SELECT FROM organization_social l WHERE l.tenant_id = t.tenant_id AND l.social_id = t.id)
        """)

    /// `$3` URL, `$4` key, `$5` alias. The network's own id belongs to the old URL.
    static let update = StatementText(
        "social.update",
        """
        UPDATE social SET url = $3, url_key = $4, alias = $5, updated_at = now(), \
        external_id = CASE WHEN url_key = $4 THEN external_id ELSE '' END WHERE tenant_id = $1 AND id = $2::uuid RETURNING id
        """)

    static let delete = StatementText("social.delete", "DELETE FROM social WHERE tenant_id = $1 AND id = $2::uuid")
}
