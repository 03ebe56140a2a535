import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    /// An import loses no record: each key is a separate one, whatever addresses and domains the lines share.
    @Suite("Keys of imports")
    struct ImportKeyTests {
        private static func contact(_ key: String, _ name: String, _ emails: String...) -> String {
            let list = emails.map { "\"\($0)\"" }.joined(separator: ",")
            return #"{"type":"contact","externalId":"\#(key)","name":"\#(name)","emails":[\#(list)]}"#
        }

        private static func organization(_ key: String, _ domains: [String]) -> String {
            let list = domains.map { "\"\($0)\"" }.joined(separator: ",")
            return #"{"type":"organization","externalId":"\#(key)","name":"Org \#(key)","domains":[\#(list)]}"#
        }

        private func names(_ tenant: TestTenant) throws -> [String] {
            try tenant.data("{ contacts(pagination: { page: 1, limit: 100 }, sort: [{ by: \"NAME\" }]) { content { name } } }")
                .object("contacts").objects("content").map { $0.text("name") }
        }

        private func organizationID(_ key: String, _ tenant: TestTenant) throws -> String {
            try tenant.value(
                "SELECT organization_id FROM import_key WHERE tenant_id = $1::integer AND external_id = $2", [.text(key)]) ?? ""
        }

        @Test("two lines with one address are two contacts, even in two files, and a second import changes nothing")
        func sharedAddress() async throws {
            let tenant = try await TestTenant.make()
            let lines = [
                Self.contact("sf-1", "Anna", "office@shared-box.com"), Self.contact("sf-2", "Bert", "OFFICE@shared-box.com"),
            ]
            #expect(try tenant.take(lines).outcome.created == 2)
            #expect(try tenant.take([Self.contact("sf-3", "Carl", "office@shared-box.com")]).outcome.created == 1)
            let before = try tenant.exported()
            #expect(try tenant.take(lines).outcome.unchanged == 2)
            #expect(try tenant.exported() == before)
            #expect(try names(tenant) == ["Anna", "Bert", "Carl"])
        }

        @Test("thousands of lines that share addresses and domains are as many records, within a batch and across batches")
        func thousands() async throws {
            let tenant = try await TestTenant.make()
            let organizations = (0..<600).map { Self.organization("o\($0)", ["shared-\($0 / 2)-of-many.com", "own-\($0)-of-many.com"]) }
            let contacts = (0..<5_000).map {
                Self.contact("c\($0)", "Person \($0)", "office-\($0 % 3)@shared-box.com", "p\($0)@own-box.com")
            }
            let file = try ImportFile(organizations + contacts)
            let first = try tenant.take(file)
            #expect(first.outcome.created == 5_300 && first.outcome.reasons == [.takenDomain: 300])
            for (line, refused) in first.refused {
                let (own, other) = ("o\(line - 1)", "o\(line - 2)")
                #expect(line.isMultiple(of: 2) && refused.externalID == own)
                let domain = "shared-\(line / 2 - 1)-of-many.com"
                #expect(refused.message == "\(own) cannot have the domain \(domain): Org \(other) with the externalId \(other) has it")
            }
            #expect(try tenant.value("SELECT count(DISTINCT name) FROM contact WHERE tenant_id = $1::integer") == "5000")
            let again = try tenant.take(file)
            #expect(again.outcome.created == 0 && again.outcome.changed == 0 && again.outcome.unchanged == 5_300)
            #expect(again.refused.mapValues(\.message) == first.refused.mapValues(\.message))
        }

        @Test("the parts of a file give the same result as the whole, however domains overlap, and the whole changes nothing afterwards")
        func anyOverlap() async throws {
            let owners: SQL = """
                SELECT string_agg(d.domain || ' ' || o.name, ', ' ORDER BY d.domain) FROM organization_domain d JOIN organization o \
                ON o.tenant_id = d.tenant_id AND o.id = d.organization_id WHERE d.tenant_id = $1::integer
                """
            for seed in UInt64(1)...2 {
                var random = RandomSource(seed: seed)
                let lines = (0..<60).map { number in
                    let domains = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                        "d\(Int.random(in: 0..<30, using: &random))-set.com"
                    }
                    return Self.organization("o\(number)", domains)
                }
                let (whole, parts) = (try await TestTenant.make(), try await TestTenant.make())
                for tenant in [whole, parts] {
                    for (name, domains) in [("A", #"["d0-set.com", "d1-set.com"]"#), ("B", #"["d2-set.com"]"#)] {
                        _ = try tenant.data("mutation { organization_Save(input: { name: \"\(name)\", domains: \(domains) }) { id } }")
                    }
                }
                let refused = try whole.take(lines).refused
                for start in stride(from: 0, to: lines.count, by: 15) {
                    let part = try parts.take(Array(lines[start..<start + 15])).refused
                    #expect(
                        part.keys.map { $0 + start }.sorted() == refused.keys.filter { start < $0 && $0 <= start + 15 }.sorted(),
                        "seed \(seed)")
                }
                #expect(try whole.value(owners) == parts.value(owners), "seed \(seed)")
                let again = try whole.take(lines)
                #expect(again.outcome.created == 0 && again.outcome.changed == 0 && again.refused.keys == refused.keys, "seed \(seed)")
            }
        }

        @Test("keys of another system stand for other records, and addresses recognise those that have no key of the system")
        func systems() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.contact(#"{ name: "There", email: { email: "box@systems.com" } }"#)
            let lines = [Self.contact("1", "Anna", "box@systems.com"), Self.contact("2", "Bert", "box@systems.com")]
            #expect(try tenant.take(lines) { $0.system = "HUBSPOT" }.outcome.created == 1)
            #expect(try tenant.take(lines) { $0.system = "HUBSPOT" }.outcome.unchanged == 2)
            // The two are recognised again, each once, and the third is new.
            let others = [Self.contact("2", "Zoe", "box@systems.com"), Self.contact("1", "Yves", "box@systems.com")]
            #expect(try tenant.take(others) { $0.system = "SALESFORCE" }.outcome.changed == 2)
            #expect(try tenant.take([Self.contact("3", "Xaver", "box@systems.com")]) { $0.system = "SALESFORCE" }.outcome.created == 1)
            #expect(try names(tenant) == ["Xaver", "Yves", "Zoe"])
            let keys = try tenant.exported(system: "SALESFORCE").map { String($0.split(separator: "\"")[7]) }
            #expect(keys == ["2", "1", "3"])
            let links = try tenant.value(
                """
                SELECT string_agg(system || ' ' || external_id, ', ' ORDER BY system, external_id) FROM external_link \
                WHERE tenant_id = $1::integer
                """)
            #expect(links == "HUBSPOT 1, HUBSPOT 2, SALESFORCE 1, SALESFORCE 2, SALESFORCE 3")
        }

        @Test("what the API knows by a system's key is found by that key, and by no address under another one")
        func externalLinks() async throws {
            let tenant = try await TestTenant.make()
            _ = try tenant.contact(
                #"{ name: "There", email: { email: "box@links.com" }, externalReference: { type: HUBSPOT, externalId: "h-1" } }"#)
            let lines = [Self.contact("h-2", "Other", "box@links.com"), Self.contact("h-1", "Found", "new@links.com")]
            let result = try tenant.take(lines) { $0.system = "HUBSPOT" }
            #expect(result.outcome.created == 1 && result.outcome.changed == 1)
            #expect(try names(tenant) == ["Found", "Other"])
            #expect(try tenant.take([Self.organization("h-9", ["links-of-ours.com"])]) { $0.system = "HUBSPOT" }.outcome.created == 1)
            let links = try tenant.data("{ organizations { content { externalLinks { type externalId } } } }")
                .object("organizations").objects("content").flatMap { $0.objects("externalLinks") }
            #expect(links.map { "\($0.text("type")) \($0.text("externalId"))" } == ["HUBSPOT h-9"])
        }

        @Test("a record named by its id is no other key's, in either order")
        func byID() async throws {
            let tenant = try await TestTenant.make()
            let id = try tenant.contact(#"{ name: "There", email: { email: "box@ids.com" } }"#)
            let result = try tenant.take([Self.contact("k", "New", "box@ids.com"), Self.contact(id, "There", "box@ids.com")])
            #expect(result.outcome.created == 1 && result.outcome.unchanged == 1)
            #expect(try tenant.take([Self.contact("l", "Newer", "box@ids.com")]).outcome.created == 1)
            #expect(try names(tenant) == ["New", "Newer", "There"])
        }

        @Test(
            "the lines of merged records add to the one that stays, and change nothing when repeated",
            arguments: ["contact", "organization"])
        func merged(_ kind: String) async throws {
            let tenant = try await TestTenant.make()
            let lines = ["a", "b", "c"].map {
                #"{"type":"\#(kind)","externalId":"\#($0)","name":"Name \#($0)","description":"About \#($0)","tags":["\#($0)"]}"#
            }
            _ = try tenant.take(lines)
            let key: SQL = """
                SELECT coalesce(contact_id, organization_id) FROM import_key WHERE tenant_id = $1::integer AND external_id = $2
                """
            let ids = try ["b", "a", "c"].map { "\"\(try tenant.value(key, [.text($0)]) ?? "")\"" }
            _ = try tenant.data(
                kind == "contact"
                    ? "mutation { contact_Merge(primaryContactId: \(ids[0]), mergedContactIds: [\(ids[1]), \(ids[2])]) { id } }"
                    : "mutation { organization_Merge(primaryOrganizationId: \(ids[0]), mergedOrganizationIds: [\(ids[1]), \(ids[2])]) { id } }"
            )
            let again = try tenant.take(lines).outcome
            #expect(again.created == 0 && again.changed == 0 && again.unchanged == 3)
            #expect(try tenant.take(lines.map { $0.replacing("Name", with: "New") }).outcome.changed == 1)
            let exported = try tenant.exported()
            #expect(exported.count == 1 && exported[0].contains(#""name":"New b""#), "\(exported)")
            #expect(exported[0].contains(#""externalId":"b""#) && exported[0].contains(#""tags":["a","b","c"]"#), "\(exported)")
        }

        @Test("concurrent imports and merges lose no role, domain or opportunity")
        func races() async throws {
            let tenant = try await TestTenant.make()
            let numbers = 0..<24
            let lines =
                numbers.map { Self.organization("o\($0)", ["race-\($0)-a.com", "race-\($0)-b.com"]) }
                + numbers.map {
                    #"{"type":"contact","externalId":"c\#($0)","name":"C","roles":[{"organization":"o\#($0)","jobTitle":"J"}]}"#
                } + numbers.map { #"{"type":"opportunity","externalId":"d\#($0)","organization":"o\#($0)","name":"D"}"# }
            _ = try tenant.take(Array(lines.prefix(24)))
            let ids = try numbers.map { try organizationID("o\($0)", tenant) }
            let answers = await Clients.run(4) { client in
                try (0..<6).map { round in
                    guard client > 0 else {
                        let run = try tenant.take(lines.map { $0.replacing("\"J\"", with: "\"J\(round)\"") })
                        return "\(run.refused.mapValues(\.message))"
                    }
                    let (into, from) = (ids[(client * 8 + round) % 24], ids[(client * 8 + round + 5) % 24])
                    return try tenant.answer(
                        "mutation { organization_Merge(primaryOrganizationId: \"\(into)\", mergedOrganizationIds: [\"\(from)\"]) { id } }"
                    ).codes.joined(separator: ",")
                }
            }
            #expect(answers.count == 4 && answers.first?.allSatisfy { $0 == "[:]" } == true, "\(answers)")
            #expect(Set(answers.dropFirst().joined()).isSubset(of: ["", "NOT_FOUND"]), "\(answers)")
            for table: SQL in ["organization_domain", "job_role", "opportunity", "import_key"] {
                let lost = try tenant.value(
                    """
                    SELECT count(*) FROM \(table) r JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id \
                    WHERE r.tenant_id = $1::integer AND o.state = 'MERGED'
                    """)
                #expect(lost == "0", "\(table.text)")
            }
            #expect(try tenant.value("SELECT count(*) FROM organization_domain WHERE tenant_id = $1::integer") == "48")
            #expect(try tenant.value("SELECT count(DISTINCT contact_id) FROM job_role WHERE tenant_id = $1::integer") == "24")
            #expect(try tenant.value("SELECT count(organization_id) FROM opportunity WHERE tenant_id = $1::integer") == "24")
        }
    }
}
