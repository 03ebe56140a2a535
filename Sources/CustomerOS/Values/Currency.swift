/// ISO 4217's codes of the currencies that the schema has.
enum Currency {
    static let codes = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "RON", "SEK", "SGD", "TRY",
        "USD", "ZAR",
    ]

    /// How many digits an amount has behind the point.
    static func decimals(of code: String) -> Int { code == "JPY" || code == "KRW" ? 0 : 2 }

    /// - Returns: The code in upper case: `eur` is EUR.
    static func normal(_ given: String) throws(ValueRefusal) -> String {
        let code = given.trimmingBlanks.uppercased()
        guard codes.contains(code) else { throw ValueRefusal(.unknown, "must be one of \(codes.joined(separator: ", "))") }
        return code
    }
}
