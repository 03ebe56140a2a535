import CEmbedded
import Embedded
import Foundation
import TestSupport
import Testing

/// A folder of the repository, and its files in the binary.
enum Folder: String, CaseIterable, Sendable {
    case schema
    case migrations
    case routines = "migrations/routines"

    var location: URL { Folder.root.appending(path: rawValue) }

    var embedded: [EmbeddedFile] {
        switch self {
        case .schema: EmbeddedFile.schema
        case .migrations: EmbeddedFile.migrations
        case .routines: EmbeddedFile.routines
        }
    }

    /// The names of the files that exist now.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: location.path).filter { $0.contains(".") }.sorted()
        }
    }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}

extension embedded_file {
    var fileName: String { String(cString: name) }
    var content: [UInt8] { Array(UnsafeBufferPointer(start: bytes, count: count)) }
}

@Suite("Files embedded in the binary")
struct EmbeddedFilesTests {
    @Test("are those of the folder, sorted by name", arguments: Folder.allCases)
    func names(_ folder: Folder) throws {
        let names = try folder.names
        try #require(!names.isEmpty)
        #expect(folder.embedded.map(\.name) == names)
    }

    @Test("have the bytes of the files", arguments: Folder.allCases)
    func bytes(_ folder: Folder) throws {
        for file in folder.embedded {
            #expect(try [UInt8](Data(contentsOf: folder.location.appending(path: file.name))) == Array(file.text.utf8), "\(file.name)")
        }
    }

    @Test("include the demonstration data")
    func demonstration() throws {
        let file = Folder.root.appending(path: "Sources/CEmbedded/demo.sql")
        #expect(try [UInt8](Data(contentsOf: file)) == embedded_demo().content)
        #expect(embedded_demo().fileName == "demo.sql")
    }

    @Test("include the playground's own files, and GraphiQL whole or not at all")
    func playground() throws {
        let folder = Folder.root.appending(path: "playground")
        let pieces = embedded_playground()
        let embedded = Dictionary(
            uniqueKeysWithValues: UnsafeBufferPointer(start: pieces.files, count: pieces.count).map { ($0.fileName, $0.content) })
        let own = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { !["vendor", "fetch.py", "requirements.txt", "__pycache__"].contains($0) }
        for name in own { #expect(try [UInt8](Data(contentsOf: folder.appending(path: name))) == embedded[name], "\(name)") }
        let others = embedded.filter { !own.contains($0.key) }
        // The licence and four files, each also compressed with gzip, made by scripts/setup.
        #expect([0, 5, 9].contains(others.count))
        let compressed = others.keys.filter { $0.hasSuffix(".gz") }
        #expect(compressed.isEmpty || compressed.count == 4)
        for name in compressed {
            let file = folder.appending(path: "vendor/\(name)").path
            #expect(try Tool.run("sh", ["-c", "gzip -dc '\(file)' | cmp - '\(file.dropLast(3))'"]).status == 0, "\(name)")
        }
        for (name, bytes) in others {
            #expect(try [UInt8](Data(contentsOf: folder.appending(path: "vendor/\(name)"))) == bytes, "\(name)")
        }
    }

    @Test("number the migrations from 1, each uniquely, and from 95 on without gaps")
    func numbers() {
        let numbers = Folder.migrations.embedded.compactMap { Int($0.name.prefix(4)) }
        #expect(numbers.count == Folder.migrations.embedded.count)
        #expect(numbers.first == 1 && Set(numbers).count == numbers.count && numbers == numbers.sorted())
        let ordered = numbers.filter { $0 >= 95 }
        #expect(ordered == Array(95..<95 + ordered.count))
    }
}
