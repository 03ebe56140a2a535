public import GraphQL
public import Postgres
internal import CEmbedded
internal import Embedded

/// The schema that is served, with what stands behind each field.
public enum API {
    /// The files of `schema/`, as they are built in, in the order of their names.
    public static var schemaSources: [SchemaSource] {
        EmbeddedFile.schema.map { SchemaSource(name: $0.name, text: Array($0.text.utf8)) }
    }

    /// The files of `migrations/`, as they are built in, in the order of their names.
    public static var migrations: [Migration] {
        EmbeddedFile.migrations.map { file in
            let name = String(file.name.prefix { $0 != "." })
            return Migration(number: Int(name.prefix { $0 != "_" }) ?? 0, name: name, sql: file.text)
        }
    }

    /// The commit that the program was built of, where the build said it.
    public static var commit: String { String(cString: embedded_commit()) }

    /// What the demo tenant is filled with.
    public static var demoScript: String {
        let file = embedded_demo()
        return String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }

    /// The schema that is served, bound to the store.
    /// - Throws: `SchemaErrors` or `ExecutableSchema.BindingErrors` when the parts of the program do not fit.
    public static func executableSchema() throws -> ExecutableSchema {
        let schema = try SchemaBuilder.build(schemaSources, scalars: ["Time": .time, "Int64": .boundedInt64, "Any": .any], rules: .kinds)
        return try ExecutableSchema(schema: schema, bindings: bindings)
    }

    /// The bindings of all object types.
    public static var bindings: [String: [String: FieldBinding]] { Catalog.shared.bindings }
}
