public import GraphQL
public import Postgres
internal import CEmbedded
internal import Embedded
internal import Records

/// The served schema with its bindings.
public enum API {
    /// The embedded files of `schema/`, sorted by name.
    public static var schemaSources: [SchemaSource] {
        EmbeddedFile.schema.map { SchemaSource(name: $0.name, text: Array($0.text.utf8)) }
    }

    /// The embedded files of `migrations/`, sorted by name.
    public static var migrations: [Migration] {
        EmbeddedFile.migrations.map { file in
            let name = String(file.name.prefix { $0 != "." })
            return Migration(number: Int(name.prefix { $0 != "_" }) ?? 0, name: name, sql: file.text)
        }
    }

    /// The files of `migrations/routines/`, as they are built in, by name.
    /// - Throws: `Routine.Malformed` when one is not what its name says.
    public static var routines: [Routine] { get throws { try builtInRoutines.get() } }

    private static let builtInRoutines = Result {
        try EmbeddedFile.routines.map { try Routine(name: String($0.name.prefix { $0 != "." }), sql: $0.text) }
    }

    /// What brings a database to this version of the program, or says how far from it it is.
    public static func migrator(on connection: BlockingConnection) throws -> Migrator {
        // Until 0095 the numbers were ranges, which came in any order.
        Migrator(migrations, routines: try routines, version: ProgramVersion(Release.version), unorderedUntil: 95, on: connection)
    }

    /// The commit the program was built from, if the build recorded it.
    public static var commit: String { String(cString: embedded_commit()) }

    /// The script that fills the demo tenant.
    public static var demoScript: String {
        let file = embedded_demo()
        return String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
    }

    /// The served schema with its bindings.
    /// - Throws: `SchemaErrors` or `DeclarationErrors` when the parts of the program do not fit: with everything that
    ///   does not.
    public static func executableSchema() throws -> ExecutableSchema {
        let schema = try SchemaBuilder.build(schemaSources, scalars: ["Time": .time, "Int64": .boundedInt64, "Any": .any], rules: .kinds)
        return try ExecutableSchema(schema: schema, bindings: bindings, types: Features.types, features: Features.all)
    }

    /// The bindings of all object types.
    public static var bindings: [String: [String: FieldBinding]] { Features.bindings }
}
