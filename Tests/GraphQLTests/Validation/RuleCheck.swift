import GraphQL
import Testing

/// Checks a single rule against a schema with something of every kind.
enum RuleCheck {
    static let schema = """
        directive @onField on FIELD
        directive @tag(name: String!) repeatable on FIELD | FRAGMENT_SPREAD | QUERY | VARIABLE_DEFINITION | FRAGMENT_DEFINITION | INLINE_FRAGMENT

        interface Being { name(surname: Boolean): String }
        interface Pet implements Being { name(surname: Boolean): String age: Int }
        type Dog implements Pet & Being { name(surname: Boolean): String age: Int barks(times: Int! = 1): Boolean owner: Human knows(command: Command): Boolean home: String }
        type Cat implements Pet & Being { name(surname: Boolean): String age: Int meows: Boolean color: Color home: Int }
        type Human implements Being { name(surname: Boolean): String pets(first: Int, filter: PetFilter): [Pet!]! friends: [Human] }
        type Stone { weight: Float! }
        union Thing = Dog | Cat | Stone
        enum Command { SIT HEEL DOWN }
        enum Color { BROWN BLACK RED }
        input PetFilter { name: String! minimumAge: Int = 0 colors: [Color!] nested: PetFilter }
        input Key @oneOf { id: ID slug: String }
        type Arguments { int(v: Int): Int nonNull(v: Int!): Int float(v: Float): Float string(v: String): String boolean(v: Boolean): Boolean id(v: ID): ID color(v: Color): Color list(v: [String]): String strict(v: [String!]!): String filter(v: PetFilter): Int key(v: Key): Int two(a: Int!, b: Int!): Int }
        type Query { human(id: ID): Human pet: Pet being: Being dog: Dog thing: Thing things: [Thing!] arguments: Arguments }
        type Mutation { feed(id: ID!): Pet }
        type Subscription { barked: Dog meowed: Cat }
        """

    private static let built = Result { try SchemaBuilder.build([SchemaSource(name: "test", text: Array(schema.utf8))]) }

    /// The errors of a document, each with its locations as `(line:column)`.
    static func messages(_ document: String, rule: String, schema: String? = nil, suggests: Bool = true) throws -> [String] {
        let source = Array(document.utf8)
        let schema = try schema.map { try SchemaBuilder.build([SchemaSource(name: "test", text: Array($0.utf8))]) } ?? built.get()
        return Validator(schema: schema, rules: [rule], suggests: suggests).validate(try Parser.parse(source), source: source).map(text)
    }

    static func text(_ error: GraphQLError) -> String {
        error.message + error.locations.map { " (\($0.line):\($0.column))" }.joined()
    }
}
