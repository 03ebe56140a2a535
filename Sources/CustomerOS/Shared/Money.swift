internal import GraphQL

/// Amounts of money: decimals in the database, numbers in JSON.
enum Money {
    /// Beyond it a number in JSON is too coarse to be money, and what amounts come to could be more than any number there.
    private static let limit = 1e15

    /// - Parameters:
    ///   - members: The members of the input that are amounts.
    ///   - failure: What the client is told first; the amount itself, if there is nothing to be told before it.
    /// - Throws: `FieldError` for an amount that is too large.
    static func check(_ input: InputObject, _ members: [String], _ failure: String? = nil) throws(FieldError) {
        for member in members {
            let amount: Double
            switch input[member] {
            case .float(let number)?: amount = number
            case .integer(let number)?: amount = Double(number)
            default: continue
            }
            guard amount.magnitude < limit else {
                let reason = "\(member) must be less than 1,000,000,000,000,000, be it positive or negative"
                guard let failure else { throw FieldError(reason, code: .badUserInput, field: member) }
                throw FieldError(failure, reason: reason, code: .badUserInput, field: member)
            }
        }
    }
}
