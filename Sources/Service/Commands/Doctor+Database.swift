internal import CustomerOS
internal import EventLoop
internal import Glibc
internal import Postgres

extension Doctor {
    mutating func examineDatabase() {
        let isEmbedded = arguments.text("database-url") == nil
        if isEmbedded, !EmbeddedCluster.exists(dataDirectory: arguments.text("data-dir") ?? ".data") {
            return find("database", .ok, "There is no embedded database yet: it is created at the first start.")
        }
        do {
            try DatabaseCommands.withConnection(arguments) { connection in
                find("database", .ok, "It is reached.")
                try examine(connection, isEmbedded: isEmbedded)
            }
        } catch {
            let place = arguments.text("database-url").map { ConnectionText.masked($0) } ?? "the embedded database"
            find(
                "database", .problem, "It cannot be used (\(place)): \(DatabaseRefusal(error))",
                "Check DATABASE_URL, whether PostgreSQL runs there, and its pg_hba.conf.")
        }
    }

    private mutating func examine(_ connection: BlockingConnection, isEmbedded: Bool) throws {
        let version = connection.serverVersion
        if version < 150_000 {
            find("version", .problem, "PostgreSQL \(version / 10_000) is too old.", "Use PostgreSQL 15 or later.")
        } else {
            find("version", .ok, "PostgreSQL \(version / 10_000).\(version % 10_000).")
        }
        try examineServer(connection)
        try examineConnections(connection)
        try examineSession(connection)
        try examinePreparedStatements()
        try examineClock(connection)
        try examineMigrations(connection, isEmbedded: isEmbedded)
        try examineRights(connection, isEmbedded: isEmbedded)
        examineChanges(connection)
        if isEmbedded { try examinePrograms(connection) }
    }

    // MARK: The server

    private mutating func examineServer(_ connection: BlockingConnection) throws {
        let row = try connection.run(
            """
            SELECT current_setting('server_encoding'), EXISTS (SELECT FROM pg_collation WHERE collprovider = 'i'), pg_is_in_recovery(), \
            current_setting('default_transaction_read_only'), current_setting('fsync'), current_setting('full_page_writes'), \
            current_setting('autovacuum'), current_setting('track_counts'), coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), \
            false), inet_server_addr() IS NULL OR inet_server_addr() = inet_client_addr()
            """)
        let encoding = row.text(0, 0) ?? ""
        if encoding != "UTF8" {
            find(
                "encoding", .problem, "The database's encoding is \(encoding).",
                "Make a database with UTF-8: CREATE DATABASE customeros ENCODING 'UTF8' TEMPLATE template0")
        } else if row.text(0, 1) != "t" {
            find("encoding", .problem, "This PostgreSQL was built without ICU.", "Use a build with ICU, such as Debian's.")
        } else {
            find("encoding", .ok, "UTF-8, with ICU.")
        }
        if row.text(0, 2) == "t" || row.text(0, 3) == "on" {
            find(
                "writing", .problem, "The database takes reads only\(row.text(0, 2) == "t" ? ": it is a standby" : "").",
                "Name the primary server in DATABASE_URL, or ALTER DATABASE … SET default_transaction_read_only = off.")
        } else {
            find("writing", .ok, "The database takes changes.")
        }
        let risky = zip(4..., ["fsync", "full_page_writes", "autovacuum", "track_counts"]).filter { row.text(0, $0.0) != "on" }.map(\.1)
        if risky.isEmpty {
            find("durability", .ok, "fsync, full_page_writes and autovacuum are on.")
        } else {
            find(
                "durability", .warning,
                "\(risky.joined(separator: ", ")) \(risky.count == 1 ? "is" : "are") off: data or plans may be lost.",
                "Switch them on in postgresql.conf.")
        }
        if row.text(0, 8) != "t", row.text(0, 9) != "t" {
            find(
                "encryption", .warning, "The connection to the database crosses the network unencrypted.",
                "Add sslmode=verify-full to DATABASE_URL, and a certificate to PostgreSQL.")
        } else {
            find("encryption", .ok, row.text(0, 8) == "t" ? "The connection is encrypted." : "The connection does not leave this machine.")
        }
    }

