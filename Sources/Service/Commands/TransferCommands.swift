internal import CustomerOS
internal import Glibc
internal import GraphQL
internal import Postgres

/// `import` and `export`: the records of a tenant as lines of JSON.
enum TransferCommands {
    private static let tenant = Option("tenant", value: "NAME", "The tenant")

    static let all = [
        Command(
            "import", operands: "FILE", "Take in records from a file, one JSON object a line.",
            options: DatabaseCommands.common + [
                tenant, Option("errors", value: "FILE", "Where the lines go that are not imported (default FILE.errors)", kind: .file),
                Option("without-owners", "Leave out who owns the records, for a tenant that does not have these users"),
                Option("restart", "Begin with the first line, also after an import that did not come to its end"),
            ]
        ) { try importFile($0) },
        Command(
            "export", operands: "FILE", "Write the records of a tenant into a file, as import takes them; - is standard output.",
            options: DatabaseCommands.common + [tenant]
        ) { try exportFile($0) },
    ]

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private static func tenantName(_ arguments: Arguments) throws(UsageError) -> String {
        guard let name = arguments.text("tenant") else { throw UsageError("Name the tenant with --tenant.") }
        return name
    }

    // MARK: Import

    private static func importFile(_ arguments: Arguments) throws {
        let path = try DatabaseCommands.operand(arguments, "FILE")
        let name = try tenantName(arguments)
        let errorPath = arguments.text("errors") ?? path + ".errors"
        let fresh = arguments.flag("restart") == true
        let withoutOwners = arguments.flag("without-owners") == true
        let start = TerminalProgress.seconds
        let progress = TerminalProgress()
        var errors: OutputFile?
        let outcome = try DatabaseCommands.withCurrentDatabase(arguments) { connection in
            let importer = try Importer(
                connection, tenant: name, takesOwners: !withoutOwners,
                refuse: { refused in
                    let file = try errors ?? OutputFile(errorPath, appends: true)
                    errors = file
                    try file.write(line(refused))
                }, report: { lines, bytes, size in progress.show("\(lines) lines, \(bytes * 100 / max(1, size)) %") })
            defer { progress.finish() }
            let outcome = try importer.run(path, fresh: fresh) { after in
                // What an earlier import has refused is kept only by one that goes on with it.
                if after == 0 { unlink(errorPath) }
            }
            try errors?.flush()
            return outcome
        }
        let seconds = TerminalProgress.seconds - start
        let resumed = outcome.resumedAfter > 0 ? " after line \(outcome.resumedAfter), where an earlier import ended" : ""
        try DatabaseCommands.show(
            arguments,
            text: """
                \(outcome.lines) lines read\(resumed), in \(Int(seconds.rounded())) s: \(outcome.created) records made, \(outcome.changed) changed, \
                \(outcome.unchanged) unchanged, \(outcome.refused) lines refused.
                """,
            .object([
                "tenant": .string(name), "lines": .integer(Int64(outcome.lines)), "resumedAfter": .integer(Int64(outcome.resumedAfter)),
                "created": .integer(Int64(outcome.created)), "changed": .integer(Int64(outcome.changed)),
                "unchanged": .integer(Int64(outcome.unchanged)), "refused": .integer(Int64(outcome.refused)),
                "errors": outcome.refused > 0 ? .string(errorPath) : .null, "seconds": .float((seconds * 10).rounded() / 10),
            ]))
        if outcome.refused > 0 {
            throw Failure(description: "\(outcome.refused) lines were not imported: \(errorPath) says why. The others were.")
        }
    }

    private static func line(_ refused: Importer.RefusedLine) -> [UInt8] {
        let buffer = ResponseBuffer()
        buffer.append(
            .object([
                "line": .integer(Int64(refused.line)), "externalId": refused.externalID.map { .string($0) } ?? .null,
                "message": .string(refused.message),
            ]))
        buffer.append("\n")
        return Array(buffer.bytes)
    }

    // MARK: Export

    private static func exportFile(_ arguments: Arguments) throws {
        let path = try DatabaseCommands.operand(arguments, "FILE")
        let name = try tenantName(arguments)
        let progress = TerminalProgress()
        let kinds = try DatabaseCommands.withCurrentDatabase(arguments) { connection in
            let exporter = try Exporter(connection, tenant: name)
            let file = try OutputFile(path, appends: false)
            defer { progress.finish() }
            let kinds = try exporter.run({ try file.write($0) }, report: { kind, lines in progress.show("\(kind): \(lines)") })
            try file.flush()
            return kinds
        }
        guard path != "-" else { return }
        try DatabaseCommands.show(
            arguments, text: kinds.map { "\($0.kind): \($0.lines)" }.joined(separator: ", "),
            .object(InputObject(kinds.map { InputObject.Member(name: $0.kind, value: .integer(Int64($0.lines))) })))
    }
}

/// A file that is written piece by piece; `-` is standard output.
private final class OutputFile {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let path: String
    private let descriptor: Int32
    private var piece: [UInt8] = []

    init(_ path: String, appends: Bool) throws(Failure) {
        self.path = path
        descriptor = path == "-" ? STDOUT_FILENO : open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (appends ? O_APPEND : O_TRUNC), 0o600)
        guard descriptor >= 0 else { throw Failure(description: "\(path) cannot be written: \(String(cString: strerror(errno)))") }
    }

    deinit { if descriptor != STDOUT_FILENO { close(descriptor) } }

    func write(_ bytes: some Collection<UInt8>) throws(Failure) {
        piece.append(contentsOf: bytes)
        if piece.count >= 256 * 1024 { try flush() }
    }

    func flush() throws(Failure) {
        var written = 0
        while written < piece.count {
            let count = piece.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw Failure(description: "\(path) cannot be written: \(String(cString: strerror(errno)))") }
            written += count
        }
        piece.removeAll(keepingCapacity: true)
    }
}
