internal import Postgres
internal import Records

/// The statements that move what belongs to merged records, for contacts and organizations alike. Of duplicates the
/// primary record's own stays, otherwise that of the record named first.
struct MergeStatements<R: RecordKind> {
    typealias Move = Statement<Merge<R>, Void>

    /// The table of the other kind that shares profiles with this one.
    let other: SQL

    private var owner: SQL { R.type.table }

    /// The column that refers to a record.
    private var key: SQL { "\(owner)_id" }

    /// A statement of the merge.
    /// - Parameter part: The rest of its name.
    func move(
        _ part: String, _ sql: (_ p: Parameters<Merge<R>>, _ primary: Placeholder, _ merged: Placeholder) -> SQL
    ) -> Move {
        Move("\(owner.text)_merge.\(part)") { p in
            let (primary, merged) = (p.primary, p.merged)
            return sql(p, primary, merged)
        }
    }

    /// `place AS (…)`: all records of the merge with their position, the primary first.
    func place(_ primary: Placeholder, _ merged: Placeholder) -> SQL {
        "place AS (SELECT * FROM unnest(array_prepend(\(primary), \(merged))) WITH ORDINALITY AS given (\(key), place))"
    }

    // MARK: Links

    var emails: Move { addresses("emails", "\(owner)_email", "email_id") }

    var phoneNumbers: Move { addresses("phone_numbers", "\(owner)_phone_number", "phone_number_id") }

    /// Moved addresses are not primary; labels are kept.
    private func addresses(_ part: String, _ table: SQL, _ address: SQL) -> Move {
        move(part) { p, primary, merged in
            """
            WITH \(place(primary, merged)), moved AS (DELETE FROM \(table) WHERE tenant_id = \(p.tenant)
            AND \(key) = ANY (\(merged)) RETURNING *)
            INSERT INTO \(table) (tenant_id, \(key), \(address), is_primary, label, created_at)
            SELECT \(p.tenant), \(primary), \(address), false,
            (array_agg(label ORDER BY place.place))[1], min(created_at)
            FROM moved JOIN place USING (\(key)) GROUP BY \(address)
            ON CONFLICT (tenant_id, \(key), \(address)) DO NOTHING
            """
        }
    }

    var tags: Move { links("tags", "\(owner)_tag", "tag_id", since: "tagged_at") }

    var locations: Move { links("locations", "\(owner)_location", "location_id", since: "created_at") }

    private func links(_ part: String, _ table: SQL, _ linked: SQL, since: SQL) -> Move {
        move(part) { p, primary, merged in
            """
            WITH moved AS (DELETE FROM \(table) WHERE tenant_id = \(p.tenant) AND \(key) = ANY (\(merged)) RETURNING *)
            INSERT INTO \(table) (tenant_id, \(key), \(linked), \(since))
            SELECT \(p.tenant), \(primary), \(linked), min(\(since))
            FROM moved GROUP BY \(linked) ON CONFLICT (tenant_id, \(key), \(linked)) DO NOTHING
            """
        }
    }

    /// One profile per key. A profile without owners is deleted.
    var socials: Move {
        move("socials") { p, primary, merged in
            """
            WITH \(place(primary, merged)), ranked AS (SELECT l.\(key), l.social_id, l.created_at,
            row_number() OVER (PARTITION BY s.url_key ORDER BY place.place, s.created_at, s.id) AS rank
            FROM place JOIN \(owner)_social l ON l.tenant_id = \(p.tenant) AND l.\(key) = place.\(key)
            JOIN social s ON s.tenant_id = \(p.tenant) AND s.id = l.social_id),
            moved AS (INSERT INTO \(owner)_social (tenant_id, \(key), social_id, created_at)
            SELECT \(p.tenant), \(primary), social_id, created_at FROM ranked WHERE rank = 1 AND \(key) <> \(primary)
            ON CONFLICT (tenant_id, \(key), social_id) DO NOTHING),
            gone AS (DELETE FROM \(owner)_social WHERE tenant_id = \(p.tenant) AND \(key) = ANY (\(merged)))
            DELETE FROM social s USING ranked r WHERE s.tenant_id = \(p.tenant) AND s.id = r.social_id
            AND NOT EXISTS (SELECT FROM ranked k WHERE k.social_id = s.id AND (k.rank = 1 OR k.\(key) = \(primary)))
            AND NOT EXISTS (SELECT FROM \(owner)_social l WHERE l.tenant_id = \(p.tenant) AND l.social_id = s.id
            AND l.\(key) <> \(primary) AND l.\(key) <> ALL (\(merged)))
            AND NOT EXISTS (SELECT FROM \(other)_social l WHERE l.tenant_id = \(p.tenant) AND l.social_id = s.id)
            """
        }
    }

    /// Participations in events.
    var participants: Move {
        move("participants") { p, primary, merged in
            """
            WITH moved AS (DELETE FROM timeline_event_participant WHERE tenant_id = \(p.tenant)
            AND \(key) = ANY (\(merged)) RETURNING *)
            INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, \(key), type, position)
            SELECT \(p.tenant), timeline_event_id, role, \(primary), min(type), min(position) FROM moved
            GROUP BY timeline_event_id, role
            ON CONFLICT (tenant_id, timeline_event_id, role, subject_id) DO NOTHING
            """
        }
    }

    /// The import keys of the merged ones. From now on their lines add to the primary one.
    var importKeys: Move {
        move("import_keys") { p, primary, merged in
            """
            UPDATE import_key SET \(key) = \(primary), is_merged = true
            WHERE tenant_id = \(p.tenant) AND \(key) = ANY (\(merged))
            """
        }
    }

    // MARK: Rows of one record

    /// Rows of another table that belong to one record each: `part` is the plural name.
    func reassigned(_ part: String, _ table: SQL) -> Move {
        move(part) { p, primary, merged in
            "UPDATE \(table) SET \(key) = \(primary) WHERE tenant_id = \(p.tenant) AND \(key) = ANY (\(merged))"
        }
    }

    /// The same, if a record has one row per `unique`.
    /// - Parameter assigned: Further assignments to rows that move.
    func reassigned(_ part: String, _ table: SQL, unique: SQL, assigned: SQL = "") -> Move {
        move(part) { p, primary, merged in
            """
            WITH \(place(primary, merged)), ranked AS (SELECT r.id, r.\(key),
            row_number() OVER (PARTITION BY \(unique) ORDER BY place.place, r.created_at, r.id) AS rank
            FROM place JOIN \(table) r ON r.tenant_id = \(p.tenant) AND r.\(key) = place.\(key)),
            gone AS (DELETE FROM \(table) r USING ranked WHERE r.tenant_id = \(p.tenant) AND r.id = ranked.id
            AND ranked.rank > 1)
            UPDATE \(table) r SET \(key) = \(primary)\(assigned) FROM ranked
            WHERE r.tenant_id = \(p.tenant) AND r.id = ranked.id AND ranked.rank = 1 AND ranked.\(key) <> \(primary)
            """
        }
    }

    // MARK: The records themselves

    /// The merged records can no longer be found.
    var mark: Move {
        move("mark") { p, primary, merged in
            """
            UPDATE \(owner) SET state = 'MERGED', merged_into_id = \(primary), state_changed_at = now(),
            updated_at = now()
            WHERE tenant_id = \(p.tenant) AND id = ANY (\(merged))
            """
        }
    }
}
