import CustomerOS
import EventLoop
import Foundation
import GraphQL
import Postgres
@testable import Service
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("A limit")
    struct LimitTests {
        /// A limit, its value, and a request that needs exactly `size` of it.
        struct Case: Sendable, CustomTestStringConvertible {
            let name: String
            let place: any WritableKeyPath<Limits, Int> & Sendable
            let limit: Int
            let request: @Sendable (_ size: Int) -> String

            var testDescription: String { name }

            init(
                _ name: String, _ place: any WritableKeyPath<Limits, Int> & Sendable, _ limit: Int,
                _ request: @escaping @Sendable (Int) -> String
            ) {
                self.name = name
                self.place = place
                self.limit = limit
                self.request = request
            }
        }

        private static func query(_ text: String, variables: String = "{}") -> String {
            "{\"query\":\((try? jsonText(text)) ?? ""),\"variables\":\(variables)}"
        }

        private static func repeated(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

        /// The size of a page of objects with one leaf, and further leaves, which cost `size` including the page
        /// itself.
        private static func costing(_ size: Int) -> (page: Int, rest: String) {
            let tenths = 10 * size - 10
            return (tenths / 11, (0..<tenths % 11).map { "leaf\($0): __typename" }.joined(separator: " "))
        }

        private static let owned = "organizations(pagination: { page: 1, limit: 1 }) { content { "

        static let cases = [
            Case("documentBytes", \.documentBytes, 200) { query("{ __typename }" + repeated(" ", $0 - 14)) },
            Case("tokens", \.tokens, 50) { query("{" + repeated(" __typename", $0 - 2) + " }") },
            Case("nesting", \.nesting, 20) { query("{ ... " + repeated("{ ... ", $0 - 2) + "{ __typename" + repeated(" }", $0)) },
            Case("depth", \.depth, 6) {
                query("{ __type(name: \"Query\") " + repeated("{ ofType ", $0 - 2) + "{ name " + repeated("} ", $0 - 1) + "}")
            },
            Case("aliases", \.aliases, 10) { query("{ " + (0..<$0).map { "a\($0): __typename " }.joined() + "}") },
            Case("rootFields", \.rootFields, 10) { query("{ " + repeated("__typename ", $0) + "}") },
            Case("directives", \.directives, 10) { query("{ " + repeated("__typename @skip(if: false) ", $0) + "}") },
            Case("fields", \.fields, 30) {
                query(
                    "{ __typename ...F ...F } fragment F on Query { " + repeated("__typename ", ($0 - 1) / 2) + "}"
                        + ($0.isMultiple(of: 2) ? " query B { __typename }" : ""))
            },
            Case("complexity", \.complexity, 7) { query("{ " + repeated("__typename ", $0) + "}") },
            Case("variablesBytes", \.variablesBytes, 100) {
                query("query($v: Boolean!) { __typename @skip(if: $v) }", variables: "{\"v\":false,\"w\":\"\(repeated("x", $0 - 18))\"}")
            },
            Case("variablesNesting", \.variablesNesting, 12) {
                query("{ __typename }", variables: "{\"v\":" + repeated("[", $0 - 1) + repeated("]", $0 - 1) + "}")
            },
            Case("jsonValues", \.jsonValues, 50) {
                query("{ __typename }", variables: "{\"v\":[" + [String](repeating: "1", count: $0 - 4).joined(separator: ",") + "]}")
            },
            Case("cost", \.cost, 40) {
                let (page, rest) = costing($0)
                return query("{ organizations(pagination: { page: 1, limit: \(page) }) { content { name } } \(rest) }")
            },
            Case("cost", \.cost, 41) {
                let (page, rest) = costing($0)
                return query(
                    "query($p: Pagination) { organizations(pagination: $p) { content { name } } \(rest) }",
                    variables: "{\"p\":{\"page\":1,\"limit\":\(page)}}")
            },
            Case("cost", \.cost, 35) {
                // The page and its total are 11.
                let (page, rest) = costing($0 - 10)
                return query("{ organizations(pagination: { page: 1, limit: \(page) }) { totalElements content { name } } \(rest) }")
            },
        ]

        @Test("accepts what keeps it, and is named for what does not", arguments: cases)
        func boundaries(_ limit: Case) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits[keyPath: limit.place] = limit.limit
            } _: { port in
                let client = try HTTPClient(port: port)
                let headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
                let sizes = limit.name == "fields" ? [limit.limit - 1, limit.limit + 1] : [limit.limit - 1, limit.limit, limit.limit + 1]
                for size in sizes {
                    let body = limit.request(size).replacingOccurrences(of: " query B { __typename }", with: "")
                    let answer = try client.send("POST", "/query", headers: headers, body: body)
                    let passes = size <= limit.limit
                    #expect(answer.status == (passes ? 200 : 422), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"code\":\"LIMIT_EXCEEDED\"") == !passes, "\(size): \(answer.body)")
                    if !passes {
                        #expect(answer.body.contains("\"limitName\":\"\(limit.name)\",\"limit\":\(limit.limit)"), "\(answer.body)")
                        #expect(!answer.body.contains("\"data\""))
                    }
                }
            }
        }

        @Test("on the body refuses a larger one with 413", arguments: [2047, 2048, 2049])
        func body(_ size: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.bodyBytes = 2048
            } _: { port in
                let query = "{\"query\":\"{ __typename }\"}"
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: query + String(repeating: " ", count: size - query.utf8.count))
                #expect(answer.status == (size <= 2048 ? 200 : 413))
            }
        }

        @Test("on the response ends it with an error in place of the data", arguments: [-1, 0, 1])
        func response(_ difference: Int) async throws {
            let server = try await TestServer.shared.value
            let query = "{ organizations(pagination: { page: 1, limit: 5 }) { content { name } } }"
            let size = try server.query(query, key: server.key).body.utf8.count - "}".utf8.count
            try await server.withServer {
                $0.limits.responseBytes = size + difference
            } _: { port in
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: Self.query(query))
                #expect(answer.body.contains("\"limitName\":\"responseBytes\"") == (difference < 0), "\(answer.body)")
            }
        }

        @Test("on pages refuses a larger one", arguments: [4, 5, 6])
        func page(_ size: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.page = 5
            } _: { port in
                let answer = try HTTPClient(port: port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: Self.query("{ contacts(pagination: { page: 1, limit: \(size) }) { content { id } } }"))
                #expect(answer.body.contains("BAD_USER_INPUT") == (size > 5), "\(answer.body)")
            }
        }

        /// A limit checked during execution, and a request that needs exactly `size` of it.
        static let executed = [
            Case("filter depth", \.filterDepth, 5) {
                let nested = (1..<$0).reduce("{ filter: { property: \"NAME\", value: \"x\" } }") { inner, _ in "{ NOT: \(inner) }" }
                return query("{ contacts(where: \(nested)) { totalElements } }")
            },
            Case("filter comparisons", \.filterComparisons, 5) {
                let one = "{ filter: { property: \"NAME\", value: \"x\" } }"
                return query(
                    "{ contacts(where: { OR: [\([String](repeating: one, count: $0).joined(separator: ", "))] }) { totalElements } }")
            },
            Case("filter values", \.filterValues, 5) {
                let values = [String](repeating: "\"x\"", count: $0).joined(separator: ", ")
                return query(
                    "{ contacts(where: { filter: { property: \"NAME\", operation: IN, value: [\(values)] } }) { totalElements } }")
            },
            Case("sort entries", \.sortEntries, 3) {
                let entries = ["NAME", "CREATED_AT", "FIRST_NAME", "LAST_NAME"].prefix($0).map { "{ by: \"\($0)\" }" }.joined(
                    separator: ", ")
                return query("{ contacts(sort: [\(entries)]) { totalElements } }")
            },
            Case("objects of a mutation's list", \.inputList, 3) {
                let people = (0..<$0).map { "{ email: \"session\($0)@limit.example\" }" }.joined(separator: ", ")
                return query(
                    "mutation { interactionSession_Create(session: { name: \"x\", status: \"ACTIVE\", appSource: \"test\", attendedBy: [\(people)] }) { __typename } }"
                )
            },
            Case("bulk", \.bulk, 5) {
                let emails = (0..<$0).map { "\"bulk\($0)@limit.example\"" }.joined(separator: ", ")
                return query("mutation { contact_CreateBulkByEmailV2(emails: [\(emails)]) { failedInputs } }")
            },
        ]

        @Test("of an argument is named with its value", arguments: executed)
        func argument(_ limit: Case) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits[keyPath: limit.place] = limit.limit
            } _: { port in
                for size in [limit.limit - 1, limit.limit, limit.limit + 1] {
                    let answer = try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.otherKey],
                        body: limit.request(size))
                    #expect(answer.body.contains("BAD_USER_INPUT") == (size > limit.limit), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"limit\":\(limit.limit)") == (size > limit.limit), "\(size): \(answer.body)")
                    #expect(answer.body.contains("\"errors\"") == (size > limit.limit), "\(size): \(answer.body)")
                }
            }
        }

        @Test("on the head of a request refuses a larger one", arguments: [-1, 0, 1])
        func head(_ difference: Int) async throws {
            let server = try await TestServer.shared.value
            try await server.withServer {
                $0.limits.requestLineBytes = 300
                $0.limits.headerBytes = 1_100
                $0.limits.headerFields = 12
            } _: { port in
                func status(_ line: String, _ fields: [String]) throws -> Int {
                    try HTTPClient(port: port).exchange("\(line)\r\n" + fields.map { "\($0)\r\n" }.joined() + "\r\n").status
                }
                let host = "Host: a"
                let line = "GET /health? HTTP/1.1"
                let long = "GET /health?\(String(repeating: "x", count: 300 + difference - line.utf8.count)) HTTP/1.1"
                let field = "X: \(String(repeating: "x", count: 1_100 + difference - host.utf8.count - "X: ".utf8.count - 2 * 2))"
                let fields = [host] + (0..<11 + difference).map { "X-\($0): x" }
                let found = [try status(long, [host]), try status(line, [host, field]), try status(line, fields)]
                #expect(found == (difference > 0 ? [414, 431, 431] : [200, 200, 200]))
            }
        }

        @Test("on the time of a request cancels its statement, answers TIMEOUT and leaves nothing behind", .timeLimit(.minutes(1)))
        func time() async throws {
            let server = try await TestServer.shared.value
            let blocker = try BlockingConnection(DatabaseConfiguration(connectionString: server.connectionString))
            try blocker.runScript(
                "BEGIN; SELECT 1 FROM organization WHERE id = '01900000-0000-7000-8000-000000000002' FOR UPDATE")
            try await server.withServer {
                $0.limits.requestMilliseconds = 300
                // Nothing else would end it.
                $0.database.statementTimeout = .seconds(3_600)
                $0.database.sharedStatementTimeout = .seconds(3_600)
            } _: { port in
                let mutation =
                    "mutation { organization_Save(input: { id: \"01900000-0000-7000-8000-000000000002\", notes: \"late\" }) { notes } }"
                let answer = try await Self.inThread {
                    try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                        body: Self.query(mutation))
                }
                #expect(answer.status == 200 && answer.body.contains("\"code\":\"TIMEOUT\""), "\(answer.body)")
                #expect(!answer.body.contains("outcome"), "\(answer.body)")
                try blocker.runScript("ROLLBACK; BEGIN; LOCK TABLE tag")
                // A short read is not cancelled in the database, and its client gets the answer regardless.
                let read = try await Self.inThread {
                    try HTTPClient(port: port).send(
                        "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                        body: Self.query("{ organization(id: \"01900000-0000-7000-8000-000000000002\") { name tags { name } } }"))
                }
                #expect(read.status == 200 && read.body.contains("\"code\":\"TIMEOUT\""), "\(read.body)")
                try blocker.runScript("ROLLBACK")
                let still = try server.query("{ organization(id: \"01900000-0000-7000-8000-000000000002\") { notes } }", key: server.key)
                #expect(!still.body.contains("late"))
            }
        }

        /// Waiting must not block a thread of the pool that the server's start needs.
        private static func inThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
            try await withCheckedThrowingContinuation { continuation in
                Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
            }
        }

        @Test("on cost counts the objects that may be returned, and reports them on request")
        func cost() async throws {
            let server = try await TestServer.shared.value
            let cases = [
                ("{ __typename }", 1), ("{ organization(id: \"x\") { name } }", 2),
                ("{ organization(id: \"x\") { metadata { id } opportunities { metadata { id } } } }", 1 + 1 + 10 * 2 + 2),
                ("{ organizations { content { name } } }", 1 + 10 + 1),
                ("{ organizations(pagination: { page: 1, limit: 0 }) { content { name } } }", 1 + 10 + 1),
                ("{ organizations { totalElements totalPages again: totalPages } }", 1 + 3 * 10),
                ("{ organizations { content { contacts { totalElements } } } }", 1 + 10 * (1 + 1 + 10)),
                (
                    "{ organizations(pagination: { page: 1, limit: 30 }) { totalElements content { opportunities { metadata { id } } } } }",
                    1 + 10 + 30 * (1 + 10 * 2 + 1)
                ),
            ]
            for (query, objects) in cases {
                let answer = try HTTPClient(port: server.port).send(
                    "POST", "/query", headers: ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key],
                    body: "{\"query\":\(try jsonText(query)),\"extensions\":{\"cost\":true}}")
                #expect(
                    answer.body.hasSuffix(",\"extensions\":{\"cost\":{\"objects\":\(objects),\"limit\":500000}}}"),
                    "\(query) \(answer.body)")
            }
        }
    }
}

