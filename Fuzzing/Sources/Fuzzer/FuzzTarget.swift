import Glibc

/// A part of the engine that takes bytes from outside, with what must hold for any input.
protocol FuzzTarget: SendableMetatype {
    /// Aborts the process if something does not hold.
    static func run(_ input: [UInt8])
}

extension FuzzTarget {
    /// - Parameter message: What was expected; evaluated only on failure.
    static func expect(_ condition: Bool, _ message: @autoclosure () -> String) {
        if condition { return }
        StandardError.write("\(self): \(message())")
        abort()
    }
}

enum StandardError {
    /// Writes a line.
    static func write(_ line: String) {
        var line = line + "\n"
        line.withUTF8 { _ = Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
