import Foundation
import Testing

extension ServiceSuite {
    @Suite("The names of a contact")
    struct ContactNameTests {
        /// What was given on creation, what a change gives, and the three names afterwards.
        static let cases: [(created: String, changed: String?, name: String, first: String, last: String)] = [
            ("name: \"Dana Buyer\"", nil, "Dana Buyer", "Dana", "Buyer"),
            ("name: \"  Dana   van  Buyer \"", nil, "Dana van Buyer", "Dana", "van Buyer"),
            ("name: \"Madonna\"", nil, "Madonna", "Madonna", ""),
            ("firstName: \"Dana\", lastName: \"Buyer\"", nil, "Dana Buyer", "Dana", "Buyer"),
            ("lastName: \"Buyer\"", nil, "Buyer", "", "Buyer"),
            ("name: \"DB\", firstName: \"Dana\", lastName: \"Buyer\"", nil, "DB", "Dana", "Buyer"),
            ("name: \"DB\", firstName: \"Dana\"", nil, "DB", "Dana", ""),
            ("", nil, "", "", ""),
            ("name: \"Dana Buyer\"", "name: \"Nora Seller\"", "Nora Seller", "Nora", "Seller"),
            ("name: \"Dana Buyer\"", "lastName: \"Seller\"", "Dana Seller", "Dana", "Seller"),
            ("name: \"Dana Buyer\"", "name: \"\"", "", "", ""),
            ("name: \"Dana Buyer\"", "name: \"Nora Seller\", firstName: \"N.\"", "Nora Seller", "N.", "Seller"),
            ("firstName: \"Dana\", lastName: \"Buyer\"", "firstName: \"Nora\"", "Nora Buyer", "Nora", "Buyer"),
            ("firstName: \"Dana\", lastName: \"Buyer\"", "firstName: null, lastName: \"\"", "Dana", "Dana", ""),
            ("name: \"DB\", firstName: \"Dana\", lastName: \"Buyer\"", "firstName: \"Nora\"", "DB", "Nora", "Buyer"),
            ("name: \"DB\", firstName: \"Dana\", lastName: \"Buyer\"", "name: \"X Y\"", "X Y", "Dana", "Buyer"),
            ("", "lastName: \"Buyer\"", "Buyer", "", "Buyer"),
            ("name: \"Dana Buyer\"", "prefix: \"Ms\"", "Dana Buyer", "Dana", "Buyer"),
        ]

        @Test("follow from each other, and what was given stays", arguments: cases.indices)
        func names(_ index: Int) async throws {
            let (created, changed, name, first, last) = Self.cases[index]
            let tenant = try await TestTenant.make()
            let id = try tenant.contact("{ \(created) }")
            if let changed { _ = try tenant.data("mutation { contact_Update(input: { id: \"\(id)\", \(changed) }) { id } }") }
            let contact = try tenant.data("{ contact(id: \"\(id)\") { name firstName lastName } }").object("contact")
            #expect([contact.text("name"), contact.text("firstName"), contact.text("lastName")] == [name, first, last])
        }

        @Test("are guessed from an address, unless it identifies no one")
        func addresses() async throws {
            let tenant = try await TestTenant.make()
            let people = [
                "jane.doe@x.example": "Jane Doe", "JANE_van-dijk7@x.example": "Jane Van Dijk", "jd+news@x.example": "Jd", "7@x.example": "",
                "élodie.b@x.example": "Élodie B", "o'neil@x-y.example": "O'neil", "infora@x.example": "Infora",
            ]
            let nobody = [
                "", " ", "x", "@x.example", "a@", "a@b", "a b@x.example", "a@x..example", "a..b@x.example", ".a@x.example", "a@-x.example",
                "a@@x.example",
                "a@x.1", "\"a b\"@x.example", "a@x.example,b@x.example", "info@x.example", "Sales@x.example", "customer-service@x.example",
                "hr+x@x.example",
                "no-reply@x.example", "noreply@x.example", "do_not_reply@x.example", "mailer-daemon@x.example", "bounce-123-abc@x.example",
                "notifications@x.example", String(repeating: "a", count: 65) + "@x.example",
            ]
            let inputs = try (people.keys.sorted() + nobody).map(jsonText).joined(separator: ", ")
            let made = try tenant.data("mutation { contact_CreateBulkByEmailV2(emails: [\(inputs)]) { createdIds failedInputs } }")
                .object("contact_CreateBulkByEmailV2")
            #expect(made.texts("failedInputs") == nobody.filter { !$0.isEmpty })
            #expect(made.texts("createdIds").count == people.count)
            for (address, name) in people {
                let contact = try tenant.data(
                    "query($a: String!) { contact_ByEmail(email: $a) { name primaryEmail { rawEmail } } }",
                    variables: "{\"a\":\(try jsonText(address))}"
                )
                .object("contact_ByEmail")
                #expect(contact.text("name") == name, "\(address)")
                #expect(contact.object("primaryEmail").text("rawEmail") == address.lowercased())
            }
        }
    }
}
