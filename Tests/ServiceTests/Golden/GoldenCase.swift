import Foundation
import Testing

/// A folder `Tests/Golden/FEATURE/CASE`: requests sent in order in a tenant of their own, their answers, and the
/// statements that answered them.
struct GoldenCase: CustomTestStringConvertible, Sendable {
    /// `FEATURE/CASE`.
    let name: String
    /// What the tenant has before the first request: the field `fixture` of `request.graphql`.
    let fixture: TenantFixture
    /// The other fields, which are sent with each request.
    let headers: [String: String]
    /// `setup.graphql`: requests that must succeed, and of which nothing else is recorded.
    let setup: [String]
    /// `request.graphql`.
    let requests: [String]

    var testDescription: String { name }

    /// Its files, below the folder of all cases.
    var files: [String] {
        ((setup.isEmpty ? [] : ["setup.graphql"]) + ["request.graphql", "response.json", "statements.sql"]).map { "\(name)/\($0)" }
    }

    private static let folder = TestServer.testsFolder + "/Golden"

    /// Empty if the folder cannot be read, which the test of their number reports.
    static let all: [GoldenCase] = {
        let files = (try? filesOnDisk()) ?? []
        return files.filter { $0.hasSuffix("/request.graphql") }.sorted().compactMap { file in
            try? GoldenCase(name: (file as NSString).deletingLastPathComponent)
        }
    }()

    /// All files below the folder of the cases.
    static func filesOnDisk() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder).filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder) && !isFolder.boolValue
        }
    }

    struct Malformed: Error {
        let name: String
    }

    private init(name: String) throws {
        self.name = name
        let text = try Self.text("\(name)/request.graphql")
        var fields: [String: String] = [:]
        for line in text.split(separator: "\n").prefix(while: { $0.hasPrefix("# ") }) {
            let parts = line.dropFirst(2).split(separator: ":", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard parts.count == 2 else { throw Malformed(name: name) }
            fields[parts[0]] = parts[1]
        }
        guard let fixture = fields.removeValue(forKey: "fixture").flatMap(TenantFixture.init(rawValue:)) else {
            throw Malformed(name: name)
        }
        self.fixture = fixture
        headers = fields
        requests = Self.requests(in: text)
        let setup = "\(name)/setup.graphql"
        self.setup = FileManager.default.fileExists(atPath: "\(Self.folder)/\(setup)") ? Self.requests(in: try Self.text(setup)) : []
    }

    /// A line `# then` separates requests.
    private static func requests(in text: String) -> [String] { text.components(separatedBy: "\n# then\n") }

    private static func text(_ path: String) throws -> String { try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8) }

    // MARK: What is recorded

    func record() throws -> GoldenRecord {
        GoldenRecord(response: try Self.text("\(name)/response.json"), statements: try Self.text("\(name)/statements.sql"))
    }

    func write(_ record: GoldenRecord) throws {
        for (file, text) in [("response.json", record.response), ("statements.sql", record.statements)] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(Self.folder)/\(name)/\(file)"))
        }
    }
}
