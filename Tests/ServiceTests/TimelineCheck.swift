import Foundation
import Postgres
import TestSupport
import Testing

/// A tenant's timelines, computed in every way: what is stored, the rule from the events' side, from the owners' side,
/// as a whole, and a model independent of the rule's SQL. A row is `owner event`.
struct TimelineCheck {
    private let connection: BlockingConnection
    private let tenant: Parameter

    init(_ tenant: TestTenant) throws {
        connection = try tenant.database()
        self.tenant = tenant.id
    }

    /// Compares all of them, and the last touchpoints with what they should be.
    /// - Parameter broken: A script that first breaks something, for the duration of the comparison.
    func run(_ comment: Comment = "", broken: String = "") throws {
        try connection.run("BEGIN ISOLATION LEVEL REPEATABLE READ")
        defer { _ = try? connection.run("ROLLBACK") }
        try connection.run("SELECT set_config('check.tenant', $1, true)", [tenant])
        if !broken.isEmpty { try connection.runScript(broken) }
        let kept = try rows(Self.kept)
        let touchpoints = try rows(Self.touchpoints)
        // Before anything is rebuilt below.
        #expect(try rows(Self.outdated).isEmpty, comment)
        #expect(try model() == kept, comment)
        #expect(try rows(Self.rule) == kept, comment)
        for event in try list("SELECT id FROM timeline_event WHERE tenant_id = $1::integer") {
            try connection.run("CALL timeline_refresh_event($1::integer, $2::uuid)", [tenant, .text(event)])
        }
        #expect(try rows(Self.kept) == kept, comment)
        for owner in try list("SELECT id FROM contact WHERE tenant_id = $1::integer") {
            try connection.run("CALL timeline_refresh_contact($1::integer, $2::uuid)", [tenant, .text(owner)])
        }
        for owner in try list("SELECT id FROM organization WHERE tenant_id = $1::integer") {
            try connection.run("CALL timeline_refresh_organization($1::integer, $2::uuid)", [tenant, .text(owner)])
        }
        #expect(try rows(Self.kept) == kept, comment)
        // Like an import: all events at once, and none that exists already.
        try connection.run("DELETE FROM contact_timeline WHERE tenant_id = $1::integer", [tenant])
        try connection.run("DELETE FROM organization_timeline WHERE tenant_id = $1::integer", [tenant])
        let all = try list("SELECT id FROM timeline_event WHERE tenant_id = $1::integer").joined(separator: ",")
        for _ in 1...2 { try connection.run("CALL timeline_extend($1::integer, $2::uuid[])", [tenant, .text("{\(all)}")]) }
        #expect(try rows(Self.kept) == kept, comment)
        try connection.run(
            "CALL organization_touchpoint_refresh($1::integer, $2::uuid[])",
            [tenant, .text("{\(try list(Self.visibleOrganizations).joined(separator: ","))}")])
        #expect(try rows(Self.touchpoints) == touchpoints, comment)
    }

    private func rows(_ sql: SQL) throws -> Set<String> { Set(try list(sql)) }

    private func list(_ sql: SQL) throws -> [String] {
        let result = try connection.run(sql, [tenant])
        return (0..<result.rowCount).map { result.text($0, 0) ?? "" }
    }

    private static let kept: SQL = """
        SELECT contact_id || ' ' || timeline_event_id FROM contact_timeline WHERE tenant_id = $1::integer UNION ALL
        SELECT organization_id || ' ' || timeline_event_id FROM organization_timeline WHERE tenant_id = $1::integer
        """

    private static let rule: SQL = """
        SELECT r.contact_id || ' ' || e.id FROM contact_timeline_rule r
        JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE' WHERE r.tenant_id = $1::integer UNION ALL
        SELECT r.organization_id || ' ' || e.id FROM organization_timeline_rule r
        JOIN timeline_event e ON e.tenant_id = r.tenant_id AND e.id = r.timeline_event_id AND e.state = 'LIVE' WHERE r.tenant_id = $1::integer
        """

    private static let visibleOrganizations: SQL =
        "SELECT id FROM organization WHERE tenant_id = $1::integer AND state IN ('LIVE', 'HIDDEN')"

