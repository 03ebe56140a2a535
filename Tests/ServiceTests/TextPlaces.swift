import CustomerOS
import Foundation
import GraphQL
import Testing

/// A field of the schema with every place where its arguments take client text.
struct TextPlaces: Sendable, CustomTestStringConvertible {
    /// What stands for the text in `variables`, as a JSON string.
    static let mark = "\"@TEXT@\""

    let label: String
    let document: String
    /// The variables, as JSON, with the text in one place each; the last ones have it in all places at once.
    let variables: [String]

    var testDescription: String { label }

    /// What to look for: any text, only record identifiers, or the values of a kind.
    enum Wanted: Sendable, Equatable {
        case text, identifiers, values(kind: String)

        fileprivate func includes(_ scalar: NamedType, _ place: InputValueDefinition) -> Bool {
            let name = place.name
            switch self {
            case .text: return ["ID", "String", "Any"].contains(scalar.name)
            case .values(let kind): return scalar.isLeaf && place.ruleKind == kind
            // Some are text only because of the schema's evolution; others are clients' own names for things.
            case .identifiers:
                return scalar.name == "ID"
                    || scalar.name == "String" && ["Id", "ID", "Ids", "IDs"].contains(where: name.hasSuffix)
                        && !TextPlaces.namesOfClients.contains(name)
            }
        }
    }

    /// Texts that end in `Id` and that a tenant chooses: they are no secret of another tenant.
    static let namesOfClients: Set = ["customId", "referenceId", "externalId", "slackChannelId"]

    /// All fields of the schema that take text: root fields, and those below them.
    static func all(_ wanted: Wanted = .text, in schema: Schema? = nil) throws -> [TextPlaces] {
        let schema = try schema ?? API.executableSchema().schema
        var found: [TextPlaces] = []
        for field in schema.mutationType?.fields ?? [] { found += places(field, way: [], kind: "mutation", wanted) }
        var visited: Set<String> = []
        var waiting: [(type: ObjectType, way: [FieldDefinition])] = [(schema.queryType, [])]
        while !waiting.isEmpty {
            let (type, way) = waiting.removeFirst()
            for field in type.fields {
                found += places(field, way: way, kind: "query", wanted)
                for object in schema.objects(of: field.type.namedType) where visited.insert(object.name).inserted {
                    waiting.append((object, way + [field]))
                }
            }
        }
        return found
    }

    /// The root fields that answer with pages and take a filter.
    static func filteredLists() throws -> [String] {
        try API.executableSchema().schema.queryType.fields.filter { $0.argument("where") != nil }.map(\.name)
    }

    /// How values can be compared.
    static func comparisons() throws -> [String] {
        guard case .enumeration(let type)? = try API.executableSchema().schema.type("ComparisonOperator") else { return [] }
        return type.values.map(\.name)
    }

    /// A request for a root field with only the required arguments.
    static func least(_ field: FieldDefinition, kind: String) -> (document: String, variables: String) {
        let writer = ValueWriter(root: field.name, wanted: .text)
        let required = field.arguments.filter(\.isRequired)
        let declarations = required.map { "$\($0.name): \($0.type)" }.joined(separator: ", ")
        let arguments = required.map { "\($0.name): $\($0.name)" }.joined(separator: ", ")
        let head = required.isEmpty ? "\(kind) { \(field.name)" : "\(kind)(\(declarations)) { \(field.name)(\(arguments))"
        return ("\(head)\(selection(field.type.namedType)) }", writer.object(required) { _ in nil })
    }

    /// A request for a root field with all arguments, and the given JSON values for scalars, by name.
    static func everything(_ field: FieldDefinition, kind: String, scalars: [String: String]) -> (document: String, variables: String) {
        let writer = ValueWriter(root: field.name, wanted: .text, scalars: scalars)
        let declarations = field.arguments.map { "$\($0.name): \($0.type)" }.joined(separator: ", ")
        let arguments = field.arguments.map { "\($0.name): $\($0.name)" }.joined(separator: ", ")
        let head = field.arguments.isEmpty ? "\(kind) { \(field.name)" : "\(kind)(\(declarations)) { \(field.name)(\(arguments))"
        let document = "\(head)\(selection(field.type.namedType)) }"
        return (document, writer.object(field.arguments) { writer.everything($0.type, name: $0.name) })
    }

