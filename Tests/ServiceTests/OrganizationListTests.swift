import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite {
    /// Random filters, orders and pages over random organizations, compared with a model of the rules.
    @Suite("Lists of organizations")
    struct OrganizationListTests {
        @Test("hold what the rules say, in their order, on every page")
        func againstModel() async throws {
            let server = try await TestServer.shared.value
            let seed = UInt64.random(in: 0...UInt64.max)
            var random = RandomSource(seed: seed)
            let (key, model) = try OrganizationSample.make(server, &random, count: 200)
            let client = try HTTPClient(port: server.port)
            for number in 0..<150 {
                let filter = random.chance(85) ? OrganizationSample.filter(&random, model, depth: 1) : nil
                let keys = OrganizationSample.sortKeys.shuffled(using: &random).prefix(Int.random(in: 0...3, using: &random))
                let orders = keys.map {
                    ListModel.Order(key: $0, descending: random.pick([nil, true, false]), caseSensitive: random.chance(30))
                }
                let limit = random.pick([1, 7, 50, 1000])
                let page = random.pick([0, 1, 2, 5])
                let expected = model.ids(filter, orders, foldedKeys: OrganizationSample.foldedKeys)
                let start = min(expected.count, (max(1, page) - 1) * limit)
                let slice = Array(expected[start..<min(expected.count, start + limit)])
                var variables: [String: Any] = ["pagination": ["page": page, "limit": limit], "sort": orders.map(\.json)]
                variables["where"] = filter?.json
                let body = try JSONSerialization.data(withJSONObject: ["query": Self.query, "variables": variables])
                let answer = try client.send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": key],
                    body: String(decoding: body, as: UTF8.self))
                let found = try OrganizationSample.page(answer.body)
                let comment = Comment(rawValue: "seed \(seed), query \(number): \(String(decoding: body, as: UTF8.self)) \(answer.body)")
                try #require(found.ids == slice, comment)
                try #require(found.elements == expected.count && found.available == model.rows.count, comment)
                try #require(found.pages == (expected.count + limit - 1) / limit, comment)
            }
        }

        private static let query = """
            query($pagination: Pagination, $sort: [SortBy!], $where: Filter) { organizations(pagination: $pagination, sort: $sort, \
            where: $where) { totalElements totalPages totalAvailable content { id } } }
            """

        @Test("are filtered by a number of statements that does not grow, with values in parameters alone")
        func statements() async throws {
            let server = try await TestServer.shared.value
            let hostile = "x' OR '1'='1"
            let query =
                "{ organizations(where: { OR: [{ filter: { property: \"NAME\", value: \"\(hostile)\" } }, { filter: { property: \"DOMAIN\", operation: IN, value: [\"\(hostile)\", \"a\"] } }] }) { totalElements content { name } } }"
            let answer = try server.query(query, key: server.key)
            #expect(answer.body == "{\"data\":{\"organizations\":{\"totalElements\":0,\"content\":[]}}}")
            #expect(answer.statements.count == 2)
            for statement in answer.statements { #expect(!statement.sql.text.contains("OR '1'")) }
        }

        @Test("accept no more comparisons, levels and values than documented")
        func limits() async throws {
            let server = try await TestServer.shared.value
            let item = "{ filter: { property: \"NAME\", value: \"x\" } }"
            let many = Array(repeating: item, count: 101).joined(separator: ", ")
            let answer = try server.query("{ organizations(where: { OR: [\(many)] }) { totalElements } }", key: server.key)
            #expect(answer.body.contains("a filter has at most 100 comparisons") && answer.body.contains("BAD_USER_INPUT"))
            let values = Array(repeating: "\"x\"", count: 1001).joined(separator: ", ")
            let list = try server.query(
                "{ organizations(where: { filter: { property: \"NAME\", operation: IN, value: [\(values)] } }) { totalElements } }",
                key: server.key)
            #expect(list.body.contains("a list of values has at most 1000") && list.body.contains("\"limit\":1000"))
        }
    }
}

