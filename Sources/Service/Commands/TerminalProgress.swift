internal import Glibc

/// A command's progress, on one line of the terminal that is rewritten. Writes nothing if standard error is not a
/// terminal.
final class TerminalProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1 && getenv("TERM").map { String(cString: $0) != "dumb" } ?? false
    private var lastTime = 0.0
    private var isShown = false

    func show(_ text: @autoclosure () -> String) {
        guard isTerminal else { return }
        let now = Self.seconds
        guard now - lastTime > 0.1 else { return }
        lastTime = now
        isShown = true
        CommandLineInterface.write("\r\u{1B}[K\(text())", to: STDERR_FILENO)
    }

    /// Clears the line.
    func finish() {
        if isShown { CommandLineInterface.write("\r\u{1B}[K", to: STDERR_FILENO) }
    }

    /// Seconds of the monotonic clock.
    static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
