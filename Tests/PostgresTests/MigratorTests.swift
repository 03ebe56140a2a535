import Foundation
import Testing

@testable import Postgres

@Suite("Migrations", .serialized)
struct MigratorTests {
    private func fresh(_ name: String) throws -> DatabaseConfiguration {
        var configuration = try TestCluster.shared.get().configuration
        let admin = try BlockingConnection(configuration)
        _ = try? admin.runScript("CREATE DATABASE \(name)")
        configuration.connectionString = configuration.connectionString.replacingOccurrences(
            of: "dbname=customeros", with: "dbname=\(name)")
        return configuration
    }

    private static let steps = [
        Migration(number: 1, name: "0001_one", sql: "CREATE TABLE one (id integer); SELECT pg_sleep(0.1);"),
        Migration(number: 2, name: "0002_two", sql: "INSERT INTO one VALUES (1);"),
    ]

    @Test("are applied once by ten that start together")
    func together() async throws {
        let configuration = try fresh("together")
        let applied = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 {
                group.addTask { try Migrator(Self.steps, on: BlockingConnection(configuration)).apply().migrations.count }
            }
            return try await group.reduce(0, +)
        }
        #expect(applied == 2)
        #expect(try BlockingConnection(configuration).run("SELECT count(*) FROM one").text(0, 0) == "1")
    }

    @Test("are refused when one has changed, or is unknown; one that fails changes nothing")
    func refusals() throws {
        let configuration = try fresh("refusals")
        let connection = try BlockingConnection(configuration)
        #expect(try Migrator(Self.steps, on: connection).status().pending == ["0001_one", "0002_two"])
        let failing = Self.steps + [Migration(number: 3, name: "0003_three", sql: "CREATE TABLE three (id integer); SELECT 1 / 0;")]
        #expect(throws: Migrator.Failure.self) { try Migrator(failing, on: connection).apply() }
        #expect(try connection.run("SELECT to_regclass('three')").text(0, 0) == nil)
        #expect(try Migrator(Self.steps, on: connection).status().isCurrent)
        let changed = [Migration(number: 1, name: "0001_one", sql: "SELECT 1")]
        #expect(throws: Migrator.Failure.self) { try Migrator(changed + [Self.steps[1]], on: connection).status() }
        #expect(throws: Migrator.Failure.self) { try Migrator([Self.steps[0]], on: connection).status() }
    }

    @Test("name the file and the line of what failed")
    func places() throws {
        let connection = try BlockingConnection(fresh("places"))
        let scripts = [
            // PostgreSQL names the place in the statement.
            ("-- One\nSELECT 1;\n\nSELECT\n  'é',\n  missing;\n", 6),
            // It names none: the first line of the statement.
            ("CREATE TABLE three (id integer);\n\n/* Two\n */ SELECT\n  1 / 0;\n", 4),
            ("DO $$\nBEGIN\n  PERFORM 1;\nEND $$;\nDO $$ BEGIN RAISE 'no; not so'; END $$;", 5),
            ("SELECT ';';\nSELEC 1", 2),
        ]
        for (sql, line) in scripts {
            let failure = #expect(throws: Migrator.Failure.self) {
                try Migrator([Migration(number: 1, name: "0001_one", sql: sql)], on: connection).apply()
            }
            let description = failure?.description ?? ""
            #expect(description.hasPrefix("migrations/0001_one.sql, line \(line), failed"), "\(description)")
        }
    }

    @Test("come in the order of their numbers: a late one is refused, but for the first numbers, which may be ranges")
    func late() throws {
        let connection = try BlockingConnection(fresh("late"))
        let third = Migration(number: 3, name: "0003_three", sql: "SELECT 3")
        _ = try Migrator([Self.steps[0], third], on: connection).apply()
        let all = Self.steps + [third]
        let failure = #expect(throws: Migrator.Failure.self) { try Migrator(all, on: connection).apply() }
        #expect(failure?.description.contains("0002_two comes too late: the database already has 0003_three") == true)
        #expect(throws: Migrator.Failure.self) { try Migrator(all, unorderedUntil: 1, on: connection).status() }
        #expect(try Migrator(all, unorderedUntil: 2, on: connection).apply().migrations == ["0002_two"])
    }

    @Test("of a newer program are no obstacle to versions that may run beside them")
    func newer() throws {
        let connection = try BlockingConnection(fresh("newer"))
        let bookkeeping = Migration(
            number: 2, name: "0002_two", sql: "-- compatible-from: 0.9.1\nALTER TABLE schema_migration ADD compatible_from text")
        _ = try Migrator([Self.steps[0], bookkeeping], on: connection).apply()
        for (version, may) in [("0.9.0", false), ("0.9.1", true), ("0.10.0", true), ("1.0", true), ("0.9", false)] {
            let old = Migrator([Self.steps[0]], version: ProgramVersion(version), on: connection)
            if may {
                let status = try old.status()
                #expect(status.isCurrent && status.newer.map(\.name) == ["0002_two"], "\(version)")
                #expect(try old.apply().isEmpty)
            } else {
                #expect(throws: Migrator.Failure.self, "\(version)") { try old.status() }
            }
        }
        #expect(["1.", "", "1.x", "1.-1", "٣"].allSatisfy { ProgramVersion($0) == nil })
    }

    // MARK: Routines

    private static let withTable = Migration(
        number: 1, name: "0001_one",
        sql: """
            CREATE TABLE schema_routine (name text PRIMARY KEY, checksum text, version text, applied_at timestamptz DEFAULT now());
            CREATE TABLE one (id integer);
            """)

    private static func routines(_ answer: Int = 1) throws -> [Routine] {
        [
            try Routine(
                name: "a_trigger",
                sql: "CREATE OR REPLACE TRIGGER a_trigger BEFORE INSERT ON one FOR EACH ROW EXECUTE FUNCTION z_trigger();"),
            try Routine(name: "a_view", sql: "-- Of b_view(.\nCREATE OR REPLACE VIEW a_view AS SELECT id, z_function() AS z FROM b_view;"),
            try Routine(name: "b_view", sql: "CREATE OR REPLACE VIEW b_view AS SELECT id FROM one;"),
            try Routine(
                name: "z_function",
                sql: "CREATE OR REPLACE FUNCTION z_function() RETURNS integer LANGUAGE sql AS $$ SELECT z_other() -- a_view\n $$"),
            try Routine(
                name: "z_other", sql: "CREATE OR REPLACE FUNCTION z_other() RETURNS integer LANGUAGE sql AS $$ SELECT \(answer) $$"),
            try Routine(
                name: "z_trigger",
                sql: "CREATE OR REPLACE FUNCTION z_trigger() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"),
        ]
    }

    @Test("bring routines, each after those that it names, and again when a text has changed or one is gone")
    func routines() throws {
        let connection = try BlockingConnection(fresh("routines"))
        func migrator(_ routines: [Routine], _ version: String = "1.0", _ more: [Migration] = []) -> Migrator {
            Migrator([Self.withTable] + more, routines: routines, version: ProgramVersion(version), on: connection)
        }
        let first = migrator(try Self.routines())
        let expected = ["z_trigger", "a_trigger", "b_view", "z_other", "z_function", "a_view"]
        #expect(try first.status().pendingRoutines == expected)
        #expect(try first.apply().routines == expected)
        #expect(try first.status().isCurrent && first.apply().isEmpty)

        // An older program leaves the newer text alone.
        let second = migrator(try Self.routines(2), "1.1")
        #expect(try second.status().lack == "The database lacks the current text of 1 routines.")
        #expect(try second.apply().routines == ["z_other"])
        #expect(try first.status().isCurrent && first.apply().isEmpty)
        #expect(try connection.run("SELECT z_function()").text(0, 0) == "2")

        // A migration may drop what stands on a table it changes.
        let drop = Migration(number: 2, name: "0002_two", sql: "DROP VIEW b_view CASCADE; ALTER TABLE one ALTER id TYPE bigint;")
        let third = migrator(try Self.routines(2), "1.1", [drop])
        #expect(try third.apply().routines == ["b_view", "a_view"])
        #expect(try connection.run("SELECT count(*) FROM a_view").text(0, 0) == "0")
    }

    @Test("are taken back with routines that fail, which name their place too")
    func failingRoutine() throws {
        let connection = try BlockingConnection(fresh("failing"))
        let broken = try Routine(name: "broken", sql: "-- A view\nCREATE OR REPLACE VIEW broken AS\nSELECT missing FROM one;")
        let failure = #expect(throws: Migrator.Failure.self) {
            try Migrator([Self.withTable], routines: [broken], on: connection).apply()
        }
        #expect(failure?.description.hasPrefix("migrations/routines/broken.sql, line 3, failed") == true)
        #expect(try connection.run("SELECT to_regclass('one')").text(0, 0) == nil)
        #expect(try connection.run("SELECT count(*) FROM schema_migration").text(0, 0) == "0")
    }

    @Test("refuse routines that name each other in a ring, and files that are no routine")
    func badRoutines() throws {
        let connection = try BlockingConnection(fresh("bad"))
        func function(_ name: String, _ other: String) throws -> Routine {
            try Routine(name: name, sql: "CREATE OR REPLACE FUNCTION \(name)() RETURNS integer LANGUAGE sql AS $$ SELECT \(other)() $$;")
        }
        let ring = try [function("f", "g"), function("g", "h"), function("h", "g"), function("itself", "itself")]
        let failure = #expect(throws: Migrator.Failure.self) { try Migrator([], routines: ring, on: connection).status() }
        #expect(failure?.description.contains("g → h → g") == true)
        for sql in [
            "", "CREATE VIEW x AS SELECT 1", "CREATE OR REPLACE VIEW y AS SELECT 1", "CREATE OR REPLACE VIEW x AS SELECT 1; SELECT 2",
            "CREATE OR REPLACE RULE x AS SELECT 1",
        ] {
            #expect(throws: Routine.Malformed.self, "\(sql)") { try Routine(name: "x", sql: sql) }
        }
    }
}
