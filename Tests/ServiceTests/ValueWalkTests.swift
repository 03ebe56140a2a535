import Foundation
import GraphQL
import Postgres
import Testing

@testable import CustomerOS

extension ServiceSuite.OneByOne.Walks {
    /// Generated from the schema: every time and number that a client can give is checked against its rule without
    /// being named here.
    @Suite("Values, place by place,")
    struct ValueWalkTests {
        private static let bounds: [String: Bounds] = [
            "amount": Amount.bounds, "percent": .percent, "quantity": .quantity, "employees": .employees, "months": .months, "days": .days,
            "year": .year, "bytes": .bytes, "latitude": .latitude, "longitude": .longitude, "offset": .offset,
        ]

        // MARK: Times

        private struct TimePlace: Sendable, CustomTestStringConvertible {
            let places: TextPlaces
            let isDay: Bool

            var testDescription: String { places.label }

            static let all = ["Time", "before", "day"].flatMap { kind in
                ((try? TextPlaces.all(.values(kind: kind))) ?? []).map { TimePlace(places: $0, isDay: kind == "day") }
            }
        }

        @Test(
            "refuse times outside the years 1 to 9999 in UTC, and accept the first and the last", arguments: TimePlace.all)
        private func times(_ place: TimePlace) async throws {
            let tenant = try await DemoCaller.shared.value
            let places = place.places
            for variables in places.variables {
                for moment in [
                    "0001-01-01T00:00:00+01:00", "0000-12-31T23:59:59.9999994Z", "9999-12-31T23:30:00-05:00", "9999-12-31T23:59:60Z",
                    "9999-12-31T23:59:59.9999995Z", "9999-12-31T23:59:59-23:59",
                ] {
                    let answer = try tenant.answer(
                        places.document, variables: variables.replacingOccurrences(of: TextPlaces.mark, with: "\"\(moment)\""))
                    #expect(answer.codes == ["BAD_USER_INPUT"], "\(moment) \(variables) \(answer.body)")
                    #expect(answer.body.contains("must be in the years 1 to 9999 of UTC"), "\(moment) \(variables) \(answer.body)")
                    #expect(answer.body.contains("\"reason\":\"OUT_OF_RANGE\"") && answer.body.contains("\"field\":\""), "\(answer.body)")
                }
                for moment in ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "0001-01-01T01:00:00+01:00"] {
                    let answer = try tenant.answer(
                        places.document, variables: variables.replacingOccurrences(of: TextPlaces.mark, with: "\"\(moment)\""))
                    #expect(!answer.body.contains("OUT_OF_RANGE") && !answer.codes.contains("INTERNAL"), "\(moment) \(answer.body)")
                }
                let date = try tenant.answer(
                    places.document, variables: variables.replacingOccurrences(of: TextPlaces.mark, with: "\"2031-05-01\""))
                #expect(date.body.contains("must be an RFC 3339 date-time") == !place.isDay, "\(variables) \(date.body)")
            }
        }

        @Test("are complete: every time of the schema is among them")
        func timesAreFound() throws {
            let count = TimePlace.all.reduce(0) { $0 + $1.places.variables.count }
            #expect(count >= 40, "\(count)")
        }

