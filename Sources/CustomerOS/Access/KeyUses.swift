internal import EventLoop
internal import Postgres

/// Uses of keys to write to the database.
final class KeyUses: Sendable {
    private struct Entry {
        let use = KeyUse()
        let beginning = EventLoop.now
        /// The last use written to the database.
        var written: UInt64 = 0
    }

    private let entries = Lock<[String: Entry]>([:])

    /// Where the uses of a key are recorded.
    func use(of keyID: String) -> KeyUse {
        entries.withLock { entries in
            if let entry = entries[keyID] { return entry.use }
            let entry = Entry()
            entries[keyID] = entry
            return entry.use
        }
    }

    /// `$1` the ids, `$2` how long ago each was used, in seconds.
    private static let write = StatementText(
        "api_key.note_use",
        """
        UPDATE api_key k SET last_used_at = greatest(k.last_used_at, now() - u.age * interval '1 second') \
        FROM unnest($1::uuid[], $2::float8[]) u (id, age) WHERE k.id = u.id
        """)

    /// Writes what is new. What fails is written the next time.
    func write(to database: Database) async {
        let now = EventLoop.now
        let new = entries.withLock { entries in
            entries.compactMap { id, entry in entry.use.latest > entry.written ? (id: id, moment: entry.use.latest) : nil }
        }
        if !new.isEmpty {
            let ages = new.map { String(Double(now - min(now, $0.moment)) / 1e9) }
            let query = Query(Self.write, [.text(arrayText(new.map(\.id))), .text(arrayText(ages))])
            guard case .success? = await database.readExclusively([query], for: .platform).first else { return }
        }
        entries.withLock { entries in
            for (id, moment) in new { entries[id]?.written = moment }
            // A key unused for a minute is looked up again before its next use, and then gets a new entry.
            entries = entries.filter {
                $0.value.use.latest > $0.value.written || max($0.value.written, $0.value.beginning) + 60_000_000_000 > now
            }
        }
    }
}
