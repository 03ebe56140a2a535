internal import CustomerOS
internal import Glibc
internal import GraphQL

/// `validate` with files: checks a client's documents, for its continuous integration.
struct DocumentLint {
    private let schemaFile: String?
    private let documents: [String]
    private let warns: Bool
    private let writesJSON: Bool

    init(_ arguments: Arguments) throws {
        schemaFile = arguments.text("schema")
        documents = arguments.positional
        warns = arguments.flag("lint") ?? false
        writesJSON = arguments.flag("json") ?? false
    }

    private struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private enum Severity: String {
        case error, warning
    }

    /// - Throws: `Failure` if there are errors; warnings do not count.
    func run() throws {
        let schema = try self.schema()
        var errorCount = 0
        for path in documents {
            let source = try InputFile.bytes(path)
            let errors: [GraphQLError]
            do {
                let document = try Parser.parse(source)
                errors = Validator(schema: schema).validate(document, source: source)
                if errors.isEmpty, warns {
                    for finding in DeprecatedUsage.find(in: document, source: source, schema: schema) {
                        write(path, .warning, "\(finding.coordinate) is deprecated: \(finding.reason)", finding.location)
                    }
                }
            } catch {
                errors = [error]
            }
            errorCount += errors.count
            for error in errors { write(path, .error, error.message, error.locations.first) }
        }
        if errorCount > 0 {
            throw Failure(description: "\(errorCount) \(errorCount == 1 ? "error" : "errors") in \(documents.count) documents.")
        }
    }

    private func schema() throws -> Schema {
        guard let schemaFile else { return try API.executableSchema().schema }
        let source = SchemaSource(name: schemaFile, text: try InputFile.bytes(schemaFile))
        do {
            return try SchemaBuilder.build([source])
        } catch {
            for error in error.errors { write(schemaFile, .error, error.message, error.locations.first) }
            throw Failure(description: "The schema is not valid.")
        }
    }

    private func write(_ path: String, _ severity: Severity, _ message: String, _ location: GraphQLError.Location?) {
        guard writesJSON else {
            let place = location.map { ":\($0.line):\($0.column)" } ?? ""
            return CommandLineInterface.write("\(path)\(place): \(severity.rawValue): \(message)\n", to: STDOUT_FILENO)
        }
        var members = [
            InputObject.Member(name: "file", value: .string(path)),
            InputObject.Member(name: "severity", value: .string(severity.rawValue)),
            InputObject.Member(name: "message", value: .string(message)),
        ]
        if let location {
            members.append(InputObject.Member(name: "line", value: .integer(Int64(location.line))))
            members.append(InputObject.Member(name: "column", value: .integer(Int64(location.column))))
        }
        let buffer = ResponseBuffer(capacity: 256)
        buffer.append(.object(InputObject(members)))
        CommandLineInterface.write(String(decoding: buffer.bytes, as: UTF8.self) + "\n", to: STDOUT_FILENO)
    }
}
