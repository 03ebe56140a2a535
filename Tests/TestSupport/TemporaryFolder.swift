import Foundation

/// A folder for one test that every account may enter: PostgreSQL runs under its own.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        path = NSTemporaryDirectory() + "/customeros-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o755])
    }

    public func remove() { try? FileManager.default.removeItem(atPath: path) }
}
