internal import Glibc

/// Where a private cluster lives, and as whom it runs.
struct ClusterPlace {
    /// The account that PostgreSQL runs as if we are root: it refuses to run as root.
    struct Account {
        let name: String
        let user: uid_t
        let group: gid_t
    }

    /// The suffix of a cluster that is made to replace another.
    static let upgradeSuffix = ".upgrade"

    /// The folder of the cluster's files.
    let cluster: String
    /// The folder of its socket: only its owner, and root, can enter it.
    let socketFolder: String
    let account: Account?

    /// Chooses the place for a data directory, which must exist.
    ///
    /// The cluster lies in the data directory. If the account cannot reach that, since a parent folder is closed to it,
    /// it lies under `/var/lib/customeros-api` instead; the data directory's file `cluster` says where.
    init(dataDirectory: String) throws(EmbeddedCluster.Failure) {
        let root = try Self.realPath(dataDirectory)
        account = try Self.account()
        let mark = Self.mark(root)
        let memory = root + "/cluster"
        if let remembered = Self.readText(memory) {
            cluster = remembered
        } else if account != nil, !Self.isOpenToOthers(root) {
            try Self.makeFolder("/var/lib/customeros-api", mode: 0o755)
            cluster = "/var/lib/customeros-api/\(mark)"
            Self.writeText(cluster, to: memory)
        } else {
            cluster = root + "/postgres"
        }
        // A socket's path holds 107 bytes at most, including that of the second cluster during an upgrade.
        let near = cluster + ".socket"
        socketFolder = near.utf8.count + "\(Self.upgradeSuffix)/.s.PGSQL.5432".utf8.count <= 107 ? near : "/tmp/customeros-api-\(mark)"
        try Self.makeFolder(socketFolder, mode: 0o700)
        try own(socketFolder)
        chmod(socketFolder, 0o700)
    }

    private init(cluster: String, socketFolder: String, account: Account?) {
        self.cluster = cluster
        self.socketFolder = socketFolder
        self.account = account
    }

    /// The place of another cluster next to this one, named after it with a suffix.
    func beside(_ suffix: String) throws(EmbeddedCluster.Failure) -> ClusterPlace {
        let place = ClusterPlace(cluster: cluster + suffix, socketFolder: socketFolder + suffix, account: account)
        try Self.makeFolder(place.socketFolder, mode: 0o700)
        try own(place.socketFolder)
        return place
    }

    /// The PostgreSQL major version of the cluster's files; nil if there are none.
    var majorVersion: Int? { Self.readText(cluster + "/PG_VERSION").flatMap { Int($0) } }

    /// Gives a folder of ours to the account. Refuses what belongs to another account or is not a folder.
    func own(_ path: String) throws(EmbeddedCluster.Failure) {
        var information = stat()
        guard lstat(path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR else {
            throw EmbeddedCluster.Failure("\(path) is no folder.")
        }
        let owner = account?.user ?? geteuid()
        guard information.st_uid == owner || information.st_uid == geteuid() else {
            throw EmbeddedCluster.Failure("\(path) belongs to someone else. Remove it or choose another data directory.")
        }
        if let account, information.st_uid != account.user { lchown(path, account.user, account.group) }
    }

    /// The command, to run as the account and end with the thread that starts it.
    func command(_ arguments: [String], endsWithParent: Bool) -> [String] {
        var prefix = ["setpriv"]
        if let account { prefix += ["--reuid=\(account.user)", "--regid=\(account.group)", "--init-groups"] }
        // An interrupt is PostgreSQL's fast shutdown.
        if endsWithParent { prefix.append("--pdeathsig=INT") }
        return prefix.count == 1 ? arguments : prefix + ["--"] + arguments
    }

    private static func account() throws(EmbeddedCluster.Failure) -> Account? {
        guard geteuid() == 0 else { return nil }
        guard let entry = getpwnam("postgres") else {
            throw EmbeddedCluster.Failure("PostgreSQL does not run as root, and there is no user postgres to run it as.")
        }
        return Account(name: "postgres", user: entry.pointee.pw_uid, group: entry.pointee.pw_gid)
    }

    private static func realPath(_ path: String) throws(EmbeddedCluster.Failure) -> String {
        guard let resolved = realpath(path, nil) else {
            throw EmbeddedCluster.Failure("The data directory \(path) cannot be used: \(String(cString: strerror(errno)))")
        }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// Whether everyone may traverse every folder of the path.
    private static func isOpenToOthers(_ path: String) -> Bool {
        var folder = path
        while !folder.isEmpty {
            var information = stat()
            guard stat(folder, &information) == 0, information.st_mode & S_IXOTH != 0 else { return false }
            folder = String(folder[..<(folder.lastIndex(of: "/") ?? folder.startIndex)])
        }
        return true
    }

    static func makeFolder(_ path: String, mode: mode_t) throws(EmbeddedCluster.Failure) {
        guard mkdir(path, mode) == 0 || errno == EEXIST else {
            throw EmbeddedCluster.Failure("The folder \(path) cannot be made: \(String(cString: strerror(errno)))")
        }
    }

    private static func readText(_ path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &bytes, bytes.count)
        return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self).withoutTrailingNewlines : nil
    }

    private static func writeText(_ text: String, to path: String) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        _ = write(descriptor, text + "\n", text.utf8.count + 1)
    }

    /// A short name made of a path: FNV-1a, 64 bits.
    private static func mark(_ path: String) -> String {
        let hash = path.utf8.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return String(hash, radix: 16)
    }
}
