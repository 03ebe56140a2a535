internal import CustomerOS
internal import GraphQL
internal import Postgres

/// `seed`: fills a tenant with the same data at every run.
enum SeedCommand {
    static let command = Command(
        "seed", "Fill a tenant with generated data, the same at every run.",
        options: DatabaseCommands.common + [
            Option(
                "size", value: "SIZE", "small (1,000 organizations), medium (10,000) or large (100,000)",
                kind: .word(SeedSize.allCases.map(\.rawValue)), default: "small"),
            Option("tenant", value: "NAME", "An empty tenant, or the name of a new one", default: "seed"),
        ]
    ) { arguments in
        let size = arguments.text("size").flatMap(SeedSize.init) ?? .small
        let tenant = arguments.text("tenant") ?? "seed"
        let start = TerminalProgress.seconds
        let progress = TerminalProgress()
        try DatabaseCommands.checkName(tenant, "The name of a tenant")
        let loaded = try DatabaseCommands.withCurrentDatabase(arguments, creates: true) { connection in
            let seeding = Seeding(connection, size: size) { step in
                progress.show("\(step.table): \(step.rows) of \(step.expected)")
            }
            defer { progress.finish() }
            return try seeding.fill(tenant: tenant)
        }
        let seconds = TerminalProgress.seconds - start
        let total = loaded.reduce(0) { $0 + $1.rows }
        var rows: [InputObject.Member] = []
        for (table, count) in loaded {
            // Addresses come in two parts: users' and contacts'.
            if let index = rows.firstIndex(where: { $0.name == table }), case .integer(let before) = rows[index].value {
                rows[index].value = .integer(before + Int64(count))
            } else {
                rows.append(InputObject.Member(name: table, value: .integer(Int64(count))))
            }
        }
        try DatabaseCommands.show(
            arguments, text: "The tenant \(tenant) has \(total) new rows, loaded in \(Int(seconds.rounded())) s.",
            .object([
                "tenant": .string(tenant), "size": .string(size.rawValue), "rows": .object(InputObject(rows)),
                "seconds": .float((seconds * 10).rounded() / 10),
            ]))
    }
}
