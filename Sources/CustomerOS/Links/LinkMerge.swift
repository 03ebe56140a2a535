internal import Postgres

/// The statements that move links when records are merged, for contacts and organizations alike. `$2` is the primary
/// record, `$3` the merged ones. Of duplicates the primary's own stays, otherwise that of the record named first.
enum LinkMerge: Sendable {
    case contact, organization

    private var owner: SQL {
        switch self {
        case .contact: "contact"
        case .organization: "organization"
        }
    }

    private var other: LinkMerge {
        switch self {
        case .contact: .organization
        case .organization: .contact
        }
    }

    private func name(_ part: String) -> String { "\(owner.text)_merge.\(part)" }

    private var key: SQL { "\(owner)_id" }

    /// All records of the merge with their position: the primary first.
    var place: SQL {
        "place AS (SELECT * FROM unnest(array_prepend($2::uuid, $3::uuid[])) WITH ORDINALITY AS given (\(key), place))"
    }

    var emails: StatementText { addresses("emails", "\(owner)_email", "email_id") }

    var phoneNumbers: StatementText { addresses("phone_numbers", "\(owner)_phone_number", "phone_number_id") }

    /// Moved addresses are not primary; labels are kept.
    private func addresses(_ part: String, _ table: SQL, _ address: SQL) -> StatementText {
        StatementText(
            name(part),
            """
            WITH \(place), moved AS (DELETE FROM \(table) WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[]) RETURNING *) \
            INSERT INTO \(table) (tenant_id, \(key), \(address), is_primary, label, created_at) \
            SELECT $1, $2::uuid, \(address), false, (array_agg(label ORDER BY place.place))[1], min(created_at) \
            FROM moved JOIN place USING (\(key)) GROUP BY \(address) ON CONFLICT (tenant_id, \(key), \(address)) DO NOTHING
            """)
    }

    var tags: StatementText { links("tags", "\(owner)_tag", "tag_id", since: "tagged_at") }

    var locations: StatementText { links("locations", "\(owner)_location", "location_id", since: "created_at") }

    private func links(_ part: String, _ table: SQL, _ linked: SQL, since: SQL) -> StatementText {
        StatementText(
            name(part),
            """
            WITH moved AS (DELETE FROM \(table) WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[]) RETURNING *) \
            INSERT INTO \(table) (tenant_id, \(key), \(linked), \(since)) SELECT $1, $2::uuid, \(linked), min(\(since)) \
            FROM moved GROUP BY \(linked) ON CONFLICT (tenant_id, \(key), \(linked)) DO NOTHING
            """)
    }

    /// One profile per key. A profile without owners is deleted.
    var socials: StatementText {
        StatementText(
            name("socials"),
            """
            WITH \(place), ranked AS (SELECT l.\(key), l.social_id, l.created_at, \
            row_number() OVER (PARTITION BY s.url_key ORDER BY place.place, s.created_at, s.id) AS rank \
            FROM place JOIN \(owner)_social l ON l.tenant_id = $1 AND l.\(key) = place.\(key) \
            JOIN social s ON s.tenant_id = $1 AND s.id = l.social_id), \
            moved AS (INSERT INTO \(owner)_social (tenant_id, \(key), social_id, created_at) \
            SELECT $1, $2::uuid, social_id, created_at FROM ranked WHERE rank = 1 AND \(key) <> $2::uuid \
            ON CONFLICT (tenant_id, \(key), social_id) DO NOTHING), \
            gone AS (DELETE FROM \(owner)_social WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[])) \
            DELETE FROM social s USING ranked r WHERE s.tenant_id = $1 AND s.id = r.social_id \
            AND NOT EXISTS (SELECT FROM ranked k WHERE k.social_id = s.id AND (k.rank = 1 OR k.\(key) = $2::uuid)) \
            AND NOT EXISTS (SELECT FROM \(owner)_social l WHERE l.tenant_id = $1 AND l.social_id = s.id \
            AND l.\(key) <> $2::uuid AND l.\(key) <> ALL ($3::uuid[])) \
            AND NOT EXISTS (SELECT FROM \(other.owner)_social l WHERE l.tenant_id = $1 AND l.social_id = s.id)
            """)
    }

    /// Participations in events.
    var participants: StatementText {
        StatementText(
            name("participants"),
            """
            WITH moved AS (DELETE FROM timeline_event_participant WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[]) RETURNING *) \
            INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, \(key), type, position) \
            SELECT $1, timeline_event_id, role, $2::uuid, min(type), min(position) FROM moved GROUP BY timeline_event_id, role \
            ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
            """)
    }

    /// The import keys of the merged ones. From now on their lines add to the primary one.
    var importKeys: StatementText {
        StatementText(
            name("import_keys"),
            "UPDATE import_key SET \(key) = $2::uuid, is_merged = true WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[])")
    }

    /// Rows of another table that belong to one record each: `part` is the plural name.
    func reassigned(_ part: String, _ table: SQL) -> StatementText {
        StatementText(name(part), "UPDATE \(table) SET \(key) = $2::uuid WHERE tenant_id = $1 AND \(key) = ANY ($3::uuid[])")
    }
}