    private mutating func examineConnections(_ connection: BlockingConnection) throws {
        let row = try connection.run(
            """
            SELECT current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int, \
            (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND application_name IS DISTINCT FROM 'customeros-api'), \
            (SELECT rolconnlimit FROM pg_roles WHERE rolname = current_user), \
            (SELECT datconnlimit FROM pg_database WHERE datname = current_database())
            """)
        let numbers = (0..<4).map { Int(row.text(0, $0) ?? "") ?? -1 }
        let loops = ServeCommand.loops(arguments)
        let pool = arguments.number("pool-size") ?? 8
        // One more for commands.
        let wanted = DatabaseConfiguration(connectionString: "", poolSize: pool).sessions(loops: loops) + 1
        let limits = [
            ("max_connections", numbers[0]), ("the role's connection limit", numbers[2]), ("the database's connection limit", numbers[3]),
        ]
        let advice = "Raise it, or lower --pool-size (\(pool)) or --loops (\(loops))."
        if let (name, limit) = limits.first(where: { $0.1 >= 0 && $0.1 < wanted }) {
            find("connections", .problem, "A server needs \(wanted) connections, but \(name) allows \(limit).", advice)
        } else if numbers[0] - numbers[1] < wanted {
            find("connections", .warning, "A server needs \(wanted) connections; others use \(numbers[1]) of \(numbers[0]).", advice)
        } else {
            find("connections", .ok, "A server needs \(wanted) connections; \(numbers[0]) are allowed, others use \(numbers[1]).")
        }
    }

    /// A pooler may drop session settings.
    mutating func examineSession(_ connection: BlockingConnection) throws {
        let row = try connection.run(
            """
            SELECT current_setting('TimeZone'), current_setting('DateStyle'), current_setting('IntervalStyle'), \
            extract(epoch FROM current_setting('statement_timeout')::interval)
            """)
        let timeZone = row.text(0, 0) ?? ""
        if timeZone != "UTC" || row.text(0, 1)?.hasPrefix("ISO") != true || row.text(0, 2) != "iso_8601" {
            find(
                "session", .problem,
                "The session has TimeZone \(timeZone), DateStyle \(row.text(0, 1) ?? ""), IntervalStyle \(row.text(0, 2) ?? ""): a pooler drops what the server asks for.",
                "Give them to the role: ALTER ROLE … SET timezone = 'UTC', datestyle = 'ISO', intervalstyle = 'iso_8601', one at a time.")
        } else {
            find("session", .ok, "Time zone UTC, dates and intervals in ISO 8601.")
        }
        let seconds = Double(row.text(0, 3) ?? "") ?? 0
        if seconds == 0 || seconds > 60 {
            find(
                "statement timeout", .warning, seconds == 0 ? "Statements have no time limit." : "Statements may take \(Int(seconds)) s.",
                "Give the role one: ALTER ROLE … SET statement_timeout = '10s'")
        } else {
            find("statement timeout", .ok, "Statements may take \(Int(seconds)) s.")
        }
    }

