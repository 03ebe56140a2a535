import Foundation
import TestSupport
import Testing

extension ServiceSuite {
    /// Pages of contacts over random data, compared with a model that is independent of the database.
    @Suite("Pages of contacts")
    struct ContactPageTests {
        /// A contact as the documentation says it must be.
        struct Model {
            var id = ""
            var texts: [String: String] = [:]
            var created = ""
            var updated = ""
            var isListed = true
            var organizations: Set<Int> = []

            /// The value of a sort key: lower case unless it matters.
            func value(_ key: String, caseSensitive: Bool) -> String {
                switch key {
                case "CREATED_AT": return Model.sortable(created)
                case "UPDATED_AT": return Model.sortable(updated)
                case "HIDE": return ""
                default:
                    let text = texts[key] ?? ""
                    return caseSensitive ? text : text.lowercased()
                }
            }

            /// RFC 3339 with a fraction of any length, in an order of characters.
            static func sortable(_ time: String) -> String {
                let parts = time.dropLast().split(separator: ".")
                let fraction = parts.count > 1 ? String(parts[1]) : ""
                return parts[0] + "." + fraction + String(repeating: "0", count: 6 - fraction.count)
            }
        }

        struct Sort {
            let key: String
            let isDescending: Bool
            let caseSensitive: Bool

            var text: String {
                "{ by: \"\(key.lowercased())\", direction: \(isDescending ? "DESC" : "ASC"), caseSensitive: \(caseSensitive) }"
            }
        }

        static let textKeys = [
            "PREFIX": "prefix", "NAME": "name", "FIRST_NAME": "firstName", "LAST_NAME": "lastName", "DESCRIPTION": "description",
            "TIMEZONE": "timezone", "PROFILE_PHOTO_URL": "profilePhotoUrl", "USERNAME": "username",
        ]
        static let keys = textKeys.keys.sorted() + ["CREATED_AT", "UPDATED_AT", "HIDE"]

        @Test("are those of the model, whatever the order and the page", arguments: [1, 2])
        func pages(_ seed: UInt64) async throws {
            var random = RandomSource(seed: seed)
            let tenant = try await TestTenant.make()
            let organizations = try (0..<4).map { try tenant.organization("Organization \($0)") }
            let models = try populate(tenant, organizations, &random)
            for _ in 0..<150 {
                let keys = Self.keys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
                let sorts = keys.map {
                    Sort(key: $0, isDescending: Bool.random(using: &random), caseSensitive: Bool.random(using: &random))
                }
                let page = Int.random(in: -1...8, using: &random)
                let limit = Int.random(in: -1...40, using: &random)
                let arguments = "pagination: { page: \(page), limit: \(limit) }, sort: [\(sorts.map(\.text).joined(separator: ", "))]"
                let selection = "{ totalElements totalPages content { id } }"

                let listed = ordered(models.filter(\.isListed), sorts)
                let all = try tenant.data("{ contacts(\(arguments)) \(selection) }")
                check(all.object("contacts"), listed, page, limit, arguments)

                let place = Int.random(in: 0..<organizations.count, using: &random)
                let some = try tenant.data("{ organization(id: \"\(organizations[place])\") { contacts(\(arguments)) \(selection) } }")
                let here = listed.filter { $0.organizations.contains(place) }
                check(some.object("organization").object("contacts"), here, page, limit, arguments)
            }
        }

        private func check(_ found: [String: Any], _ expected: [Model], _ page: Int, _ limit: Int, _ arguments: String) {
            let size = limit > 0 ? limit : 10
            let content = expected.dropFirst((max(1, page) - 1) * size).prefix(size).map(\.id)
            #expect(found.objects("content").map { $0.text("id") } == content, "\(arguments)")
            #expect(found.number("totalElements") == expected.count)
            #expect(found.number("totalPages") == (expected.count + size - 1) / size)
        }

