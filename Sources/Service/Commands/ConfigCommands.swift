internal import Glibc
internal import GraphQL

/// `config`: what the settings of `serve` are, and where they come from.
enum ConfigCommands {
    static let all = [
        Command(
            "config print", "Show every setting of `serve` with its value and where it comes from; secrets are masked.",
            options: ServeSettings.all + [Option("json", "Print JSON")]
        ) { try show($0) },
        Command("config reference", "Print the table of all settings in Markdown.") { _ in
            CommandLineInterface.write(reference, to: STDOUT_FILENO)
        },
    ]

    private static func show(_ arguments: Arguments) throws {
        let rows = ServeSettings.all.map { option in
            (option.name, text(of: option, arguments.text(option.name)), arguments.origin(option.name)?.rawValue ?? "default")
        }
        guard arguments.flag("json") == true else {
            let width = rows.map(\.0.count).max() ?? 0
            let lines = rows.map { name, value, origin in
                name + String(repeating: " ", count: width + 2 - name.count) + "\(value)  (\(origin))\n"
            }
            return CommandLineInterface.write(lines.joined(), to: STDOUT_FILENO)
        }
        let members = rows.map { name, value, origin in
            let setting = [
                InputObject.Member(name: "value", value: .string(value)), InputObject.Member(name: "origin", value: .string(origin)),
            ]
            return InputObject.Member(name: name, value: .object(InputObject(setting)))
        }
        let buffer = ResponseBuffer()
        buffer.append(.object(InputObject(members)))
        CommandLineInterface.write(String(decoding: buffer.bytes, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }

    private static func text(of option: Option, _ value: String?) -> String {
        guard let value else { return option.standard ?? (option.value == nil ? "false" : "not set") }
        if option.isSecret { return "********" }
        return value
    }

    static var reference: String {
        var text = """
            # Configuration

            Made by `customeros-api config reference`. Flags win over the environment, the environment over the file that `--config` names; that
            file has lines of `name = value`, with the names of the flags. Everything that is wrong is reported at once. `customeros-api config
            print` shows what holds and where it comes from. For a secret the variable may end in `_FILE` and name a file that has it.

            | Flag | Variable | Default | |
            |---|---|---|---|

            """
        for option in ServeSettings.all {
            let flag = "`--\(option.name)\(option.value.map { " " + $0 } ?? "")`"
            let variable = option.environment.map { "`\($0)`" } ?? "–"
            text += "| \(flag) | \(variable) | \(option.standard ?? "–") | \(option.help) |\n"
        }
        return text
    }
}
