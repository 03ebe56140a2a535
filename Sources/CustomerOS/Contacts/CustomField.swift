internal import GraphQL
internal import Postgres
internal import Records

/// Custom values of a tenant's records, and their definitions.
enum CustomField {
    static let value = Entity(
        "CustomField", table: "custom_field", columns: .record.merging(["template_id": "t.template_id"]) { $1 },
        fields: record + [
            .alias("source", of: "source", .enumeration),
            .column("name", "t.name", .text),
            .column("datatype", "t.data_type", .enumeration),
            .column("value", "t.value", .json),
            .relation("template", .toOne("template_id", "custom_field_template")),
        ])

    static let template = Entity(
        "CustomFieldTemplate", table: "custom_field_template", columns: .record,
        fields: record + [
            .column("name", "t.name", .text),
            .column("type", "t.type", .enumeration),
            .column("validValues", "t.valid_values", .array(.text)),
            .column("entityType", "t.entity_type", .enumeration),
            .column("order", "t.position", .int64),
            .column("required", "t.required", .boolean),
            .column("length", "t.length", .int64),
            .column("min", "t.min", .int64),
            .column("max", "t.max", .int64),
        ])

    private static let record: [EntityField] = [
        .alias("id", of: "id", .identifier),
        .alias("createdAt", of: "created_at", .time),
        .alias("updatedAt", of: "updated_at", .time),
    ]
}