        private func ordered(_ models: [Model], _ sorts: [Sort]) -> [Model] {
            let tie = sorts.last?.isDescending ?? false
            return models.sorted { left, right in
                for sort in sorts {
                    let (a, b) = (
                        left.value(sort.key, caseSensitive: sort.caseSensitive), right.value(sort.key, caseSensitive: sort.caseSensitive)
                    )
                    if Array(a.utf8) != Array(b.utf8) { return a.utf8.lexicographicallyPrecedes(b.utf8) != sort.isDescending }
                }
                let (a, b) = (Model.sortable(left.created) + left.id, Model.sortable(right.created) + right.id)
                return a.utf8.lexicographicallyPrecedes(b.utf8) != tie
            }
        }

        private func populate(_ tenant: TestTenant, _ organizations: [String], _ random: inout RandomSource) throws -> [Model] {
            let words = [
                "", "a", "A", "b", "B", "é", "É", "e", "Öberg", "öberg", "van Dijk", "Van Dijk", "_", "1", "Zed", "zed", "~", "\u{1F600}",
            ]
            var models: [Model] = []
            for number in 0..<110 {
                var given: [String: String] = [:]
                for (key, member) in Self.textKeys where Bool.random(using: &random) || key == "NAME" && number % 3 == 0 {
                    let texts = key == "TIMEZONE" ? ["", "Europe/Berlin", "Africa/Lagos", "UTC", "Asia/Tokyo"] : words
                    given[member] = texts.randomElement(using: &random) ?? ""
                }
                var members = try given.map { "\($0): \(try jsonText($1))" }
                // Few distinct times, so that many contacts differ by their ids alone.
                if Bool.random(using: &random) {
                    members.append("createdAt: \"2025-03-0\(Int.random(in: 1...4, using: &random))T10:00:00Z\"")
                }
                var model = Model()
                for (key, member) in Self.textKeys { model.texts[key] = given[member] ?? "" }
                complete(&model)
                model.id = try tenant.contact("{ \(members.joined(separator: ", ")) }")
                for place in organizations.indices where Int.random(in: 0..<3, using: &random) == 0 {
                    let input = "{ contactId: \"\(model.id)\", organizationId: \"\(organizations[place])\" }"
                    _ = try tenant.data("mutation { contact_AddOrganizationById(input: \(input)) { id } }")
                    model.organizations.insert(place)
                }
                switch Int.random(in: 0..<12, using: &random) {
                case 0:
                    _ = try tenant.data("mutation { contact_Hide(contactId: \"\(model.id)\") { accepted } }")
                    model.isListed = false
                case 1:
                    _ = try tenant.data("mutation { contact_Archive(contactId: \"\(model.id)\") { result } }")
                    model.isListed = false
                case 2:
                    _ = try tenant.data("mutation { contact_HardDelete(contactId: \"\(model.id)\") { result } }")
                    model.isListed = false
                default: break
                }
                models.append(model)
            }
            for index in models.indices where models[index].isListed {
                let contact = try tenant.data("{ contact(id: \"\(models[index].id)\") { createdAt updatedAt name firstName lastName } }")
                    .object("contact")
                models[index].created = contact.text("createdAt")
                models[index].updated = contact.text("updatedAt")
                for key in ["NAME", "FIRST_NAME", "LAST_NAME"] {
                    #expect(contact.text(Self.textKeys[key] ?? "") == models[index].texts[key])
                }
            }
            return models
        }

        /// What is derived from the given names.
        private func complete(_ model: inout Model) {
            let name = model.texts["NAME"] ?? ""
            let parts = [model.texts["FIRST_NAME"] ?? "", model.texts["LAST_NAME"] ?? ""].filter { !$0.isEmpty }
            if parts.isEmpty {
                let words = name.split(separator: " ", maxSplits: 1).map(String.init)
                model.texts["FIRST_NAME"] = words.first ?? ""
                model.texts["LAST_NAME"] = words.count > 1 ? words[1] : ""
            } else if name.isEmpty {
                model.texts["NAME"] = parts.joined(separator: " ")
            }
        }
    }
}
