import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    @Suite("Merged and deleted contacts")
    struct ContactMergeTests {
        /// Gives `$contacts` a row in every table that refers to contacts, with events at their own organizations.
        static func fill(_ tenant: TestTenant, _ contacts: [String]) throws {
            let connection = try tenant.database()
            let owners = "{\(contacts.joined(separator: ","))}"
            try connection.run(
                "SELECT set_config('test.tenant', $1, false), set_config('test.contacts', $2, false)", [tenant.id, .text(owners)])
            try connection.runScript(
                """
                CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql AS $$ SELECT current_setting('test.tenant')::integer $$;
                CREATE TEMP TABLE owner AS SELECT id AS contact, place, gen_random_uuid() AS id FROM unnest(current_setting('test.contacts')::uuid[]) WITH ORDINALITY AS given (id, place);
                INSERT INTO app_user (tenant_id, id, name) SELECT pg_temp.tenant(), id, 'User' || place FROM owner;
                INSERT INTO email (tenant_id, id, raw_email, email) SELECT pg_temp.tenant(), id, place || '@m.example', place || '@m.example' FROM owner;
                INSERT INTO contact_email (tenant_id, contact_id, email_id, is_primary, label) SELECT pg_temp.tenant(), contact, id, true, 'WORK' FROM owner;
                INSERT INTO phone_number (tenant_id, id, raw_phone_number) SELECT pg_temp.tenant(), id, place::text FROM owner;
                INSERT INTO contact_phone_number (tenant_id, contact_id, phone_number_id, is_primary) SELECT pg_temp.tenant(), contact, id, true FROM owner;
                INSERT INTO location (tenant_id, id, name) SELECT pg_temp.tenant(), id, 'L' || place FROM owner;
                INSERT INTO contact_location (tenant_id, contact_id, location_id) SELECT pg_temp.tenant(), contact, id FROM owner;
                INSERT INTO social (tenant_id, id, url, url_key) SELECT pg_temp.tenant(), id, 'https://x.example/s', 'x.example/s' FROM owner;
                INSERT INTO social (tenant_id, id, url, url_key, alias)
                  SELECT pg_temp.tenant(), gen_random_uuid(), 'https://linkedin.com/in/m' || place, 'linkedin.com/in/m' || place, 'm' || place FROM owner;
                INSERT INTO contact_social (tenant_id, contact_id, social_id) SELECT pg_temp.tenant(), contact, id FROM owner;
                INSERT INTO contact_social (tenant_id, contact_id, social_id)
                  SELECT pg_temp.tenant(), contact, s.id FROM owner JOIN social s ON s.tenant_id = pg_temp.tenant() AND s.alias = 'm' || place;
                INSERT INTO tag (tenant_id, id, name) SELECT pg_temp.tenant(), id, 'T' || place FROM owner;
                INSERT INTO contact_tag (tenant_id, contact_id, tag_id) SELECT pg_temp.tenant(), o.contact, t.id FROM owner o JOIN owner t ON t.place <= o.place;
                INSERT INTO organization (tenant_id, id, customer_os_id, name) SELECT pg_temp.tenant(), id, 'C-' || place, 'O' || place FROM owner;
                INSERT INTO job_role (tenant_id, id, contact_id, organization_id, job_title, is_primary)
                  SELECT pg_temp.tenant(), gen_random_uuid(), o.contact, at.id, 'Role ' || o.place || at.place, o.place = at.place
                  FROM owner o JOIN owner at ON at.place IN (1, o.place);
                INSERT INTO custom_field (tenant_id, id, contact_id, name, data_type, value)
                  SELECT pg_temp.tenant(), gen_random_uuid(), o.contact, 'F' || f.place, 'TEXT', to_jsonb(o.place) FROM owner o JOIN owner f ON f.place >= o.place;
                INSERT INTO external_system (tenant_id, type) VALUES (pg_temp.tenant(), 'HUBSPOT');
                INSERT INTO external_link (tenant_id, id, system, external_id, contact_id)
                  SELECT pg_temp.tenant(), gen_random_uuid(), 'HUBSPOT', 'same', contact FROM owner
                  UNION ALL SELECT pg_temp.tenant(), gen_random_uuid(), 'HUBSPOT', 'own' || place, contact FROM owner;
                INSERT INTO import_key (tenant_id, kind, external_id, contact_id) SELECT pg_temp.tenant(), 'contact', 'key' || place, contact FROM owner;
                INSERT INTO flow (tenant_id, id, name, nodes, edges) SELECT pg_temp.tenant(), id, 'W' || place, '[]', '[]' FROM owner;
                INSERT INTO flow_participant (tenant_id, id, flow_id, contact_id)
                  SELECT pg_temp.tenant(), gen_random_uuid(), f.id, o.contact FROM owner o JOIN owner f ON f.place IN (1, o.place);
                CREATE TEMP TABLE event AS SELECT gen_random_uuid() AS id, kind, contact, place, now() - place * interval '1 day' - n * interval '1 hour' AS at
                  FROM owner, unnest(ARRAY['NOTE', 'PAGE_VIEW', 'MARKDOWN_EVENT', 'INTERACTION_EVENT', 'MEETING', 'ISSUE']) WITH ORDINALITY AS k (kind, n);
                INSERT INTO timeline_event (tenant_id, id, kind, created_at, updated_at) SELECT pg_temp.tenant(), id, kind, at, at FROM event;
                INSERT INTO note (tenant_id, id, contact_id) SELECT pg_temp.tenant(), id, contact FROM event WHERE kind = 'NOTE';
                INSERT INTO page_view (tenant_id, id, contact_id) SELECT pg_temp.tenant(), id, contact FROM event WHERE kind = 'PAGE_VIEW';
                INSERT INTO markdown_event (tenant_id, id, contact_id) SELECT pg_temp.tenant(), id, contact FROM event WHERE kind = 'MARKDOWN_EVENT';
                INSERT INTO interaction_event (tenant_id, id, channel) SELECT pg_temp.tenant(), id, 'EMAIL' FROM event WHERE kind = 'INTERACTION_EVENT';
                INSERT INTO meeting (tenant_id, id) SELECT pg_temp.tenant(), id FROM event WHERE kind = 'MEETING';
                INSERT INTO issue (tenant_id, id) SELECT pg_temp.tenant(), id FROM event WHERE kind = 'ISSUE';
                -- An event is sent by each address to the next contact, a meeting is attended by all, an issue reported by a role.
                INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, email_id) SELECT pg_temp.tenant(), e.id, 'SENT_BY', o.id
                  FROM event e JOIN owner o USING (place) WHERE e.kind = 'INTERACTION_EVENT';
                INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id, type) SELECT pg_temp.tenant(), e.id, 'SENT_TO', o.contact, 'TO'
                  FROM event e JOIN owner o ON o.place = e.place + 1 WHERE e.kind = 'INTERACTION_EVENT';
                INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, contact_id) SELECT pg_temp.tenant(), e.id, 'ATTENDED_BY', o.contact
                  FROM event e CROSS JOIN owner o WHERE e.kind = 'MEETING';
                INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, user_id) SELECT pg_temp.tenant(), e.id, 'ATTENDED_BY', o.id
                  FROM event e JOIN owner o USING (place) WHERE e.kind = 'MEETING';
                INSERT INTO timeline_event_participant (tenant_id, timeline_event_id, role, job_role_id) SELECT pg_temp.tenant(), e.id, 'SENT_BY', j.id
                  FROM event e JOIN job_role j ON j.tenant_id = pg_temp.tenant() AND j.contact_id = e.contact WHERE e.kind = 'ISSUE';
                INSERT INTO contact_timeline SELECT r.tenant_id, e.id, r.contact_id, e.kind, e.occurred_at FROM contact_timeline_rule r
                  JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id WHERE r.tenant_id = pg_temp.tenant();
                INSERT INTO organization_timeline SELECT r.tenant_id, e.id, r.organization_id, e.kind, e.occurred_at FROM organization_timeline_rule r
                  JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id WHERE r.tenant_id = pg_temp.tenant();
                UPDATE organization o SET last_touchpoint_id = (SELECT n.id FROM note n WHERE n.tenant_id = o.tenant_id LIMIT 1)
                  WHERE o.tenant_id = pg_temp.tenant() AND o.name = 'O1';
                """)
        }

        /// The tables that refer to one of the contacts, from the catalog.
        private func tablesReferring(_ tenant: TestTenant, to contacts: [String]) throws -> Set<String> {
            let connection = try tenant.database()
            try connection.run(
                "SELECT set_config('test.tenant', $1, false), set_config('test.contacts', $2, false)",
                [tenant.id, .text("{\(contacts.joined(separator: ","))}")])
            try connection.runScript(
                """
                CREATE FUNCTION pg_temp.referring() RETURNS SETOF text LANGUAGE plpgsql AS $$
                DECLARE link record; found boolean;
                BEGIN
                  FOR link IN SELECT c.conrelid::regclass::text AS source, a.attname AS column FROM pg_constraint c
                    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2] WHERE c.contype = 'f' AND c.confrelid = 'contact'::regclass LOOP
                    EXECUTE format('SELECT EXISTS (SELECT FROM %s WHERE tenant_id = current_setting(''test.tenant'')::integer AND %I = ANY (current_setting(''test.contacts'')::uuid[]))',
                      link.source, link.column) INTO found;
                    IF found THEN RETURN NEXT link.source; END IF;
                  END LOOP;
                END $$
                """)
            let rows = try connection.run("SELECT * FROM pg_temp.referring()")
            return Set((0..<rows.rowCount).compactMap { rows.text($0, 0) })
        }

        /// Every table with a foreign key to contacts.
        private func tablesThatMayRefer(_ tenant: TestTenant) throws -> Set<String> {
            let rows = try tenant.database().run(
                "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = 'contact'::regclass")
            return Set((0..<rows.rowCount).compactMap { rows.text($0, 0) })
        }

        /// The surplus and missing rows of the stored timelines.
        static func timelineDifferences(_ tenant: TestTenant) throws -> String? {
            try tenant.value(
                """
                WITH c_rule AS (SELECT r.contact_id, r.timeline_event_id FROM contact_timeline_rule r \
                JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE' WHERE r.tenant_id = $1::integer), \
                c_kept AS (SELECT contact_id, timeline_event_id FROM contact_timeline WHERE tenant_id = $1::integer), \
                o_rule AS (SELECT r.organization_id, r.timeline_event_id FROM organization_timeline_rule r \
                JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE' WHERE r.tenant_id = $1::integer), \
                o_kept AS (SELECT organization_id, timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer) \
                SELECT concat_ws(' ', (SELECT count(*) FROM (TABLE c_rule EXCEPT TABLE c_kept) d), (SELECT count(*) FROM (TABLE c_kept EXCEPT TABLE c_rule) d), \
                (SELECT count(*) FROM (TABLE o_rule EXCEPT TABLE o_kept) d), (SELECT count(*) FROM (TABLE o_kept EXCEPT TABLE o_rule) d))
                """)
        }

        @Test("leave nothing behind: every table that refers to contacts is cleared of them")
        func merge() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try ["{ name: \"One\" }", "{ name: \"Two Words\", prefix: \"Dr\" }", "{ username: \"three\" }"].map(
                tenant.contact)
            try Self.fill(tenant, contacts)
            let possible = try tablesThatMayRefer(tenant)
            #expect(try tablesReferring(tenant, to: Array(contacts.dropFirst())) == possible.subtracting(["contact"]))
            #expect(try Self.timelineDifferences(tenant) == "0 0 0 0")
            let owner = try #require(try tenant.value("SELECT id FROM app_user WHERE tenant_id = $1::integer AND name = 'User3'"))
            _ = try tenant.database().run(
                "UPDATE contact SET owner_id = $2::uuid WHERE tenant_id = $1::integer AND id = $3::uuid",
                [tenant.id, .text(owner), .text(contacts[2])])

            let merged = try tenant.data(
                """
                mutation { contact_Merge(primaryContactId: "\(contacts[0])", mergedContactIds: ["\(contacts[1])", "\(contacts[2])"]) { \
                name firstName lastName prefix username owner { name } emails { email primary label } phoneNumbers { rawPhoneNumber primary } \
                tags { name } socials { url } locations { name } jobRoles { jobTitle primary organization { name } } connectedUsers { name } } }
                """
            ).object("contact_Merge")
            #expect(try tablesReferring(tenant, to: Array(contacts.dropFirst())) == [])
            #expect(try tablesReferring(tenant, to: [contacts[0]]) == possible)
            #expect(try Self.timelineDifferences(tenant) == "0 0 0 0")

            #expect(["name", "firstName", "lastName", "prefix", "username"].map(merged.text) == ["One", "One", "Words", "Dr", "three"])
            #expect(merged.object("owner").text("name") == "User3")
            #expect(merged.objects("emails").map { $0.text("email") } == ["1@m.example", "2@m.example", "3@m.example"])
            #expect(merged.objects("emails").map { $0.number("primary") } == [1, 0, 0])
            #expect(merged.objects("phoneNumbers").map { $0.number("primary") }.sorted() == [0, 0, 1])
            #expect(merged.objects("tags").map { $0.text("name") }.sorted() == ["T1", "T2", "T3"])
            #expect(merged.objects("locations").count == 3)
            #expect(merged.objects("socials").map { $0.text("url") }.filter { $0 == "https://x.example/s" }.count == 1)
            #expect(merged.objects("socials").count == 4)
            // At the first organization the primary's role stays; those at the others have moved.
            #expect(merged.objects("jobRoles").map { $0.text("jobTitle") } == ["Role 11", "Role 22", "Role 33"])
            #expect(merged.objects("jobRoles").map { $0.number("primary") } == [1, 0, 0])
            #expect(merged.objects("connectedUsers").count == 3)
            let counts = try tenant.value(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM social WHERE tenant_id = $1::integer), (SELECT string_agg(name || value, ',' ORDER BY name) \
                FROM custom_field WHERE tenant_id = $1::integer), (SELECT string_agg(external_id, ',' ORDER BY external_id) FROM external_link \
                WHERE tenant_id = $1::integer), (SELECT count(*) FROM flow_participant WHERE tenant_id = $1::integer), \
                (SELECT count(*) FROM timeline_event_participant WHERE tenant_id = $1::integer AND job_role_id IS NOT NULL))
                """)
            #expect(counts == "4 F11,F21,F31 own1,own2,own3,same 3 5")
            #expect(
                try tenant.value("SELECT string_agg(last_touchpoint_type, ',') FROM organization WHERE tenant_id = $1::integer")
                    == "INTERACTION_EVENT_EMAIL_RECEIVED,INTERACTION_EVENT_EMAIL_RECEIVED,INTERACTION_EVENT_EMAIL_RECEIVED")

            // A merged contact is not found, and its addresses lead to the primary contact.
            let read = try tenant.data(
                """
                { a: contact(id: "\(contacts[1])") { id } b: contact_ByEmail(email: "2@m.example") { id } c: contact_ByPhone(e164: "3") { id } \
                d: contact_ByLinkedIn(linkedInUrl: "linkedin.com/in/M3") { id } contacts { totalElements content { id } } }
                """)
            #expect(read["a"] is NSNull)
            #expect(["b", "c", "d"].map { read.object($0).text("id") } == [contacts[0], contacts[0], contacts[0]])
            #expect(read.object("contacts").number("totalElements") == 1)
            // No merge closes a cycle.
            let ring = try tenant.answer(
                "mutation { contact_Merge(primaryContactId: \"\(contacts[1])\", mergedContactIds: [\"\(contacts[0])\"]) { id } }")
            #expect(ring.codes == ["NOT_FOUND"])
        }

        @Test("leave the events that others took part in when deleted, and nothing of their own")
        func hardDelete() async throws {
            let tenant = try await TestTenant.make()
            let contacts = try ["{ name: \"One\" }", "{ name: \"Two\" }", "{ name: \"Three\" }"].map(tenant.contact)
            try Self.fill(tenant, contacts)
            _ = try tenant.data(
                "mutation { contact_Merge(primaryContactId: \"\(contacts[1])\", mergedContactIds: [\"\(contacts[2])\"]) { id } }")
            _ = try tenant.data("mutation { contact_HardDelete(contactId: \"\(contacts[1])\") { result } }")
            #expect(try Self.timelineDifferences(tenant) == "0 0 0 0")
            let left = try tenant.value(
                """
                SELECT concat_ws(' ', (SELECT count(*) FROM contact WHERE tenant_id = $1::integer), (SELECT count(*) FROM email WHERE tenant_id = $1::integer), \
                (SELECT count(*) FROM phone_number WHERE tenant_id = $1::integer), (SELECT count(*) FROM tag WHERE tenant_id = $1::integer), \
                (SELECT count(*) FROM location WHERE tenant_id = $1::integer), (SELECT count(*) FROM social WHERE tenant_id = $1::integer), \
                (SELECT string_agg(kind || n, ',' ORDER BY kind) FROM (SELECT kind, count(*) AS n FROM timeline_event WHERE tenant_id = $1::integer GROUP BY kind) k))
                """)
            #expect(left == "1 3 3 3 1 2 INTERACTION_EVENT3,ISSUE3,MARKDOWN_EVENT1,MEETING3,NOTE1,PAGE_VIEW1")
            #expect(try tenant.value("SELECT last_touchpoint_type FROM organization WHERE tenant_id = $1::integer AND name = 'O2'") == nil)
            let totals = try tenant.data("{ contacts { totalElements } }")
            #expect(totals.object("contacts").number("totalElements") == 1)
        }

        @Test("keep all timelines right, whatever is linked, merged, deleted and created in any order", arguments: [1, 2, 3])
        func timelines(_ seed: UInt64) async throws {
            var random = RandomSource(seed: seed)
            let tenant = try await TestTenant.make()
            var contacts = try (0..<8).map { try tenant.contact("{ name: \"Contact \($0)\" }") }
            try Self.fill(tenant, contacts)
            let rows = try tenant.database().run("SELECT id FROM organization WHERE tenant_id = $1::integer ORDER BY name", [tenant.id])
            let organizations = (0..<rows.rowCount).compactMap { rows.text($0, 0) }
            for _ in 0..<40 where contacts.count > 2 {
                contacts.shuffle(using: &random)
                let organization = organizations.randomElement(using: &random) ?? ""
                let link = "{ contactId: \"\(contacts[0])\", organizationId: \"\(organization)\" }"
                switch Int.random(in: 0..<9, using: &random) {
                case 0...2: _ = try tenant.data("mutation { contact_AddOrganizationById(input: \(link)) { id } }")
                case 3...4: _ = try tenant.data("mutation { contact_RemoveOrganizationById(input: \(link)) { id } }")
                case 5:
                    _ = try tenant.data(
                        "mutation { contact_Merge(primaryContactId: \"\(contacts[0])\", mergedContactIds: [\"\(contacts[1])\"]) { id } }")
                    contacts.remove(at: 1)
                case 6:
                    _ = try tenant.data("mutation { contact_HardDelete(contactId: \"\(contacts[0])\") { result } }")
                    contacts.removeFirst()
                case 7:
                    let email = "{ email: \"\(Int.random(in: 1...8, using: &random))@m.example\" }"
                    let made = try tenant.data(
                        "mutation { contact_CreateForOrganization(organizationId: \"\(organization)\", input: { email: \(email) }) { id } }"
                    )
                    contacts.append(made.object("contact_CreateForOrganization").text("id"))
                default:
                    _ = try tenant.data(
                        "mutation { contact_Archive(contactId: \"\(contacts[0])\") { result } contact_RestoreFromArchive(contactId: \"\(contacts[0])\") { result } }"
                    )
                }
                #expect(try Self.timelineDifferences(tenant) == "0 0 0 0")
            }
        }
    }
}
