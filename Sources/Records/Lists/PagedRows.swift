package import GraphQL
package import Postgres

/// The rows of which a page is a part: how they are found and counted.
package struct PagedRows: Sendable {
    /// What is paged: the tenant's objects, or those of each parent.
    package enum Scope: Sendable {
        case tenant
        /// `key` is the parent's id in `from`.
        case parent(key: SQL)
    }

    let scope: Scope
    /// The table as `t`.
    let from: SQL
    let condition: SQL
    /// The count without a filter. `$1` is the tenant. With parents: `$2` their ids, and the rows are key and count.
    let count: SQL
    /// The value by which they are sorted, greatest first, unless the client asks for another order. An index must
    /// provide this order.
    private(set) var greatestFirst: SQL?
    /// The least number of members that AND and OR in a filter must have.
    private(set) var leastGroup = 2
    /// How many parameters `arguments` makes.
    let argumentCount: Int
    /// The parameters of `condition` and `count` after the tenant and the parents' ids.
    let arguments: @Sendable (Arguments, Issuer) throws -> [Parameter]

    package init(
        scope: Scope, from: SQL, condition: SQL, count: SQL, argumentCount: Int = 0,
        arguments: @escaping @Sendable (Arguments, Issuer) throws -> [Parameter] = { _, _ in [] }
    ) {
        self.scope = scope
        self.from = from
        self.condition = condition
        self.count = count
        self.argumentCount = argumentCount
        self.arguments = arguments
    }

    /// The same in another default order.
    func sorted(greatestFirst value: SQL?) -> PagedRows {
        var rows = self
        rows.greatestFirst = value
        return rows
    }

    /// The same with filters whose AND and OR may have any number of members. Without members they are no condition.
    func withGroupsOfAnySize(_ isWanted: Bool) -> PagedRows {
        var rows = self
        rows.leastGroup = isWanted ? 0 : leastGroup
        return rows
    }

    /// The first parameter of a statement that is neither the tenant, nor the parents' ids, nor an argument.
    var firstFreeParameter: Int {
        switch scope {
        case .tenant: 2 + argumentCount
        case .parent: 3 + argumentCount
        }
    }
}
