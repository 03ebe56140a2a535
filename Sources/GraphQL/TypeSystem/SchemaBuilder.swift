/// Builds a schema from its texts. Specification section 3.
public enum SchemaBuilder {
    /// Builds and validates.
    ///
    /// - Parameters:
    ///   - sources: Definitions and extensions in any order; built-in scalars, directives and introspection are
    ///     implicit.
    ///   - scalars: How the service's own scalars coerce values; those not named accept any value.
    ///   - rules: Rules beyond types, by the kinds that the texts name.
    /// - Throws: All errors of the first stage that has any: syntax, document rules, validity of the types.
    public static func build(
        _ sources: [SchemaSource], scalars: [String: ScalarCoercion] = [:], rules: ValueRules = ValueRules(),
        limits: Parser.Limits = Parser.Limits()
    ) throws(SchemaErrors) -> Schema {
        var map = SourceMap()
        var all: [Definition] = []
        for source in sources {
            let base = map.end
            map.append(source)
            do throws(GraphQLError) {
                all += try Parser.parse(source.text, limits: limits, offsetBase: base).definitions
            } catch {
                var error = error
                if sources.count > 1 { error.details = [.init(name: "source", value: .string(source.name))] }
                throw SchemaErrors(errors: [error])
            }
        }
        let violations = SchemaDocumentRules.check(all, map: map)
        if !violations.isEmpty { throw SchemaErrors(errors: violations) }
        let definitions = all.compactMap { definition in
            if case .typeSystem(let definition) = definition { return definition }
            return nil
        }
        let assembly = SchemaAssembly(DefinitionIndex(definitions), scalars: scalars, rules: rules)
        let errors = SchemaValidation.check(assembly, map: map)
        guard errors.isEmpty, let schema = assembly.schema else { throw SchemaErrors(errors: errors) }
        return schema
    }
}
