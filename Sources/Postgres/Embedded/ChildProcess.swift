internal import CSystem
internal import Glibc

/// A child program, with its output in a file or a pipe.
enum ChildProcess {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts a program in a process group of its own, so that a terminal's interrupt does not reach it, with default
    /// signal handling.
    /// - Parameter output: The descriptor for standard output and standard error.
    static func spawn(_ arguments: [String], output: Int32) throws(Failure) -> pid_t {
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var noSignals = sigset_t()
        sigemptyset(&noSignals)
        var allSignals = sigset_t()
        sigfillset(&allSignals)
        posix_spawnattr_setsigmask(&attributes, &noSignals)
        posix_spawnattr_setsigdefault(&attributes, &allSignals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_adddup2(&actions, output, 1)
        posix_spawn_file_actions_adddup2(&actions, output, 2)

        var pid: pid_t = 0
        let program = arguments.first ?? ""
        let status = withCStrings(arguments) { argv in
            withCStrings(environment) { posix_spawnp(&pid, program, &actions, &attributes, argv, $0) }
        }
        guard status == 0 else { throw Failure(description: "\(program) cannot be started: \(String(cString: strerror(status)))") }
        return pid
    }

    /// Runs a program to its end and returns its output.
    static func run(_ arguments: [String]) throws(Failure) -> String {
        var ends: [Int32] = [0, 0]
        guard pipe2(&ends, O_CLOEXEC) == 0 else { throw Failure(description: "no pipe: \(String(cString: strerror(errno)))") }
        let pid: pid_t
        do {
            defer { close(ends[1]) }
            pid = try spawn(arguments, output: ends[1])
        } catch {
            close(ends[0])
            throw error
        }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = read(ends[0], &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            output.append(contentsOf: chunk[..<count])
        }
        close(ends[0])
        let status = wait(for: pid)
        let text = String(decoding: output, as: UTF8.self).withoutTrailingNewlines
        guard status == 0 || status == nil else { throw Failure(description: "\(arguments.first ?? "") failed: \(text)") }
        return text
    }

    /// Waits for a child to end and returns its status: 0 is success, nil is unknown, as when the process ignores
    /// SIGCHLD.
    static func wait(for pid: pid_t) -> Int32? {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0 {
            if errno != EINTR { return nil }
        }
        return status
    }

    /// Our environment, without the variables that would redirect libpq or the server.
    private static var environment: [String] {
        var variables: [String] = []
        var entry = environ
        while let variable = entry.pointee {
            let text = String(cString: variable)
            if !text.hasPrefix("PG") { variables.append(text) }
            entry += 1
        }
        return variables
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return body(&pointers)
    }
}
