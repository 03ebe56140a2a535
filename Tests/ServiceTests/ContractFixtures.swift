import Foundation
import Postgres
import Testing

/// Contracts stored in their initial state, with nothing derived yet, so that a test can ask what follows from them at
/// a time of its choice.
extension TestTenant {
    /// Creates a contract through the API and returns its id.
    func contract(_ organization: String, _ members: String) throws -> String {
        let data = try data(
            "mutation { contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { metadata { id } } }")
        return try #require((data["contract_Create"] as? [String: Any])?.object("metadata").text("id"))
    }

    /// Creates a service through the API and returns the id of its first version.
    func item(_ contract: String, _ members: String) throws -> String {
        let data = try data(
            "mutation { contractLineItem_Create(input: { contractId: \"\(contract)\", \(members) }) { metadata { id } } }")
        return try #require((data["contractLineItem_Create"] as? [String: Any])?.object("metadata").text("id"))
    }

    func storedContract(
        _ organization: String, months: Int, isApproved: Bool = true, isAutomatic: Bool = false, start: String? = nil, end: String? = nil,
        currency: String = "USD"
    ) throws -> String {
        try #require(
            try value(
                """
                INSERT INTO contract (tenant_id, id, organization_id, length_in_months, approved, auto_renew, service_started_at, ended_at, \
                currency) VALUES ($1::integer, gen_random_uuid(), $2::uuid, $3::integer, $4::boolean, $5::boolean, $6::timestamptz, \
                $7::timestamptz, $8) RETURNING id
                """,
                [
                    .text(organization), .text(String(months)), .text(String(isApproved)), .text(String(isAutomatic)),
                    Parameter(given: start), Parameter(given: end), .text(currency),
                ]))
    }

    /// - Parameter item: Cycle, price and quantity, such as `MONTHLY 10 2`.
    @discardableResult
    func storedItem(_ contract: String, _ item: String, start: String = "2024-01-01", end: String? = nil) throws -> String {
        let parts = item.split(separator: " ").map { Parameter.text(String($0)) }
        return try #require(
            try value(
                """
                WITH made AS (INSERT INTO service VALUES ($1::integer, $2::uuid, gen_random_uuid()) RETURNING id), item AS (\
                INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, billed, price, quantity, started_at, ended_at) \
                SELECT $1::integer, id, $2::uuid, id, $3, $4::numeric, $5::bigint, $6::timestamptz, $7::timestamptz FROM made RETURNING id) \
                SELECT id FROM item
                """, [.text(contract)] + parts + [.text(start), Parameter(given: end)]))
    }

    /// What follows from a contract at a given time.
    func refresh(_ contract: String, _ cause: String = "CONTRACT", at moment: String) throws {
        try database().run(
            "CALL contract_refresh($1::integer, ARRAY[$2::uuid], $3, NULL, $4::timestamptz)",
            [id, .text(contract), .text(cause), .text(moment)])
    }

    /// The active renewal of a contract: amount, greatest amount, likelihood, rate and day, or nothing.
    func renewal(_ contract: String) throws -> [String] {
        let rows = try database().run(
            """
            SELECT trim_scale(amount), trim_scale(max_amount), renewal_likelihood, renewal_adjusted_rate, renewed_at::date \
            FROM active_renewal WHERE tenant_id = $1::integer AND contract_id = $2::uuid
            """, [id, .text(contract)])
        return rows.rowCount == 0 ? [] : (0..<5).map { rows.text(0, $0) ?? "null" }
    }

    /// All columns of the one row that a statement returns.
    func row(_ sql: SQL, _ parameters: [Parameter] = []) throws -> [String] {
        let rows = try database().run(sql, [id] + parameters)
        return rows.rowCount == 0 ? [] : (0..<rows.columnCount).map { rows.text(0, $0) ?? "null" }
    }

    /// A day relative to today, in the API's format.
    func day(_ offset: Int) -> String {
        let today = Int(Date().timeIntervalSince1970 / 86_400)
        return Date(timeIntervalSince1970: Double((today + offset) * 86_400)).ISO8601Format()
    }
}

extension Parameter {
    init(given text: String?) { self = text.map { .text($0) } ?? .null }
}
