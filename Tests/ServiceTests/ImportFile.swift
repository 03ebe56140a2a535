import CustomerOS
import Foundation

/// A file for the duration of a test.
final class ImportFile {
    let path = NSTemporaryDirectory() + "/customeros-import-\(UUID().uuidString).ndjson"

    init(_ bytes: [UInt8]) throws { try Data(bytes).write(to: URL(fileURLWithPath: path)) }

    convenience init(_ lines: [String]) throws { try self.init(Array(lines.map { $0 + "\n" }.joined().utf8)) }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

struct ImportRun {
    let outcome: Importer.Outcome
    /// By line.
    let refused: [Int: Importer.RefusedLine]
}

extension TestTenant {
    /// Imports a file.
    /// - Parameter change: Sets the options that differ from the defaults.
    func take(_ file: ImportFile, _ change: (inout ImportOptions) -> Void = { _ in }) throws -> ImportRun {
        var options = ImportOptions()
        change(&options)
        var refused: [Int: Importer.RefusedLine] = [:]
        let importer = try Importer(database(), tenant: name, options: options, refuse: { refused[$0.line] = $0 })
        return ImportRun(outcome: try importer.run(file.path), refused: refused)
    }

    func take(_ lines: [String], _ change: (inout ImportOptions) -> Void = { _ in }) throws -> ImportRun {
        try take(ImportFile(lines), change)
    }

    /// The lines of an export.
    func exported(system: String? = nil) throws -> [String] {
        var bytes: [UInt8] = []
        _ = try Exporter(database(), tenant: name, system: system).run { bytes.append(contentsOf: $0) }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}