        @Test("at the bounds come back as given", arguments: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z"])
        func readBack(_ moment: String) async throws {
            let tenant = try await TestTenant.make()
            let created = try tenant.answer("mutation { contact_Create(input: { name: \"Z\", createdAt: \"\(moment)\" }) }")
            #expect(created.codes.isEmpty, "\(created.body)")
            let read = try tenant.answer("{ contacts(pagination: { page: 1, limit: 10 }) { content { createdAt } } }")
            #expect(read.body == "{\"data\":{\"contacts\":{\"content\":[{\"createdAt\":\"\(moment)\"}]}}}")
        }

        @Test("are refused in a document as in a variable, with the field's path, and nothing else is lost")
        func literal() async throws {
            let tenant = try await TestTenant.make()
            let answer = try tenant.answer(
                "mutation { bad: contact_Create(input: { name: \"Z\", createdAt: \"0001-01-01T00:00:00+01:00\" }) good: contact_Create(input: { name: \"Y\" }) }"
            )
            #expect(answer.codes == ["BAD_USER_INPUT"] && answer.body.contains("\"path\":[\"bad\"]"), "\(answer.body)")
            #expect(answer.body.contains("\"field\":\"input.createdAt\"") && answer.body.contains("\"locations\""), "\(answer.body)")
            #expect(try tenant.value("SELECT string_agg(name, ',') FROM contact WHERE tenant_id = $1::integer") == "Y")
        }

        @Test("of every column have a domain that enforces the rule")
        func columns() async throws {
            let database = try (await TestTenant.make()).database()
            let without = try database.run(
                """
                SELECT string_agg(c.relname || '.' || a.attname, ', ') FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 \
                WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND NOT a.attisdropped \
                AND a.atttypid IN ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype)
                """)
            #expect(without.text(0, 0) == nil)
            for (domain, values) in [
                ("moment", ["0001-12-31T23:59:59.999999Z BC", "10000-01-01T00:00:00Z", "infinity", "-infinity"]),
                ("calendar_day", ["0001-12-31 BC", "10000-01-01", "infinity"]),
            ] {
                for value in values {
                    #expect(throws: BlockingConnection.Failure.self) { try database.runScript("SELECT '\(value)'::\(domain)") }
                }
            }
            try database.runScript(
                "SELECT '0001-01-01T00:00:00Z'::moment, '9999-12-31T23:59:59.999999Z'::moment, '9999-12-31'::calendar_day")
        }

        // MARK: Numbers

        @Test("that are numbers have a rule with bounds")
        func everyNumber() throws {
            for value in try API.executableSchema().schema.inputValues where ["Int", "Int64", "Float"].contains(value.type.namedType.name) {
                // The size of a page is a setting.
                if value.ruleKind == "page" { continue }
                #expect(Self.bounds[value.ruleKind] != nil, "\(value.name) has no @value(kind:) with bounds")
            }
        }

        private struct NumberPlace: Sendable, CustomTestStringConvertible {
            let places: TextPlaces
            let bounds: Bounds

            var testDescription: String { places.label }

            static let all = ValueWalkTests.bounds.sorted { $0.key < $1.key }.flatMap { kind, bounds in
                ((try? TextPlaces.all(.values(kind: kind))) ?? []).map { NumberPlace(places: $0, bounds: bounds) }
            }
        }

        @Test("that are numbers are accepted at their bounds and refused beyond", arguments: NumberPlace.all)
        private func numbers(_ place: NumberPlace) async throws {
            let tenant = try await DemoCaller.shared.value
            let bounds = place.bounds
            let range = "must be from \(bounds.least.grouped) to \(bounds.greatest.grouped)"
            for variables in place.places.variables {
                func answer(_ number: Int64) throws -> Answer {
                    try tenant.answer(
                        place.places.document, variables: variables.replacingOccurrences(of: TextPlaces.mark, with: String(number)))
                }
                for number in [bounds.least - 1, bounds.greatest + 1] {
                    let refused = try answer(number)
                    #expect(refused.codes == ["BAD_USER_INPUT"], "\(number) \(variables) \(refused.body)")
                    #expect(refused.messages.first?.contains(range) == true, "\(number) \(variables) \(refused.body)")
                }
                // Even beyond 64 bits.
                for number in ["9223372036854775808", "-9223372036854775809", "1e30", String(repeating: "9", count: 100)] {
                    let refused = try tenant.answer(
                        place.places.document, variables: variables.replacingOccurrences(of: TextPlaces.mark, with: number))
                    #expect(refused.codes == ["BAD_USER_INPUT"], "\(number) \(variables) \(refused.body)")
                    #expect(refused.messages.first?.contains(range) == true, "\(number) \(variables) \(refused.body)")
                }
                for number in [bounds.least, bounds.least + 1, bounds.greatest - 1, bounds.greatest] {
                    let taken = try answer(number)
                    #expect(!taken.body.contains(range) && !taken.codes.contains("INTERNAL"), "\(number) \(variables) \(taken.body)")
                }
            }
        }

        @Test("that are numbers are in the database's bounds too")
        func numbersInTheDatabase() async throws {
            let tenant = try await TestTenant.make()
            let organization = try tenant.organization("Bounds")
            let contract = try tenant.contract(organization, "approved: true")
            _ = try tenant.item(contract, "billingCycle: MONTHLY, price: 1, quantity: 1")
            _ = try tenant.answer("mutation { opportunity_Save(input: { name: \"o\" }) { id } }")
            let changes: [SQL] = [
                "organization SET employees = 10000001", "opportunity SET likelihood_rate = 101",
                "opportunity SET amount = 1000000000000.01",
                "opportunity SET amount = 0.001", "service_line_item SET quantity = 1000000001", "service_line_item SET vat_rate = 100.01",
                "service_line_item SET price = -1", "service_line_item SET price = 1000000000001", "contract SET due_days = 3651",
                "contract SET length_in_months = 1201", "opportunity_stage SET likelihood_rate = -1",
                "contract SET lifetime_value = 1000000000000001", "organization SET renewal_arr = 1000000000000001",
            ]
            for change in changes {
                #expect(throws: BlockingConnection.Failure.self, "\(change.text)") {
                    try tenant.database().run("UPDATE \(change) WHERE tenant_id = $1::integer", [tenant.id])
                }
            }
        }

