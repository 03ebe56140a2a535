internal import CustomerOS
internal import GraphQL

/// `tenant` and `user`: the tenants and their users.
enum TenancyCommands {
    private static let common = DatabaseCommands.common
    private static let tenant = Option("tenant", value: "NAME", "The tenant")

    static let all = [
        Command("tenant create", operands: "NAME", "Make a tenant.", options: common) { arguments in
            let name = try DatabaseCommands.operand(arguments, "NAME")
            try DatabaseCommands.checkName(name, "The name of a tenant")
            try DatabaseCommands.withCurrentDatabase(arguments, creates: true) { try Administration($0).createTenant(name) }
            try DatabaseCommands.show(arguments, text: "The tenant \(name) is there.", .object(["name": .string(name)]))
        },
        Command("tenant list", "List the tenants.", options: common) { arguments in
            let tenants = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).tenants() }
            try DatabaseCommands.show(
                arguments,
                text: tenants.map {
                    "\($0.name)\t\($0.state)\t\($0.createdAt)\($0.rateLimit == .none ? "" : "\t\(RateOptions.text($0.rateLimit))")"
                }
                .joined(separator: "\n"),
                .list(
                    tenants.map { tenant in
                        .object([
                            "name": .string(tenant.name), "state": .string(tenant.state), "createdAt": .string(tenant.createdAt),
                            "requestsPerMinute": RateOptions.value(tenant.rateLimit.requests),
                            "costPerMinute": RateOptions.value(tenant.rateLimit.cost),
                        ])
                    }))
        },
        Command(
            "tenant limit", operands: "NAME",
            "Limit how much all keys of a tenant together may request per minute. Running servers follow within a second.",
            options: common
                + RateOptions.all(
                    requests: "How many requests they may send per minute; 0 means no limit",
                    cost: "The cost their operations may have per minute; 0 means no limit")
        ) { arguments in
            let name = try DatabaseCommands.operand(arguments, "NAME")
            let change = try RateOptions.change(arguments)
            let limit = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).limitTenant(name, change) }
            try DatabaseCommands.show(
                arguments, text: "The tenant \(name) may ask for \(RateOptions.text(limit)).",
                .object([
                    "name": .string(name), "requestsPerMinute": RateOptions.value(limit.requests),
                    "costPerMinute": RateOptions.value(limit.cost),
                ]))
        },
        Command(
            "tenant disable", operands: "NAME", "Disable a tenant: its keys are refused within a second; its data is kept.", options: common
        ) { try setTenant($0, enabled: false) },
        Command("tenant enable", operands: "NAME", "Open a tenant again.", options: common) { try setTenant($0, enabled: true) },
        Command(
            "tenant delete", operands: "NAME", "Permanently delete a tenant with everything in it.",
            options: common + [Option("confirm", value: "NAME", "The name, repeated")]
        ) { arguments in
            let name = try DatabaseCommands.operand(arguments, "NAME")
            guard arguments.text("confirm") == name else {
                throw UsageError("This deletes everything in the tenant. Confirm it with --confirm \(name).")
            }
            try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).deleteTenant(name) }
            try DatabaseCommands.show(
                arguments, text: "The tenant \(name) is deleted.", .object(["name": .string(name), "deleted": .boolean(true)]))
        },
        Command(
            "user create", operands: "EMAIL", "Create a user; requests act for it by its e-mail address.",
            options: common + [
                tenant, Option("first-name", value: "TEXT", "The first name"), Option("last-name", value: "TEXT", "The last name"),
                Option(
                    "roles", value: "LIST", "Roles of the user, by commas: USER, ADMIN, OWNER, PLATFORM_OWNER, IMPERSONATED (default USER)"),
            ]
        ) { try createUser($0) },
        Command("user list", "List the users.", options: common + [Option("tenant", value: "NAME", "Only this tenant's")]) {
            try listUsers($0)
        },
        Command(
            "user disable", operands: "ID", "Disable a user. What the user did is kept.", options: common
        ) { arguments in
            let id = try DatabaseCommands.operand(arguments, "ID")
            try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).disableUser(id) }
            try DatabaseCommands.show(
                arguments, text: "The user \(id) is disabled.", .object(["id": .string(id), "disabled": .boolean(true)]))
        },
    ]

    private static func setTenant(_ arguments: Arguments, enabled: Bool) throws {
        let name = try DatabaseCommands.operand(arguments, "NAME")
        try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).setTenant(name, enabled: enabled) }
        try DatabaseCommands.show(
            arguments, text: "The tenant \(name) is \(enabled ? "enabled" : "disabled").",
            .object(["name": .string(name), "state": .string(enabled ? "LIVE" : "ARCHIVED")]))
    }

    private static func createUser(_ arguments: Arguments) throws {
        let given = try DatabaseCommands.operand(arguments, "EMAIL")
        let email: String
        do { email = try Administration.address(given) } catch { throw UsageError(error.description) }
        for (option, what) in [("first-name", "The first name of a user"), ("last-name", "The last name of a user")] {
            try DatabaseCommands.checkName(arguments.text(option) ?? "", what, mayBeEmpty: true)
        }
        guard let tenant = arguments.text("tenant") else { throw UsageError("Name the tenant with --tenant.") }
        var roles: [Role] = []
        for word in (arguments.text("roles") ?? Role.user.rawValue).split(separator: ",") {
            guard let role = Role(rawValue: word.uppercased()) else {
                throw UsageError("\(word) is not a role: there are \(Role.allCases.map(\.rawValue).joined(separator: ", ")).")
            }
            if !roles.contains(role) { roles.append(role) }
        }
        let id = try DatabaseCommands.withCurrentDatabase(arguments) {
            try Administration($0).createUser(
                tenant: tenant, email: email, firstName: arguments.text("first-name") ?? "", lastName: arguments.text("last-name") ?? "",
                roles: roles)
        }
        try DatabaseCommands.show(
            arguments, text: "The user \(email) is there. The id is \(id).",
            .object(["id": .string(id), "email": .string(email), "roles": .list(roles.map { .string($0.rawValue) })]))
    }

    private static func listUsers(_ arguments: Arguments) throws {
        let users = try DatabaseCommands.withCurrentDatabase(arguments) { try Administration($0).users(tenant: arguments.text("tenant")) }
        try DatabaseCommands.show(
            arguments,
            text: users.map { "\($0.id)\t\($0.tenant)\t\($0.email)\t\($0.roles.joined(separator: ","))\t\($0.state)\t\($0.name)" }
                .joined(separator: "\n"),
            .list(
                users.map { user in
                    .object([
                        "id": .string(user.id), "tenant": .string(user.tenant), "email": .string(user.email), "name": .string(user.name),
                        "roles": .list(user.roles.map { .string($0) }), "state": .string(user.state),
                    ])
                }))
    }
}