    private static let touchpoints: SQL = """
        SELECT concat_ws(' ', id, last_touchpoint_id, last_touchpoint_type, last_touchpoint_at) FROM organization
        WHERE tenant_id = $1::integer AND state IN ('LIVE', 'HIDDEN')
        """

    /// Rows whose time or kind differs from their event's.
    private static let outdated: SQL = """
        SELECT t.timeline_event_id::text FROM (SELECT tenant_id, timeline_event_id, kind, occurred_at FROM contact_timeline
        UNION ALL SELECT tenant_id, timeline_event_id, kind, occurred_at FROM organization_timeline) t
        JOIN timeline_event e ON e.tenant_id = t.tenant_id AND e.id = t.timeline_event_id
        WHERE t.tenant_id = $1::integer AND (e.kind, e.occurred_at) <> (t.kind, t.occurred_at)
        """

    // MARK: The model

    /// Pairs of ids by the first.
    private func pairs(_ sql: SQL) throws -> [String: Set<String>] {
        let result = try connection.run(sql, [tenant])
        var pairs: [String: Set<String>] = [:]
        for row in 0..<result.rowCount {
            if let first = result.text(row, 0), let second = result.text(row, 1) { pairs[first, default: []].insert(second) }
        }
        return pairs
    }

    private func model() throws -> Set<String> {
        let live = try rows("SELECT id::text FROM timeline_event WHERE tenant_id = $1::integer AND state = 'LIVE'")
        let together = try pairs(
            """
            SELECT e.id, c.id FROM interaction_event e, unnest(ARRAY[interaction_session_id, meeting_id, issue_id]) c (id) WHERE e.tenant_id = $1::integer
            UNION SELECT c.id, e.id FROM interaction_event e, unnest(ARRAY[interaction_session_id, meeting_id, issue_id]) c (id)
            WHERE e.tenant_id = $1::integer AND c.id IS NOT NULL
            """)
        let roles = try pairs("SELECT contact_id, organization_id FROM job_role WHERE tenant_id = $1::integer")
        let contactsOfAddress = try pairs(
            """
            SELECT email_id, contact_id FROM contact_email WHERE tenant_id = $1::integer
            UNION SELECT phone_number_id, contact_id FROM contact_phone_number WHERE tenant_id = $1::integer
            """)
        let organizationsOfAddress = try pairs(
            """
            SELECT email_id, organization_id FROM organization_email WHERE tenant_id = $1::integer
            UNION SELECT phone_number_id, organization_id FROM organization_phone_number WHERE tenant_id = $1::integer
            """)
        let contactOfRole = try pairs("SELECT id, contact_id FROM job_role WHERE tenant_id = $1::integer")
        let organizationOfRole = try pairs("SELECT id, organization_id FROM job_role WHERE tenant_id = $1::integer")
        var found: Set<String> = []
        func show(_ owner: String, _ event: String, withContainers: Bool) {
            for one in withContainers ? (together[event] ?? []).union([event]) : [event] where live.contains(one) {
                found.insert("\(owner) \(one)")
            }
        }
        /// The contact's own, and that of the organizations it works for.
        func show(contact: String, _ event: String) {
            for owner in (roles[contact] ?? []).union([contact]) { show(owner, event, withContainers: true) }
        }
        let result = try connection.run(
            """
            SELECT timeline_event_id, role, subject_id, CASE WHEN contact_id IS NOT NULL THEN 'contact' WHEN organization_id IS NOT NULL THEN 'organization'
            WHEN job_role_id IS NOT NULL THEN 'role' WHEN user_id IS NOT NULL THEN 'user' ELSE 'address' END
            FROM timeline_event_participant WHERE tenant_id = $1::integer
            """, [tenant])
        for row in 0..<result.rowCount {
            let (event, role) = (result.text(row, 0) ?? "", result.text(row, 1) ?? "")
            let (subject, kind) = (result.text(row, 2) ?? "", result.text(row, 3) ?? "")
            let isParty = ["SENT_BY", "SENT_TO", "ATTENDED_BY", "CREATED_BY"].contains(role)
            switch kind {
            case "contact": if isParty || role == "REPORTED_BY" { show(contact: subject, event) }
            case "organization":
                if ["SENT_BY", "SENT_TO", "REPORTED_BY"].contains(role) { show(subject, event, withContainers: false) }
            case "role":
                for owner in contactOfRole[subject] ?? [] where isParty { show(owner, event, withContainers: false) }
                for owner in organizationOfRole[subject] ?? [] where isParty { show(owner, event, withContainers: true) }
            case "address":
                for owner in contactsOfAddress[subject] ?? [] where isParty { show(contact: owner, event) }
                for owner in organizationsOfAddress[subject] ?? [] where isParty { show(owner, event, withContainers: true) }
            default: break
            }
        }
        for (event, owners) in try pairs(
            """
            SELECT id, contact_id FROM note WHERE tenant_id = $1::integer UNION SELECT id, contact_id FROM page_view WHERE tenant_id = $1::integer
            UNION SELECT id, contact_id FROM markdown_event WHERE tenant_id = $1::integer
            """)
        {
            for owner in owners { show(contact: owner, event) }
        }
        for (event, owners) in try pairs(
            """
            SELECT id, organization_id FROM log_entry WHERE tenant_id = $1::integer UNION SELECT id, organization_id FROM note WHERE tenant_id = $1::integer
            UNION SELECT id, organization_id FROM markdown_event WHERE tenant_id = $1::integer
            UNION SELECT a.id, coalesce(a.organization_id, c.organization_id) FROM action a LEFT JOIN invoice i ON i.tenant_id = a.tenant_id AND i.id = a.invoice_id
            LEFT JOIN contract c ON c.tenant_id = a.tenant_id AND c.id = coalesce(a.contract_id, i.contract_id) WHERE a.tenant_id = $1::integer
            """)
        {
            for owner in owners { show(owner, event, withContainers: false) }
        }
        return found
    }
}

