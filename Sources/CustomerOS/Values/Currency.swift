/// The ISO 4217 codes of the schema's currencies.
enum Currency {
    static let codes = [
        "AUD", "BRL", "CAD", "CHF", "CNY", "EUR", "GBP", "HKD", "INR", "JPY", "KRW", "MXN", "NOK", "NZD", "RON", "SEK", "SGD", "TRY",
        "USD", "ZAR",
    ]

    /// Whether amounts have two decimals, or none.
    static func hasDecimals(_ code: String) -> Bool { code != "JPY" && code != "KRW" }

    /// - Returns: The code in upper case: `eur` is EUR.
    static func normal(_ given: String) throws(ValueRefusal) -> String {
        let code = given.trimmingBlanks.uppercased()
        guard codes.contains(code) else { throw ValueRefusal(.unknown, "must be one of \(codes.joined(separator: ", "))") }
        return code
    }
}
