import Foundation
import Testing

@testable import HTTP

@Suite("Messages of HTTP")
struct HTTPMessageTests {
    @Test("join the fields of a name into one list")
    func list() {
        let request = HTTPRequest(
            method: "GET", path: "/",
            fields: [
                HTTPField("Accept", " a/b;q=0.5 ,\tc/d"), HTTPField("Host", "x"), HTTPField("ACCEPT", ","), HTTPField("accept", "e f"),
            ])
        #expect(request.list("Accept") == ["a/b;q=0.5", "c/d", "e f"])
        #expect(request.list("Accept-Encoding") == [])
    }

    @Test("trim the ends of a word only")
    func trimmed() {
        for (text, word) in [(" a b\t", "a b"), ("", ""), (" \t ", ""), ("\u{A0}a", "\u{A0}a"), (" e\u{301} ", "e\u{301}")] {
            #expect(text.trimmed == word)
        }
    }

    /// Every status in our sources, found by the words around it.
    @Test("have a phrase for every status sent")
    func phrases() throws {
        let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Sources").standardizedFileURL
        var statuses: Set<Int> = []
        for module in ["HTTP", "Service"] {
            let folder = sources.appending(path: module)
            for case let file as URL in try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
            where file.pathExtension == "swift" {
                let text = try String(contentsOf: file, encoding: .utf8)
                for match in text.matches(
                    of: /(?:[sS]tatus: |status = |mediaType, )(?<number>[1-5]\d\d)\b(?=[,: \n)])/)
                {
                    if let number = Int(match.number) { statuses.insert(number) }
                }
            }
        }
        #expect(statuses.isSuperset(of: [200, 204, 302, 304, 308, 400, 401, 405, 408, 413, 415, 422, 503]))
        for status in statuses { #expect(HTTPStatus.reason(status) != "Status", "\(status)") }
    }
}
