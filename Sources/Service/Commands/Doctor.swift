internal import Glibc
internal import GraphQL
internal import HTTP
internal import Postgres

/// Looks for problems of a server with these settings.
struct Doctor {
    /// A check and its outcome.
    struct Finding: Sendable, Equatable {
        enum Level: String, Sendable, Comparable {
            case ok, warning, problem

            static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

            private var rank: Int {
                switch self {
                case .ok: 0
                case .warning: 1
                case .problem: 2
                }
            }
        }

        let check: String
        let level: Level
        let text: String
        /// What to do; empty if nothing is to be done.
        let advice: String
    }

    let arguments: Arguments
    private(set) var findings: [Finding] = []

    init(_ arguments: Arguments) { self.arguments = arguments }

    /// Runs all checks, causes before their effects.
    mutating func examine() {
        examineSettings()
        examineMachine()
        examinePorts()
        examineDatabase()
    }

    mutating func find(_ check: String, _ level: Finding.Level, _ text: String, _ advice: String = "") {
        findings.append(Finding(check: check, level: level, text: text, advice: advice))
    }

    var worst: Finding.Level { findings.map(\.level).max() ?? .ok }

    // MARK: Settings

    private mutating func examineSettings() {
        do {
            try ServeSettings.check(arguments)
            find("settings", .ok, "The settings can be used.")
        } catch {
            find("settings", .problem, "\(error)", "Change them; `customeros-api serve --help` lists all settings.")
        }
        let host = arguments.text("host") ?? "127.0.0.1"
        let isOpen = NetworkExposure.isOpen(host: host)
        let isEmbedded = arguments.text("database-url") == nil
        let origins = (arguments.text("allow-origins") ?? "").split(separator: ",").map { $0.trimmed }
        if origins.contains("*") {
            find(
                "origins", .warning, "Pages of every origin may use the API from a browser.",
                "Name the origins that may: --allow-origins https://app.example.com")
        } else {
            find(
                "origins", .ok,
                origins.isEmpty ? "No page of another origin may use the API." : "Pages of \(origins.count) origins may use the API.")
        }
        let hasPlayground = arguments.flag("playground") ?? isEmbedded
        if isOpen, hasPlayground {
            find(
                "playground", .warning, "The playground is served on \(host), to anyone who can reach it.",
                "Switch it off with --playground false, or listen on 127.0.0.1 only.")
        } else {
            find("playground", .ok, hasPlayground ? "The playground is served here only." : "The playground is off.")
        }
        examineTransport(host, isOpen: isOpen)
        if isOpen, isEmbedded {
            find(
                "demo data", .warning, "The embedded database has a demo tenant with a key, and is reached on \(host).",
                "Use a database of your own where others can reach the server.")
        }
        if arguments.origin("database-url") == .flag, let url = arguments.text("database-url"),
            ConnectionText.value(of: "password", in: url) != nil
        {
            find(
                "secrets", .warning, "The database's password is on the command line, where every account of the machine can see it.",
                "Put the URL into a file and name it: DATABASE_URL_FILE=/path")
        } else if let path = arguments.text("config"),
            ServeSettings.all.contains(where: { $0.isSecret && arguments.origin($0.name) == .file }), Self.isReadableByAll(path)
        {
            find("secrets", .warning, "The file \(path) has a secret, and every account can read it.", "Close it: chmod 600 \(path)")
        } else {
            find("secrets", .ok, "No secret is visible to other accounts.")
        }
    }

    private mutating func examineTransport(_ host: String, isOpen: Bool) {
        guard let path = arguments.text("tls-certificate"), let keyPath = arguments.text("tls-key") else {
            guard isOpen else { return find("transport", .ok, "Plain HTTP, which does not leave this machine.") }
            return find(
                "transport", .warning, "The server speaks plain HTTP on \(host): keys and data cross the network unencrypted.",
                "Give it a certificate with --tls-certificate and --tls-key, or listen on 127.0.0.1 behind a proxy that speaks HTTPS.")
        }
        do {
            let certificate = try TLSCertificate(certificatePath: path, keyPath: keyPath)
            let days = certificate.secondsLeft / 86_400
            if certificate.secondsLeft <= 0 {
                find(
                    "certificate", .problem, "The certificate in \(path) has expired: clients refuse it.",
                    "Renew it, and send a running server SIGHUP.")
            } else {
                find(
                    "certificate", days < 14 ? .warning : .ok, "The certificate in \(path) has \(days) days left.",
                    days < 14 ? "Renew it, and send a running server SIGHUP." : "")
            }
            if certificate.isKeyReadableByOthers {
                find("key", .warning, "Other accounts can read the key in \(keyPath).", "Close it: chmod 600 \(keyPath)")
            } else {
                find("key", .ok, "No other account can read the key.")
            }
        } catch {
            find("certificate", .problem, "\(error)", "Give --tls-certificate and --tls-key files in PEM that belong together.")
        }
    }

    private static func isReadableByAll(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & 0o004 != 0
    }
}
