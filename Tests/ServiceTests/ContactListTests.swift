import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    /// Random filters, orders and pages over random contacts, compared with a model of the rules.
    @Suite("Lists of contacts")
    struct ContactListTests {
        @Test("hold what the rules say, in their order, on every page")
        func againstModel() async throws {
            let tenant = try await TestTenant.make()
            let seed = UInt64.random(in: 0...UInt64.max)
            var random = RandomSource(seed: seed)
            let model = try ContactSample.make(tenant, &random, count: 200)
            for number in 0..<120 {
                let filter =
                    random.chance(20)
                    ? ContactSample.conjunction(&random, model)
                    : random.chance(90) ? ContactSample.filter(&random, model, depth: 1) : nil
                let keys = ContactSample.sortKeys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
                let orders = keys.map {
                    ListModel.Order(key: $0, descending: random.pick([nil, true, false]), caseSensitive: random.chance(30))
                }
                let limit = random.pick([1, 7, 50, 1000])
                let page = random.pick([0, 1, 2, 5])
                let expected = model.ids(filter, orders, foldedKeys: Set(ContactSample.texts))
                var variables: [String: Any] = ["pagination": ["page": page, "limit": limit], "sort": orders.map(\.json)]
                variables["where"] = filter?.json
                let text = String(decoding: try JSONSerialization.data(withJSONObject: variables), as: UTF8.self)
                let answer = try tenant.answer(
                    """
                    query($pagination: Pagination, $sort: [SortBy!], $where: Filter) { \
                    contacts(pagination: $pagination, sort: $sort, where: $where) { totalElements totalPages content { id } } \
                    organization(id: "\(ContactSample.organization)") { \
                    contacts(pagination: $pagination, sort: $sort, where: $where) { totalElements totalPages content { id } } } }
                    """, variables: text)
                let comment = Comment(rawValue: "seed \(seed), query \(number): \(text) \(answer.body)")
                try check(answer.object("contacts"), expected, page, limit, comment)
                let here = expected.filter(Set(model.rows.filter { $0.values["HERE"] == .flag(true) }.map(\.id)).contains)
                try check(answer.object("organization").object("contacts"), here, page, limit, comment)
            }
        }

        @Test(
            "answer a hundred comparisons with related records",
            arguments: [
                #"{ filter: { property: "TAG", operation: CONTAINS, value: "g#" } }"#, #"{ filter: { property: "EMAIL", value: "g#" } }"#,
                #"{ NOT: { filter: { property: "TAG", operation: STARTS_WITH, value: "g#" } } }"#,
                #"{ AND: [{ filter: { property: "COUNTRY", operation: GT, value: "g#" } }, { NOT: { filter: { property: "EMAIL", operation: CONTAINS, value: "g#" } } }] }"#,
                #"{ OR: [{ filter: { property: "TAG", operation: CONTAINS, value: "g#" } }, { filter: { property: "NAME", operation: NOT_EQUAL, value: "g#" } }] }"#,
            ])
        func planning(_ member: String) async throws {
            let tenant = try await TestTenant.make()
            let count = member.contains("}, {") ? 50 : 100
            let members = (0..<count).map { member.replacingOccurrences(of: "#", with: String($0)) }.joined(separator: ", ")
            let body = try tenant.answer("{ contacts(where: { AND: [\(members)] }) { totalElements content { id } } }").body
            #expect(body == #"{"data":{"contacts":{"totalElements":0,"content":[]}}}"#)
        }

        private func check(_ found: [String: Any], _ expected: [String], _ page: Int, _ limit: Int, _ comment: Comment) throws {
            let slice = expected.dropFirst((max(1, page) - 1) * limit).prefix(limit)
            try #require(found.objects("content").map { $0.text("id") } == Array(slice), comment)
            try #require(found.number("totalElements") == expected.count, comment)
            try #require(found.number("totalPages") == (expected.count + limit - 1) / limit, comment)
        }
    }
}

/// Random contacts of a tenant, in the database and in a model.
private enum ContactSample {
    static let texts = ["PREFIX", "NAME", "FIRST_NAME", "LAST_NAME", "DESCRIPTION", "TIMEZONE", "PROFILE_PHOTO_URL", "USERNAME"]
    static let sortKeys = texts + ["CREATED_AT", "UPDATED_AT", "HIDE"]
    static let related = ["TAG", "EMAIL", "RAW_EMAIL", "COUNTRY", "LOCALITY"]
    static let properties = sortKeys + ["ID", "OWNER_ID"] + related
    static let times = (1...6).map { "2025-0\($0)-15T10:00:00Z" }
    static let organization = "01910000-0000-7000-8000-000000000001"