/// Random changes of everything that affects timelines.
struct TimelineActor: @unchecked Sendable {
    let tenant: TestTenant
    let organizations: [String]
    let contacts: [String]
    let user: String

    /// A tenant with six contacts at four organizations, and a user.
    static func make() async throws -> TimelineActor {
        let tenant = try await TestTenant.make()
        let organizations = try (0..<4).map { try tenant.organization("Organization \($0)") }
        let contacts = try (0..<6).map { number in
            let made = try tenant.data(
                "mutation { contact_CreateForOrganization(organizationId: \"\(organizations[number % 4])\", input: { name: \"Contact \(number)\", email: { email: \"\(number)@p.example\" } }) { id } }"
            )
            return made.object("contact_CreateForOrganization").text("id")
        }
        let user = UUID().uuidString.lowercased()
        try tenant.database().run(
            "INSERT INTO app_user (tenant_id, id, name) VALUES ($1::integer, $2::uuid, 'User')", [tenant.id, .text(user)])
        return TimelineActor(tenant: tenant, organizations: organizations, contacts: contacts, user: user)
    }

    /// One request.
    /// - Parameter merges: Whether records may be merged and deleted.
    func mutation(_ random: inout RandomSource, merges: Bool) throws -> String {
        func event(_ kind: SQL) throws -> String {
            let found = try tenant.value(
                "SELECT id FROM timeline_event WHERE tenant_id = $1::integer AND kind = $2 ORDER BY md5(id::text || $3) LIMIT 1",
                [.text(kind.text), .text(String(random.next()))])
            return found ?? UUID().uuidString.lowercased()
        }
        let contact = random.pick(contacts)
        let organization = random.pick(organizations)
        let email = "\(Int.random(in: 0..<8, using: &random))@p.example"
        let phone = "+44207946010\(Int.random(in: 0..<4, using: &random))"
        let time =
            "2025-0\(Int.random(in: 1...9, using: &random))-1\(Int.random(in: 0...9, using: &random))T10:00:00.\(Int.random(in: 1..<999_999, using: &random))Z"
        func people() -> String {
            let all = [
                "{ contactID: \"\(random.pick(contacts))\" }", "{ email: \"\(email)\" }", "{ phoneNumber: \"\(phone)\" }",
                "{ userID: \"\(user)\" }",
                "{ email: \"\(random.next())@n.example\" }",
            ]
            return all.filter { _ in random.chance(40) }.joined(separator: ", ")
        }
        switch Int.random(in: 0..<(merges ? 21 : 18), using: &random) {
        case 0, 1:
            let session = random.chance(50) ? ", interactionSession: \"\(try event("INTERACTION_SESSION"))\"" : ""
            let meeting = random.chance(30) ? ", meetingId: \"\(try event("MEETING"))\"" : ""
            return
                "interactionEvent_Create(event: { appSource: \"\", channel: \"EMAIL\", createdAt: \"\(time)\", sentBy: [\(people())], sentTo: [\(people())]\(session)\(meeting) }) { id }"
        case 2: return "interactionSession_Create(session: { name: \"\", status: \"\", appSource: \"\", attendedBy: [\(people())] }) { id }"
        case 3:
            return
                "meeting_Create(meeting: { startedAt: \"\(time)\", attendedBy: [{ contactId: \"\(contact)\" }, { organizationId: \"\(organization)\" }], createdBy: [{ userId: \"\(user)\" }], note: {} }) { id }"
        case 4: return "meeting_LinkAttendedBy(meetingId: \"\(try event("MEETING"))\", participant: { contactId: \"\(contact)\" }) { id }"
        case 5: return "meeting_UnlinkAttendedBy(meetingId: \"\(try event("MEETING"))\", participant: { contactId: \"\(contact)\" }) { id }"
        case 6: return "meeting_Update(meetingId: \"\(try event("MEETING"))\", meeting: { startedAt: \"\(time)\" }) { id }"
        case 7: return "logEntry_CreateForOrganization(organizationId: \"\(organization)\", input: { startedAt: \"\(time)\" })"
        case 8: return "logEntry_Update(id: \"\(try event("LOG_ENTRY"))\", input: { startedAt: \"\(time)\" })"
        case 9:
            return
                "issue_Create(input: { createdAt: \"\(time)\", organizationId: \"\(organization)\", reportedByContactId: \"\(contact)\" }) { id }"
        case 10: return "note_CreateForContact(contactId: \"\(contact)\", input: {}) { id }"
        case 11: return "note_Delete(id: \"\(try event("NOTE"))\") { result }"
        case 12:
            return random.chance(50)
                ? "emailMergeToContact(contactId: \"\(contact)\", input: { email: \"\(email)\" }) { id }"
                : "emailRemoveFromContact(contactId: \"\(contact)\", email: \"\(email)\") { result }"
        case 13:
            return random.chance(50)
                ? "emailMergeToOrganization(organizationId: \"\(organization)\", input: { email: \"\(email)\" }) { id }"
                : "emailRemoveFromOrganization(organizationId: \"\(organization)\", email: \"\(email)\") { result }"
        case 14:
            return random.chance(60)
                ? "phoneNumberMergeToContact(contactId: \"\(contact)\", input: { phoneNumber: \"\(phone)\" }) { id }"
                : "phoneNumberRemoveFromContactByE164(contactId: \"\(contact)\", e164: \"\(phone)\") { result }"
        case 15: return "contact_AddOrganizationById(input: { contactId: \"\(contact)\", organizationId: \"\(organization)\" }) { id }"
        case 16: return "contact_RemoveOrganizationById(input: { contactId: \"\(contact)\", organizationId: \"\(organization)\" }) { id }"
        case 17:
            return
                "organization_UpdateOnboardingStatus(input: { organizationId: \"\(organization)\", status: \(random.chance(50) ? "LATE" : "DONE") }) { id }"
        case 18: return "contact_Merge(primaryContactId: \"\(contact)\", mergedContactIds: [\"\(random.pick(contacts))\"]) { id }"
        case 19:
            return
                "organization_Merge(primaryOrganizationId: \"\(organization)\", mergedOrganizationIds: [\"\(random.pick(organizations))\"]) { id }"
        default:
            return random.chance(30)
                ? "contact_HardDelete(contactId: \"\(contact)\") { result }" : "contact_Hide(contactId: \"\(contact)\") { accepted }"
        }
    }
}
