internal import CustomerOS
internal import GraphQL

/// `key`: the secrets that requests present.
enum KeyCommands {
    private static let common = DatabaseCommands.common
    private static let rates = RateOptions.all(
        requests: "How many requests it may send per minute; 0 means no limit",
        cost: "The cost its operations may have per minute; 0 means no limit")

    static let all = [
        Command(
            "key create", "Create an API key and show its secret, once.",
            options: common + [
                Option("tenant", value: "NAME", "The tenant it belongs to"),
                Option("roles", value: "LIST", "USER, ADMIN, OWNER, IMPERSONATED, by commas (default USER)"),
                Option("name", value: "TEXT", "What it is for"),
                Option("read-only", "Allow only reads: every mutation is refused"),
                Option(
                    "expires", value: "WHEN", "When it ends: \(KeyExpiry.form)",
                    kind: .checked { KeyExpiry($0) == nil ? "must be \(KeyExpiry.form); not \($0)" : nil }, default: "never"),
                Option("platform", "A key of the platform, with the role PLATFORM_OWNER and no tenant"),
            ] + rates
        ) { try create($0) },
        Command("key list", "List the API keys.", options: common + [Option("tenant", value: "NAME", "Only this tenant's")]) {
            try list($0)
        },
        Command("key revoke", operands: "ID", "End an API key. Running servers refuse it within a second.", options: common) { arguments in
            let id = try DatabaseCommands.operand(arguments, "ID")
            try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).revokeKey(id) }
            try DatabaseCommands.show(
                arguments, text: "The key \(id) is revoked.", .object(["id": .string(id), "revoked": .boolean(true)]))
        },
        Command(
            "key limit", operands: "ID", "Limit how much an API key may request per minute. Running servers follow within a second.",
            options: common + rates
        ) { arguments in
            let id = try DatabaseCommands.operand(arguments, "ID")
            let change = try RateOptions.change(arguments)
            let limit = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).limitKey(id, change) }
            try DatabaseCommands.show(
                arguments, text: "The key \(id) may ask for \(RateOptions.text(limit)).",
                .object([
                    "id": .string(id), "requestsPerMinute": RateOptions.value(limit.requests),
                    "costPerMinute": RateOptions.value(limit.cost),
                ]))
        },
        Command(
            "key rotate", operands: "ID", "Create an API key that replaces another, and show its secret, once.",
            options: common + [
                Option(
                    "overlap", value: "HOURS", "How long the old key stays valid", kind: .number(0...8760), default: "24")
            ]
        ) { try rotate($0) },
    ]

    private static func create(_ arguments: Arguments) throws {
        let isPlatform = arguments.flag("platform") == true
        let tenant = arguments.text("tenant")
        guard isPlatform != (tenant != nil) else { throw UsageError("Name the tenant with --tenant, or give --platform.") }
        var roles: [Role] = isPlatform ? [.platformOwner] : []
        for word in (arguments.text("roles") ?? (isPlatform ? "" : "USER")).split(separator: ",") {
            guard let role = Role(rawValue: word.uppercased()), role != .platformOwner else {
                throw UsageError("\(word) is not a role for a key: there are USER, ADMIN, OWNER and IMPERSONATED.")
            }
            if !roles.contains(role) { roles.append(role) }
        }
        try DatabaseCommands.checkName(arguments.text("name") ?? "", "The name of a key", mayBeEmpty: true)
        let made = try DatabaseCommands.withCurrentDatabase(arguments) {
            try Administration($0).createKey(
                tenant: tenant, roles: roles, name: arguments.text("name") ?? "", isReadOnly: arguments.flag("read-only") == true,
                expiry: arguments.text("expires").flatMap { KeyExpiry($0) }, rateLimit: RateOptions.limit(arguments))
        }
        try DatabaseCommands.show(
            arguments, text: "\(made.key.secret)\nThe secret is shown only this once. The key's id is \(made.id).",
            .object(["id": .string(made.id), "secret": .string(made.key.secret), "roles": .list(roles.map { .string($0.rawValue) })]))
    }

    private static func list(_ arguments: Arguments) throws {
        let keys = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).keys(tenant: arguments.text("tenant")) }
        let state: (Administration.KeyRow) -> String = { key in
            key.revokedAt.map { "revoked \($0)" } ?? key.expiresAt.map { "until \($0)" } ?? "valid"
        }
        let terms: (Administration.KeyRow) -> String = { key in
            ((key.isReadOnly ? ["read-only"] : []) + (key.rateLimit == .none ? [] : [RateOptions.text(key.rateLimit)])).joined(
                separator: ", ")
        }
        try DatabaseCommands.show(
            arguments,
            text: keys.map {
                "\($0.id)\t\($0.tenant ?? "(platform)")\t\($0.prefix)…\t\($0.roles.joined(separator: ","))\t\(state($0))\t\($0.name)\tused \($0.lastUsedAt ?? "never")\t\(terms($0))"
            }
            .joined(separator: "\n"),
            .list(
                keys.map { key in
                    .object([
                        "id": .string(key.id), "tenant": key.tenant.map { .string($0) } ?? .null, "prefix": .string(key.prefix),
                        "name": .string(key.name), "roles": .list(key.roles.map { .string($0) }), "createdAt": .string(key.createdAt),
                        "expiresAt": key.expiresAt.map { .string($0) } ?? .null, "revokedAt": key.revokedAt.map { .string($0) } ?? .null,
                        "lastUsedAt": key.lastUsedAt.map { .string($0) } ?? .null, "readOnly": .boolean(key.isReadOnly),
                        "requestsPerMinute": RateOptions.value(key.rateLimit.requests),
                        "costPerMinute": RateOptions.value(key.rateLimit.cost),
                    ])
                }))
    }

    private static func rotate(_ arguments: Arguments) throws {
        let id = try DatabaseCommands.operand(arguments, "ID")
        let hours = arguments.text("overlap").flatMap { Int($0) } ?? 24
        let made = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).rotateKey(id, overlapHours: hours) }
        try DatabaseCommands.show(
            arguments,
            text: """
                \(made.key.secret)
                The secret is shown only this once. The key's id is \(made.id). The old key is valid until \(made.oldExpiresAt).
                """,
            .object([
                "id": .string(made.id), "secret": .string(made.key.secret), "replaces": .string(id),
                "oldKeyExpiresAt": .string(made.oldExpiresAt),
            ]))
    }
}
