internal import Glibc

/// Where an import writes the lines it refuses. The file is created with the first of them.
final class ErrorFile {
    enum Failure: Error, CustomStringConvertible {
        case isInput(String)

        var description: String {
            switch self {
            case .isInput(let path): "\(path) is the imported file. Name another one with --errors."
            }
        }
    }

    private let path: String
    private var file: OutputFile?

    /// - Parameters:
    ///   - path: `-` is standard output.
    ///   - input: The imported file; `-` is standard input.
    init(_ path: String, input: String) throws(Failure) {
        self.path = path
        let target = path == "-" ? FileIdentity(descriptor: STDOUT_FILENO) : FileIdentity(path)
        let source = input == "-" ? FileIdentity(descriptor: STDIN_FILENO) : FileIdentity(input)
        // A terminal may be both.
        if let target, target.isRegular, target == source { throw .isInput(path) }
    }

    /// Removes what an earlier import left. Only a regular file can have something left.
    func empty() throws {
        guard let target = FileIdentity(path), target.isRegular else { return }
        file = try OutputFile(path, appends: false)
    }

    func write(_ bytes: [UInt8]) throws {
        let file = try file ?? OutputFile(path, appends: true)
        self.file = file
        try file.write(bytes)
    }

    /// Returns once what was written is durable.
    func flush() throws { try file?.synchronize() }
}
