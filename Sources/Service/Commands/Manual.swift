/// What the man page and docs/command-line.md say besides the table of commands.
enum Manual {
    static let summary = "serve the CustomerOS GraphQL API on PostgreSQL"

    static let description = [
        "`customeros-api` is one program: the server, and the commands that manage its database. Without `--database-url` or `DATABASE_URL` it runs a private PostgreSQL under `--data-dir`; commands work alongside a running server.",
        "An option is written `--name VALUE` or `--name=VALUE`. An option that has a variable may be given in the environment instead; flags win over the environment and credentials of the service manager, those over the file of settings that `--config` names.",
        "For a secret the variable may end in `_FILE` and name a file that has it. With `--json` a command prints one JSON value, or one per line, on standard output. Errors go to standard error and say what to do. How far long work is shows only on a terminal.",
        "Most commands have `--json`; all have `--help`. `man` and `completions` are printed by the program itself: `customeros-api man | man -l -`, `source <(customeros-api completions bash)`.",
    ]

    static let statuses = [
        ("0", "Done."), ("1", "Failed. The text on standard error says why and what to do."),
        ("64", "Wrong usage: an unknown command or option, or an invalid value. Nothing was done."),
    ]

    static let files = [
        ("/etc/customeros-api/customeros-api.env", "Settings of the service, as variables."),
        ("/var/lib/customeros-api", "The data directory of the service."),
    ]

    /// The options that a command has besides those of `serve`, if it takes these too.
    static func options(of command: Command) -> [Option] {
        let isServe = command.name == "serve"
        let shared = isServe || !command.takesSettings ? [] : ServeSettings.all.map(\.name)
        return command.options.filter { !shared.contains($0.name) && $0.name != Option.helpOption.name }
    }
}

/// `customeros-api(1)`, generated from the table of commands.
enum ManPage {
    static var text: String {
        var text = """
            .\\" Made by `customeros-api man`.
            .TH CUSTOMEROS\\-API 1 \(Program.releaseDate) "customeros\\-api \(Program.version)" "User Commands"
            .SH NAME
            customeros\\-api \\- \(roff(Manual.summary))
            .SH SYNOPSIS
            .B customeros\\-api
            .I COMMAND
            .RI [ OPTIONS ]
            .SH DESCRIPTION

            """
        text += Manual.description.map { roff($0) + "\n" }.joined(separator: ".PP\n")
        text += ".SH COMMANDS\n"
        for command in CommandLineInterface.commands {
            text += ".SS \(roff(command.name + (command.operands.isEmpty ? "" : " " + command.operands)))\n\(roff(command.summary))\n"
            if command.name != "serve", command.takesSettings { text += "Takes the options of\n.BR serve .\n" }
            for option in Manual.options(of: command) { text += entry(option) }
        }
        text += ".SH ENVIRONMENT\nBesides the variables that options name:\n"
        for (name, meaning) in [
            ("CREDENTIALS_DIRECTORY", "A folder of secrets by the names of their options, as the service manager sets it."),
            ("NOTIFY_SOCKET, WATCHDOG_USEC", "Where `serve` reports its state to the service manager, and how often."),
            ("LISTEN_FDS, LISTEN_PID, LISTEN_FDNAMES", "Sockets for `serve` to listen on."),
        ] {
            text += ".TP\n.B \(roff(name))\n\(roff(meaning))\n"
        }
        text += ".SH FILES\n" + Manual.files.map { ".TP\n.I \(roff($0))\n\(roff($1))\n" }.joined()
        text += ".SH EXIT STATUS\n" + Manual.statuses.map { ".TP\n.B \($0)\n\(roff($1))\n" }.joined()
        return text + ".SH SEE ALSO\n.BR psql (1),\n.BR systemd (1)\n"
    }

    private static func entry(_ option: Option) -> String {
        var text = ".TP\n.B \(roff("--\(option.name)"))"
        if let value = option.value { text = ".TP\n.BI \(roff("--\(option.name)")) \" \(roff(value))\"" }
        text += "\n\(roff(option.help))"
        if let standard = option.standard { text += roff(" (default \(standard))") }
        if let variable = option.environment { text += ".\nVariable:\n.B \(roff(variable))" }
        return text + "\n"
    }

    /// Four or more hexadecimal digits, as in roff's character names.
    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// A text in roff: hyphens kept as typed, nothing read as a request, backquoted text in bold.
    private static func roff(_ text: String) -> String {
        var result = ""
        for (index, part) in text.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
            let escaped = part.unicodeScalars.map { scalar -> String in
                switch scalar {
                case "\\": "\\e"
                case "-": "\\-"
                case "…": "..."
                case let other where other.isASCII: String(other)
                case let other: "\\[u\(hexadecimal(other.value))]"
                }
            }.joined()
            result += index.isMultiple(of: 2) ? escaped : "\\fB\(escaped)\\fR"
        }
        return result.hasPrefix(".") || result.hasPrefix("'") ? "\\&" + result : result
    }
}

/// docs/command-line.md, generated from the table of commands.
enum CommandReference {
    static var markdown: String {
        var text = "# Command line\n\nMade by `customeros-api man --markdown`.\n\n"
        text += Manual.description.joined(separator: "\n\n") + "\n\n| Status | |\n|---|---|\n"
        text += Manual.statuses.map { "| \($0) | \($1) |\n" }.joined()
        for command in CommandLineInterface.commands {
            text += "\n## \(command.name)\n\n\(command.summary)\n\n`\(command.usage)`\n"
            if command.name == "serve" {
                text += "\nIts options are the settings of [configuration.md](configuration.md), and:\n"
            } else if command.takesSettings {
                text += "\nTakes the options of `serve`, and:\n"
            }
            text += "\n| Option | Variable | Default | |\n|---|---|---|---|\n"
            let settings = ServeSettings.all.map(\.name)
            for option in command.options where !command.takesSettings || !settings.contains(option.name) {
                let variable = option.environment.map { "`\($0)`" } ?? "–"
                text += "| `\(option.usage)` | \(variable) | \(option.standard ?? "–") | \(option.help) |\n"
            }
        }
        return text
    }
}