@Suite("The limit on cost")
struct CostTests {
    /// A list of companies as the original's web client requests it: a thousand at once, with everything its table
    /// shows.
    private static let table = """
        query getOrganizations($pagination: Pagination!, $where: Filter, $sort: [SortBy!]) {
          organizations(pagination: $pagination, where: $where, sort: $sort) {
            totalElements totalAvailable
            content {
              name description industry market employees yearFounded stage stageLastUpdated website domains isCustomer icon logo notes
              relationship leadSource hide public contactCount valueProposition targetAudience lastFundingRound lastFundingAmount
              metadata { id created lastUpdated }
              parentCompanies { organization { metadata { id } name } }
              subsidiaries { organization { metadata { id } name } }
              owner { id firstName lastName name profilePhotoUrl }
              tags { id name }
              socialMedia { id url followersCount }
              locations { id name country region locality countryCodeA2 countryCodeA3 }
              contracts { metadata { id } contractName contractStatus contractRenewalCycle currency serviceStarted }
              opportunities { metadata { id } name amount internalStage externalStage owner { id name } }
              accountDetails {
                renewalSummary { arrForecast maxArrForecast renewalLikelihood nextRenewalDate }
                onboarding { status comments updatedAt }
              }
              lastTouchpoint { lastTouchPointAt lastTouchPointType lastTouchPointTimelineEventId }
              enrichDetails { enrichedAt failedAt requestedAt }
            }
          }
        }
        """

