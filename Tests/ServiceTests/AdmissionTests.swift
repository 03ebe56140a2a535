import Foundation
import Service
import Testing

extension ServiceSuite.OneByOne.Servers {
    @Suite("Admission of requests by their head")
    struct AdmissionTests {
        private static let length = 2 * 1024 * 1024
        private static let part = String(repeating: " ", count: length - 1)

        /// What a head has besides its length, and the answer it gets while its body is one byte short.
        static let refusals: [(method: String, path: String, fields: [String], status: Int)] = [
            ("POST", "/query", [], 401),
            ("POST", "/query", ["X-CUSTOMER-OS-API-KEY: wrong"], 401),
            ("POST", "/query", ["X-CUSTOMER-OS-API-KEY: wrong", "X-Openline-API-KEY: another"], 401),
            ("POST", "/query", ["Authorization: Bearer wrong"], 401),
            ("POST", "/query", ["KEY", "X-Openline-TENANT: other"], 401),
            ("POST", "/query", ["KEY", "X-Openline-USERNAME: nobody@example.com"], 401),
            ("POST", "/query", ["KEY", "Accept: text/html"], 406),
            ("PUT", "/query", ["KEY"], 405),
            ("POST", "/health", [], 405),
            ("POST", "/nowhere", [], 404),
        ]

        @Test("refuses before the body has arrived", arguments: refusals.indices)
        func refusesEarly(_ index: Int) async throws {
            let server = try await TestServer.shared.value
            let (method, path, fields, status) = Self.refusals[index]
            let lines = fields.map { $0 == "KEY" ? "X-CUSTOMER-OS-API-KEY: \(server.key)" : $0 }.map { "\($0)\r\n" }.joined()
            let answer = try HTTPClient(port: server.port).exchange(
                "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\(lines)Content-Length: \(Self.length)\r\n\r\n\(Self.part)"
            )
            #expect(answer.status == status)
            #expect(answer.headers["connection"] == "close")
        }

        @Test("admits the body of an introspection query if anyone may send one")
        func anonymous() async throws {
            let server = try await TestServer.shared.value
            try await server.withServer({ $0.allowsAnonymousIntrospection = true }) { port in
                let bodies = ["{\"query\":\"{ __typename }\"}": 200, "{\"query\":\"{ tenant }\"}": 401]
                for (body, status) in bodies {
                    let client = try HTTPClient(port: port)
                    let head = "POST /query HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    let first = try client.exchange("\(head)Content-Length: \(body.utf8.count)\r\nExpect: 100-continue\r\n\r\n")
                    #expect(first.status == 100)
                    #expect(try client.exchange(body).status == status)
                }
            }
        }
    }
}
