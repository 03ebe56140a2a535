import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Races {
    @Suite("Timelines, whatever happens,")
    struct TimelinePropertyTests {
        @Test("are what the rule says in every direction, after whatever was written, linked, merged and deleted", arguments: [1, 2, 3, 4])
        func steps(_ seed: UInt64) async throws {
            let actor = try await TimelineActor.make()
            var random = RandomSource(seed: seed)
            for step in 0..<90 {
                let mutation = try actor.mutation(&random, merges: step > 40)
                let answer = try actor.tenant.answer("mutation { \(mutation) }")
                // Only a merged or deleted record, or one merged with itself, is refused.
                #expect(Set(answer.codes).isSubset(of: ["NOT_FOUND", "BAD_USER_INPUT"]), "\(mutation) → \(answer.body)")
                if step % 10 == 9 || step > 40 { try TimelineCheck(actor.tenant).run("seed \(seed), step \(step): \(mutation)") }
            }
            #expect(
                try #require(Int(actor.tenant.value("SELECT count(*) FROM organization_timeline WHERE tenant_id = $1::integer") ?? "")) > 0)
        }

        @Test("are right after many concurrent changes", arguments: [11, 12, 13])
        func races(_ seed: UInt64) async throws {
            let actor = try await TimelineActor.make()
            let answers = await Clients.run(48) { client in
                var random = RandomSource(seed: seed * 1000 + UInt64(client))
                return try (0..<4).map { _ in
                    try actor.tenant.answer("mutation { \(try actor.mutation(&random, merges: client % 12 == 0)) }")
                }
            }
            #expect(answers.count == 48)
            let codes = Set(answers.flatMap { $0.flatMap(\.codes) })
            #expect(codes.isSubset(of: ["NOT_FOUND", "BAD_USER_INPUT"]), "\(codes)")
            try TimelineCheck(actor.tenant).run("seed \(seed)")
        }

        @Test("are repaired by a rebuild, which counts what was wrong")
        func rebuild() async throws {
            let actor = try await TimelineActor.make()
            var random = RandomSource(seed: 21)
            for _ in 0..<60 { _ = try actor.tenant.answer("mutation { \(try actor.mutation(&random, merges: false)) }") }
            try TimelineCheck(actor.tenant).run()
            let connection = try actor.tenant.database()
            let name = try #require(try actor.tenant.value("SELECT name FROM tenant WHERE id = $1::integer"))
            let administration = Administration(connection)
            #expect(try administration.rebuildTimelines(tenant: name).mended == 0)
            let gone = try connection.run(
                "DELETE FROM organization_timeline WHERE tenant_id = $1::integer AND kind = 'ACTION'", [actor.tenant.id])
            let moved = try connection.run(
                "UPDATE contact_timeline SET occurred_at = occurred_at + interval '1 day' WHERE tenant_id = $1::integer", [actor.tenant.id])
            try connection.run("UPDATE organization SET last_touchpoint_id = NULL WHERE tenant_id = $1::integer", [actor.tenant.id])
            let done = try administration.rebuildTimelines(tenant: name)
            // A row that differed is both missing and surplus.
            #expect(done.mended == gone.affectedRows + 2 * moved.affectedRows)
            #expect(done.organizations == 4 && done.contacts == 6)
            try TimelineCheck(actor.tenant).run()
            #expect(throws: Administration.Failure.self) { try administration.rebuildTimelines(tenant: "nobody") }
        }

        /// Replaces a text in the definition of a view or of a procedure.
        private static func changing(_ name: String, _ text: String, to other: String) -> String {
            let definition =
                name.hasSuffix(")")
                ? "pg_get_functiondef('\(name)'::regprocedure)"
                : "'CREATE OR REPLACE VIEW \(name) AS ' || pg_get_viewdef('\(name)'::regclass)"
            return """
                DO $do$ DECLARE was text := \(definition); BEGIN
                IF strpos(was, $t$\(text)$t$) = 0 THEN RAISE EXCEPTION 'nothing to break in %', was; END IF;
                EXECUTE replace(was, $t$\(text)$t$, $t$\(other)$t$); END $do$
                """
        }

        @Test("are found wrong if any part of the rule, or a row, is broken")
        func broken() async throws {
            let actor = try await TimelineActor.make()
            var random = RandomSource(seed: 22)
            for _ in 0..<120 { _ = try actor.tenant.answer("mutation { \(try actor.mutation(&random, merges: false)) }") }
            for mutation in [
                "emailMergeToOrganization(organizationId: \"\(actor.organizations[0])\", input: { email: \"only@organization.example\" }) { id }",
                "interactionEvent_Create(event: { appSource: \"\", sentBy: [{ email: \"only@organization.example\" }], sentTo: [] }) { id }",
            ] { _ = try actor.tenant.data("mutation { \(mutation) }") }
            try TimelineCheck(actor.tenant).run()
            let mine = "tenant_id = current_setting('check.tenant')::integer"
            let mutants = [
                Self.changing("contact_took_part", "'ATTENDED_BY'", to: "'NOBODY'"),
                Self.changing("contact_took_part", "'SENT_TO'", to: "'NOBODY'"),
                Self.changing("contact_took_part", "FROM note", to: "FROM (SELECT * FROM note WHERE false) note"),
                Self.changing("organization_took_part", "'SENT_BY'", to: "'NOBODY'"),
                Self.changing("timeline_event_reach", "interaction_event.interaction_session_id IS NOT NULL", to: "false"),
                Self.changing("timeline_event_reach", "interaction_event.meeting_id IS NOT NULL", to: "false"),
                Self.changing("organization_named", "FROM log_entry", to: "FROM (SELECT * FROM log_entry WHERE false) log_entry"),
                Self.changing("organization_named", "'REPORTED_BY'", to: "'ATTENDED_BY'"),
                Self.changing("timeline_refresh_event(integer,uuid)", "ANY (near)", to: "ANY ('{}'::uuid[])"),
                Self.changing("timeline_refresh_contact(integer,uuid)", "ANY (near)", to: "ANY ('{}'::uuid[])"),
                Self.changing("timeline_refresh_organization(integer,uuid)", "ANY (near)", to: "ANY ('{}'::uuid[])"),
                Self.changing("timeline_extend(integer,uuid[])", "JOIN job_role j ON", to: "JOIN job_role j ON j.is_primary AND"),
                "DELETE FROM contact_timeline WHERE (tenant_id, timeline_event_id, contact_id) IN (SELECT tenant_id, timeline_event_id, contact_id FROM contact_timeline WHERE \(mine) LIMIT 1)",
                "UPDATE organization_timeline SET occurred_at = occurred_at + interval '1 microsecond' WHERE \(mine)",
                "UPDATE organization SET last_touchpoint_type = 'NOTE' WHERE \(mine)",
            ]
            for mutant in mutants {
                // A check that does not notice fails here.
                withKnownIssue("\(mutant)") { try TimelineCheck(actor.tenant).run(broken: mutant) }
            }
            try TimelineCheck(actor.tenant).run()
        }
    }
}
