/// A function, procedure, view or trigger of the store, as it is built into the program: always the current text.
public struct Routine: Sendable {
    /// What a file cannot be.
    public struct Malformed: Error, CustomStringConvertible {
        public let description: String
    }

    enum Kind: String {
        case function, procedure, view, trigger
    }

    /// Its name in the database, and that of its file without the ending.
    public let name: String
    public let sql: String
    let kind: Kind
    /// The words of the text in lower case, those of a dollar-quoted body too; comments and quoted texts are left out.
    let words: Set<String>
    /// Those of the words that a parenthesis follows.
    let calledWords: Set<String>

    /// - Throws: `Malformed` when the text is not one statement `CREATE OR REPLACE FUNCTION NAME …`, or the same of a procedure, a view or a
    ///   trigger.
    public init(name: String, sql: String) throws(Malformed) {
        self.name = name
        self.sql = sql
        var reader = WordReader()
        reader.read(sql.utf8)
        guard SQLScript(sql).statements.count == 1, reader.inOrder.count > 4, Array(reader.inOrder[0..<3]) == ["create", "or", "replace"],
            let kind = Kind(rawValue: reader.inOrder[3]), reader.inOrder[4] == name
        else {
            throw Malformed(
                description: "migrations/routines/\(name).sql must hold one statement: CREATE OR REPLACE FUNCTION \(name) …, "
                    + "or the same of a procedure, a view or a trigger.")
        }
        self.kind = kind
        words = Set(reader.inOrder)
        calledWords = reader.called
    }

    var file: String { "migrations/routines/\(name).sql" }

    /// Whether the text names `other`, so that `other` must be there first: a view anywhere, a function or a procedure before a parenthesis.
    /// Nothing names a trigger.
    func names(_ other: Routine) -> Bool {
        switch other.kind {
        case .view: words.contains(other.name)
        case .function, .procedure: calledWords.contains(other.name)
        case .trigger: false
        }
    }

    /// Routines that name each other in a ring: no order is right for them.
    struct Ring: Error {
        let names: [String]
    }

    /// The order in which routines can be made: each after those that it names, else by name.
    static func ordered(_ routines: [Routine]) throws(Ring) -> [Routine] {
        let routines = routines.sorted { $0.name < $1.name }
        var ordered: [Routine] = []
        var isDone: Set<String> = []
        var path: [String] = []
        func add(_ routine: Routine) throws(Ring) {
            guard !isDone.contains(routine.name) else { return }
            if let start = path.firstIndex(of: routine.name) { throw Ring(names: path[start...] + [routine.name]) }
            path.append(routine.name)
            for other in routines where other.name != routine.name && routine.names(other) { try add(other) }
            path.removeLast()
            isDone.insert(routine.name)
            ordered.append(routine)
        }
        for routine in routines { try add(routine) }
        return ordered
    }
}

/// Collects the words of a script, and those in the bodies that it quotes by dollars.
private struct WordReader {
    var inOrder: [String] = []
    var called: Set<String> = []

    mutating func read(_ bytes: some Sequence<UInt8>) {
        var lexer = SQLLexer(bytes)
        var last: String?
        while let (token, range) = lexer.next() {
            switch token {
            case .gap:
                continue
            case .word:
                let word = String(decoding: lexer.bytes[range], as: UTF8.self).lowercased()
                inOrder.append(word)
                last = word
                continue
            case .body(let body):
                read(lexer.bytes[body])
            case .symbol(UInt8(ascii: "(")):
                if let last { called.insert(last) }
            case .symbol, .quoted:
                break
            }
            last = nil
        }
    }
}
