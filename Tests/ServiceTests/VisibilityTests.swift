import CustomerOS
import Foundation
import GraphQL
import Postgres
import Service
import Testing

extension ServiceSuite {
    /// Non-null fields, from the schema: when a record is hidden, so is what leads to it.
    @Suite("A hidden record")
    struct VisibilityTests {
        /// Mutations that hide records, for all records of a kind: `@` is the record's id.
        struct Removal: Sendable, CustomTestStringConvertible {
            let name: String
            let table: SQL
            let mutations: [String]

            var testDescription: String { name }
        }

        static let removals = [
            Removal(name: "archived organizations", table: "organization", mutations: ["organization_Archive(id: \"@\") { result }"]),
            Removal(name: "hidden organizations", table: "organization", mutations: ["organization_Hide(id: \"@\")"]),
            Removal(
                name: "merged organizations", table: "organization",
                mutations: [
                    "organization_Merge(primaryOrganizationId: \"\(DemoTenant.prefix)0-7000-8000-000000000001\", mergedOrganizationIds: [\"@\"]) { id }"
                ]),
            Removal(name: "archived contacts", table: "contact", mutations: ["contact_Archive(contactId: \"@\") { result }"]),
            Removal(name: "hidden contacts", table: "contact", mutations: ["contact_Hide(contactId: \"@\") { accepted }"]),
            Removal(name: "deleted contacts", table: "contact", mutations: ["contact_HardDelete(contactId: \"@\") { result }"]),
            Removal(
                name: "merged contacts", table: "contact",
                mutations: [
                    "contact_Merge(primaryContactId: \"\(DemoTenant.prefix)1-7000-8000-000000000001\", mergedContactIds: [\"@\"]) { id }"
                ]),
            Removal(name: "deleted users", table: "app_user", mutations: ["user_Delete(id: \"@\") { result }"]),
            Removal(name: "deleted contracts", table: "contract", mutations: ["contract_Delete(id: \"@\") { accepted }"]),
            Removal(name: "archived opportunities", table: "opportunity", mutations: ["opportunity_Archive(id: \"@\") { accepted }"]),
            Removal(name: "archived products", table: "sku", mutations: ["sku_Archive(id: \"@\") { result }"]),
            Removal(name: "deleted tags", table: "tag", mutations: ["tag_Delete(id: \"@\") { result }"]),
            Removal(name: "removed profiles", table: "social", mutations: ["social_Remove(socialId: \"@\") { result }"]),
        ]

        @Test("is not reached by a non-null field", arguments: removals)
        func removal(_ removal: Removal) async throws {
            let tenant = try DemoTenant(try await TestServer.shared.value)
            let key = try tenant.key([.user, .admin, .owner])
            let queries = try Queries(tenant, key)
            #expect(queries.texts.count > 10)
            try check(queries, tenant, key, "before")
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: tenant.server.connectionString))
            let rows = try connection.run(
                "SELECT r.id FROM \(removal.table) r JOIN tenant t ON t.id = r.tenant_id WHERE t.name = $1 ORDER BY r.id",
                [.text(tenant.name)])
            #expect(rows.rowCount > 0)
            for id in (0..<rows.rowCount).compactMap({ rows.text($0, 0) }) {
                for mutation in removal.mutations {
                    let answer = try tenant.server.query(
                        "mutation { \(mutation.replacingOccurrences(of: "@", with: id)) }", key: key)
                    #expect(!answer.body.contains("\"INTERNAL\""), "\(mutation) \(id): \(answer.body)")
                }
            }
            try check(queries, tenant, key, removal.name)
        }

        private func check(_ queries: Queries, _ tenant: DemoTenant, _ key: String, _ state: String) throws {
            for text in queries.texts {
                let answer = try tenant.server.query(text, key: key)
                #expect(!answer.body.contains("\"INTERNAL\""), "\(state): \(text.prefix(600)) → \(answer.body.suffix(600))")
                #expect(answer.status == 200, "\(state): \(text.prefix(600)) → \(answer.body.suffix(600))")
            }
        }

        @Test("hides an organization's contracts and their services, which are then neither found nor changed")
        func contracts() async throws {
            let tenant = try DemoTenant(try await TestServer.shared.value)
            let key = try tenant.key([.user, .admin, .owner])
            let contract = "\(DemoTenant.prefix)d-7000-8000-000000000001"
            func answer(_ text: String) throws -> Answer { try Answer(tenant.server.query(text, key: key)) }
            let found = try answer(
                "{ contract(id: \"\(contract)\") { organization { id } serviceLineItems { metadata { id } } } contracts { totalElements } }"
            )
            let organization = found.object("contract").object("organization").text("id")
            let item = found.object("contract").objects("serviceLineItems")[0].object("metadata").text("id")
            #expect(try answer("mutation { organization_Archive(id: \"\(organization)\") { result } }").codes.isEmpty)
            for text in [
                "{ contract(id: \"\(contract)\") { organization { id } } }", "{ serviceLineItem(id: \"\(item)\") { description } }",
                "mutation { contract_Update(input: { contractId: \"\(contract)\", contractName: \"x\" }) { organization { id } } }",
                "mutation { contractLineItem_Update(input: { id: \"\(item)\", description: \"x\" }) { description } }",
            ] {
                #expect(try answer(text).codes == ["NOT_FOUND"], "\(text)")
            }
            let rest = try answer("{ contracts { totalElements content { organization { id } } } }")
            #expect(rest.codes.isEmpty)
            #expect(rest.object("contracts").objects("content").allSatisfy { $0.object("organization").text("id") != organization })
        }
    }
}

