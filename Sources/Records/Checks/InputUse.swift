internal import GraphQL

/// A type that decodes the arguments of a root field.
struct InputUse: Sendable {
    let type: any (Decodable & SendableMetatype).Type
    let field: RootField
    /// Members that have no effect: `name`, or `tax.name` within an object.
    var ignored: [String] = []
    /// Arguments that the field reads apart from it.
    var taken: Set<String> = []
}
