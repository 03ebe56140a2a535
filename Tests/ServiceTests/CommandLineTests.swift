import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

@testable import Service

/// What our completion script does in a real shell.
private func inFolder(_ name: String, _ text: String, _ body: (_ path: String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let path = "\(folder.path)/\(name)"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    try body(path)
}

@Suite("The command line")
struct CommandLineTests {
    private static let commands = CommandLineInterface.commands

    @Test("has each command once, each with --help, and --json unless its output is text")
    func table() {
        #expect(Set(Self.commands.map(\.name)).count == Self.commands.count)
        let texts: Set = ["config reference", "man", "completions"]
        for command in Self.commands {
            let names = command.options.map(\.name)
            #expect(Set(names).count == names.count, "\(command.name)")
            #expect(names.contains("help"))
            #expect(names.contains("json") != texts.contains(command.name), "\(command.name)")
            #expect(command.summary.hasSuffix(".") || command.summary.hasSuffix("-"), "\(command.name)")
        }
        for name in [
            "serve", "migrate", "migrate plan", "migrate up", "migrate status", "tenant create", "user create", "key create", "key list",
            "key rotate", "key revoke", "seed", "import", "export", "schema print", "validate", "jobs list", "config print", "doctor",
            "probe", "version",
        ] { #expect(Self.commands.contains { $0.name == name }, "\(name)") }
    }

    @Test("lists every option of every command in its help, in the man page and in the document")
    func help() {
        let page = ManPage.text.replacing("\\-", with: "-")
        let document = CommandReference.markdown
        for command in Self.commands {
            #expect(page.contains(".SS \(command.name)") && document.contains("\n## \(command.name)\n"))
            #expect(command.help.contains("Usage: customeros-api \(command.name)"))
            for option in command.options {
                #expect(command.help.contains("  --\(option.name)"), "\(command.name) \(option.name)")
                if let variable = option.environment { #expect(command.help.contains("[\(variable)]") && page.contains(variable)) }
                #expect(option.name == "help" || page.contains("--\(option.name)"), "\(option.name)")
            }
            for option in Manual.options(of: command) where command.name != "serve" {
                #expect(document.contains("| `\(option.usage)` |"), "\(command.name) \(option.name)")
            }
        }
    }

    @Test("is documented as it is")
    func reference() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: tests.appending(path: "../../docs/command-line.md"), encoding: .utf8)
        #expect(text == CommandReference.markdown, "run: customeros-api man --markdown > docs/command-line.md")
    }

    @Test("suggests the nearest known command or option, with the exit status of wrong usage")
    func nearest() throws {
        for (words, part) in [
            (["migrat"], "Did you mean \"migrate\"?"), (["migrate", "plam"], "Did you mean \"migrate plan\"?"),
            (["tenant", "creat"], "Did you mean \"tenant create\"?"), (["nothing-like-it"], "There is no command nothing-like-it. `"),
        ] {
            let error = #expect(throws: UsageError.self) {
                guard let command = Self.commands.filter({ words.starts(with: $0.words) }).max(by: { $0.words.count < $1.words.count })
                else { throw CommandLineInterface.unknown(words.joined(separator: " "), among: Self.commands.map(\.name)) }
                try command.check(Arguments(Array(words.dropFirst(command.words.count)), command.options, environment: [:]))
            }
            #expect(error?.description.contains(part) == true, "\(words) \(error?.description ?? "")")
            #expect(CommandLineInterface.run(words, environment: [:]) == 64)
        }
        let error = #expect(throws: UsageError.self) { try Arguments(["--prt", "1"], ServeSettings.all, environment: [:]) }
        #expect(error?.description == "There is no option --prt. Did you mean \"--port\"?")
        for words in [
            ["serve", "x"], ["tenant", "create"], ["tenant", "create", "a", "b"], ["tenant"], ["seed", "--size", "huge"],
            ["version", "-j"],
            ["completions", "tcsh"], [],
        ] { #expect(CommandLineInterface.run(words, environment: [:]) == 64, "\(words)") }
        for words in [["--help"], ["help"], ["help", "migrate", "plan"], ["tenant", "--help"], ["--version"], ["version", "--json"]] {
            #expect(CommandLineInterface.run(words, environment: [:]) == 0, "\(words)")
        }
    }

    @Test("generates a man page in which neither groff nor mandoc finds an error")
    func manPage() throws {
        try inFolder("customeros-api.1", ManPage.text) { (path) throws in
            let lint = try Tool.run("mandoc", ["-T", "lint", "-W", "warning", path])
            #expect(lint.status == 0 && lint.output.isEmpty, "\(lint.output)")
            let groff = try Tool.run("groff", ["-man", "-ww", "-z", "-Tutf8", path])
            #expect(groff.status == 0 && groff.output.isEmpty, "\(groff.output)")
            let text = try Tool.run("mandoc", ["-T", "ascii", path]).output
            #expect(text.contains("Wrong usage: an unknown command or option"))
        }
    }

    @Test("completes commands, options, words and files in a real bash")
    func bash() throws {
        try inFolder("completions", Completions.script(for: .bash)) { (path) throws in
            func complete(_ words: String...) throws -> [String] {
                let line = (["customeros-api"] + words).map { "'\($0)'" }.joined(separator: " ")
                let script = """
                    source '\(path)'; cd '\((path as NSString).deletingLastPathComponent)'
                    COMP_WORDS=(\(line)); COMP_CWORD=\(words.count); _customeros_api; printf '%s\\n' "${COMPREPLY[@]}"
                    """
                let done = try Tool.run("bash", ["--norc", "-c", script])
                #expect(done.status == 0, "\(done.output)")
                return done.output.split(separator: "\n").map(String.init)
            }
            #expect(try complete("mig") == ["migrate"])
            #expect(try complete("migrate", "") == ["plan", "up", "status"])
            #expect(try complete("migrate", "--st") == ["--status"])
            #expect(try complete("migrate", "plan", "--s") == ["--sql"])
            #expect(try complete("key", "rotate", "--o") == ["--overlap"])
            #expect(try complete("seed", "--size", "m") == ["medium"])
            #expect(try complete("serve", "--playground", "t") == ["true"])
            #expect(try complete("import", "compl") == ["completions"])
            #expect(try complete("serve", "--config", "comp") == ["completions"])
            #expect(try complete("completions", "z") == ["zsh"])
            #expect(try complete("serve", "--port", "").isEmpty)
            let options = try complete("serve", "--")
            #expect(options == ServeCommand.command.options.map { "--\($0.name)" })
        }
    }

    @Test("completes in a real fish")
    func fish() throws {
        try inFolder("completions.fish", Completions.script(for: .fish)) { (path) throws in
            func complete(_ line: String) throws -> [String] {
                let done = try Tool.run("fish", ["--no-config", "-c", "source '\(path)'; complete -C 'customeros-api \(line)'"])
                #expect(done.status == 0, "\(done.output)")
                let found = done.output.split(separator: "\n").map { String($0.prefix { $0 != "\t" }) }
                // From fish 4 on, words with the letters elsewhere follow.
                return found.filter { $0.hasPrefix(line.split(separator: " ", omittingEmptySubsequences: false).last ?? "") }
            }
            #expect(try complete("mig") == ["migrate"])
            #expect(try Set(complete("migrate ")).isSuperset(of: ["plan", "status", "up"]))
            #expect(try complete("migrate plan --s") == ["--sql"])
            #expect(try complete("migrate --s") == ["--status"])
            #expect(try complete("seed --size m") == ["medium"])
            #expect(try complete("key rotate --o") == ["--overlap"])
        }
    }

    @Test("accepts no name that breaks a line or is not fully visible, and says so in one line")
    func names() throws {
        for name in [
            "u\u{200B}z\u{202E}", "a\u{FEFF}", "a\u{AD}b", "a\u{2066}b", "a\nb", "a\tb", "a\u{85}b", "a\u{2028}b", " a", "a\u{E0041}",
            "na\u{200C}me", "na\u{200D}me", "\u{200D}نام", "نام\u{200C}", "م\u{200C}\u{200C}م", "é\u{200C}é",
        ] {
            #expect(Administration.problem(withName: name, mayBeEmpty: false) != nil, "\(name.debugDescription)")
        }
        for name in [
            "acme", "Zoë Müller", "日本語", "O'Neil & Söhne", "e\u{301}", "علی\u{200C}رضا", "شرکت نرم\u{200C}افزار", "क्\u{200D}ष",
            "ශ්\u{200D}රී",
        ] {
            #expect(Administration.problem(withName: name, mayBeEmpty: false) == nil, "\(name)")
        }
        for (words, text) in [
            (["user", "create", "a\nb@c.com", "--tenant", "x"], "one line"), (["user", "create", "", "--tenant", "x"], "is empty"),
            (["user", "create", "a b", "--tenant", "x"], "a b must be an e-mail address"), (["key", "revoke", ""], "is empty"),
            (["tenant", "disable", ""], "is empty"), (["tenant", "create", "u\u{200B}z"], "invisible"),
        ] {
            let command = try #require(Self.commands.first { $0.words == Array(words.prefix(2)) })
            let error = #expect(throws: UsageError.self) {
                try command.run(Arguments(Array(words.dropFirst(2)), command.options, environment: [:]))
            }
            let message = error?.description ?? ""
            #expect(message.contains(text) && !message.contains("\n"), "\(message)")
        }
        for failure in [
            Administration.Failure.noKey("a\nb\u{200B}"), .noTenant("a\nb\u{200B}"), .noUser("a\nb\u{200B}"), .userExists("a\nb\u{200B}"),
        ] {
            #expect(failure.description.contains("a\\u{A}b\\u{200B}") && !failure.description.contains("\n"), "\(failure)")
        }
    }

    @Test("says in one line that the database cannot be reached, our message first")
    func unreachable() throws {
        for connection in ["host=/nowhere/at/all", "host=/nowhere/at/all,127.0.0.1 port=5432,1", "host=127.0.0.1 port=1"] {
            let error = try #require(throws: BlockingConnection.Failure.self) {
                try BlockingConnection(DatabaseConfiguration(connectionString: connection))
            }
            let text = DatabaseRefusal(error).description
            #expect(text.hasPrefix("The database cannot be reached: ") && text.hasSuffix("looks further."), "\(text)")
            #expect(!text.contains("\n") && !text.contains("\t"), "\(text)")
        }
    }

    @Test("completes in a real zsh")
    func zsh() throws {
        try inFolder("completions.zsh", Completions.script(for: .zsh)) { (path) throws in
            // zsh's own functions that show matches are replaced, so that no terminal is needed.
            func complete(_ words: String...) throws -> [String] {
                let line = (["customeros-api"] + words).map { "'\($0)'" }.joined(separator: " ")
                let script = """
                    compdef() { : }
                    _describe() { local name=${@[-1]}; print -l -- ${${(P)name}%%:*} }
                    compadd() { shift; print -l -- $@ }
                    _files() { print files }
                    source '\(path)'
                    words=(\(line)); CURRENT=\(words.count + 1); _customeros_api
                    """
                let done = try Tool.run("zsh", ["-f", "-c", script])
                #expect(done.status == 0, "\(done.output)")
                return done.output.split(separator: "\n").map(String.init)
            }
            #expect(try complete("").contains("migrate"))
            #expect(try complete("migrate", "") == ["plan", "up", "status"])
            #expect(try complete("seed", "--size", "") == ["small", "medium", "large"])
            #expect(try complete("import", "") == ["files"])
            #expect(try complete("migrate", "plan", "--") == ["--database-url", "--data-dir", "--sql", "--json", "--help"])
        }
    }
}
