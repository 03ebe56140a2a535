/// A step of the store's schema, as it is built into the program.
public struct Migration: Sendable, Equatable {
    public let number: Int
    /// `0001_shared`: the file's name without its ending.
    public let name: String
    public let sql: String

    public init(number: Int, name: String, sql: String) {
        self.number = number
        self.name = name
        self.sql = sql
    }

    /// The oldest version of the program that may run, and start, on a database with this migration: its line
    /// `-- compatible-from: VERSION`. Nil without that line: then only programs that know the migration start.
    public var compatibleFrom: ProgramVersion? {
        let mark = "-- compatible-from: "
        let line = sql.split(separator: "\n").prefix { $0.hasPrefix("--") }.first { $0.hasPrefix(mark) }
        return line.flatMap { ProgramVersion(String($0.dropFirst(mark.count))) }
    }

    var file: String { "migrations/\(name).sql" }
}