    private static func outcome(_ query: String, variables: String = "{}") throws -> RequestCheck.Outcome {
        let body = "{\"query\":\(try jsonText(query)),\"variables\":\(variables)}"
        return RequestCheck(try API.executableSchema(), limits: Limits()).outcome(of: Array(body.utf8))
    }

    @Test("lets a client of the original get a thousand companies with their relations")
    func thousand() throws {
        guard case .planned = try Self.outcome(Self.table, variables: "{\"pagination\":{\"page\":1,\"limit\":1000}}") else {
            Issue.record("\(try Self.outcome(Self.table, variables: "{\"pagination\":{\"page\":1,\"limit\":1000}}"))")
            return
        }
    }

    @Test("refuses what is selected many times under aliases")
    func aliases() throws {
        let pages = (0..<40).map {
            "a\($0): contacts(pagination: { page: 1, limit: 1 }, sort: [{ by: \"NAME\" }]) { totalElements content { metadata { id } } }"
        }
        let query =
            "{ organizations(pagination: { page: 1, limit: 4000 }) { content { metadata { id } \(pages.joined(separator: " ")) } } }"
        let totals = (0..<99).map { "a\($0): totalElements" }.joined(separator: " ")
        let counts = "{ organizations(pagination: { page: 1, limit: 10000 }) { content { contacts { \(totals) } } } }"
        for query in [query, counts] {
            guard case .refused(let errors) = try Self.outcome(query) else {
                Issue.record("\(query) is not refused")
                continue
            }
            #expect(errors.map(\.code) == [.limitExceeded])
        }
    }

    @Test("does not count ids: a list of them is one value", arguments: [49_999, 53_000])
    func ids(_ count: Int) throws {
        let ids = [String](repeating: "\"01900000-0000-7000-8000-000000000002\"", count: count).joined(separator: ",")
        let outcome = try Self.outcome("query($ids: [ID!]!) { timelineEvents(ids: $ids) { __typename } }", variables: "{\"ids\":[\(ids)]}")
        guard case .planned = outcome else {
            Issue.record("\(count) are refused")
            return
        }
    }
}

@Suite("The documentation of limits")
struct LimitDocumentationTests {
    @Test("names every limit that can be set")
    func completeness() throws {
        let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let text = try String(contentsOf: tests.appending(path: "../../docs/limits.md"), encoding: .utf8)
        for setting in Limits.settings {
            #expect(text.contains("`--\(setting.name)`"), "\(setting.name)")
            #expect(text.contains("`\(setting.environment)`") || setting.unit == "BYTES", "\(setting.environment)")
        }
    }
}
