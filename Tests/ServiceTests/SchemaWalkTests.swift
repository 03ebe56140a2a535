import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite.OneByOne.Walks {
    /// Generated from the schema: whatever takes an identifier, or requires a role, is tested without being named here.
    @Suite("The schema, field by field,")
    struct SchemaWalkTests {
        // MARK: Identifiers

        @Test("has every identifier that a client can give in these tests")
        func everyIdentifier() throws {
            let schema = try API.executableSchema().schema
            let places = try TextPlaces.all(.identifiers)
            for (kind, type) in [("query", schema.queryType), ("mutation", schema.mutationType)] {
                for field in type?.fields ?? [] {
                    let expected = Self.identifiers(of: field.arguments)
                    let found = places.first { $0.label == field.name }?.variables.count ?? 0
                    #expect(found == expected, "\(kind) \(field.name) takes \(expected) identifiers, and \(found) are tested")
                }
            }
        }

        @Test("would be asked for a new identifier")
        func newIdentifier() throws {
            let text = """
                type Query { old(id: ID!): Thing }
                type Mutation { made(input: Made!, ids: [ID!]!): ID }
                type Thing { name: String parts(of: ID, sort: String): [Thing!] }
                input Made { name: String, of: [Deep!], ownerId: String } input Deep { id: ID, text: String }
                """
            let schema = try SchemaBuilder.build([SchemaSource(name: "test", text: Array(text.utf8))])
            let places = try TextPlaces.all(.identifiers, in: schema)
            #expect(places.map { "\($0.label) \($0.variables.count)" } == ["made 3", "old 1", "old.parts 1"])
            #expect(try Self.identifiers(of: #require(schema.mutationType?.field("made")).arguments) == 3)
        }

        /// The places of identifiers, counted in another way.
        private static func identifiers(of members: [InputValueDefinition], inside: [String] = []) -> Int {
            members.reduce(0) { count, member in
                if case .inputObject(let input) = member.type.namedType {
                    let isOpen = inside.filter { $0 == input.name }.count < 2
                    return count + (isOpen ? identifiers(of: input.fields, inside: inside + [input.name]) : 0)
                }
                let type = member.type.namedType.name
                let name = TextPlaces.namesOfClients.contains(member.name) ? "" : member.name.lowercased()
                return count + (type == "ID" || type == "String" && (name.hasSuffix("id") || name.hasSuffix("ids")) ? 1 : 0)
            }
        }

        @Test("does with another tenant's identifier what it does with an unknown one", arguments: try TextPlaces.all(.identifiers))
        func otherTenant(_ places: TextPlaces) async throws {
            let tenants = try await TwoTenants.shared.value
            func answer(_ variables: String, _ id: String) throws -> String {
                let given = variables.replacingOccurrences(of: "01900000-000", with: TwoTenants.own).replacingOccurrences(
                    of: TextPlaces.mark, with: "\"\(id)\"")
                let answer = try tenants.server.query(places.document, variables: given, key: tenants.key, headers: tenants.headers)
                try #require(answer.status == 200, "\(places.document) \(given) → \(answer.body)")
                #expect(!answer.body.contains("\"INTERNAL\""), "\(places.document) \(given) → \(answer.body)")
                return GoldenRecord.stable(answer.body.replacingOccurrences(of: id, with: "?"))
                    .replacingOccurrences(of: "\"[0-9a-f-]{36}\"|\"\\?\"", with: "\"UUID\"", options: .regularExpression)
            }
            for (place, variables) in places.variables.enumerated() {
                // The first request may leave something for the second; so a third follows.
                var expected: Set<String> = [try answer(variables, TwoTenants.nobody)]
                for id in tenants.strangers {
                    let found = try answer(variables, id)
                    if !expected.contains(found) { expected.insert(try answer(variables, TwoTenants.nobody)) }
                    #expect(expected.contains(found), "\(places.document) \(variables), place \(place), with \(id)")
                }
            }
            #expect(try tenants.digest() == tenants.before, "\(places.label) has changed another tenant")
        }

        // MARK: Values

        /// Both ends of the range of the schema's scalars.
        private static let ends: [[String: String]] = [
            ["Time": "\"0001-01-01T00:00:00Z\"", "Int": "-2147483648", "Int64": "-9223372036854775808", "Float": "-1e308"],
            ["Time": "\"9999-12-31T23:59:59.999999Z\"", "Int": "2147483647", "Int64": "9223372036854775807", "Float": "1e308"],
            ["Time": "\"2024-02-29T12:00:00Z\"", "Int": "0", "Int64": "0", "Float": "0.1", "Boolean": "false", "String": "\"\""],
        ]

        @Test(
            "answers what it stored, however large or small, or refuses to store it: never with INTERNAL",
            arguments: try API.executableSchema().schema.mutationType?.fields.map(\.name) ?? [])
        func ends(_ name: String) async throws {
            let tenants = try await TwoTenants.shared.value
            let schema = try API.executableSchema().schema
            let field = try #require(schema.mutationType?.field(name))
            for scalars in Self.ends {
                let (document, variables) = TextPlaces.everything(field, kind: "mutation", scalars: scalars)
                let given = variables.replacingOccurrences(of: "01900000-000", with: TwoTenants.own)
                let answer = try tenants.server.query(document, variables: given, key: tenants.key, headers: tenants.headers)
                #expect(!answer.body.contains("\"INTERNAL\""), "\(document) \(given) → \(answer.body)")
            }
        }

        // MARK: Roles

        struct Guarded: Sendable, CustomTestStringConvertible {
            let name: String
            let document: String
            let variables: String
            let roles: Set<Role>
            let needsTenant: Bool

            var testDescription: String { name }

            static func all() throws -> [Guarded] {
                let schema = try API.executableSchema().schema
                let fields = schema.queryType.fields.map { ("query", $0) } + (schema.mutationType?.fields ?? []).map { ("mutation", $0) }
                return fields.map { kind, field in
                    let (document, variables) = TextPlaces.least(field, kind: kind)
                    let directive = field.appliedDirectives.first { $0.name.value == "hasRole" }
                    var roles: Set<Role> = []
                    if case .list(let values, _)? = directive?.arguments.first?.value {
                        for case .enumeration(let name) in values { if let role = Role(rawValue: name.value) { roles.insert(role) } }
                    }
                    return Guarded(
                        name: field.name, document: document, variables: variables, roles: roles,
                        needsTenant: field.appliedDirectives.contains { $0.name.value == "hasTenant" })
                }
            }
        }

        @Test("says who may use it")
        func guards() throws {
            for field in try Guarded.all() {
                #expect(!field.roles.isEmpty, "\(field.name) has no @hasRole")
                #expect(field.needsTenant || field.roles.contains(.platformOwner), "\(field.name) has no @hasTenant")
            }
        }

        @Test("is refused without a key, without a tenant and without the role, and touches nothing then", arguments: try Guarded.all())
        func refusals(_ field: Guarded) async throws {
            let tenants = try await TwoTenants.shared.value
            func answer(_ key: String?, _ headers: [String: String] = [:]) throws -> HTTPAnswer {
                try tenants.server.query(field.document, variables: field.variables, key: key, headers: headers)
            }
            let nobody = try answer(nil)
            #expect(nobody.status == 401 && nobody.body.contains("\"UNAUTHENTICATED\"") && !nobody.body.contains("\"data\""))
            // A platform key has no tenant of its own.
            let nowhere = try answer(tenants.keys[.platformOwner])
            #expect(nowhere.status == 401 && nowhere.body.contains("\"UNAUTHENTICATED\""))
            for role in Role.allCases where !field.roles.contains(role) {
                let denied = try answer(tenants.keys[role], tenants.headers)
                #expect(denied.status == 200 && denied.body.contains("\"message\":\"Access denied\""), "\(role): \(denied.body)")
                #expect(denied.statements.isEmpty, "\(role)")
            }
        }

        @Test("is open to each of the roles it names", arguments: try Guarded.all().filter { $0.document.hasPrefix("query") })
        func openings(_ field: Guarded) async throws {
            let tenants = try await TwoTenants.shared.value
            for role in field.roles {
                let answer = try tenants.server.query(
                    field.document, variables: field.variables, key: tenants.keys[role], headers: tenants.headers)
                #expect(answer.status == 200 && !answer.body.contains("\"FORBIDDEN\""), "\(role): \(answer.body)")
            }
        }
    }
}

