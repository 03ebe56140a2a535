internal import GraphQL
internal import Records

/// All object types and root fields: those of the features, and of the domains that are no features yet.
struct Catalog: Sendable {
    static let shared = Catalog(
        domains: [
            CoreDomain.self
        ], features: Features.all)

    private let entities: [String: Entity]
    /// The bindings of every object type, for the schema.
    let bindings: [String: [String: FieldBinding]]

    private init(domains: [any Domain.Type], features: [Feature]) {
        var entities: [String: Entity] = [:]
        var bindings: [String: [String: FieldBinding]] = ["Query": [:], "Mutation": [:]]
        for domain in domains {
            for entity in domain.entities {
                entities[entity.name] = entity
                bindings[entity.name] = entity.bindings
            }
            bindings.merge(domain.objects) { _, new in new }
            bindings["Query"]?.merge(domain.queries) { _, new in new }
            bindings["Mutation"]?.merge(domain.mutations) { _, new in new }
        }
        for feature in features {
            for type in feature.types {
                entities[type.name] = type
                bindings[type.name] = type.bindings
            }
            bindings.merge(feature.objects) { _, new in new }
            bindings["Query"]?.merge(feature.queries) { _, new in new }
            bindings["Mutation"]?.merge(feature.mutations) { _, new in new }
        }
        self.entities = entities
        self.bindings = bindings
    }

    var types: [RecordType] { Array(entities.values) }

    func entity(_ typeName: String) -> Entity? { entities[typeName] }
}

/// A feature: entities and operations that belong together.
protocol Domain {
    static var entities: [Entity] { get }
    /// Object types that are not rows of a table of their own.
    static var objects: [String: [String: FieldBinding]] { get }
    static var queries: [String: FieldBinding] { get }
    static var mutations: [String: FieldBinding] { get }
}

extension Domain {
    static var entities: [Entity] { [] }
    static var objects: [String: [String: FieldBinding]] { [:] }
    static var queries: [String: FieldBinding] { [:] }
    static var mutations: [String: FieldBinding] { [:] }
}

extension FieldBinding {
    static func lookup(_ lookup: Lookup) -> FieldBinding { .resolved(LookupResolver(lookup)) }
}
