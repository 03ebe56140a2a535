/// The number of an invoice, such as `KLM-04711`: random, so that it says nothing about how many there are.
enum InvoiceNumber {
    /// Consonants, so that no words arise.
    private static let letters = Array("BCDFGHJKLMNPQRSTVWXYZ")
    private static let digits = Array("0123456789")

    static func random() -> String {
        var generator = SystemRandomNumberGenerator()
        return random(using: &generator)
    }

    /// Unique only once the database has accepted it.
    static func random(using generator: inout some RandomNumberGenerator) -> String {
        func pick(_ count: Int, of symbols: [Character], _ generator: inout some RandomNumberGenerator) -> String {
            String((0..<count).map { _ in symbols[Int.random(in: symbols.indices, using: &generator)] })
        }
        return pick(3, of: letters, &generator) + "-" + pick(5, of: digits, &generator)
    }
}