/// Two tenants with the demonstration data, with other identifiers in the one that asks.
private final class TwoTenants: Sendable {
    static let own = "01910000-000"
    static let nobody = "019fffff-000f-7000-8000-000099999999"

    let server: TestServer
    let key: String
    let headers: [String: String]
    /// A key with each single role.
    let keys: [Role: String]
    /// An identifier of each kind of records of the other tenant.
    let strangers: [String]
    let before: String
    private let victim: String

    static let shared = Task { try TwoTenants(try await TestServer.shared.value) }

    private init(_ server: TestServer) throws {
        self.server = server
        let administration = try server.administration()
        let asking = try DemoTenant(server, own: Self.own)
        victim = try DemoTenant(server).name
        headers = ["X-Openline-TENANT": asking.name]
        key = try asking.key([.user, .admin, .owner])
        var keys: [Role: String] = [:]
        for role in Role.allCases {
            keys[role] = try role == .platformOwner ? administration.createKey(tenant: nil, roles: [role]).key.secret : asking.key([role])
        }
        self.keys = keys
        strangers = try Self.identifiers(server, victim)
        try #require(strangers.count > 10)
        before = try Self.digest(server, victim)
    }

    func digest() throws -> String { try Self.digest(server, victim) }

    /// One of each kind, whatever tables the kinds are in: the demonstration data has the kind in its identifiers.
    private static func identifiers(_ server: TestServer, _ tenant: String) throws -> [String] {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        try connection.runScript(
            """
            CREATE FUNCTION pg_temp.identifiers_of(name_of_tenant text) RETURNS SETOF text LANGUAGE plpgsql AS $$
            DECLARE one text; number integer := (SELECT id FROM tenant WHERE name = name_of_tenant);
            BEGIN
              FOR one IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.columns i USING (table_schema, table_name)
                JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = current_schema()
                AND c.column_name = 'tenant_id' AND i.column_name = 'id' AND i.data_type = 'uuid' AND t.table_type = 'BASE TABLE' LOOP
                RETURN QUERY EXECUTE format('SELECT id::text FROM %I WHERE tenant_id = $1 ORDER BY id LIMIT 1', one) USING number;
              END LOOP;
            END $$
            """)
        let rows = try connection.run(
            "SELECT min(id) FROM pg_temp.identifiers_of($1) id WHERE id LIKE '01900000-000%' GROUP BY left(id, 13) ORDER BY 1",
            [.text(tenant)])
        return (0..<rows.rowCount).compactMap { rows.text($0, 0) }
    }

    /// Of all rows of a tenant, in every table.
    private static func digest(_ server: TestServer, _ tenant: String) throws -> String {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        try connection.runScript(
            """
            CREATE FUNCTION pg_temp.digest_of(name_of_tenant text) RETURNS text LANGUAGE plpgsql AS $$
            DECLARE one text; part text; whole text := ''; number integer := (SELECT id FROM tenant WHERE name = name_of_tenant);
            BEGIN
              FOR one IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
                WHERE c.table_schema = current_schema() AND c.column_name = 'tenant_id' AND t.table_type = 'BASE TABLE'
                AND c.table_name NOT IN ('kept_count_delta', 'kept_count', 'api_key') ORDER BY 1 LOOP
                EXECUTE format('SELECT md5(string_agg(t::text, '','' ORDER BY t::text)) FROM %I t WHERE tenant_id = $1', one) INTO part USING number;
                whole := whole || one || coalesce(part, '') || ' ';
              END LOOP;
              RETURN whole;
            END $$
            """)
        return try #require(try connection.run("SELECT pg_temp.digest_of($1)", [.text(tenant)]).text(0, 0))
    }
}
