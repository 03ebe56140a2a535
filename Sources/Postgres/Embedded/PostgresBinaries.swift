internal import Glibc

/// The programs of one PostgreSQL installation.
struct PostgresBinaries: Sendable {
    /// The folder with `postgres`, `initdb` and `pg_dump`.
    let folder: String
    /// The version as in `server_version`: `15.18 (Debian 15.18-0+deb12u1)`. Every update of the package changes it.
    let version: String
    /// The version that a data directory names in its file `PG_VERSION`.
    let major: Int

    /// - Returns: nil if the folder has no server, or none that runs.
    init?(folder: String) {
        let server = folder + "/postgres"
        guard access(server, X_OK) == 0, access(folder + "/initdb", X_OK) == 0,
            let text = try? ChildProcess.run([server, "--version"]), let name = text.firstRange(of: "(PostgreSQL) ")
        else { return nil }
        version = String(text[name.upperBound...])
        guard let major = Int(version.prefix { $0.isNumber }) else { return nil }
        self.major = major
        self.folder = folder
    }

    /// Identifies the program's file by what changes when a package replaces it.
    struct FileMark: Equatable, Sendable {
        fileprivate let inode: UInt
        fileprivate let seconds: Int
        fileprivate let nanoseconds: Int
    }

    /// - Returns: nil if there is no such file.
    static func mark(folder: String) -> FileMark? {
        var information = stat()
        guard stat(folder + "/postgres", &information) == 0 else { return nil }
        return FileMark(inode: information.st_ino, seconds: information.st_mtim.tv_sec, nanoseconds: information.st_mtim.tv_nsec)
    }

    // MARK: What is installed

    /// The installation that runs data of a major version, or, for new data, the preferred one.
    /// - Parameter folders: Where to look, in order; nil looks where packages install.
    /// - Throws: `Failure` that says what to install.
    static func find(for major: Int?, among folders: [String]? = nil) throws(EmbeddedCluster.Failure) -> PostgresBinaries {
        var others: [Int] = []
        for folder in folders ?? installedFolders() {
            guard let binaries = PostgresBinaries(folder: folder) else { continue }
            guard let major, binaries.major != major else { return binaries }
            if !others.contains(binaries.major) { others.append(binaries.major) }
        }
        guard let major else {
            throw EmbeddedCluster.Failure(
                "No PostgreSQL server is installed. Install one (Debian: apt-get install postgresql), or name a running one with DATABASE_URL."
            )
        }
        let installed = others.isEmpty ? "none is installed" : "installed is \(others.sorted().map(String.init).joined(separator: ", "))"
        throw EmbeddedCluster.Failure(
            """
            The embedded database is one of PostgreSQL \(major), but \(installed). Install the package postgresql-\(major); where the \
            distribution no longer has it, https://wiki.postgresql.org/wiki/Apt does. Then start as before, or move the data to the newer \
            version with `customeros-api database upgrade`.
            """)
    }

    /// The newest installation.
    /// - Throws: `Failure` if there is none.
    static func newest(among folders: [String]? = nil) throws(EmbeddedCluster.Failure) -> PostgresBinaries {
        let all = (folders ?? installedFolders()).compactMap { PostgresBinaries(folder: $0) }
        guard let newest = all.max(by: { $0.major < $1.major }) else { return try find(for: nil, among: folders) }
        return newest
    }

    /// `pg_config`'s folder, then Debian's, newest first, then the path.
    private static func installedFolders() -> [String] {
        var folders: [String] = []
        if let said = try? ChildProcess.run(["pg_config", "--bindir"]) { folders.append(said) }
        folders += debianFolders()
        if let path = getenv("PATH") { folders += String(cString: path).split(separator: ":").map(String.init) }
        return folders.enumerated().filter { !folders[..<$0.offset].contains($0.element) }.map(\.element)
    }

    private static func debianFolders() -> [String] {
        guard let directory = opendir("/usr/lib/postgresql") else { return [] }
        defer { closedir(directory) }
        var versions: [Int] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
            if let version = Int(name) { versions.append(version) }
        }
        return versions.sorted(by: >).map { "/usr/lib/postgresql/\($0)/bin" }
    }
}
