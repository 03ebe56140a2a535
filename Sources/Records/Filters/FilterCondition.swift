internal import GraphQL
internal import Postgres

/// The argument `where` of a list as a condition on its rows, the table's `t`.
///
/// Values are parameters; all statement text comes from the declared properties.
struct FilterCondition {
    let sql: SQL
    let parameters: [Parameter]

    /// Nil if there is no filter.
    /// - Parameter leastGroup: The least number of members that AND and OR must have.
    /// - Parameter rows: The rows of the list without the filter, from FROM to the end of WHERE.
    /// - Parameter firstParameter: The number of the statement's parameter that the first value becomes.
    /// - Throws: `FieldError` if the filter is malformed, exceeds a limit, or names an undeclared property.
    init?(
        _ value: InputValue?, _ properties: [FilterProperty], leastGroup: Int = 2, rows: SQL, limits: FilterLimits, firstParameter: Int
    ) throws(FieldError) {
        guard case .object(let filter)? = value else { return nil }
        var reader = FilterReader(properties, limits, leastGroup: leastGroup)
        let expression = try reader.read(filter)
        var writer = FilterWriter(rows: rows, firstParameter: firstParameter)
        sql = writer.write(expression)
        parameters = writer.parameters
    }
}
