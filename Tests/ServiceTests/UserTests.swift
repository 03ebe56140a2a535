import CustomerOS
import Foundation
import Postgres
import Testing

extension ServiceSuite {
    @Suite("Users and tenants")
    struct UserTests {
        private static let maya = "01900000-0002-7000-8000-000000000950"
        private static let tom = "01900000-0002-7000-8000-000000000951"

        /// A tenant with the users of `Tests/Fixtures`, and a way to send requests with some roles in it.
        private struct Place {
            let server: TestServer
            let name: String
            let key: String

            init() async throws {
                server = try await TestServer.shared.value
                (name, key) = try server.tenant(with: .users)
            }

            func answer(_ query: String, key: String? = nil, user: String? = nil) throws -> Answer {
                var headers = ["X-Openline-TENANT": name]
                headers["X-Openline-USERNAME"] = user
                return try Answer(server.query(query, key: key ?? self.key, headers: headers))
            }

            func platformKey() throws -> String {
                try server.administration().createKey(tenant: nil, roles: [.platformOwner, .user]).key.secret
            }

            func userKey() throws -> String { try server.administration().createKey(tenant: name, roles: [.user]).key.secret }

            func count(_ sql: SQL) throws -> String? {
                try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString)).run(sql, [.text(name)]).text(0, 0)
            }
        }

        @Test("without rights change no one, themselves included: any key may name any user")
        func itself() async throws {
            let place = try await Place()
            let key = try place.userKey()
            func update(_ id: String, as user: String?) throws -> Answer {
                try place.answer(
                    "mutation { user_Update(input: { id: \"\(id)\", firstName: \"Mine\" }) { firstName } }", key: key, user: user)
            }
            #expect(try update(Self.tom, as: "tom@users.example").codes == ["FORBIDDEN"])
            #expect(try update(Self.maya, as: "tom@users.example").codes == ["FORBIDDEN"])
            #expect(try update(Self.tom, as: nil).codes == ["FORBIDDEN"])
            #expect(try update("nobody", as: "tom@users.example").codes == ["FORBIDDEN"])
            let denied = [
                "user_AddRole(id: \"\(Self.tom)\", role: OWNER) { id }", "user_Delete(id: \"\(Self.tom)\") { result }",
                "user_Create(input: { firstName: \"\", lastName: \"\", email: { email: \"a@b.example\" } }) { id }",
                "customer_user_AddJobRole(id: \"\(Self.tom)\", jobRoleInput: {}) { id }",
                "user_UpdateOnboardingDetails(input: { id: \"\(Self.tom)\" }) { id }",
            ]
            for field in denied { #expect(try place.answer("mutation { \(field) }", key: key).codes == ["FORBIDDEN"], "\(field)") }
        }

        @Test("who were deleted cannot be acted for")
        func deleted() async throws {
            let place = try await Place()
            #expect(try place.answer("mutation { user_Delete(id: \"\(Self.tom)\") { result } }").codes.isEmpty)
            let headers = ["X-Openline-USERNAME": "tom@users.example"]
            #expect(try place.server.query("{ tenant }", key: place.key, headers: headers).status == 401)
        }

        @Test("are changed by the platform's operator in the tenant of the request, and in no other")
        func inTenant() async throws {
            let place = try await Place()
            let key = try place.platformKey()
            func run(_ field: String) throws -> Answer { try place.answer("mutation { \(field) }", key: key) }
            let tenant = "tenant: \"\(place.name)\""
            let added = try run("user_AddRoleInTenant(id: \"\(Self.tom)\", \(tenant), role: OWNER) { roles emails { email } }")
            #expect(added.object("user_AddRoleInTenant").texts("roles") == ["USER", "OWNER"])
            #expect(added.object("user_AddRoleInTenant").objects("emails").count == 1)
            let removed = try run("user_RemoveRoleInTenant(id: \"\(Self.tom)\", \(tenant), role: OWNER) { roles }")
            #expect(removed.object("user_RemoveRoleInTenant").texts("roles") == ["USER"])
            #expect(try run("user_AddRoleInTenant(id: \"\(Self.tom)\", \(tenant), role: PLATFORM_OWNER) { id }").codes == ["FORBIDDEN"])
            #expect(try run("user_AddRoleInTenant(id: \"\(Self.tom)\", tenant: \"demo\", role: OWNER) { id }").codes == ["BAD_USER_INPUT"])
            #expect(try run("user_DeleteInTenant(id: \"\(Self.tom)\", tenant: \"demo\") { result }").codes == ["BAD_USER_INPUT"])
            #expect(try run("user_DeleteInTenant(id: \"\(Self.tom)\", \(tenant)) { result }").codes.isEmpty)
            #expect(try run("user_DeleteInTenant(id: \"\(Self.tom)\", \(tenant)) { result }").codes == ["NOT_FOUND"])
        }

        @Test("lets a user act in a tenant that was granted, and no one see more of others")
        func workspaces() async throws {
            let place = try await Place()
            let key = try place.platformKey()
            let impersonating = try place.server.administration().createKey(tenant: place.name, roles: [.impersonated]).key.secret
            func run(_ field: String, user: String? = nil) throws -> Answer {
                try place.answer("mutation { \(field) }", key: key, user: user)
            }
            func list(_ key: String, user: String?) throws -> [String] {
                try place.answer("{ tenant_impersonateList { tenant } }", key: key, user: user).data.objects("tenant_impersonateList").map {
                    $0.text("tenant")
                }
            }
            #expect(try Set(list(key, user: nil)).isSuperset(of: ["demo", "other", place.name]))
            #expect(try list(impersonating, user: nil) == [])
            #expect(try list(impersonating, user: "tom@users.example") == [])
            let demo = "tenant: \"demo\""
            let access = "authenticatedUserEmail: \"Tom@users.example\""
            let switching = "admin_switchCurrentWorkspace(switchToTenant: \"demo\")"
            #expect(try run(switching).codes == ["NOT_FOUND"])
            #expect(try run(switching, user: "tom@users.example").codes == ["NOT_FOUND"])
            for _ in 1...2 { #expect(try run("admin_addWorkspaceAccess(\(access), \(demo))").body.contains("true")) }
            #expect(try list(impersonating, user: "tom@users.example") == ["demo"])
            // A user of another tenant has the same address.
            let namesake = try await Place()
            let elsewhere = try place.server.administration().createKey(tenant: namesake.name, roles: [.impersonated]).key.secret
            #expect(try list(elsewhere, user: "tom@users.example") == [])
            #expect(try namesake.answer("mutation { \(switching) }", key: key, user: "tom@users.example").codes == ["NOT_FOUND"])
            #expect(try namesake.answer("mutation { admin_removeWorkspaceAccess(\(access), \(demo)) }", key: key).body.contains("false"))
            let details = try place.answer(
                "{ tenant_impersonateList { createdBy personal } }", key: impersonating, user: "tom@users.example")
            #expect(details.body == "{\"data\":{\"tenant_impersonateList\":[{\"createdBy\":\"\",\"personal\":false}]}}")
            #expect(try run("admin_addWorkspaceAccess(\(access), tenant: \"\(place.name)\")").codes.isEmpty)
            #expect(try run("admin_switchCurrentWorkspace(switchToTenant: \"\(place.name)\")", user: "tom@users.example").codes.isEmpty)
            #expect(try run(switching, user: "tom@users.example").codes.isEmpty)
            #expect(
                try place.count("SELECT count(*) FROM workspace_access WHERE user_email = 'tom@users.example' AND is_current AND $1 <> ''")
                    == "1")
            #expect(try run("admin_addWorkspaceAccess(\(access), tenant: \"no such\")").codes == ["NOT_FOUND"])
            #expect(try run("admin_addWorkspaceAccess(authenticatedUserEmail: \"\", \(demo))").codes == ["BAD_USER_INPUT"])
            for given in ["tom", "tom@users.example; ann@users.example"] {
                #expect(try run("admin_addWorkspaceAccess(authenticatedUserEmail: \"\(given)\", \(demo))").codes == ["BAD_USER_INPUT"])
            }
            let named = "authenticatedUserEmail: \"Tom <TOM@users.example>\""
            #expect(try run("admin_addWorkspaceAccess(\(named), \(demo))").body.contains("true"))
            #expect(try run("admin_removeWorkspaceAccess(\(named), \(demo))").body.contains("true"))
            #expect(try run("admin_removeWorkspaceAccess(\(access), \(demo))").body.contains("false"))
            #expect(try run("admin_addWorkspaceAccess(\(access), \(demo))").body.contains("true"))
            #expect(try run("admin_removeWorkspaceAccess(\(access), \(demo))").body.contains("true"))
            #expect(try run("admin_removeWorkspaceAccess(\(access), \(demo))").body.contains("false"))
            let domain = "\(UUID().uuidString.lowercased()).example"
            for _ in 1...2 { #expect(try run("admin_tenant_AddDomainAsWorkspace(domain: \"\(domain)\")").codes.isEmpty) }
            let other = try await Place()
            let taken = try other.answer("mutation { admin_tenant_AddDomainAsWorkspace(domain: \"\(domain)\") }", key: key)
            #expect(taken.codes == ["CONFLICT"])
            for text in ["no domain", "-a.example", "a..example", String(repeating: "a", count: 64) + ".example"] {
                #expect(try run("admin_tenant_AddDomainAsWorkspace(domain: \"\(text)\")").codes == ["BAD_USER_INPUT"])
            }
        }

        /// Any key of a tenant may name any of its users, so the name gives no right to change them.
        @Test("is not changed, nor are their things, by a key of the role USER, whichever user it names")
        func changedByOthers() async throws {
            let server = try await TestServer.shared.value
            let tenant = try DemoTenant(server)
            let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            func usersAndTheirs() throws -> String? {
                try connection.run(
                    """
                    SELECT string_agg(r, ' ' ORDER BY r) FROM tenant t, LATERAL (\
                    SELECT u::text FROM app_user u WHERE u.tenant_id = t.id UNION ALL \
                    SELECT l::text || e.raw_email || e.email FROM user_email l JOIN email e ON e.tenant_id = t.id AND e.id = l.email_id \
                    WHERE l.tenant_id = t.id UNION ALL \
                    SELECT l::text || p.raw_phone_number FROM user_phone_number l \
                    JOIN phone_number p ON p.tenant_id = t.id AND p.id = l.phone_number_id WHERE l.tenant_id = t.id UNION ALL \
                    SELECT j::text FROM job_role j WHERE j.tenant_id = t.id AND j.user_id IS NOT NULL) x (r) WHERE t.name = $1
                    """, [.text(tenant.name)]
                ).text(0, 0)
            }
            let administrator = try tenant.key([.user, .admin, .owner])
            let user = "\(DemoTenant.prefix)2-7000-8000-000000000001"
            let number = "phoneNumber: \"+442079460999\""
            for mutation in [
                "phoneNumberMergeToUser(userId: \"\(user)\", input: { \(number) }) { id }",
                "customer_user_AddJobRole(id: \"\(user)\", jobRoleInput: { jobTitle: \"Sales\" }) { id }",
            ] {
                let answer = try Answer(server.query("mutation { \(mutation) }", key: administrator))
                #expect(answer.codes.isEmpty, "\(answer.body)")
            }
            let phone = try Answer(server.query("{ user(id: \"\(user)\") { phoneNumbers { id } } }", key: administrator)).object("user")
                .objects("phoneNumbers")[0].text("id")
            let before = try usersAndTheirs()
            #expect(before?.contains("Sales") == true && before?.contains("+442079460999") == true)
            let key = try tenant.key([.user])
            let shared = "mutation { phoneNumber_Update(input: { id: \"\(phone)\", phoneNumber: \"+442079460998\" }) { id } }"
            for mutation in RootFields.all.filter({ $0.hasPrefix("mutation") }) + [shared] {
                let answer = try Answer(server.query(mutation, key: key, headers: ["X-Openline-USERNAME": "maya@demo.example"]))
                let field = mutation.dropFirst("mutation { ".count).prefix { $0 != "(" }
                if field.contains("User") || field.hasPrefix("user_") || mutation == shared {
                    #expect(answer.codes == ["FORBIDDEN"], "\(mutation) \(answer.body)")
                }
                #expect(try usersAndTheirs() == before, "\(mutation) \(answer.body)")
            }
            // The same by a key that may.
            let removed = "mutation { emailRemoveFromUser(userId: \"\(user)\", email: \"maya@demo.example\") { result } }"
            #expect(try Answer(server.query(removed, key: administrator)).codes.isEmpty)
            #expect(try usersAndTheirs() != before)
        }

        @Test("goes with everything in it, and with nothing of another's, when a tenant is deleted")
        func hardDelete() async throws {
            let place = try await Place()
            let other = try await Place()
            let key = try place.platformKey()
            for mutation in ["tenant_hardDelete", "admin_tenant_hardDelete"] {
                func delete(_ name: String, _ confirmation: String, key: String) throws -> Answer {
                    try other.answer("mutation { \(mutation)(tenant: \"\(name)\", confirmTenant: \"\(confirmation)\") }", key: key)
                }
                let doomed = try place.server.tenant(with: mutation == "tenant_hardDelete" ? .timeline : .contracts).name
                #expect(try delete(doomed, "other", key: key).codes == ["BAD_USER_INPUT"])
                #expect(try delete("no such", "no such", key: key).codes == ["NOT_FOUND"])
                #expect(try delete(doomed, doomed, key: other.key).codes == ["FORBIDDEN"])
                let answer = try delete(doomed, doomed, key: key)
                #expect(answer.codes.isEmpty, "\(answer.body)")
                #expect(try place.server.administration().tenants().contains { $0.name == doomed } == false)
            }
            #expect(try other.count("SELECT count(*) FROM app_user u JOIN tenant t ON t.id = u.tenant_id WHERE t.name = $1") == "2")
            #expect(try other.count("SELECT count(*) FROM contact u JOIN tenant t ON t.id = u.tenant_id WHERE t.name = $1") == "1")
        }
    }
}
