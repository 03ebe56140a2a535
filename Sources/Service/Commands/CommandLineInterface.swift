internal import Glibc
internal import GraphQL

/// The program's command line.
public enum CommandLineInterface {
    /// Exit statuses (sysexits.h).
    enum ExitStatus {
        static let success: Int32 = 0
        static let failure: Int32 = 1
        static let usage: Int32 = 64
    }

    static let commands: [Command] =
        [ServeCommand.command] + MigrateCommands.all + [UpgradeCommand.command] + TenancyCommands.all + KeyCommands.all
        + [SeedCommand.command] + HostCommands.all + TransferCommands.all + TimelineCommands.all + JobCommands.all + SchemaCommands.all
        + [ValidateCommand.command] + ConfigCommands.all + [DoctorCommand.command, ProbeCommand.command, VersionCommand.command]
        + ManualCommands.all

    /// Runs a command line, without the program's name, and returns the exit status.
    public static func run(_ words: [String], environment: [String: String]) -> Int32 {
        endOnSignals()
        var words = words
        guard let first = words.first else {
            write(overview, to: STDOUT_FILENO)
            return ExitStatus.usage
        }
        switch first {
        case "--version": words[0] = "version"
        case "--help", "-h", "help":
            if words.count == 1 {
                write(overview, to: STDOUT_FILENO)
                return ExitStatus.success
            }
            words = Array(words.dropFirst()) + ["--help"]
        default: break
        }
        return runCommand(words, environment)
    }

    /// A container's first process only receives signals it handles: otherwise nothing but SIGKILL would end a command
    /// there.
    private static func endOnSignals() {
        guard getpid() == 1 else { return }
        for number in [SIGINT, SIGTERM] { signal(number) { _exit(128 + $0) } }
    }

    private static func runCommand(_ words: [String], _ environment: [String: String]) -> Int32 {
        guard let command = commands.filter({ words.starts(with: $0.words) }).max(by: { $0.words.count < $1.words.count }) else {
            let group = commands.filter { $0.words.first == words.first }
            if !group.isEmpty, words.dropFirst().allSatisfy({ $0 == "--help" || $0 == "-h" }) {
                write(list(group), to: STDOUT_FILENO)
                return words.count > 1 ? ExitStatus.success : ExitStatus.usage
            }
            let given = words.prefix(group.isEmpty ? 1 : 2).joined(separator: " ")
            write("\(unknown(given, among: group.isEmpty ? names : group.map(\.name)))\n", to: STDERR_FILENO)
            return ExitStatus.usage
        }
        do {
            let arguments = try Arguments(Array(words.dropFirst(command.words.count)), command.options, environment: environment)
            if arguments.wantsHelp {
                write(command.help, to: STDOUT_FILENO)
            } else {
                try command.check(arguments)
                try command.run(arguments)
            }
            return ExitStatus.success
        } catch let error as UsageError {
            write("\(error)\n`customeros-api \(command.name) --help` says more.\n", to: STDERR_FILENO)
            return ExitStatus.usage
        } catch {
            write("\(DatabaseRefusal(error))\n", to: STDERR_FILENO)
            return ExitStatus.failure
        }
    }

    /// All first words, and all names.
    private static var names: [String] {
        var names: [String] = []
        for command in commands {
            if let first = command.words.first, !names.contains(first) { names.append(first) }
            if !names.contains(command.name) { names.append(command.name) }
        }
        return names
    }

    static func unknown(_ given: String, among names: [String]) -> UsageError {
        UsageError(
            "There is no command \(given).\(nearest(to: given, among: names)) `customeros-api --help` lists what there is.")
    }

    /// The sentence for the closest of several names, empty if none is close.
    static func nearest(to given: String, among names: [String]) -> String {
        Suggestions.sentence(for: Array(Suggestions.closest(to: given, among: names).prefix(1)))
    }

    private static var overview: String {
        "The CustomerOS API on PostgreSQL.\n\nUsage: customeros-api COMMAND [options]\n\n" + list(commands)
            + """

            `customeros-api COMMAND --help` explains a command, `customeros-api man | man -l -` all of them.

            """
    }

    private static func list(_ commands: [Command]) -> String {
        "Commands:\n"
            + commands.map { "  \($0.name)" + String(repeating: " ", count: max(2, 18 - $0.name.count)) + $0.summary + "\n" }.joined()
    }

    /// Writes a text completely.
    static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno != EINTR { return }
            bytes = bytes.dropFirst(max(0, count))
        }
    }
}