/// Random organizations of a tenant, in the database and in a model.
private enum OrganizationSample {
    static let texts = ["NAME", "DESCRIPTION", "WEBSITE", "INDUSTRY", "REFERENCE_ID", "LEAD_SOURCE"]
    static let foldedKeys = Set(texts + ["CUSTOMER_ID"])
    static let sortKeys =
        texts + [
            "CUSTOMER_ID", "CUSTOMER_OS_ID", "RELATIONSHIP", "STAGE", "LAST_TOUCHPOINT_AT", "LAST_TOUCHPOINT_ID", "LAST_TOUCHPOINT_TYPE",
            "RENEWAL_DATE", "RENEWAL_LIKELIHOOD", "CHURN_DATE", "LTV", "LTV_CURRENCY", "CREATED_AT", "UPDATED_AT", "EMPLOYEES",
            "YEAR_FOUNDED", "HIDE", "ICP_FIT",
        ]
    static let properties = sortKeys + ["ID", "OWNER_ID", "DOMAIN", "TAG", "EMAIL", "RAW_EMAIL", "COUNTRY", "LOCALITY"]

    static let words: [String: [String]] = [
        "RELATIONSHIP": ["CUSTOMER", "PROSPECT", "NOT_A_FIT", "FORMER_CUSTOMER"],
        "STAGE": ["LEAD", "TARGET", "ONBOARDING", "SOLUTION"],
        "LAST_TOUCHPOINT_TYPE": ["NOTE", "MEETING", "ACTION_CREATED", "ISSUE_UPDATED"],
        "RENEWAL_LIKELIHOOD": ["HIGH_RENEWAL", "MEDIUM_RENEWAL", "LOW_RENEWAL", "ZERO_RENEWAL"],
        "LTV_CURRENCY": ["EUR", "USD", "ZAR"],
    ]
    static let times = (1...6).map { "2025-0\($0)-15T10:00:00Z" }

    static func identifier(_ kind: Int, _ number: Int) -> String {
        "01910000-000\(kind)-7000-8000-" + String(repeating: "0", count: 12 - String(number).count) + String(number)
    }