    private static func places(_ field: FieldDefinition, way: [FieldDefinition], kind: String, _ wanted: Wanted) -> [TextPlaces] {
        let root = way.first?.name ?? field.name
        let writer = ValueWriter(root: root, wanted: wanted)
        let single = field.arguments.flatMap { argument in
            writer.withOneText(argument.type, of: argument).map { text in
                writer.object(field.arguments) { $0 === argument ? text : nil }
            }
        }
        guard !single.isEmpty else { return [] }
        let everywhere = wanted == .text ? writer.object(field.arguments) { writer.withAllTexts($0.type, name: $0.name) } : ""
        // The fields on the path get their required arguments as separate variables.
        var declarations = field.arguments.map { "$\($0.name): \($0.type)" }
        var head = ""
        var given = ""
        for (depth, step) in way.enumerated() {
            let required = step.arguments.filter(\.isRequired)
            declarations += required.map { "$way\(depth)_\($0.name): \($0.type)" }
            given += required.map { ",\"way\(depth)_\($0.name)\":\(writer.plain($0.type, name: $0.name))" }.joined()
            let arguments = required.map { "\($0.name): $way\(depth)_\($0.name)" }.joined(separator: ", ")
            head += "\(step.name)\(arguments.isEmpty ? "" : "(\(arguments))") { "
        }
        let arguments = field.arguments.map { "\($0.name): $\($0.name)" }.joined(separator: ", ")
        let document =
            "\(kind)(\(declarations.joined(separator: ", "))) { \(head)\(field.name)(\(arguments))\(selection(field.type.namedType)) "
            + String(repeating: "}", count: way.count + 1)
        return [
            TextPlaces(
                label: (way.map(\.name) + [field.name]).joined(separator: "."), document: document,
                variables: (single + (everywhere.contains(mark) ? [everywhere] : [])).map {
                    String($0.dropLast()) + (($0 == "{}") ? String(given.dropFirst()) : given) + "}"
                })
        ]
    }

    /// Everything of a value that needs no arguments, so that its columns are read.
    private static func selection(_ type: NamedType, depth: Int = 0) -> String {
        guard case .object(let object) = type else { return type.isComposite ? " { __typename }" : "" }
        let fields = object.fields.filter { !$0.arguments.contains(where: \.isRequired) }
        let leaves = fields.filter { $0.type.namedType.isLeaf }.map(\.name)
        let inner = fields.filter { $0.name == "content" && depth == 0 }.map { $0.name + selection($0.type.namedType, depth: 1) }
        return " { " + (["__typename"] + leaves + inner).joined(separator: " ") + " }"
    }
}

extension Schema {
    fileprivate func objects(of type: NamedType) -> [ObjectType] {
        switch type {
        case .object(let object): [object]
        case .interface(let interface): interface.implementations
        case .union(let union): union.members
        default: []
        }
    }
}

/// Writes JSON values for arguments: what a client would send, with the test's text in place of other text.
private struct ValueWriter {
    /// The root field that the value is for: it says what an argument called `id` means.
    let root: String
    let wanted: TextPlaces.Wanted
    /// Values for scalars, by name, instead of plain ones.
    var scalars: [String: String] = [:]

    /// An object with what `value` says, and otherwise its required members.
    func object(_ members: [InputValueDefinition], _ value: (InputValueDefinition) -> String?) -> String {
        let parts = members.compactMap { member -> String? in
            (value(member) ?? (member.isRequired ? plain(member.type, name: member.name) : nil)).map { "\"\(member.name)\":\($0)" }
        }
        return "{" + parts.joined(separator: ",") + "}"
    }

    func plain(_ type: TypeReference, name: String) -> String {
        switch type {
        case .nonNull(let inner): return plain(inner, name: name)
        case .list(let element): return "[" + repeated(plain(element, name: name), name) + "]"
        case .named(.inputObject(let input)): return object(input.fields) { _ in nil }
        case .named(.enumeration(let values)): return "\"\(values.values.first?.name ?? "")\""
        case .named(let scalar):
            if let value = scalars[scalar.name] { return value }
            switch scalar.name {
            case "ID": return "\"\(identifier(name))\""
            case "Int", "Int64", "Float": return "1"
            case "Boolean": return "true"
            case "Time": return "\"2025-01-01T00:00:00Z\""
            default: return "\"\(text(name))\""
            }
        }
    }