        @Test("that result from a change and exceed 10^15 refuse the change")
        func computed() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(
                try tenant.organization("Computed"), "approved: true, committedPeriodInMonths: 12, serviceStarted: \"2026-01-01\"")
            func add(_ members: String) throws -> Answer {
                try tenant.answer(
                    "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", serviceStarted: \"2026-01-01\", \(members) }) { price } }"
                )
            }
            for members in [
                "billingCycle: MONTHLY, price: 999999999999, quantity: 1000000000",
                "billingCycle: ANNUALLY, price: 1000000000000, quantity: 1001",
            ] {
                let refused = try add(members)
                #expect(
                    refused.codes == ["BAD_USER_INPUT"] && refused.messages.first?.contains("beyond 1,000,000,000,000,000") == true,
                    "\(refused.body)")
            }
            #expect(try add("billingCycle: ANNUALLY, price: 1000000000000, quantity: 1000").codes.isEmpty)
            // The sum of two services is such a figure too.
            #expect(try add("billingCycle: ANNUALLY, price: 1, quantity: 1").codes == ["BAD_USER_INPUT"])
            #expect(try tenant.value("SELECT count(*) FROM service_line_item WHERE tenant_id = $1::integer") == "1")
        }

        // MARK: Other kinds

        @Test("are refused with a currency without decimals", arguments: ["JPY", "KRW"])
        func decimals(_ currency: String) async throws {
            let tenant = try await TestTenant.make()
            func save(_ members: String) throws -> Answer {
                try tenant.answer("mutation { opportunity_Save(input: { \(members) }) { metadata { id } } }")
            }
            let refused = try save("currency: \(currency), amount: 10.5")
            #expect(
                refused.codes == ["BAD_USER_INPUT"]
                    && refused.messages == ["input.amount must be a whole number: \(currency) has no decimals"], "\(refused.body)")
            #expect(try save("currency: \(currency), amount: 10").codes.isEmpty)
            let id = try #require(try tenant.value("SELECT id FROM opportunity WHERE tenant_id = $1::integer"))
            #expect(try save("opportunityId: \"\(id)\", maxAmount: 0.5").codes == ["BAD_USER_INPUT"])
            // Changing the currency alone cannot drop the decimals either.
            #expect(try save("opportunityId: \"\(id)\", currency: EUR, amount: 0.5").codes.isEmpty)
            #expect(try save("opportunityId: \"\(id)\", currency: \(currency)").codes == ["BAD_USER_INPUT"])
            let contract = try tenant.contract(try tenant.organization("Yen"), "currency: \(currency)")
            let item = try tenant.answer(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: ONCE, price: 0.5 }) { price } }")
            #expect(item.codes == ["BAD_USER_INPUT"] && item.body.contains("TOO_PRECISE"), "\(item.body)")
        }

        @Test("that are stages of an opportunity are the tenant's")
        func stages() async throws {
            let tenant = try await TestTenant.make()
            for stage in ["STAGE99", "Closed won"] {
                let refused = try tenant.answer("mutation { opportunity_Save(input: { externalStage: \"\(stage)\" }) { externalStage } }")
                #expect(refused.codes == ["BAD_USER_INPUT"], "\(refused.body)")
                #expect(
                    refused.messages.first?.hasPrefix("input.externalStage must be one of the tenant's stages: STAGE1, STAGE2,") == true,
                    "\(refused.body)")
            }
            #expect(try tenant.value("SELECT count(*) FROM opportunity WHERE tenant_id = $1::integer") == "0")
            for (given, stored) in [("STAGE2", "STAGE2"), ("stage3", "STAGE3"), ("", "")] {
                let taken = try tenant.answer("mutation { opportunity_Save(input: { externalStage: \"\(given)\" }) { externalStage } }")
                #expect(taken.body == "{\"data\":{\"opportunity_Save\":{\"externalStage\":\"\(stored)\"}}}")
            }
        }

        @Test("say in the message why they are refused")
        func reasonsInMessages() async throws {
            let tenant = try await TestTenant.make()
            let contract = try tenant.contract(try tenant.organization("Reasons"), "approved: true")
            let negative = try tenant.answer(
                "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", billingCycle: MONTHLY, price: -1 }) { price } }")
            #expect(
                negative.messages == ["Failed to create service line item: input.price must not be negative, unless billed once"]
                    && negative.body.contains("\"reason\":\"OUT_OF_RANGE\""), "\(negative.body)")
            let missing = try tenant.answer(
                "mutation { contract_Update(input: { contractId: \"\(tenant.name)\", name: \"x\" }) { name } }")
            #expect(missing.messages.first?.hasSuffix("not found") == true, "\(missing.body)")
        }

        // MARK: Migration

        @Test("from before the rules are changed to the nearest allowed ones, and counted")
        func migration() async throws { try await TestServer.withEmptyDatabase(Self.migrate) }

        private static func migrate(_ connection: BlockingConnection) throws {
            _ = try Migrator(API.migrations.filter { $0.number < Self.migrationNumber }, on: connection).apply()
            try connection.runScript(
                """
                INSERT INTO tenant (name) VALUES ('t');
                INSERT INTO organization (tenant_id, id, customer_os_id, name, employees, created_at)
                  VALUES (1, '00000000-0000-7000-8000-000000000001', 'C-AAA-AAA', 'o', -5, '0001-12-31 23:00:00+00 BC');
                INSERT INTO contact (tenant_id, id, name, created_at) VALUES (1, '00000000-0000-7000-8000-000000000002', 'c', '10000-01-01 04:30:00+00'),
                  (1, '00000000-0000-7000-8000-000000000003', 'd', 'infinity'), (1, '00000000-0000-7000-8000-000000000004', 'e', '9999-12-31 23:59:59+00');
                INSERT INTO timeline_event (tenant_id, id, kind, created_at) VALUES (1, '00000000-0000-7000-8000-000000000005', 'NOTE', '-infinity');
                INSERT INTO opportunity (tenant_id, id, amount, max_amount, likelihood_rate)
                  VALUES (1, '00000000-0000-7000-8000-000000000006', 1e14, 1.005, 150);
                """)
            let files = { () throws -> Set<String> in
                let rows = try connection.run(
                    "SELECT relname || ' ' || relfilenode FROM pg_class WHERE relname IN ('contact', 'organization', 'email')")
                return Set((0..<rows.rowCount).map { rows.text($0, 0) ?? "" })
            }
            let before = try files()
            _ = try Migrator(API.migrations.filter { $0.number <= Self.migrationNumber }, on: connection).apply()
            // Tables are read, but not rewritten.
            #expect(try files() == before)
            let rows = try connection.run(
                """
                SELECT (SELECT string_agg(created_at::text, ',' ORDER BY id) FROM contact), (SELECT created_at FROM organization), \
                (SELECT occurred_at FROM timeline_event), (SELECT employees FROM organization), \
                (SELECT amount || ' ' || max_amount || ' ' || likelihood_rate FROM opportunity)
                """)
            #expect(
                (0..<5).map { rows.text(0, $0) } == [
                    "9999-12-31 23:59:59.999999+00,9999-12-31 23:59:59.999999+00,9999-12-31 23:59:59+00", "0001-01-01 00:00:00+00",
                    "0001-01-01 00:00:00+00", "0", "1000000000000.00 1.01 100",
                ])
            let notes = try connection.run("SELECT note, rows FROM migration_note ORDER BY note")
            #expect(
                (0..<notes.rowCount).map { "\(notes.text($0, 0) ?? ""): \(notes.text($0, 1) ?? "")" } == [
                    "amounts of opportunities brought to -10^12 to 10^12 and two decimals: 1",
                    "contact.created_at brought to the years 1 to 9999: 2",
                    "opportunity.likelihood_rate brought to 0 to 100: 1", "organization.created_at brought to the years 1 to 9999: 1",
                    "organization.employees brought to 0 to 10000000: 1", "timeline_event.created_at brought to the years 1 to 9999: 1",
                ])
        }

        private static var migrationNumber: Int { API.migrations.first { $0.name.hasSuffix("_values") }?.number ?? 0 }
    }
}

/// Sends requests in a demonstration tenant with every tenant role.
private struct DemoCaller: Sendable {
    let tenant: DemoTenant
    let key: String

    var server: TestServer { tenant.server }

    static let shared = Task { try DemoCaller(try await TestServer.shared.value) }

    private init(_ server: TestServer) throws {
        tenant = try DemoTenant(server, own: "01930000-000")
        key = try tenant.key([.user, .admin, .owner])
    }

    func answer(_ document: String, variables: String) throws -> Answer {
        let variables = variables.replacingOccurrences(of: DemoTenant.prefix, with: tenant.own)
        return try Answer(server.query(document, variables: variables, key: key))
    }
}

extension Schema {
    /// The arguments of all fields, and all input fields.
    fileprivate var inputValues: [InputValueDefinition] {
        types.flatMap { (type) -> [InputValueDefinition] in
            switch type {
            case .object(let type): type.fields.flatMap(\.arguments)
            case .inputObject(let type): type.fields
            default: []
            }
        }
    }
}