    private mutating func examineClock(_ connection: BlockingConnection) throws {
        let before = Self.now
        let row = try connection.run("SELECT extract(epoch FROM clock_timestamp())::float8")
        let theirs = Double(row.text(0, 0) ?? "") ?? 0
        let difference = theirs < before ? before - theirs : max(0, theirs - Self.now)
        let text = "The clocks of this machine and of the database differ by \((difference * 10).rounded() / 10) s."
        if difference > 1 {
            find(
                "clock", difference > 60 ? .problem : .warning, text,
                "Let both follow a time server: systemctl enable --now systemd-timesyncd")
        } else {
            find("clock", .ok, "The clocks of this machine and of the database agree.")
        }
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// Performs a change, and rolls it back.
    private mutating func examineChanges(_ connection: BlockingConnection) {
        do {
            let status = try? API.migrator(on: connection).status()
            guard status?.isCurrent == true else { return }
            try connection.run("BEGIN")
            defer { _ = try? connection.run("ROLLBACK") }
            try connection.runScript("PREPARE doctor_change AS \(ChangeCheck.statement.sql.text)")
            try connection.run("EXECUTE doctor_change")
            try connection.run("DEALLOCATE doctor_change")
            find("changes", .ok, "A change could be made.")
        } catch {
            find(
                "changes", .problem, "Changes fail (\(DatabaseRefusal(error))).",
                "Look at PostgreSQL's log. After an update of PostgreSQL's packages, restart PostgreSQL.")
        }
    }

    /// The running server may be older than the installed programs.
    private mutating func examinePrograms(_ connection: BlockingConnection) throws {
        let running = try connection.run("SHOW server_version").text(0, 0) ?? ""
        guard let installed = try? EmbeddedCluster.programs(dataDirectory: arguments.text("data-dir") ?? ".data") else { return }
        guard installed.version != running else { return }
        find(
            "PostgreSQL's update", .warning, "PostgreSQL \(running) runs, and \(installed.version) is installed.",
            "Nothing: the server restarts it once no transaction is open.")
    }

    // MARK: The schema

    private mutating func examineMigrations(_ connection: BlockingConnection, isEmbedded: Bool) throws {
        do {
            let status = try API.migrator(on: connection).status()
            if status.isCurrent {
                let newer = status.newer.map { " \($0.name) is of a newer program, alongside which this one may run." }.joined()
                return find("migrations", .ok, "All \(status.applied.count) are applied, with \(try API.routines.count) routines." + newer)
            }
            let pending =
                status.pending.isEmpty
                ? "\(status.pendingRoutines.count) routines lack their current text: \(status.pendingRoutines.joined(separator: ", "))."
                : "\(status.pending.count) of \(API.migrations.count) are pending, from \(status.pending.first ?? "") on."
            if isEmbedded || arguments.flag("migrate") == true {
                return find("migrations", .ok, pending + " The server applies them when it starts.")
            }
            find("migrations", .problem, pending, "Run `customeros-api migrate`; `customeros-api migrate plan` shows what it would do.")
            let mayCreate = try connection.run("SELECT has_schema_privilege(current_user, current_schema(), 'CREATE')").text(0, 0) == "t"
            if !mayCreate {
                find(
                    "migrations", .problem, "The role may not create tables, which migrations do.",
                    "Run them as the schema's owner, or GRANT CREATE ON SCHEMA public TO the role.")
            }
        } catch let failure as BlockingConnection.Failure {
            find(
                "migrations", .problem, "They cannot be read. \(DatabaseRefusal(failure))",
                "GRANT SELECT ON schema_migration, schema_routine TO the role, or use the owner's role.")
        } catch {
            find("migrations", .problem, "\(error)", "`customeros-api version` says which version this is.")
        }
    }

    private mutating func examineRights(_ connection: BlockingConnection, isEmbedded: Bool) throws {
        let role = try connection.run(
            "SELECT current_user, rolsuper, current_schema() IS NULL FROM pg_roles WHERE rolname = current_user")
        let name = role.text(0, 0) ?? ""
        if role.text(0, 2) == "t" {
            return find("rights", .problem, "The role \(name) may use no schema.", "GRANT USAGE ON SCHEMA public TO \(name)")
        }
        if role.text(0, 1) == "t", !isEmbedded {
            return find(
                "rights", .warning, "The role \(name) is a superuser, which the server does not need.",
                "Make a role that owns the database only: CREATE ROLE customeros LOGIN; ALTER DATABASE … OWNER TO customeros")
        }
        let rows = try connection.run(
            """
            SELECT what FROM (SELECT relname || ': ' || right_name AS what FROM pg_class \
            CROSS JOIN unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) AS right_name \
            WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND NOT has_table_privilege(oid, right_name) \
            UNION ALL SELECT relname || ': USAGE' FROM pg_class \
            WHERE relnamespace = current_schema()::regnamespace AND CASE relkind WHEN 'S' THEN NOT has_sequence_privilege(oid, 'USAGE') END \
            UNION ALL SELECT proname || ': EXECUTE' FROM pg_proc \
            WHERE pronamespace = current_schema()::regnamespace AND NOT has_function_privilege(oid, 'EXECUTE')) AS lacking ORDER BY what
            """
        )
        let lacking = (0..<rows.rowCount).compactMap { rows.text($0, 0) }
        if lacking.isEmpty { return find("rights", .ok, "The role \(name) has all it needs.") }
        let some = lacking.prefix(4).joined(separator: ", ") + (lacking.count > 4 ? " and \(lacking.count - 4) more" : "")
        find(
            "rights", .problem, "The role \(name) lacks rights: \(some).",
            "Use the owner's role, or GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO \(name), and USAGE on all sequences."
        )
    }
}
