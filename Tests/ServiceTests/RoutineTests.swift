import Foundation
import Postgres
import Testing

@testable import CustomerOS

extension ServiceSuite {
    /// The files of `migrations/routines/`, and what the frozen migrations made of the same names.
    @Suite("Routines")
    struct RoutineTests {
        /// The last migration that may define routines.
        private static let lastFrozen = 102

        /// A routine whose text was changed on purpose has this line, with the reason: only then may it differ from the frozen migrations.
        private static let markOfChange = "-- Changed since 0102: "

        /// A database as the last release before there were files of routines made it.
        private static func old(_ body: (BlockingConnection) throws -> Void) async throws {
            try await TestServer.withEmptyDatabase { connection in
                _ = try Migrator(API.migrations.filter { $0.number <= lastFrozen }, on: connection).apply()
                try body(connection)
            }
        }

        private struct Definition: Equatable {
            /// With each run of blanks as one.
            let text: String
            /// What callers rely on.
            let signature: String
        }

        private static func definitions(_ connection: BlockingConnection) throws -> [String: Definition] {
            let rows = try connection.run(
                """
                SELECT proname, pg_get_functiondef(oid), prokind::text || pg_get_function_arguments(oid) || ' ' || coalesce(pg_get_function_result(oid), '') \
                FROM pg_proc WHERE pronamespace = current_schema()::regnamespace \
                UNION ALL SELECT relname, pg_get_viewdef(c.oid), (SELECT string_agg(attname || ' ' || atttypid::regtype, ', ' ORDER BY attnum) \
                FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0) FROM pg_class c \
                WHERE relkind = 'v' AND relnamespace = current_schema()::regnamespace \
                UNION ALL SELECT tgname, pg_get_triggerdef(t.oid), '' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid \
                WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace
                """)
            let pairs = (0..<rows.rowCount).map { row in
                let text = (rows.text(row, 1) ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ")
                return (rows.text(row, 0) ?? "", Definition(text: text, signature: rows.text(row, 2) ?? ""))
            }
            // Nothing has a second form beside the first.
            #expect(Set(pairs.map(\.0)).count == pairs.count)
            return Dictionary(pairs) { $1 }
        }

        @Test("are what the frozen migrations defined last, but for those that were changed on purpose, and bring old databases up to date")
        func frozen() async throws {
            try await Self.old { connection in
                let before = try Self.definitions(connection)
                let migrator = try API.migrator(on: connection)
                #expect(try migrator.status().pendingRoutines.count == API.routines.count)
                let applied = try migrator.apply()
                #expect(try Set(applied.routines) == Set(API.routines.map(\.name)))
                #expect(try migrator.status().isCurrent && migrator.apply().isEmpty)

                let after = try Self.definitions(connection)
                #expect(try Set(after.keys) == Set(API.routines.map(\.name)), "each has a file, and each file makes what it is named for")
                for routine in try API.routines {
                    guard let old = before[routine.name], let new = after[routine.name] else { continue }
                    let isChanged = routine.sql.contains(Self.markOfChange)
                    #expect(
                        (old.text == new.text) != isChanged,
                        "\(routine.name): a text that is not the migrations' has the line \"\(Self.markOfChange)reason\", and no other")
                    // For one release: callers of older programs go on beside this one.
                    #expect(old.signature == new.signature, "\(routine.name)")
                }
                for name in before.keys where after[name] == nil {
                    Issue.record("\(name) has gone: the programs of one release before need it")
                }
            }
        }

        @Test("stand in files alone from then on, and each migration says which programs may run alongside it")
        func laterMigrations() {
            for migration in API.migrations where migration.number > Self.lastFrozen {
                #expect(migration.compatibleFrom != nil, "\(migration.name) lacks a line \"-- compatible-from: VERSION\"")
                let defines = migration.sql.contains(/(?i)CREATE\s+(OR\s+REPLACE\s+)?(FUNCTION|PROCEDURE|VIEW|TRIGGER)\s+(?!pg_temp)/)
                #expect(!defines, "\(migration.name) defines a routine: it belongs in a file of migrations/routines")
            }
        }

        // MARK: Rules for a distributed PostgreSQL

        /// Routines from before the rules. What is mended leaves its list, and nothing new comes.
        private static let readTablesInSQL: Set = [
            "base_currency", "contract_lifetime_value", "contract_max_arr", "currency_units", "organization_figures_refresh",
            "organization_left", "organization_touchpoint_refresh", "user_name",
        ]
        private static let askForTheirTable: Set = ["kept_count_add", "kept_count_remove"]

        @Test("keep the rules that a distributed PostgreSQL sets, but for older ones that are named here")
        func distributed() async throws {
            let server = try await TestServer.shared.value
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            let readers = try connection.run(
                """
                SELECT proname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang \
                WHERE pronamespace = current_schema()::regnamespace AND lanname = 'sql' AND EXISTS ( \
                SELECT FROM pg_class c WHERE relkind IN ('r', 'v', 'p') AND relnamespace = current_schema()::regnamespace \
                AND prosrc ~* ('\\m(from|join|update|into)\\s+' || relname || '\\M')) ORDER BY 1
                """)
            #expect(Set(readers.texts) == Self.readTablesInSQL, "what reads or writes tables is PL/pgSQL")
            let askers = try connection.run("SELECT proname FROM pg_proc WHERE prosrc ~ 'TG_TABLE_NAME' ORDER BY 1")
            #expect(Set(askers.texts) == Self.askForTheirTable, "triggers take what they need as arguments")
            let language = try connection.run(
                "SELECT lanname FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang WHERE proname = 'fold'")
            #expect(language.texts == ["plpgsql"])
            for routine in try API.routines {
                let bare = routine.sql.replacing("(SELECT now())", with: "moment")
                #expect(!bare.contains(/(?i)(CASE|COALESCE\s*\()[^;]*?\bnow\(\)/), "\(routine.name): now() in CASE or COALESCE")
            }
        }
    }
}