    static func page(_ body: String) throws -> (ids: [String], elements: Int, pages: Int, available: Int) {
        let answer = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any]
        let page = try #require((answer?["data"] as? [String: Any])?["organizations"] as? [String: Any], Comment(rawValue: body))
        let content = try #require(page["content"] as? [[String: String]])
        return (
            content.compactMap { $0["id"] }, page["totalElements"] as? Int ?? -1, page["totalPages"] as? Int ?? -1,
            page["totalAvailable"] as? Int ?? -1
        )
    }

    // MARK: Filters

    static func filter(_ random: inout RandomSource, _ model: ListModel, depth: Int) -> ListModel.Filter {
        if depth < 4, random.chance(45) {
            let members = { (random: inout RandomSource) in
                (0..<Int.random(in: 2...3, using: &random)).map { _ in filter(&random, model, depth: depth + 1) }
            }
            switch Int.random(in: 0..<3, using: &random) {
            case 0: return .not(filter(&random, model, depth: depth + 1))
            case 1: return .and(members(&random))
            default: return .or(members(&random))
            }
        }
        let property = random.pick(properties)
        let sample = model.rows.lazy.compactMap { $0.values[property] }.first { $0 != .none } ?? .text("")
        var operations = ["EQ", "EQUALS", "NOT_EQUAL", "NOT_EQUALS", "IN", "NOT_IN", "IS_NONE_OF"]
        operations += ["IS_NULL", "IS_NOT_NULL", "IS_EMPTY", "IS_NOT_EMPTY"]
        switch sample {
        case .text, .texts: operations += ["CONTAINS", "STARTS_WITH", "NOT_CONTAINS", "LT", "LTE", "GT", "GTE", "BETWEEN"]
        case .number, .time: operations += ["LT", "LTE", "GT", "GTE", "BETWEEN"]
        default: break
        }
        let operation = random.pick(operations)
        let count = operation == "BETWEEN" ? 2 : ["IN", "NOT_IN", "IS_NONE_OF"].contains(operation) ? random.pick([0, 1, 3]) : 1
        return .comparison(
            property: property, operation: operation,
            operands: (0..<count).map { _ in operand(of: property, &random, model) }, caseSensitive: random.chance(40),
            includeEmpty: random.chance(50))
    }

    /// A value that some row has, or one that possibly none has.
    private static func operand(of property: String, _ random: inout RandomSource, _ model: ListModel) -> ListModel.Value {
        let value = random.pick(model.rows).values[property] ?? .none
        switch value {
        // Parts of hosts as stored. Their other forms have their own tests.
        case .texts(let texts) where property == "DOMAIN":
            return .text(random.pick(texts + ["", "d", "d1", "-1.", "d7-0.example", "example", ".example", "e"]))
        case .texts(let texts): return .text(texts.isEmpty || random.chance(30) ? random.text() : random.pick(texts))
        case .text(let text): return .text(random.chance(50) ? text : random.text())
        case .none: return fallback(property, &random)
        case .identifier where random.chance(20): return .identifier("org-123")
        case .word(let word) where random.chance(30): return .word(word.lowercased())
        case .number(let number) where random.chance(30): return .number(number + 0.5)
        default: return value
        }
    }

    private static func fallback(_ property: String, _ random: inout RandomSource) -> ListModel.Value {
        if let words = words[property] { return .word(random.pick(words)) }
        switch property {
        case "LAST_TOUCHPOINT_ID", "OWNER_ID": return .identifier(identifier(2, 99))
        case "LTV", "EMPLOYEES", "YEAR_FOUNDED": return .number(Double(Int.random(in: 0...5, using: &random)))
        default: return .time(random.pick(times))
        }
    }

    // MARK: Rows

    static func make(_ server: TestServer, _ random: inout RandomSource, count: Int) throws -> (key: String, model: ListModel) {
        let administration = try server.administration()
        let tenant = "lists-\(UUID().uuidString)"
        try administration.createTenant(tenant)
        let key = try administration.createKey(tenant: tenant, roles: [.user]).key.secret
        var objects: [[String: Any]] = []
        var rows: [ListModel.Row] = []
        for number in 0..<count {
            let (object, row) = organization(number, &random)
            objects.append(object)
            rows.append(row)
        }
        let connection = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
        try connection.run("SELECT set_config('lists.tenant', id::text, false) FROM tenant WHERE name = $1", [.text(tenant)])
        let json = String(decoding: try JSONSerialization.data(withJSONObject: objects), as: UTF8.self)
        try connection.run("CREATE TEMPORARY TABLE given AS SELECT value AS row FROM jsonb_array_elements($1::jsonb)", [.text(json)])
        // The rows say when they changed.
        try connection.run("SELECT set_config('customeros.marks', 'off', false)")
        try connection.runScript(script)
        let ranks = ["ZERO_RENEWAL": 10, "LOW_RENEWAL": 20, "MEDIUM_RENEWAL": 30, "HIGH_RENEWAL": 40]
        return (key, ListModel(rows: rows, ranks: ["RENEWAL_LIKELIHOOD": ranks]))
    }

    private static func organization(_ number: Int, _ random: inout RandomSource) -> ([String: Any], ListModel.Row) {
        var values: [String: ListModel.Value] = [:]
        for name in texts { values[name] = .text(random.text()) }
        for name in ListModel.composed { values[name] = values[name]?.composed }
        values["CUSTOMER_ID"] = values["REFERENCE_ID"]
        values["CUSTOMER_OS_ID"] = .text("C-\(["ABC", "XYZ", "AAA"][number % 3])-\(100 + number)")
        for (name, words) in words.sorted(by: { $0.key < $1.key }) {
            values[name] = random.chance(30) ? ListModel.Value.none : .word(random.pick(words))
        }
        for name in ["LAST_TOUCHPOINT_AT", "RENEWAL_DATE", "CHURN_DATE"] {
            values[name] = random.chance(30) ? ListModel.Value.none : .time(random.pick(times))
        }
        for name in ["CREATED_AT", "UPDATED_AT"] { values[name] = .time(random.pick(times)) }
        for name in ["EMPLOYEES", "YEAR_FOUNDED"] {
            values[name] = random.chance(30) ? ListModel.Value.none : .number(Double(Int.random(in: 0...5, using: &random)))
        }
        values["LTV"] = .number(Double(Int.random(in: 0...8, using: &random)) / 2)
        for name in ["HIDE", "ICP_FIT"] { values[name] = .flag(random.chance(40)) }
        let id = identifier(0, number)
        values["ID"] = .identifier(id)
        values["LAST_TOUCHPOINT_ID"] =
            random.chance(40) ? ListModel.Value.none : .identifier(identifier(4, Int.random(in: 1...5, using: &random)))
        values["OWNER_ID"] = random.chance(40) ? ListModel.Value.none : .identifier(identifier(2, Int.random(in: 1...3, using: &random)))
        values["DOMAIN"] = .texts((0..<random.pick([0, 1, 2])).map { "d\(number)-\($0).example" })
        let tags = ["Blue", "blue", "Green"].filter { _ in random.chance(30) }
        values["TAG"] = .texts(tags)
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
        guard case .time(let created)? = values["CREATED_AT"] else { return (object, ListModel.Row(id: id, createdAt: "", values: values)) }
        return (object, ListModel.Row(id: id, createdAt: created, values: values))
    }

    private static let script = """
        CREATE FUNCTION pg_temp.tenant() RETURNS integer LANGUAGE sql STABLE AS $$ SELECT current_setting('lists.tenant')::integer $$;
        INSERT INTO app_user (tenant_id, id) SELECT pg_temp.tenant(), ('01910000-0002-7000-8000-' || lpad(n::text, 12, '0'))::uuid
          FROM generate_series(1, 3) n;
        INSERT INTO timeline_event (tenant_id, id, kind)
          SELECT pg_temp.tenant(), ('01910000-0004-7000-8000-' || lpad(n::text, 12, '0'))::uuid, 'MEETING' FROM generate_series(1, 5) n;
        INSERT INTO organization (tenant_id, id, customer_os_id, name, description, website, industry, reference_id, lead_source, relationship,
            stage, last_touchpoint_at, last_touchpoint_id, last_touchpoint_type, next_renewal_at, renewal_likelihood, churned_at,
            lifetime_value, lifetime_value_currency, created_at, updated_at, employees, year_founded, state, icp_fit, owner_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, row->>'CUSTOMER_OS_ID', row->>'NAME', row->>'DESCRIPTION', row->>'WEBSITE',
            row->>'INDUSTRY', row->>'REFERENCE_ID', row->>'LEAD_SOURCE', row->>'RELATIONSHIP', row->>'STAGE',
            (row->>'LAST_TOUCHPOINT_AT')::timestamptz, (row->>'LAST_TOUCHPOINT_ID')::uuid, row->>'LAST_TOUCHPOINT_TYPE',
            (row->>'RENEWAL_DATE')::timestamptz, replace(row->>'RENEWAL_LIKELIHOOD', '_RENEWAL', ''), (row->>'CHURN_DATE')::timestamptz,
            (row->>'LTV')::numeric, row->>'LTV_CURRENCY', (row->>'CREATED_AT')::timestamptz, (row->>'UPDATED_AT')::timestamptz,
            (row->>'EMPLOYEES')::bigint, (row->>'YEAR_FOUNDED')::bigint, CASE WHEN row->>'HIDE' = 'true' THEN 'HIDDEN' ELSE 'LIVE' END,
            (row->>'ICP_FIT')::boolean, (row->>'OWNER_ID')::uuid FROM given;
        INSERT INTO organization_domain (tenant_id, domain, organization_id)
          SELECT pg_temp.tenant(), jsonb_array_elements_text(row->'DOMAIN'), (row->>'ID')::uuid FROM given;
        INSERT INTO tag (tenant_id, id, name) SELECT pg_temp.tenant(), gen_random_uuid(), unnest(ARRAY['Blue', 'blue', 'Green']);
        INSERT INTO organization_tag (tenant_id, organization_id, tag_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, tag.id FROM given CROSS JOIN jsonb_array_elements_text(row->'TAG') name
          JOIN tag ON tag.tenant_id = pg_temp.tenant() AND tag.name = name.value;
        INSERT INTO email (tenant_id, id, raw_email, email)
          SELECT pg_temp.tenant(), gen_random_uuid(), address, lower(address)
          FROM (SELECT jsonb_array_elements_text(row->'RAW_EMAIL') AS address FROM given) made;
        INSERT INTO organization_email (tenant_id, organization_id, email_id)
          SELECT pg_temp.tenant(), (row->>'ID')::uuid, email.id FROM given CROSS JOIN jsonb_array_elements_text(row->'RAW_EMAIL') address
          JOIN email ON email.tenant_id = pg_temp.tenant() AND email.raw_email = address.value;
        CREATE TEMPORARY TABLE place AS SELECT gen_random_uuid() AS id, (row->>'ID')::uuid AS organization_id, place.value AS names
          FROM given CROSS JOIN jsonb_array_elements(row->'PLACES') place;
        INSERT INTO location (tenant_id, id, country, locality) SELECT pg_temp.tenant(), id, names->>0, names->>1 FROM place;
        INSERT INTO organization_location (tenant_id, organization_id, location_id) SELECT pg_temp.tenant(), organization_id, id FROM place;
        -- As autovacuum does within a minute.
        ANALYZE organization, organization_domain, tag, organization_tag, email, organization_email, location, organization_location;
        """
}
