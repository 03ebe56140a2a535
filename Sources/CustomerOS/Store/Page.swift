internal import GraphQL
internal import Postgres
internal import Records

/// A page of a type that is no `Record` yet.
struct Page: Sendable {
    fileprivate let rows: PagedRows
    fileprivate let keys: ListKeys

    /// - Parameter arguments: Those used in `condition` and `count`, as the parameters after the tenant and the parents'
    ///   ids.
    init(
        scope: PagedRows.Scope, from: SQL, condition: SQL, sortKeys: [SortKey], filterProperties: [FilterProperty] = [],
        arguments: [String] = [], count: SQL
    ) {
        rows = PagedRows(scope: scope, from: from, condition: condition, count: count, argumentCount: arguments.count) { given, _ in
            arguments.map { Parameter(given[$0]) }
        }
        keys = ListKeys(sorted: sortKeys, filtered: filterProperties)
    }
}

extension ReadField {
    static func page(_ page: Page) -> ReadField {
        .page(page.rows, page.keys) { $0.field("content").flatMap { Catalog.shared.entity($0.type.namedType.name) } }
    }
}

extension FieldBinding {
    static func page(_ page: Page) -> FieldBinding { .resolved(ReadField.page(page)) }

    static func page(totalAvailable: Bool) -> [String: FieldBinding] { .page(totalAvailable: totalAvailable) }
}
