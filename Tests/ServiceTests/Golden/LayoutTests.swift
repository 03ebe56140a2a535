import Testing

@Suite("Layouts of golden cases")
struct LayoutTests {
    @Test("of JSON keep the order of members and the text of every value")
    func json() {
        let name = String(repeating: "n", count: 100)
        #expect(
            JSONLayout.text(#"{"b":1.50,"a":[],"c":{"\#(name)":"x, {\"y","e":[{"f":null},{"g":-1e9}]},"d":{}}"#) == """
                {
                  "b": 1.50,
                  "a": [],
                  "c": {
                    "\(name)": "x, {\\"y",
                    "e": [
                      { "f": null },
                      { "g": -1e9 }
                    ]
                  },
                  "d": {}
                }

                """)
        #expect(JSONLayout.text("[\"a\",\"b\"]") == "[\"a\", \"b\"]\n")
    }

    @Test("of what is not JSON leave it unchanged", arguments: ["", "{", "{\"a\"}", "[1 2]", "nothing here", "\"open"])
    func noJSON(_ text: String) { #expect(JSONLayout.text(text) == text + "\n") }

    @Test("of SQL begin a line with each clause, and only with those")
    func clauses() {
        let sql = """
            SELECT t.id, count(*) FROM contact t LEFT JOIN email e USING (id) WHERE t.name IS DISTINCT FROM 'a FROM (b WHERE' \
            AND t.id = ANY ($2::uuid[]) ORDER BY (SELECT max(id) FROM note) FOR NO KEY UPDATE
            """
        #expect(
            SQLLayout.text(sql) == """
                SELECT t.id, count(*)
                FROM contact t
                LEFT JOIN email e USING (id)
                WHERE t.name IS DISTINCT FROM 'a FROM (b WHERE' AND t.id = ANY ($2::uuid[])
                ORDER BY (SELECT max(id) FROM note)
                FOR NO KEY UPDATE
                """)
    }

    @Test("of SQL have a line per column and condition if one line has no room for all")
    func long() {
        let (first, second) = (String(repeating: "a", count: 70), String(repeating: "b", count: 70))
        let sql = """
            INSERT INTO t (id) SELECT f('it''s', x[1]), \(first), \(second) FROM (SELECT \(first), \(second) FROM u LIMIT 1) s \
            WHERE \(first) BETWEEN 1 AND 2 AND \(second) IS NULL ON CONFLICT (id) DO UPDATE SET id = 1
            """
        #expect(
            SQLLayout.text(sql) == """
                INSERT INTO t (id)
                SELECT f('it''s', x[1]),
                  \(first),
                  \(second)
                FROM (
                  SELECT \(first),
                    \(second)
                  FROM u
                  LIMIT 1
                ) s
                WHERE \(first) BETWEEN 1 AND 2
                  AND \(second) IS NULL
                ON CONFLICT (id) DO UPDATE
                SET id = 1
                """)
        #expect(SQLLayout.collapsed(SQLLayout.text(sql)) == sql)
        #expect(SQLLayout.collapsed("SELECT 'a  b'") != SQLLayout.collapsed("SELECT 'a b'"))
    }
}
