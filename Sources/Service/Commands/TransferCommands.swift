internal import CustomerOS
internal import GraphQL
internal import Postgres

/// `import` and `export`: a tenant's records as lines of JSON.
enum TransferCommands {
    private static let tenant = Option("tenant", value: "NAME", "The tenant")

    private static let system = Option(
        "system", value: "NAME",
        "The system that the keys belong to: \(ImportOptions.systems.joined(separator: ", ")) (default none of them)",
        kind: .checked { text in
            ImportOptions.system(text) == nil ? "must be one of \(ImportOptions.systems.joined(separator: ", ")), not \(text)" : nil
        })

    static let all = [
        Command(
            "import", operands: "FILE", "Import records from a file, one JSON object per line; - is standard input.",
            options: DatabaseCommands.common + [
                tenant, system,
                Option(
                    "unknown-owners", value: "WORD",
                    "A line whose ownerEmail names no user is refused (refuse), its record keeps its owner (skip), or the user is created (create)",
                    kind: .word(ImportOptions.UnknownOwners.allCases.map(\.rawValue)), default: ImportOptions.UnknownOwners.refuse.rawValue),
                Option("without-owners", "--unknown-owners skip"),
                Option(
                    "bad-values", value: "WORD",
                    "An invalid phone number, time zone or external stage is dropped and counted (drop), or its line is refused (refuse)",
                    kind: .word(ImportOptions.BadValues.allCases.map(\.rawValue)), default: ImportOptions.BadValues.drop.rawValue),
                Option("dry-run", "Check and count every line, and leave the tenant unchanged"),
                Option(
                    "line-limit", value: "BYTES", "The longest line; a longer one is refused", kind: .number(1...1_073_741_824),
                    default: String(ImportOptions.standardLineLimit)),
                Option(
                    "errors", value: "FILE",
                    "Where lines that are not imported go (default FILE.errors, for standard input import.errors; for a dry run .dry-run.errors)",
                    kind: .file),
                Option("restart", "Start with the first line, even after an interrupted import"),
            ]
        ) { try importFile($0) },
        Command(
            "export", operands: "FILE", "Export a tenant's records into a file, in import format; - is standard output.",
            options: DatabaseCommands.common + [tenant, system]
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
        let options = try importOptions(arguments)
        let errorPath = arguments.text("errors") ?? "\(path == "-" ? "import" : path)\(options.isDryRun ? ".dry-run" : "").errors"
        let fresh = arguments.flag("restart") == true
        let start = TerminalProgress.seconds
        let progress = TerminalProgress()
        let errors = try ErrorFile(errorPath, input: path)
        let outcome = try DatabaseCommands.withCurrentDatabase(arguments) { connection in
            let importer = try Importer(
                connection, tenant: name, options: options,
                refuse: { try errors.write(line($0)) }, keep: { try errors.flush() },
                report: { lines, bytes, size in progress.show("\(lines) lines\(size > 0 ? ", \(bytes * 100 / size) %" : "")") })
            defer { progress.finish() }
            // Only a resumed import keeps what an earlier one refused.
            return try importer.run(path, fresh: fresh) { after in if after == 0 { try errors.empty() } }
        }
        try show(outcome, arguments, options, tenant: name, errorPath: errorPath, seconds: TerminalProgress.seconds - start)
        if outcome.refused > 0 {
            let done =
                options.isDryRun
                ? "would not be imported: \(errorPath) says why." : "were not imported: \(errorPath) says why. The others were."
            throw Failure(description: "\(outcome.refused) lines \(done)")
        }
    }

    private static func importOptions(_ arguments: Arguments) throws(UsageError) -> ImportOptions {
        var options = ImportOptions()
        options.system = arguments.text("system").flatMap(ImportOptions.system)
        options.unknownOwners = arguments.text("unknown-owners").flatMap(ImportOptions.UnknownOwners.init) ?? .refuse
        if arguments.flag("without-owners") == true {
            guard [nil, "skip"].contains(arguments.text("unknown-owners")) else {
                throw UsageError("--without-owners is --unknown-owners skip. Give only one of them.")
            }
            options.unknownOwners = .skip
        }
        options.badValues = arguments.text("bad-values").flatMap(ImportOptions.BadValues.init) ?? .drop
        options.isDryRun = arguments.flag("dry-run") == true
        options.lineLimit = arguments.number("line-limit") ?? ImportOptions.standardLineLimit
        return options
    }

    private static func show(
        _ outcome: Importer.Outcome, _ arguments: Arguments, _ options: ImportOptions, tenant: String, errorPath: String, seconds: Double
    ) throws {
        let resumed = outcome.resumedAfter > 0 ? " after line \(outcome.resumedAfter), where an earlier import ended" : ""
        let reasons = ImportReason.allCases.compactMap { reason in outcome.reasons[reason].map { (reason: reason, lines: $0) } }
        let dropped = outcome.dropped.sorted { $0.key < $1.key }
        var text = """
            \(outcome.lines) lines read\(resumed), in \(Int(seconds.rounded())) s: \(outcome.created) records made, \(outcome.changed) changed, \
            \(outcome.unchanged) unchanged, \(outcome.refused) lines refused.
            """
        for (reason, lines) in reasons { text += "\n  refused: \(lines) \(reason.rawValue), \(reason.explanation)" }
        for (member, values) in dropped { text += "\n  left out: \(values) of \(member)" }
        if outcome.users > 0 { text += "\n  users made: \(outcome.users)" }
        if options.isDryRun { text += "\nThis was a dry run: the tenant is unchanged." }
        try DatabaseCommands.show(
            arguments, text: text,
            .object([
                "tenant": .string(tenant), "system": options.system.map { .string($0) } ?? .null, "dryRun": .boolean(options.isDryRun),
                "lines": .integer(Int64(outcome.lines)), "resumedAfter": .integer(Int64(outcome.resumedAfter)),
                "created": .integer(Int64(outcome.created)), "changed": .integer(Int64(outcome.changed)),
                "unchanged": .integer(Int64(outcome.unchanged)), "refused": .integer(Int64(outcome.refused)),
                "reasons": counts(reasons.map { ($0.reason.rawValue, $0.lines) }), "dropped": counts(dropped.map { ($0.key, $0.value) }),
                "users": .integer(Int64(outcome.users)), "errors": outcome.refused > 0 ? .string(errorPath) : .null,
                "seconds": .float((seconds * 10).rounded() / 10),
            ]))
    }

    private static func counts(_ counts: [(name: String, count: Int)]) -> InputValue {
        .object(InputObject(counts.map { InputObject.Member(name: $0.name, value: .integer(Int64($0.count))) }))
    }

    private static func line(_ refused: Importer.RefusedLine) -> [UInt8] {
        let buffer = ResponseBuffer()
        buffer.append(
            .object([
                "line": .integer(Int64(refused.line)), "externalId": refused.externalID.map { .string($0) } ?? .null,
                "reason": .string(refused.reason.rawValue), "message": .string(refused.message),
            ]))
        buffer.append("\n")
        return buffer.bytes
    }

    // MARK: Export

    private static func exportFile(_ arguments: Arguments) throws {
        let path = try DatabaseCommands.operand(arguments, "FILE")
        let name = try tenantName(arguments)
        let progress = TerminalProgress()
        let kinds = try DatabaseCommands.withCurrentDatabase(arguments) { connection in
            let exporter = try Exporter(connection, tenant: name, system: arguments.text("system").flatMap(ImportOptions.system))
            let file = try OutputFile(path, appends: false)
            defer { progress.finish() }
            let kinds = try exporter.run({ try file.write($0) }, report: { kind, lines in progress.show("\(kind): \(lines)") })
            try file.flush()
            return kinds
        }
        guard !OutputFile.isStandardOutput(path) else { return }
        try DatabaseCommands.show(
            arguments, text: kinds.map { "\($0.kind): \($0.lines)" }.joined(separator: ", "),
            .object(InputObject(kinds.map { InputObject.Member(name: $0.kind, value: .integer(Int64($0.lines))) })))
    }
}
