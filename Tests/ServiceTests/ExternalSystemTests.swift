import Postgres
import Testing

@testable import CustomerOS

@Suite("External systems")
struct ExternalSystemTests {
    @Test("The list in statements has all of them")
    func list() {
        let names = ExternalSystemType.allCases.map { "'\($0.rawValue)'" }
        #expect(ExternalSystemType.list.text == names.joined(separator: ", "))
    }
}
