package import Postgres

/// How objects are reached from many parents with one statement.
///
/// The statement selects `key`, by which rows find their parents, and the selected columns of the child, called `t`.
package struct Relation: Sendable {
    package enum Cardinality: Sendable { case one, many }

    /// The column of the parent that `key` must equal.
    package let parentColumn: String
    /// The child's table as `t`, joined with what leads to it.
    package let from: SQL
    package let key: SQL
    /// The tenant column of the table with `key`.
    package let tenant: SQL
    package let condition: SQL?
    package let order: SQL?
    package let cardinality: Cardinality
    /// Columns of the child that the link overrides.
    package let overrides: [String: SQL]
    /// Whether an empty list is null.
    package var emptyIsNull = false

    /// The same, but an empty list is null.
    package var nullWhenEmpty: Relation {
        var relation = self
        relation.emptyIsNull = true
        return relation
    }

    package init(
        parentColumn: String, from: SQL, key: SQL, tenant: SQL, condition: SQL?, order: SQL?, cardinality: Cardinality,
        overrides: [String: SQL]
    ) {
        self.parentColumn = parentColumn
        self.from = from
        self.key = key
        self.tenant = tenant
        self.condition = condition
        self.order = order
        self.cardinality = cardinality
        self.overrides = overrides
    }

    /// The object whose id is in the parent's column.
    package static func toOne(_ parentColumn: String, _ table: SQL) -> Relation {
        Relation(
            parentColumn: parentColumn, from: "\(table) t", key: "t.id", tenant: "t.tenant_id", condition: nil, order: nil,
            cardinality: .one, overrides: [:])
    }

    /// The object, shared by all tenants, whose id is in the parent's column.
    package static func toShared(_ parentColumn: String, _ table: SQL) -> Relation {
        Relation(
            parentColumn: parentColumn, from: "\(table) t", key: "t.id", tenant: "$1::integer", condition: nil, order: nil,
            cardinality: .one, overrides: [:])
    }

    /// The objects whose column `key` holds the parent's id.
    package static func toMany(_ table: SQL, by key: SQL, where condition: SQL? = nil, order: SQL) -> Relation {
        Relation(
            parentColumn: "id", from: "\(table) t", key: "t.\(key)", tenant: "t.tenant_id", condition: condition, order: order,
            cardinality: .many, overrides: [:])
    }

    /// The objects joined with the parent by rows of `link`, called `l`.
    package static func through(
        _ link: SQL, _ parentKey: SQL, _ childKey: SQL, _ table: SQL, where condition: SQL? = nil, order: SQL? = nil,
        overrides: [String: SQL] = [:], cardinality: Cardinality = .many
    ) -> Relation {
        Relation(
            parentColumn: "id",
            from: "\(link) l JOIN \(table) t ON t.tenant_id = l.tenant_id AND t.id = l.\(childKey)",
            key: "l.\(parentKey)", tenant: "l.tenant_id", condition: condition, order: order, cardinality: cardinality,
            overrides: overrides)
    }
}
