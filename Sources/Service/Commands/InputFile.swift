internal import FoundationEssentials

/// A file that a command reads completely.
enum InputFile {
    struct Failure: Error, CustomStringConvertible {
        let path: String
        var description: String { "The file \(path) cannot be read." }
    }

    static func bytes(_ path: String) throws -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else { throw Failure(path: path) }
        return Array(data)
    }
}
