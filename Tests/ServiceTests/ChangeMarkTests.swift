import CustomerOS
import Foundation
import GraphQL
import Postgres
import Testing

extension ServiceSuite {
    /// `updatedAt` of contacts and organizations, by which clients ask for changes. The schema says what belongs to
    /// them.
    @Suite("The time of the last change")
    struct ChangeMarkTests {
        @Test("moves with anything a mutation changes of a contact or an organization, and with nothing else")
        func everyMutation() async throws {
            let server = try await TestServer.shared.value
            let mutations = RootFields.all.filter { $0.hasPrefix("mutation") }
            var effective: Set<String> = []
            var records = try Records(server)
            for mutation in mutations {
                let field = String(mutation.dropFirst("mutation { ".count).prefix { $0 != "(" && $0 != " " })
                // What an earlier mutation removed is needed again.
                if !records.areWhole { records = try Records(server) }
                for _ in 1...2 {
                    let before = records.seen
                    try records.run(mutation)
                    for (id, now) in records.seen {
                        guard let earlier = before[id] else { continue }
                        let hasChanged = now.theirs != earlier.theirs
                        let hasMoved = now.updatedAt != earlier.updatedAt
                        if hasChanged { effective.insert(field) }
                        // A deleted user owns nothing visible: that is a change of the user.
                        #expect(
                            hasMoved || !hasChanged || field == "user_Delete", "\(field) changed \(id):\n\(earlier.theirs)\n\(now.theirs)")
                        // Repeating what is already known may count as a change of what is named, and of nothing else.
                        #expect(!hasMoved || hasChanged || mutation.contains(id.suffix(24)), "\(field) did not change \(id)")
                        #expect(now.updatedAt >= earlier.updatedAt, "\(field) set the time of \(id) back")
                    }
                }
            }
            // The mutations have something to change.
            let expected: Set = [
                "organization_Save", "organization_AddDomain", "organization_RemoveDomain", "organization_SetOwner", "organization_Merge",
                "contact_Update", "contact_Merge", "contact_AddOrganizationById", "contact_RemoveOrganizationById", "emailMergeToContact",
                "emailMergeToOrganization", "emailRemoveFromContact", "emailRemoveFromOrganization", "phoneNumberMergeToContact",
                "phoneNumberMergeToOrganization", "jobRole_Create", "contact_AddNewLocation", "organization_AddNewLocation",
                "contact_AddSocial", "organization_AddSocial",
            ]
            #expect(effective.isSuperset(of: expected), "\(expected.subtracting(effective).sorted())")
        }

