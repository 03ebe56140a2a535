package import GraphQL

/// An enum of the schema, with all of its values as cases.
package protocol Word: RawRepresentable<String>, CaseIterable, Decodable, InputLeaf, ParameterValue, CellValue, ShownValue {}

extension Word {
    package static func read(_ cell: UnsafeBufferPointer<UInt8>?) -> Self? { String.read(cell).flatMap(Self.init) }

    package init?(_ value: InputValue) {
        guard let text = value.text else { return nil }
        self.init(rawValue: text)
    }

    package init(from decoder: any Decoder) throws { self = try Self.read(decoder) }

    package static var sample: Self? { allCases.first }

    package static func problem(with type: NamedType) -> String? {
        guard case .enumeration(let words) = type else { return "is of the type \(type.name), and read as \(Self.self)" }
        let missing = words.values.map(\.name).filter { Self(rawValue: $0) == nil }
        guard !missing.isEmpty else { return nil }
        return "can be \(missing.joined(separator: ", ")), which \(Self.self) does not have"
    }
}