    static func identifier(_ kind: Int, _ number: Int) -> String {
        "01910000-000\(kind)-7000-8000-" + String(repeating: "0", count: 12 - String(number).count) + String(number)
    }

    /// Many conditions joined by AND, mostly on related records, that at least one contact meets.
    static func conjunction(_ random: inout RandomSource, _ model: ListModel) -> ListModel.Filter {
        let contact = random.pick(model.rows)
        var members: [ListModel.Filter] = []
        while members.count < 16 {
            let member = filter(&random, model, depth: 3, of: random.chance(80) ? related : properties)
            if model.meets(contact, member) { members.append(member) }
        }
        return .and(members)
    }

    static func filter(
        _ random: inout RandomSource, _ model: ListModel, depth: Int, of properties: [String] = properties
    ) -> ListModel.Filter {
        if depth < 4, random.chance(45) {
            let count = Int.random(in: 2...3, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return .not(filter(&random, model, depth: depth + 1, of: properties))
            case 1: return .and((0..<count).map { _ in filter(&random, model, depth: depth + 1, of: properties) })
            default: return .or((0..<count).map { _ in filter(&random, model, depth: depth + 1, of: properties) })
            }
        }
        let property = random.pick(properties)
        var operations = [
            "EQ", "EQUALS", "NOT_EQUAL", "NOT_EQUALS", "IN", "NOT_IN", "IS_NONE_OF", "IS_NULL", "IS_NOT_NULL", "IS_EMPTY", "IS_NOT_EMPTY",
        ]
        let ordered = ["LT", "LTE", "GT", "GTE", "BETWEEN"]
        if ["CREATED_AT", "UPDATED_AT"].contains(property) {
            operations += ordered
        } else if !["HIDE", "ID", "OWNER_ID"].contains(property) {
            operations += ordered + ["CONTAINS", "STARTS_WITH", "NOT_CONTAINS"]
        }
        let operation = random.pick(operations)
        let count = operation == "BETWEEN" ? 2 : ["IN", "NOT_IN", "IS_NONE_OF"].contains(operation) ? random.pick([0, 1, 3]) : 1
        return .comparison(
            property: property, operation: operation, operands: (0..<count).map { _ in operand(of: property, &random, model) },
            caseSensitive: random.chance(40), includeEmpty: random.chance(50))
    }

    /// A value that some row has, or one that possibly none has.
    private static func operand(of property: String, _ random: inout RandomSource, _ model: ListModel) -> ListModel.Value {
        let value = random.pick(model.rows).values[property] ?? .none
        switch value {
        case .texts(let texts): return .text(texts.isEmpty || random.chance(30) ? random.text() : random.pick(texts))
        case .text(let text): return .text(random.chance(50) ? text : random.text())
        case .none: return .identifier(identifier(2, 99))
        case .identifier where random.chance(20): return .identifier("contact-123")
        default: return value
        }
    }

    static func make(_ tenant: TestTenant, _ random: inout RandomSource, count: Int) throws -> ListModel {
        var objects: [[String: Any]] = []
        var rows: [ListModel.Row] = []
        for number in 0..<count {
            let (object, row) = contact(number, &random)
            objects.append(object)
            rows.append(row)
        }
        let connection = try tenant.database()
        let json = String(decoding: try JSONSerialization.data(withJSONObject: objects), as: UTF8.self)
        try connection.run("SELECT set_config('lists.tenant', $1, false)", [tenant.id])
        try connection.run("CREATE TEMPORARY TABLE given AS SELECT value AS row FROM jsonb_array_elements($1::jsonb)", [.text(json)])
        // The rows say when they changed.
        try connection.run("SELECT set_config('customeros.marks', 'off', false)")
        try connection.runScript(script)
        return ListModel(rows: rows)
    }

