internal import CustomerOS
internal import GraphQL

/// `hosts`: the hosts that many companies share, so that an address there does not identify one.
enum HostCommands {
    private static let common = DatabaseCommands.common
    private static let words = SharedHosts.Kind.allCases.map { $0.rawValue.lowercased() }

    private static func kind(_ help: String, default standard: String? = nil) -> Option {
        Option("kind", value: "KIND", help, kind: .word(words), default: standard)
    }

    static let all = [
        Command(
            "hosts list", "List the shared hosts: no company is recognised by an address there.",
            options: common + [kind("Only those of a kind: subdomains, paths or all")]
        ) { try list($0) },
        Command(
            "hosts add", operands: "HOST", "Declare a host shared. Running servers follow at once; linked domains stay.",
            options: common + [
                kind("What is shared: its subdomains (acme.HOST), its paths (HOST/acme), or all of it", default: "all")
            ]
        ) { arguments in
            let kind = try chosen(arguments) ?? .all
            let text = try DatabaseCommands.operand(arguments, "HOST")
            let host = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).addSharedHost(text, kind) }
            try DatabaseCommands.show(
                arguments, text: "\(host) is on the list: \(meaning(host, kind)) identifies no company.",
                .object(["host": .string(host), "kind": .string(kind.rawValue)]))
        },
        Command(
            "hosts remove", operands: "HOST", "Remove a host from the list, so that companies are recognised by addresses there.",
            options: common + [kind("Only its entry of a kind: subdomains, paths or all")]
        ) { arguments in
            let kind = try chosen(arguments)
            let text = try DatabaseCommands.operand(arguments, "HOST")
            let host = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).removeSharedHost(text, kind) }
            try DatabaseCommands.show(
                arguments, text: "\(host) is off the list\(kind.map { " of \($0.rawValue.lowercased())" } ?? "").",
                .object(["host": .string(host), "kind": kind.map { .string($0.rawValue) } ?? .null, "removed": .boolean(true)]))
        },
    ]

    private static func chosen(_ arguments: Arguments) throws -> SharedHosts.Kind? {
        arguments.text("kind").flatMap { SharedHosts.Kind(rawValue: $0.uppercased()) }
    }

    private static func meaning(_ host: String, _ kind: SharedHosts.Kind) -> String {
        switch kind {
        case .subdomains: "acme.\(host)"
        case .paths: "\(host)/acme"
        case .all: host
        }
    }

    private static func list(_ arguments: Arguments) throws {
        let kind = try chosen(arguments)
        let hosts = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).sharedHosts(kind) }
        try DatabaseCommands.show(
            arguments, text: hosts.map { "\($0.host)\t\($0.kind.rawValue.lowercased())" }.joined(separator: "\n"),
            .list(hosts.map { .object(["host": .string($0.host), "kind": .string($0.kind.rawValue)]) }))
    }
}
