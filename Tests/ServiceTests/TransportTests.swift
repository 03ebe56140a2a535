import Foundation
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("GraphQL over HTTP")
    struct TransportTests {
        private static let good = "{\"query\":\"{ organizations { totalElements } }\"}"

        /// The request's content, what the client accepts, and the status.
        static let cases: [(body: String, accept: String?, status: Int)] = [
            (good, nil, 200),
            (good, "*/*", 200),
            (good, "application/graphql-response+json", 200),
            (good, "application/json;q=0.5, application/graphql-response+json", 200),
            (good, "text/html", 406),
            (good, "application/json;q=0", 406),
            ("{\"query\":", nil, 400),
            ("[\(good)]", nil, 422),
            ("{}", nil, 422),
            ("{\"query\":1}", nil, 422),
            ("{\"query\":\"{ a }\",\"variables\":[]}", nil, 422),
            ("{\"query\":\"{\"}", nil, 422),
            ("{\"query\":\"{\"}", "application/graphql-response+json", 400),
            ("{\"query\":\"{ nope }\"}", nil, 422),
            ("{\"query\":\"{ nope }\"}", "application/graphql-response+json", 422),
            ("{\"query\":\"query A { __typename } query B { __typename }\"}", nil, 422),
            ("{\"query\":\"query($x: Int!) { organizations(pagination: {page: $x, limit: 1}) { totalElements } }\"}", nil, 422),
            ("{\"query\":\"{ organizations(sort: [{by: \\\"x\\\"}]) { totalElements } }\"}", nil, 200),
            ("{\"query\":\"{ organizations(sort: [{by: \\\"x\\\"}]) { totalElements } }\"}", "application/graphql-response+json", 294),
            ("{\"query\":\"{ __typename }\",\"more\":1,\"extensions\":{}}", nil, 200),
        ]

        @Test("answers with the status that the client's media type requires", arguments: cases.indices)
        func status(_ index: Int) async throws {
            let server = try await TestServer.shared.value
            let (body, accept, status) = Self.cases[index]
            var headers = ["Content-Type": "application/json", "X-CUSTOMER-OS-API-KEY": server.key]
            headers["Accept"] = accept
            let answer = try HTTPClient(port: server.port).send("POST", "/query", headers: headers, body: body)
            #expect(answer.status == status)
            #expect(try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) is [String: Any])
            let wantsNew = accept?.contains("graphql-response") == true
            #expect(
                answer.headers["content-type"] == (wantsNew ? "application/graphql-response+json" : "application/json") + "; charset=utf-8")
        }

        @Test(
            "accepts only JSON",
            arguments: [
                "text/plain", "application/x-www-form-urlencoded", "application/json; charset=latin1", "application/json; charset=u\"tf-8",
                "",
            ])
        func contentType(_ type: String) async throws {
            let server = try await TestServer.shared.value
            let answer = try HTTPClient(port: server.port).send(
                "POST", "/query", headers: ["Content-Type": type, "X-CUSTOMER-OS-API-KEY": server.key], body: Self.good)
            #expect(answer.status == 415)
        }

        @Test("reads the fields of a list together", arguments: ["Accept: text/html\r\nAccept: application/graphql-response+json"])
        func lists(_ fields: String) async throws {
            let port = try await TestServer.shared.value.port
            let answer = try HTTPClient(port: port).exchange("GET /query?query=%7B__typename%7D HTTP/1.1\r\nHost: a\r\n\(fields)\r\n\r\n")
            #expect(answer.headers["content-type"] == "application/graphql-response+json; charset=utf-8", "\(answer.body)")
        }

        @Test("accepts queries by GET, but not mutations")
        func get() async throws {
            let server = try await TestServer.shared.value
            let headers = ["X-CUSTOMER-OS-API-KEY": server.key]
            let client = try HTTPClient(port: server.port)
            let query = try client.send(
                "GET", "/query?query=%7B%20contact_ByEmail(email%3A%22buyer%40example.com%22)%7Bname%7D%7D", headers: headers)
            #expect(query.body.contains("Nora"))
            let mutation = try client.send(
                "GET", "/query?query=mutation%7Borganization_Save(input%3A%7Bname%3A%22no%22%7D)%7Bname%7D%7D", headers: headers)
            #expect(mutation.status == 405 && mutation.headers["allow"] == "POST")
            #expect(try client.send("PUT", "/query", headers: headers).status == 405)
        }

        @Test("serves health, readiness and the schema without a key")
        func pages() async throws {
            let server = try await TestServer.shared.value
            let client = try HTTPClient(port: server.port)
            for path in ["/health", "/livez", "/readiness", "/readyz"] { #expect(try client.send("GET", path).status == 200) }
            #expect(try client.send("GET", "/schema.graphql").body.contains("type Organization implements"))
            #expect(try client.send("GET", "/nowhere").status == 404)
            #expect(try client.send("POST", "/health").status == 405)
        }
    }
}
