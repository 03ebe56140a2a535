import GraphQL
import Testing

@Suite("A schema coordinate")
struct SchemaCoordinateTests {
    @Test(
        "names an element of the schema",
        arguments: [
            "Dog", "Color", "PetFilter", "Thing", "Int", "Dog.name", "Pet.age", "Color.RED", "PetFilter.colors", "Dog.name(surname:)",
            "Query.human(id:)", "@tag", "@tag(name:)", "@include(if:)",
        ])
    func known(text: String) throws {
        let coordinate = try #require(SchemaCoordinate(text))
        #expect(coordinate.description == text)
        #expect(try Self.schema().contains(coordinate))
    }

    @Test(
        "of a missing element is not in the schema",
        arguments: ["Cow", "Dog.moo", "Color.PINK", "PetFilter.x", "Dog.name(x:)", "@nope", "@tag(x:)", "Color.RED(a:)", "Thing.name"])
    func unknown(text: String) throws {
        #expect(try !Self.schema().contains(try #require(SchemaCoordinate(text))))
    }

    @Test(
        "has one form",
        arguments: [
            "", ".", "Dog.", ".name", "Dog.name.x", "Dog name", "Dog.name()", "Dog.name(x)", "Dog(x:)", "@", "@tag.name", "@tag()",
            "@tag(name:) ", " Dog", "1Dog", "Dog.name(1:)", "Dög", "Dog.name(a:b:)", "`Dog", "@@tag",
        ])
    func malformed(text: String) {
        #expect(SchemaCoordinate(text) == nil)
    }

    private static func schema() throws -> Schema {
        try SchemaBuilder.build([SchemaSource(name: "test", text: Array(RuleCheck.schema.utf8))])
    }
}
