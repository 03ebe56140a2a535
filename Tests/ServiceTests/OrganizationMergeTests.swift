import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("A merge of organizations")
    struct OrganizationMergeTests {
        private static func merge(_ primary: Int, _ merged: [Int]) -> String {
            let ids = merged.map { "\"\(Fixture.organization($0))\"" }.joined(separator: ", ")
            return
                "mutation { organization_Merge(primaryOrganizationId: \"\(Fixture.organization(primary))\", mergedOrganizationIds: [\(ids)]) { id } }"
        }

        @Test("leaves nothing behind in any table that refers to organizations, now and in the future")
        func everyTable() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try connection.runScript(Self.references)
            let id = try connection.run("SELECT id FROM tenant WHERE name = $1", [.text(tenant)]).text(0, 0) ?? ""
            func references(toEither first: Int, _ second: Int) throws -> [String: Int] {
                let rows = try connection.run(
                    "SELECT place, number FROM pg_temp.references_to($1::integer, $2::uuid[])",
                    [.text(id), .text("{\(Fixture.organization(first)),\(Fixture.organization(second))}")])
                return Dictionary(
                    uniqueKeysWithValues: (0..<rows.rowCount).map { (rows.text($0, 0) ?? "", Int(rows.text($0, 1) ?? "") ?? -1) })
            }
            let before = try references(toEither: 702, 703)
            // A table missing here needs rows in the fixture, and handling in the merge.
            for (place, number) in before where place != "organization.merged_into_id" { #expect(number > 0, "\(place)") }
            #expect(before.count >= 20)
            _ = try server.query(Self.merge(701, [702, 703]), key: key)
            let after = try references(toEither: 702, 703).filter { $0.value != 0 }
            // The merged ones keep the event of their creation.
            #expect(after == ["action.organization_id": 2, "organization_timeline.organization_id": 2])
            let kinds = try Race.values(
                server, tenant,
                """
                SELECT DISTINCT a.type FROM action a JOIN organization o ON o.tenant_id = a.tenant_id AND o.id = a.organization_id
                WHERE o.tenant_id = $1 AND o.state = 'MERGED'
                """)
            #expect(kinds == ["CREATED"])
        }

        @Test("keeps the timelines and touchpoints as the rule says")
        func timelines() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            _ = try server.query(Self.merge(701, [703, 702]), key: key)
            let difference = try Race.values(
                server, tenant,
                """
                WITH rule AS (SELECT DISTINCT r.organization_id, r.timeline_event_id FROM organization_timeline_rule r
                  JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE' WHERE r.tenant_id = $1),
                stored AS (SELECT organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1)
                SELECT organization_id::text FROM (TABLE rule EXCEPT TABLE stored) missing
                UNION ALL SELECT organization_id::text FROM (TABLE stored EXCEPT TABLE rule) extra
                """)
            #expect(difference.isEmpty)
        }

        @Test("issues the same statements for one organization as for three")
        func statements() async throws {
            let server = try await TestServer.shared.value
            var counts: [Int] = []
            for merged in [[702], [702, 703, 706]] {
                let (_, key) = try server.tenant(with: .organizations)
                let answer = try server.query(Self.merge(701, merged), key: key)
                #expect(answer.body.contains("\"id\""))
                counts.append(answer.statements.count)
            }
            #expect(counts[0] == counts[1])
        }

        @Test("of a primary with one above it ends no other link")
        func hierarchy() async throws {
            let server = try await TestServer.shared.value
            let (tenant, key) = try server.tenant(with: .organizations)
            // 701 owns 702 and 706, 702 owns 707, 707 owns 703: as one organization, 701 and 707 own 702 at most once.
            _ = try server.query(Self.merge(707, [701]), key: key)
            let links = try Race.values(
                server, tenant,
                "SELECT right(parent_id::text, 3) || '>' || right(subsidiary_id::text, 3) FROM organization_subsidiary WHERE tenant_id = $1 ORDER BY 1"
            )
            #expect(links == ["702>707", "707>703", "707>706"])
        }

        /// For every column that refers to organizations, how many rows of the tenant name one of them there.
        private static let references = """
            CREATE FUNCTION pg_temp.references_to(p_tenant integer, p_organizations uuid[]) RETURNS TABLE (place text, number bigint) LANGUAGE plpgsql AS $$
            DECLARE one record;
            BEGIN
              FOR one IN SELECT c.conrelid::regclass::text AS tab, a.attname AS col FROM pg_constraint c
                JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2]
                WHERE c.contype = 'f' AND c.confrelid = 'organization'::regclass LOOP
                place := one.tab || '.' || one.col;
                EXECUTE format('SELECT count(*) FROM %s WHERE tenant_id = $1 AND %I = ANY ($2)', one.tab, one.col)
                  INTO number USING p_tenant, p_organizations;
                RETURN NEXT;
              END LOOP;
            END $$;
            """
    }
}
