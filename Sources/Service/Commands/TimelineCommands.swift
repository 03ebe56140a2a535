internal import CustomerOS
internal import GraphQL

/// `timeline`: the kept timelines.
enum TimelineCommands {
    static let all = [
        Command(
            "timeline rebuild", "Rebuild all timelines from the events. Servers may run meanwhile.",
            options: DatabaseCommands.common + [Option("tenant", value: "NAME", "Only this tenant's")]
        ) { try rebuild($0) }
    ]

    private static func rebuild(_ arguments: Arguments) throws {
        let progress = TerminalProgress()
        let done = try DatabaseCommands.withCurrentDatabase(arguments) { connection in
            defer { progress.finish() }
            return try Administration(connection).rebuildTimelines(tenant: arguments.text("tenant")) { done in
                progress.show("\(done.organizations) organizations, \(done.contacts) contacts")
            }
        }
        let wrong = done.mended == 0 ? "nothing was wrong" : "\(done.mended) rows were wrong and have been corrected"
        try DatabaseCommands.show(
            arguments, text: "Rebuilt the timelines of \(done.organizations) organizations and \(done.contacts) contacts; \(wrong).",
            .object([
                "organizations": .integer(Int64(done.organizations)), "contacts": .integer(Int64(done.contacts)),
                "mended": .integer(Int64(done.mended)),
            ]))
    }
}
