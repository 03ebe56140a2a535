internal import CustomerOS
internal import FoundationEssentials
internal import GraphQL

/// The only documents served, if the operator lists any.
public struct TrustedDocuments: Sendable {
    private var texts: [String: String] = [:]
    private var known: Set<ExactText> = []

    /// Why a folder is not a list of documents.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Reads a folder.
    ///
    /// A file `NAME.graphql` is a document with the ids `NAME` and the SHA-256 of its text. A file `….json` is a
    /// manifest written by client tools: an object of texts by id, or Apollo's format with a list `operations` of `id`
    /// and `body`.
    /// - Throws: `Failure` for an unreadable file, or an id with two texts.
    public init(folder: String) throws {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw Failure(description: "The folder \(folder) of trusted documents cannot be read.")
        }
        for name in names {
            let path = folder + "/" + name
            if name.hasSuffix(".graphql") || name.hasSuffix(".gql") {
                let text = try Self.read(path)
                try add(text, named: String(name[..<(name.lastIndex(of: ".") ?? name.endIndex)]), path)
            } else if name.hasSuffix(".json") {
                try addManifest(path)
            }
        }
        guard !texts.isEmpty else {
            throw Failure(description: "The folder \(folder) has no trusted documents: put .graphql or .json files there.")
        }
    }

    /// All texts, for checking.
    var all: [(id: String, text: String)] { texts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) } }

    /// - Throws: `Failure` with everything that is wrong with the documents.
    func check(with documents: DocumentCache) throws {
        var problems: [String] = []
        for (id, text) in all {
            do {
                _ = try documents.document(text)
            } catch {
                switch error {
                case .parse(let error): problems.append("\(id): \(error.message)")
                case .noMemory: problems.append("\(id): \(GraphQLError.noMemory.message)")
                case .validation(let errors): problems += errors.map { "\(id): \($0.message)" }
                }
            }
        }
        guard problems.isEmpty else {
            throw Failure(description: "Trusted documents are not valid.\n" + problems.joined(separator: "\n"))
        }
    }

    func text(named id: String) -> String? { texts[id] }

    func contains(_ text: String) -> Bool { known.contains(ExactText(text)) }

    private mutating func addManifest(_ path: String) throws {
        let text = try Self.read(path)
        guard case .object(let object)? = try? JSONReader.read(Array(text.utf8)) else {
            throw Failure(description: "\(path) is not a JSON object.")
        }
        if case .list(let operations)? = object["operations"] {
            for case .object(let operation) in operations {
                guard case .string(let id)? = operation["id"], case .string(let body)? = operation["body"] else {
                    throw Failure(description: "\(path) has an operation without \"id\" or \"body\".")
                }
                try add(body, named: id, path)
            }
            return
        }
        for member in object.members {
            guard case .string(let body) = member.value else { throw Failure(description: "\(path): \(member.name) is not a string.") }
            try add(body, named: member.name, path)
        }
    }

    private mutating func add(_ text: String, named id: String, _ path: String) throws {
        for name in [id, SHA256.text(text)] {
            if let other = texts[name], other != text { throw Failure(description: "\(path): \(name) already names another document.") }
            texts[name] = text
        }
        known.insert(ExactText(text))
    }

    private static func read(_ path: String) throws -> String {
        guard let data = FileManager.default.contents(atPath: path), let text = String(validating: data, as: UTF8.self) else {
            throw Failure(description: "\(path) cannot be read as UTF-8.")
        }
        return text
    }
}
