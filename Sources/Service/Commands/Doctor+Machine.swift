internal import FoundationEssentials
internal import Glibc
internal import HTTP
internal import Postgres

extension Doctor {
    // MARK: The machine

    mutating func examineMachine() {
        examineFiles()
        examineMemory()
        if arguments.text("database-url") == nil { examineDataDirectory() }
    }

    private mutating func examineFiles() {
        var database = DatabaseConfiguration(connectionString: "")
        database.poolSize = arguments.number("pool-size") ?? database.poolSize
        let budget = DescriptorBudget(database, loops: ServeCommand.loops(arguments))
        let count = budget.limit
        let wanted = (arguments.number("connection-limit") ?? Limits().connections) + budget.reserved
        switch count {
        case wanted...: find("open files", .ok, "\(count) files may be open at once.")
        case 256...:
            find(
                "open files", .warning,
                "\(count) files may be open at once: \(budget.connections) clients are connected at a time, and more wait.",
                "Allow \(wanted) or more: LimitNOFILE=65536 in the unit, or ulimit -n 65536.")
        default:
            find(
                "open files", .problem, "Only \(count) files may be open at once.",
                "Allow more: LimitNOFILE=65536 in the unit, or ulimit -n 65536.")
        }
    }

    private mutating func examineMemory() {
        let wanted = (128 << 20) + (arguments.number("memory-budget") ?? Limits().memoryBytes)
        let available = Self.availableMemory
        let (has, wants) = (available >> 20, wanted >> 20)
        if available >= wanted { return find("memory", .ok, "\(has) MiB are free; the server and its memory budget need \(wants).") }
        find(
            "memory", available < 96 << 20 ? .problem : .warning,
            "\(has) MiB are free, but the server and its memory budget need \(wants).",
            "Give it more memory, or lower --memory-budget.")
    }

    /// The lower of what the machine and the control group leave.
    private static var availableMemory: Int {
        var available = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
        for line in (text("/proc/meminfo") ?? "").split(separator: "\n") where line.hasPrefix("MemAvailable:") {
            if let kilobytes = line.split(separator: " ").dropFirst().first.flatMap({ Int($0) }) { available = kilobytes << 10 }
        }
        let group = (text("/proc/self/cgroup") ?? "").split(separator: "\n").first { $0.hasPrefix("0::") }.map { $0.dropFirst(3) } ?? "/"
        let folder = "/sys/fs/cgroup\(group)"
        if let limit = number(folder + "/memory.max"), let used = number(folder + "/memory.current") {
            available = min(available, limit - used)
        }
        return available
    }

    private static func number(_ path: String) -> Int? {
        text(path).flatMap { Int($0.trimmed(where: \.isWhitespace)) }
    }

    private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

    private mutating func examineDataDirectory() {
        let path = arguments.text("data-dir") ?? ".data"
        var folder = path
        while access(folder, F_OK) != 0, folder.contains("/") {
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
        if access(folder, F_OK) != 0 { folder = path.hasPrefix("/") ? "/" : "." }
        guard access(folder, W_OK | X_OK) == 0 else {
            return find(
                "data directory", .problem, "The folder \(folder) cannot be written by this account.",
                "Choose another one with --data-dir or DATA_DIR, or give this account the right to it.")
        }
        var disk = statvfs()
        statvfs(folder, &disk)
        let free = Int(clamping: UInt64(disk.f_bavail) &* UInt64(disk.f_frsize)) >> 20
        if free < 1024 {
            find(
                "data directory", free < 128 ? .problem : .warning, "The disk of \(path) has \(free) MiB left.",
                "Make room, or choose a folder on another disk with --data-dir.")
        } else {
            find("data directory", .ok, "\(path) can be written; its disk has \(free) MiB left.")
        }
        do {
            find("PostgreSQL", .ok, "The programs of PostgreSQL are in \(try EmbeddedCluster.programs(dataDirectory: path).folder).")
        } catch {
            find("PostgreSQL", .problem, "\(error)", "Install it, or name a database with DATABASE_URL.")
        }
    }

    // MARK: Ports

    mutating func examinePorts() {
        let host = arguments.text("host") ?? "127.0.0.1"
        let port = arguments.number("port") ?? 10_000
        examinePort("port", host, port, option: "--port")
        if let metrics = arguments.number("metrics-port"), metrics != port {
            examinePort("metrics port", host, metrics, option: "--metrics-port")
        }
    }

    private mutating func examinePort(_ check: String, _ host: String, _ port: Int, option: String) {
        guard port > 0 else { return find(check, .ok, "The system chooses a port.") }
        switch Self.bind(host, port) {
        case 0: find(check, .ok, "Port \(port) of \(host) is free.")
        case EADDRINUSE:
            if let answer = try? ServerProbe(arguments, port: port).get("/health"), answer.status == 200,
                answer.body.contains("\"status\"")
            {
                find(check, .ok, "Port \(port) of \(host) is in use by a server that answers.")
            } else {
                find(
                    check, .problem, "Port \(port) of \(host) is in use by another program.",
                    "Stop that (ss -ltnp shows it), or choose another port with \(option).")
            }
        case EACCES:
            find(
                check, .problem, "This account may not listen on port \(port).",
                "Choose one from 1024 on with \(option), or let the service manager hand the socket over.")
        case let code:
            let reason = code < 0 ? "the host is unknown" : String(cString: strerror(code))
            find(check, .problem, "Nothing can listen on \(host), port \(port): \(reason).", "Choose another address with --host.")
        }
    }

    /// 0 if the address can be bound, otherwise the system's error number, or -1 for an unknown host.
    private static func bind(_ host: String, _ port: Int) -> Int32 {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        hints.ai_flags = AI_PASSIVE
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let first = list?.pointee else { return -1 }
        defer { freeaddrinfo(list) }
        let descriptor = socket(first.ai_family, first.ai_socktype | Int32(SOCK_CLOEXEC.rawValue), first.ai_protocol)
        guard descriptor >= 0 else { return errno }
        defer { close(descriptor) }
        var one: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &one, socklen_t(MemoryLayout<Int32>.size))
        return Glibc.bind(descriptor, first.ai_addr, first.ai_addrlen) == 0 ? 0 : errno
    }
}