/// Queries for every two-step path from a record that a root field finds to a non-null field.
private struct Queries {
    let texts: [String]

    init(_ tenant: DemoTenant, _ key: String) throws {
        let schema = try API.executableSchema().schema
        let ids = try Self.ids(tenant)
        var texts: [String] = []
        for field in schema.queryType.fields {
            let selections = Self.selections(field.type.namedType, schema)
            let required = field.arguments.filter(\.isRequired)
            if required.isEmpty {
                texts += selections.map { "{ \(field.name) { \($0) } }" }
                continue
            }
            guard required.count == 1, let argument = required.first, argument.type.namedType.name == "ID" else { continue }
            let isList = "\(argument.type)".hasPrefix("[")
            let found = try ids.filter { id in
                let text = "{ found: \(field.name)(\(argument.name): \(isList ? "[\"\(id)\"]" : "\"\(id)\"")) { __typename } }"
                return try Answer(tenant.server.query(text, key: key)).body.contains("\"__typename\"")
            }.prefix(12)
            for id in found {
                let value = isList ? "[\"\(id)\"]" : "\"\(id)\""
                texts += selections.map { "{ \(field.name)(\(argument.name): \(value)) { \($0) } }" }
            }
        }
        self.texts = texts
    }

    /// What leads to non-null fields, split to keep the limit on aliases.
    private static func selections(_ type: NamedType, _ schema: Schema) -> [String] {
        func ofEach(_ types: [ObjectType]) -> [String] {
            types.flatMap { type in parts(of: type, schema).map { "... on \(type.name) { \($0) }" } }
        }
        switch type {
        case .object(let object): return parts(of: object, schema)
        case .interface(let interface): return ofEach(interface.implementations)
        case .union(let union): return ofEach(union.members)
        default: return []
        }
    }

    private static func parts(of type: ObjectType, _ schema: Schema) -> [String] {
        var parts: [(text: String, aliases: Int)] = []
        for text in fieldTexts(of: type, schema, depth: 2) {
            let aliases = text.count { $0 == ":" }
            if let last = parts.last, last.aliases + aliases <= Limits().aliases {
                parts[parts.count - 1] = (last.text + " " + text, last.aliases + aliases)
            } else {
                parts.append((text, aliases))
            }
        }
        return parts.map(\.text)
    }

    /// What leads to non-null fields, each under its own alias, so that types of a union can differ.
    private static func selection(_ type: NamedType, _ schema: Schema, depth: Int) -> String {
        switch type {
        case .object(let object): return fields(of: object, schema, depth: depth)
        case .interface(let interface): return fragments(interface.implementations, schema, depth: depth)
        case .union(let union): return fragments(union.members, schema, depth: depth)
        default: return ""
        }
    }

    private static func fragments(_ types: [ObjectType], _ schema: Schema, depth: Int) -> String {
        types.compactMap { type in
            let fields = fields(of: type, schema, depth: depth)
            return fields.isEmpty ? nil : "... on \(type.name) { \(fields) }"
        }.joined(separator: " ")
    }

    private static func fields(of type: ObjectType, _ schema: Schema, depth: Int) -> String {
        fieldTexts(of: type, schema, depth: depth).joined(separator: " ")
    }

    private static func fieldTexts(of type: ObjectType, _ schema: Schema, depth: Int) -> [String] {
        guard depth >= 0 else { return [] }
        return type.fields.compactMap { field -> String? in
            guard field.type.namedType.isComposite, !field.arguments.contains(where: \.isRequired) else { return nil }
            let inner = selection(field.type.namedType, schema, depth: depth - 1)
            // A page does not count as a step.
            let isNeverNull = "\(field.type)" == "\(field.type.namedType.name)!"
            guard isNeverNull || !inner.isEmpty else { return nil }
            return "\(type.name)_\(field.name): \(field.name) { __typename \(inner) }"
        }
    }

    private static func ids(_ tenant: DemoTenant) throws -> [String] {
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: tenant.server.connectionString))
        try connection.runScript(
            """
            CREATE FUNCTION pg_temp.all_ids(name_of_tenant text) RETURNS SETOF text LANGUAGE plpgsql AS $$
            DECLARE one text; number integer := (SELECT id FROM tenant WHERE name = name_of_tenant);
            BEGIN
              FOR one IN SELECT c.table_name FROM information_schema.columns c JOIN information_schema.columns i USING (table_schema, table_name)
                JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = current_schema()
                AND c.column_name = 'tenant_id' AND i.column_name = 'id' AND i.data_type = 'uuid' AND t.table_type = 'BASE TABLE' LOOP
                RETURN QUERY EXECUTE format('SELECT id::text FROM %I WHERE tenant_id = $1 ORDER BY id LIMIT 12', one) USING number;
              END LOOP;
            END $$
            """)
        let rows = try connection.run("SELECT DISTINCT id FROM pg_temp.all_ids($1) id ORDER BY 1", [.text(tenant.name)])
        return (0..<rows.rowCount).compactMap { rows.text($0, 0) }
    }
}