        /// What several records share, and what has moved from one to another.
        @Test("moves for all owners of shared records, for both sides of a merge, and not for an empty change")
        func shared() async throws {
            let tenant = try await TestTenant.make()
            let (first, second) = (try tenant.organization("First"), try tenant.organization("Second"))
            let contact = try tenant.contact("{ name: \"Ann\" }")
            func times() throws -> [String] {
                let data = try tenant.data(
                    """
                    { a: organization(id: "\(first)") { updatedAt } b: organization(id: "\(second)") { updatedAt } \
                    c: contact(id: "\(contact)") { updatedAt } }
                    """)
                return ["a", "b", "c"].map { data.object($0).text("updatedAt") }
            }
            /// Which of the three moved.
            func moved(_ mutation: String) throws -> [Bool] {
                let before = try times()
                _ = try tenant.data("mutation { \(mutation) }")
                return zip(before, try times()).map { $0 != $1 }
            }
            let place = try tenant.data("mutation { a: organization_AddNewLocation(organizationId: \"\(first)\") { id } }").object("a")
                .text("id")
            try tenant.database().run(
                "INSERT INTO contact_location (tenant_id, contact_id, location_id) VALUES ($1::integer, $2::uuid, $3::uuid)",
                [tenant.id, .text(contact), .text(place)])
            #expect(try moved("location_Update(input: { id: \"\(place)\", name: \"Hall\" }) { id }") == [true, false, true])
            let tag = "tag: { name: \"gold\" }"
            #expect(try moved("organization_AddTag(input: { organizationId: \"\(first)\", \(tag) }) { accepted }") == [true, false, false])
            #expect(
                try moved("organization_AddTag(input: { organizationId: \"\(first)\", \(tag) }) { accepted }") == [false, false, false])
            #expect(try moved("contact_AddTag(input: { contactId: \"\(contact)\", \(tag) }) { accepted }") == [false, false, true])
            let relatives = "organizationId: \"\(first)\", subsidiaryId: \"\(second)\""
            #expect(try moved("organization_AddSubsidiary(input: { \(relatives) }) { id }") == [true, true, false])
            #expect(try moved("organization_RemoveSubsidiary(\(relatives)) { id }") == [true, true, false])
            let id = try tenant.data("{ tags { id } }").objects("tags")[0].text("id")
            #expect(try moved("tag_Update(input: { id: \"\(id)\", colorCode: \"#fff\" }) { id }") == [true, false, true])
            #expect(try moved("tag_Update(input: { id: \"\(id)\", colorCode: \"#fff\" }) { id }") == [false, false, false])
            #expect(
                try moved("contact_RemoveTag(input: { contactId: \"\(contact)\", tag: { id: \"\(id)\" } }) { accepted }") == [
                    false, false, true,
                ])
            #expect(
                try moved("contact_RemoveTag(input: { contactId: \"\(contact)\", tag: { id: \"\(id)\" } }) { accepted }") == [
                    false, false, false,
                ])
            let number = "phoneNumber: \"+442079460777\""
            #expect(
                try moved("phoneNumberMergeToOrganization(organizationId: \"\(first)\", input: { \(number) }) { id }") == [
                    true, false, false,
                ])
            #expect(try moved("phoneNumberMergeToContact(contactId: \"\(contact)\", input: { \(number) }) { id }") == [false, false, true])
            let phone = try tenant.data("{ contact(id: \"\(contact)\") { phoneNumbers { id } } }").object("contact").objects(
                "phoneNumbers")[0]
            #expect(
                try moved("phoneNumber_Update(input: { id: \"\(phone.text("id"))\", phoneNumber: \"+442079460778\" }) { id }")
                    == [true, false, true])
            #expect(
                try moved("jobRole_Create(contactId: \"\(contact)\", input: { organizationId: \"\(second)\" }) { id }") == [
                    false, true, true,
                ])
            #expect(
                try moved("organization_Merge(primaryOrganizationId: \"\(first)\", mergedOrganizationIds: [\"\(second)\"]) { id }")
                    == [true, true, true])
            #expect(try moved("tag_Delete(id: \"\(id)\") { result }") == [true, false, false])
        }

        @Test(
            "never goes back, even for a change whose transaction began before a later one committed",
            arguments: ["contact", "organization"])
        func order(_ kind: String) async throws {
            let tenant = try await TestTenant.make()
            let id = try kind == "contact" ? tenant.contact("{ name: \"Ann\" }") : tenant.organization("First")
            let table: SQL = kind == "contact" ? "contact" : "organization"
            let early = try tenant.database(), late = try tenant.database()
            let time: SQL = "SELECT updated_at::text FROM \(table) WHERE tenant_id = $1::integer AND id = $2::uuid"
            try early.run("BEGIN")
            try early.run("SELECT now()")
            try late.run("UPDATE \(table) SET updated_at = now() WHERE tenant_id = $1::integer AND id = $2::uuid", [tenant.id, .text(id)])
            let seen = try #require(try late.run(time, [tenant.id, .text(id)]).text(0, 0))
            try early.run("UPDATE \(table) SET updated_at = now() WHERE tenant_id = $1::integer AND id = $2::uuid", [tenant.id, .text(id)])
            try early.run("COMMIT")
            let after = try #require(
                try late.run(
                    "SELECT updated_at > $3::timestamptz FROM \(table) WHERE tenant_id = $1::integer AND id = $2::uuid",
                    [tenant.id, .text(id), .text(seen)]
                ).text(0, 0))
            #expect(after == "t")
        }

        /// A table that refers to contacts or organizations holds what belongs to them, or is listed here with the
        /// reason.
        @Test("is kept by every table that holds what belongs to them")
        func tables() async throws {
            let server = try await TestServer.shared.value
            let rows = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString)).run(
                """
                SELECT DISTINCT k.conrelid::regclass::text FROM pg_constraint k WHERE k.contype = 'f' \
                AND k.confrelid IN ('contact'::regclass, 'organization'::regclass) AND k.connamespace = current_schema()::regnamespace \
                AND (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = k.conrelid AND NOT t.tgisinternal \
                AND t.tgfoid::regproc::text LIKE 'mark_%') < 1 ORDER BY 1
                """)
            let others: Set = [
                // Their own state says it all.
                "contact", "organization",
                // Independent records with their own times.
                "contract", "opportunity", "billing_profile", "invoice", "reminder", "flow_participant", "timeline_event", "note",
                "log_entry",
                "issue", "meeting", "action", "markdown_event", "page_view", "analysis", "comment", "task", "task_organization",
                "timeline_event_participant", "interaction_event", "interaction_session",
                // Stored for reading, or for imports.
                "contact_timeline", "organization_timeline", "import_key",
            ]
            let unmarked = (0..<rows.rowCount).compactMap { rows.text($0, 0) }
            #expect(unmarked.filter { !others.contains($0) } == [])
        }

        @Test("of seeded records is what the records say")
        func seeded() async throws {
            let tenant = try await SeededTenants.small.value
            #expect(try tenant.value("SELECT count(*) FROM contact WHERE tenant_id = $1::integer AND updated_at > '2026-06-01'") == "0")
        }
    }
}

