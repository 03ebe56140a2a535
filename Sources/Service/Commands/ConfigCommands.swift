internal import Glibc
internal import GraphQL

/// `config`: the settings of `serve`, and where they come from.
enum ConfigCommands {
    static let all = [
        Command(
            "config print", "Show every setting of `serve` with its value and where it comes from; secrets are masked.",
            options: ServeSettings.all
        ) { try show($0) },
        Command(
            "config check", "Check whether `serve` could start with these settings: reports all errors at once.",
            options: ServeSettings.all
        ) { arguments in
            try ServeSettings.check(arguments)
            try DatabaseCommands.show(arguments, text: "The settings are good.", .object(["good": .boolean(true)]))
        },
        Command("config reference", "Print the table of all settings in Markdown.", isText: true) { _ in
            CommandLineInterface.write(reference, to: STDOUT_FILENO)
        },
    ]

    private static func show(_ arguments: Arguments) throws {
        let rows = ServeSettings.all.map { option in
            (option.name, text(of: option, arguments.text(option.name)), arguments.origin(option.name)?.rawValue ?? "default")
        }
        let width = rows.map(\.0.count).max() ?? 0
        let lines = rows.map { name, value, origin in
            name + String(repeating: " ", count: width + 2 - name.count) + "\(value)  (\(origin))"
        }
        let members = rows.map { name, value, origin in
            InputObject.Member(name: name, value: .object(["value": .string(value), "origin": .string(origin)]))
        }
        try DatabaseCommands.show(arguments, text: lines.joined(separator: "\n"), .object(InputObject(members)))
    }

    private static func text(of option: Option, _ value: String?) -> String {
        guard let value else { return option.standard ?? (option.value == nil ? "false" : "not set") }
        return option.shown(value)
    }

    static var reference: String {
        var text = """
            # Configuration

            Made by `customeros-api config reference`. Flags win over the environment and over credentials of the service
            manager, those over the file that `--config` names; that file has lines of `name = value`, with the names of the flags, and `#`
            begins a comment line. Everything that is wrong is reported at once. `customeros-api config print` shows what holds and where it
            comes from, `customeros-api config check` what is wrong. A secret may also stand in a file: that which the variable with `_FILE`
            behind its name names, or the credential with the flag's name (`$CREDENTIALS_DIRECTORY/database-url`). The variables of the
            original hold: `PORT`, `PORT_METRICS`, `GRAPHQL_PLAYGROUND_ENABLED`, `GRAPHQL_FIXED_COMPLEXITY_LIMIT`, `ALLOW_ORIGINS`.

            | Flag | Variable | Default | |
            |---|---|---|---|

            """
        for option in ServeSettings.all {
            let variable = option.environment.map { "`\($0)`" } ?? "–"
            let secret = option.isSecret ? " (secret)" : ""
            text += "| `\(option.usage)` | \(variable) | \(option.standard ?? "–") | \(option.help)\(secret) |\n"
        }
        return text
    }
}
