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

    /// The first parameter of a statement that is neither the tenant, nor the parents' ids, nor an argument.
    var firstFreeParameter: Int {
        switch scope {
        case .tenant: 2 + argumentCount
        case .parent: 3 + argumentCount
        }
    }
}