/// The first contacts and organizations of a tenant, as the API shows them: the mutations name two of each.
private final class Records {
    /// One of them.
    struct Record {
        let updatedAt: String
        /// The JSON of everything that belongs to it.
        let theirs: String
    }

    private(set) var seen: [String: Record] = [:]
    private let tenant: DemoTenant
    private let key: String
    private let platformKey: String
    private let ids: [(field: String, id: String)]
    private let selections: [String: String]

    init(_ server: TestServer) throws {
        tenant = try DemoTenant(server, own: "01920000-000")
        key = try tenant.key([.user, .admin, .owner])
        platformKey = try server.administration().createKey(tenant: nil, roles: [.platformOwner]).key.secret
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        var ids: [(String, String)] = []
        for (field, table) in [("contact", "contact"), ("organization", "organization")] as [(String, SQL)] {
            let rows = try connection.run(
                "SELECT r.id FROM \(table) r JOIN tenant t ON t.id = r.tenant_id WHERE t.name = $1 ORDER BY r.id LIMIT 4",
                [.text(tenant.name)])
            ids += (0..<rows.rowCount).compactMap { rows.text($0, 0) }.map { (field, $0) }
        }
        self.ids = ids
        let schema = try API.executableSchema().schema
        selections = try Dictionary(
            uniqueKeysWithValues: ["contact", "organization"].map { field in
                guard case .object(let type)? = schema.queryType.field(field)?.type.namedType else { throw CancellationError() }
                return (field, Self.selection(type))
            })
        try look()
    }

    /// Whether the records that the mutations name are still visible.
    var areWhole: Bool { ["0", "1"].allSatisfy { seen["\(tenant.own)\($0)-7000-8000-000000000001"] != nil } }

    func run(_ mutation: String) throws {
        let text = mutation.replacingOccurrences(of: DemoTenant.prefix, with: tenant.own).replacingOccurrences(
            of: "\"demo\"", with: "\"no such tenant\"")
        _ = try tenant.server.query(text, key: key)
        try look()
    }

    private func look() throws {
        let fields = ids.enumerated().map {
            "r\($0.offset): \($0.element.field)(id: \"\($0.element.id)\") { id updatedAt theirs: __typename \(selections[$0.element.field] ?? "") }"
        }
        seen = [:]
        let answer = try Answer(tenant.server.query("{ \(fields.joined(separator: " ")) }", key: key))
        try #require(answer.codes.isEmpty, "\(answer.body.prefix(2000))")
        for case var record as [String: Any] in answer.data.values {
            let (id, time) = (record.text("id"), record.text("updatedAt"))
            record["updatedAt"] = nil
            seen[id] = Record(
                updatedAt: time,
                theirs: String(decoding: try JSONSerialization.data(withJSONObject: record, options: .sortedKeys), as: UTF8.self))
        }
    }

    /// Independent records with their own times, and what is derived from them.
    private static let others: Set = [
        "Contact", "Organization", "Opportunity", "Contract", "OrganizationWithJobRole", "IssueSummaryByStatus",
    ]
    private static let derived: Set = [
        "updatedAt", "accountDetails", "contactCount", "timelineEventsTotalCount", "inboundCommsCount", "outboundCommsCount",
        "lastTouchPointAt",
        "lastTouchPointType", "lastTouchPointTimelineEventId", "connectedUsers",
        // Relatives that are hidden are not listed, and that is their own change.
        "subsidiaries", "parentCompanies", "subsidiaryOf",
    ]

    /// All values of a type and of what belongs to it.
    private static func selection(_ type: ObjectType, depth: Int = 0) -> String {
        type.fields.compactMap { field -> String? in
            guard !field.arguments.contains(where: \.isRequired), !derived.contains(field.name) else { return nil }
            let inner = field.type.namedType
            if inner.isLeaf { return field.name }
            guard case .object(let object) = inner, !others.contains(object.name), !object.name.hasSuffix("Page"), depth < 1 else {
                return nil
            }
            if object.name == "User" { return "\(field.name) { id }" }
            let members = object.name.hasPrefix("Linked") ? "organization { id } type" : selection(object, depth: depth + 1)
            return members.isEmpty ? nil : "\(field.name) { \(members) }"
        }.joined(separator: " ")
    }
}
