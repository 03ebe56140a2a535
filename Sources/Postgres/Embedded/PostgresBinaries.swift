internal import Glibc

/// The installed PostgreSQL programs.
enum PostgresBinaries {
    /// The folder with `initdb` and `postgres`: what `pg_config` says, else the newest of Debian's, else the one on the path.
    static func folder() throws(EmbeddedCluster.Failure) -> String {
        var candidates: [String] = []
        if let told = try? ChildProcess.run(["pg_config", "--bindir"]) { candidates.append(told) }
        candidates += debianFolders()
        if let path = getenv("PATH") { candidates += String(cString: path).split(separator: ":").map(String.init) }
        for folder in candidates where access(folder + "/initdb", X_OK) == 0 && access(folder + "/postgres", X_OK) == 0 { return folder }
        throw EmbeddedCluster.Failure(
            "No PostgreSQL server is installed. Install one (Debian: apt-get install postgresql), or name a running one with DATABASE_URL.")
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
