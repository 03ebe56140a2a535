/// A text of a schema.
public struct SchemaSource: Sendable {
    /// For errors: a file's name.
    public var name: String
    /// In UTF-8.
    public var text: [UInt8]

    public init(name: String, text: [UInt8]) {
        self.name = name
        self.text = text
    }
}

/// Everything that is wrong with a schema.
public struct SchemaErrors: Error, Sendable, CustomStringConvertible {
    /// If there are several sources, an error's detail `source` names its source.
    public let errors: [GraphQLError]

    public var description: String {
        errors.map { error in
            var place = ""
            if case .string(let name)? = error.details.first(where: { $0.name == "source" })?.value { place += "\(name):" }
            if let location = error.locations.first { place += "\(location.line):\(location.column):" }
            return place.isEmpty ? error.message : "\(place) \(error.message)"
        }.joined(separator: "\n")
    }
}

/// The concatenated sources of a schema: one offset identifies a source and a position in it.
struct SourceMap {
    private var entries: [(name: String, base: Int, locator: SourceLocator)] = []
    private(set) var end = 0

    mutating func append(_ source: SchemaSource) {
        entries.append((source.name, end, SourceLocator(source.text)))
        end += source.text.count + 1
    }

    func error(_ message: String, _ positions: [SourcePosition]) -> GraphQLError {
        let places = positions.compactMap { position in
            entries.last { $0.base <= Int(position.offset) }.map { entry in
                (entry.name, entry.locator.location(of: Int(position.offset) - entry.base))
            }
        }
        var error = GraphQLError(message, code: .validationFailed, locations: places.map(\.1))
        if entries.count > 1, let name = places.first?.0 { error.details = [.init(name: "source", value: .string(name))] }
        return error
    }
}