    private static func contact(_ number: Int, _ random: inout RandomSource) -> ([String: Any], ListModel.Row) {
        var values: [String: ListModel.Value] = [:]
        for name in texts { values[name] = .text(random.text()) }
        for name in ListModel.composed { values[name] = values[name]?.composed }
        let created = random.pick(times)
        values["CREATED_AT"] = .time(created)
        values["UPDATED_AT"] = .time(random.pick(times))
        values["HIDE"] = .flag(false)
        values["HERE"] = .flag(random.chance(30))
        let id = identifier(1, number)
        values["ID"] = .identifier(id)
        values["OWNER_ID"] = random.chance(40) ? ListModel.Value.none : .identifier(identifier(2, Int.random(in: 1...3, using: &random)))
        values["TAG"] = .texts(["Blue", "blue", "Green"].filter { _ in random.chance(30) })
        let addresses = (0..<random.pick([0, 0, 1, 2])).map { "A\(number % 9).\(number)-\($0)@example.com" }
        values["RAW_EMAIL"] = .texts(addresses)
        values["EMAIL"] = .texts(addresses.map { $0.lowercased() })
        let places = (0..<random.pick([0, 1, 2])).map { _ in [random.pick(["", "Norway", "Spain"]), random.pick(["", "Oslo", "Madrid"])] }
        values["COUNTRY"] = .texts(places.map { $0[0] })
        values["LOCALITY"] = .texts(places.map { $0[1] })
        var object: [String: Any] = values.compactMapValues { value in
            switch value {
            case .none: nil
            case .texts(let texts): texts
            default: value.json
            }
        }
        object["PLACES"] = places
        return (object, ListModel.Row(id: id, createdAt: created, values: values))
    }

    private static let script = """
        CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('lists.tenant')::integer $$;
        INSERT INTO app_user (tenant_id, id) SELECT pg_temp.tenant(), ('01910000-0002-7000-8000-' || lpad(n::text, 12, '0'))::uuid
          FROM generate_series(1, 3) n;
        INSERT INTO organization (tenant_id, id, customer_os_id) VALUES (pg_temp.tenant(), '\(organization)', 'C-AAA-AAA');
        INSERT INTO contact (tenant_id, id, prefix, name, first_name, last_name, description, timezone, profile_photo_url, username,
            created_at, updated_at, owner_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, row->>'PREFIX', row->>'NAME', row->>'FIRST_NAME', row->>'LAST_NAME', row->>'DESCRIPTION',
            row->>'TIMEZONE', row->>'PROFILE_PHOTO_URL', row->>'USERNAME', (row->>'CREATED_AT')::timestamptz,
            (row->>'UPDATED_AT')::timestamptz, (row->>'OWNER_ID')::uuid FROM given;
        -- Those who are out of sight meet no filter.
        INSERT INTO contact (tenant_id, id, name, state) SELECT pg_temp.tenant(), gen_random_uuid(), 'a', unnest(ARRAY['HIDDEN', 'ARCHIVED']);
        INSERT INTO job_role (tenant_id, id, contact_id, organization_id)
          SELECT pg_temp.tenant(), gen_random_uuid(), (row->>'ID')::uuid, '\(organization)' FROM given, generate_series(1, 2)
          WHERE (row->>'HERE')::boolean;
        INSERT INTO tag (tenant_id, id, name) SELECT pg_temp.tenant(), gen_random_uuid(), unnest(ARRAY['Blue', 'blue', 'Green']);
        INSERT INTO contact_tag (tenant_id, contact_id, tag_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, tag.id FROM given CROSS JOIN jsonb_array_elements_text(row->'TAG') name
          JOIN tag ON tag.tenant_id = pg_temp.tenant() AND tag.name = name.value;
        INSERT INTO email (tenant_id, id, raw_email, email)
          SELECT pg_temp.tenant(), gen_random_uuid(), address, lower(address)
          FROM (SELECT jsonb_array_elements_text(row->'RAW_EMAIL') AS address FROM given) made;
        INSERT INTO contact_email (tenant_id, contact_id, email_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, email.id FROM given CROSS JOIN jsonb_array_elements_text(row->'RAW_EMAIL') address
          JOIN email ON email.tenant_id = pg_temp.tenant() AND email.raw_email = address.value;
        CREATE TEMPORARY TABLE place AS SELECT gen_random_uuid() AS id, (row->>'ID')::uuid AS contact_id, place.value AS names
          FROM given CROSS JOIN jsonb_array_elements(row->'PLACES') place;
        INSERT INTO location (tenant_id, id, country, locality) SELECT pg_temp.tenant(), id, names->>0, names->>1 FROM place;
        INSERT INTO contact_location (tenant_id, contact_id, location_id) SELECT pg_temp.tenant(), contact_id, id FROM place;
        -- As autovacuum does within a minute.
        ANALYZE contact, job_role, tag, contact_tag, email, contact_email, location, contact_location;
        """
}
