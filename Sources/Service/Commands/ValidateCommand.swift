internal import CustomerOS
internal import Glibc
internal import GraphQL

/// `validate`: checks schemas and documents. Without files, it reads and writes one JSON object per line.
enum ValidateCommand {
    static let command = Command(
        "validate", operands: "[DOCUMENT…]",
        "Check GraphQL documents: files, or lines of JSON with id, query and schema in, and with id and errors out.",
        options: [
            Option("schema", value: "FILE", "The schema to check documents against (default: the served one)", kind: .file),
            Option("lint", "Also warn of deprecated elements"),
        ]
    ) { arguments in
        if !arguments.positional.isEmpty || arguments.text("schema") != nil {
            try DocumentLint(arguments).run()
        } else {
            let judge = Judge(served: try API.executableSchema().schema)
            try LineReader.forEachLine(of: STDIN_FILENO) { line, isLast in judge.judge(line, flush: isLast) }
        }
    }

    /// Keeps the schemas it has built, and the answers not yet written.
    private final class Judge {
        private static let schemaLimit = 1000

        /// Used for lines without a schema.
        private let served: Schema
        private var schemas: [String: Result<Schema, SchemaErrors>] = [:]
        private let answers = ResponseBuffer()

        init(served: Schema) { self.served = served }

        func judge(_ line: [UInt8], flush: Bool) {
            do {
                if case .object(let request) = try JSONReader.read(line, nesting: 64) {
                    answer(request["id"] ?? .null, errors(request))
                } else {
                    refuse("The line is not a JSON object.")
                }
            } catch {
                refuse("The line \(error.fault): \(error.message) at byte \(error.offset).")
            }
            if flush || answers.count > 1 << 20 { write() }
        }

        private func refuse(_ message: String) { answer(.null, [GraphQLError(message, code: .badUserInput)]) }

        private func errors(_ request: InputObject) -> [GraphQLError] {
            let schema: Schema
            switch request["schema"] {
            case nil, .null?: schema = served
            case .string(let text)?:
                switch self.schema(text) {
                case .success(let built): schema = built
                case .failure(let failure): return failure.errors
                }
            default:
                let message = "The member \"schema\" must be a string, or null for the schema that is served."
                return [GraphQLError(message, code: .badUserInput)]
            }
            guard case .string(let query)? = request["query"] else {
                if request["query"] == nil, case .string? = request["schema"] { return [] }  // A schema alone.
                return [GraphQLError("The member \"query\" must be a string: the document to check.", code: .badUserInput)]
            }
            let source = Array(query.utf8)
            do {
                let document = try Parser.parse(source)
                return Validator(schema: schema, rules: rules(request["rules"])).validate(document, source: source)
            } catch {
                return [error]
            }
        }

        private func schema(_ text: String) -> Result<Schema, SchemaErrors> {
            if let known = schemas[text] { return known }
            let built: Result<Schema, SchemaErrors>
            do {
                built = .success(try SchemaBuilder.build([SchemaSource(name: "schema", text: Array(text.utf8))]))
            } catch {
                built = .failure(error)
            }
            if schemas.count >= Self.schemaLimit { schemas.removeAll() }
            schemas[text] = built
            return built
        }

        private func rules(_ value: InputValue?) -> [String]? {
            guard case .list(let names)? = value else { return nil }
            return names.compactMap { name in
                if case .string(let text) = name { return text }
                return nil
            }
        }

        private func answer(_ id: InputValue, _ errors: [GraphQLError]) {
            let list = errors.map { error in
                InputValue.object(
                    InputObject([
                        InputObject.Member(name: "message", value: .string(error.message)),
                        InputObject.Member(name: "locations", value: .list(error.locations.map(location))),
                    ]))
            }
            answers.append(
                .object(InputObject([InputObject.Member(name: "id", value: id), InputObject.Member(name: "errors", value: .list(list))])))
            answers.append("\n")
        }

        private func location(_ location: GraphQLError.Location) -> InputValue {
            .object(
                InputObject([
                    InputObject.Member(name: "line", value: .integer(Int64(location.line))),
                    InputObject.Member(name: "column", value: .integer(Int64(location.column))),
                ]))
        }

        private func write() {
            CommandLineInterface.write(String(decoding: answers.bytes, as: UTF8.self), to: STDOUT_FILENO)
            answers.removeAll()
        }
    }
}

/// Reads lines that end with LF alone.
private enum LineReader {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The longest line: 16 MiB.
    private static let limit = 16 * 1024 * 1024

    /// Calls `body` with every line, and whether no further one has arrived yet.
    static func forEachLine(of descriptor: Int32, _ body: ([UInt8], Bool) -> Void) throws {
        var pending: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            if count <= 0 { break }
            let searched = pending.count
            pending.append(contentsOf: chunk[..<count])
            var start = 0
            var from = searched
            while let end = pending[from...].firstIndex(of: 0x0A) {
                let next = end + 1
                body(Array(pending[start..<end]), !pending[next...].contains(0x0A))
                start = next
                from = next
            }
            pending.removeFirst(start)
            if pending.count > limit { throw Failure(description: "A line is longer than \(limit) bytes.") }
        }
        if !pending.isEmpty { body(pending, true) }
    }
}