    /// The value with all its members, two input objects deep.
    func everything(_ type: TypeReference, name: String, depth: Int = 0) -> String? {
        switch type {
        case .nonNull(let inner): return everything(inner, name: name, depth: depth)
        case .list(let element): return everything(element, name: name, depth: depth).map { "[\($0)]" }
        case .named(.inputObject(let input)):
            guard depth < 2, input.name != "Filter" else { return nil }
            return object(input.fields) { everything($0.type, name: $0.name, depth: depth + 1) }
        case .named: return plain(type, name: name)
        }
    }

    /// Every value that has the text of the test in one place.
    func withOneText(_ type: TypeReference, of place: InputValueDefinition, inside: [String] = []) -> [String] {
        switch type {
        case .nonNull(let inner): return withOneText(inner, of: place, inside: inside)
        case .list(let element):
            return withOneText(element, of: place, inside: inside).map { "[" + repeated($0, place.name) + "]" }
        case .named(.inputObject(let input)):
            // A filter contains filters, at most two levels deep.
            guard inside.filter({ $0 == input.name }).count < 2 else { return [] }
            return input.fields.flatMap { field -> [String] in
                let values = withOneText(field.type, of: field, inside: inside + [input.name])
                return values.flatMap { value in
                    operators(beside: field, in: input, isNested: inside.count > 1).map { word in
                        object(input.fields) { other in
                            if other === field { return value }
                            return other.name == "operation" ? word : nil
                        }
                    }
                }
            }
        case .named(let scalar): return wanted.includes(scalar, place) ? [TextPlaces.mark] : []
        }
    }

    /// The value with the test's text everywhere except in identifiers, which would keep anything else from happening.
    func withAllTexts(_ type: TypeReference, name: String, depth: Int = 0) -> String? {
        switch type {
        case .nonNull(let inner): return withAllTexts(inner, name: name, depth: depth)
        case .list(let element): return withAllTexts(element, name: name, depth: depth).map { "[\($0)]" }
        case .named(.inputObject(let input)):
            guard depth < 2, input.name != "Filter" else { return nil }
            return object(input.fields) { withAllTexts($0.type, name: $0.name, depth: depth + 1) }
        case .named(let scalar): return ["String", "Any"].contains(scalar.name) && name != "by" ? TextPlaces.mark : nil
        }
    }

    /// A value is compared in every way there is. Filters within filters are compared alike, so one way is enough.
    private func operators(beside field: InputValueDefinition, in input: InputObjectType, isNested: Bool) -> [String?] {
        guard !isNested, field.name == "value", case .enumeration(let type)? = input.field("operation")?.type.namedType else {
            return [nil]
        }
        return type.values.map { "\"\($0.name)\"" }
    }

    /// A group of filters has at least two members.
    private func repeated(_ value: String, _ name: String) -> String {
        name == "AND" || name == "OR" ? "\(value),\(value)" : value
    }

    private func text(_ name: String) -> String {
        switch name {
        case "property", "by": "NAME"
        case let name where name.lowercased().contains("email"): "someone@place.example"
        case let name where name.lowercased().contains("phone") || name == "e164": "+442079460123"
        case let name where name.lowercased().contains("url"): "https://www.linkedin.com/in/someone"
        case let name where name.lowercased().contains("domain") || name == "website": "place.example"
        default: "text"
        }
    }

    /// The identifier of the demonstration record that an argument probably means.
    private func identifier(_ name: String) -> String {
        let kinds = [
            ("email", "4"), ("phone", "5"), ("role", "6"), ("tag", "8"), ("social", "9"), ("location", "a"), ("opportunity", "3"),
            ("stage", "b"), ("event", "7"), ("contact", "1"), ("user", "2"), ("owner", "2"), ("entity", "0"), ("organization", "0"),
            ("subsidiary", "0"),
        ]
        for word in [name, root].map({ $0.lowercased() }) {
            if let kind = kinds.first(where: { word.contains($0.0) })?.1 { return "01900000-000\(kind)-7000-8000-000000000003" }
        }
        return "01900000-000f-7000-8000-000000000003"
    }
}
