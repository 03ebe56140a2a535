import TestSupport
import Testing

@testable import Postgres

@Suite("Scripts of SQL")
struct SQLScriptTests {
    /// Statements that hold every form of quotes and comments.
    private static let statements = [
        "SELECT 1", "SELECT ';'", "SELECT 'it''s; so'", "SELECT E'a\\';b'", "SELECT e'\\\\'", "SELECT \"a;\"\"b;\" FROM t",
        "SELECT $$;$$", "SELECT $a$ $$;$b$; $a$", "SELECT $1, a$b$c", "SELECT 1 -- no; end\n, 2", "SELECT /* a; /* b; */ c; */ 1",
        "CREATE RULE r AS ON INSERT TO t DO ALSO (SELECT 1; SELECT 2)", "SELECT U&'\\0061;', B'1', N'x;'", "SELECT 'é;', $é$;$é$",
        "DO $$ BEGIN PERFORM 1; END $$", "SELECT some'x;'", "SELECT 3 - -1, 4 / 2, '-- no', '/* no'",
    ]

    @Test("fall apart at the semicolons that end statements, whatever the order", arguments: 0..<50)
    func statements(_ seed: Int) {
        var generator = RandomSource(seed: UInt64(seed))
        let chosen = (0..<8).map { _ in Self.statements.randomElement(using: &generator) ?? "" }
        let gaps = ["\n", " ", "-- ; comment\n", "/* ; */", "\n\n", ";", " ; "]
        var script = ""
        var lines: [Int] = []
        for statement in chosen {
            script += gaps.randomElement(using: &generator) ?? ""
            lines.append(1 + script.count { $0 == "\n" })
            script += statement + (Bool.random(using: &generator) ? ";" : " \n;")
        }
        let found = SQLScript(script).statements
        #expect(found.map(\.text) == chosen)
        #expect(found.map(\.line) == lines)
    }

    @Test(
        "may end without a semicolon, or within a quote", arguments: ["SELECT 1", "SELECT 'x;", "SELECT $$;", "SELECT /* ;", "SELECT E'\\"])
    func ends(_ script: String) {
        #expect(SQLScript("SELECT 0;" + script).statements.count == 2)
    }

    @Test("may hold nothing", arguments: ["", " \n", ";;", "-- nothing", "/* nothing */ ;"])
    func empty(_ script: String) { #expect(SQLScript(script).statements.isEmpty) }
}
