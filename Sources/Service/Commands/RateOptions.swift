internal import CustomerOS
internal import GraphQL

/// The options that limit keys and tenants.
enum RateOptions {
    private static let range = 0...RateLimit.range.upperBound

    static func all(requests: String, cost: String) -> [Option] {
        [
            Option("requests-per-minute", value: "NUMBER", requests, kind: .number(range)),
            Option("cost-per-minute", value: "NUMBER", cost, kind: .number(range)),
        ]
    }

    /// The limit of a new key or tenant.
    static func limit(_ arguments: Arguments) -> RateLimit {
        let number = { (name: String) in arguments.number(name).flatMap { $0 > 0 ? $0 : nil } }
        return RateLimit(requests: number("requests-per-minute"), cost: number("cost-per-minute"))
    }

    static func change(_ arguments: Arguments) throws(UsageError) -> Administration.RateLimitChange {
        let change = Administration.RateLimitChange(
            requests: arguments.number("requests-per-minute"), cost: arguments.number("cost-per-minute"))
        guard change.requests != nil || change.cost != nil else {
            throw UsageError("Name what to limit: --requests-per-minute, --cost-per-minute or both; 0 removes a limit.")
        }
        return change
    }

    /// What a limit allows, as the end of a sentence.
    static func text(_ limit: RateLimit) -> String {
        let parts = [limit.requests.map { "\($0) requests" }, limit.cost.map { "a cost of \($0)" }].compactMap(\.self)
        return parts.isEmpty ? "any number of requests" : "\(parts.joined(separator: " and ")) a minute"
    }

    static func value(_ number: Int?) -> InputValue { number.map { .integer(Int64($0)) } ?? .null }
}
