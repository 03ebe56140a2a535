internal import Postgres
internal import Records

/// A kind of line, with its tables and columns.
struct ImportKind: Sendable {
    /// The `type` of its lines, also used in `import_key`.
    let name: String
    /// The same in SQL.
    let word: SQL
    let table: SQL
    /// The column of `import_key`.
    let key: SQL
    /// The column of `external_link`.
    let link: SQL
    /// The table with the fields' columns.
    let record: SQL
    let fields: [ImportField]
    /// Members that are lists of texts.
    let lists: [List]
    /// Selects the rows of the table, `t`, that are of this kind.
    let condition: SQL
    let canBeMerged: Bool
    let hasCode: Bool
    let hasOwner: Bool
    /// Whether a line may name the record's organization.
    let hasOrganization: Bool
    /// All tables that its lines fill.
    let tables: SQL
    /// Further columns of a new record.
    let insertion: (columns: SQL, values: SQL)
    /// Further assignments of a changed one.
    let assignments: SQL

    struct List: Sendable {
        let member: String
        /// The name of its values in the staging table.
        let name: String
    }

    /// In the order of their references.
    static let all = [organization, contact, opportunity, interaction]

    static func named(_ name: String) -> ImportKind? { all.first { $0.name == name } }

    static let organization = ImportKind(
        name: "organization", word: "organization", table: "organization", key: "organization_id", link: "organization_id",
        record: "organization",
        fields: ImportField.all(of: Organization.table),
        lists: [List(member: "domains", name: "DOMAIN"), List(member: "tags", name: "TAG")],
        condition: "true", canBeMerged: true, hasCode: true, hasOwner: true, hasOrganization: false,
        tables: "organization, organization_domain, organization_tag, tag, import_key",
        insertion: (", stage_changed_at", ", now()"),
        assignments:
            ", stage_changed_at = CASE WHEN i.stage IS DISTINCT FROM t.stage AND i.stage IS NOT NULL THEN now() ELSE t.stage_changed_at END"
    )

    static let contact = ImportKind(
        name: "contact", word: "contact", table: "contact", key: "contact_id", link: "contact_id", record: "contact",
        fields: ImportField.all(of: Contact.table),
        lists: [
            List(member: "emails", name: "EMAIL"), List(member: "phoneNumbers", name: "PHONE"), List(member: "tags", name: "TAG"),
        ],
        condition: "true", canBeMerged: true, hasCode: false, hasOwner: true, hasOrganization: false,
        tables: "contact, email, contact_email, phone_number, contact_phone_number, job_role, contact_tag, tag, import_key",
        insertion: ("", ""), assignments: "")

    static let opportunity = ImportKind(
        name: "opportunity", word: "opportunity", table: "opportunity", key: "opportunity_id", link: "opportunity_id",
        record: "opportunity",
        fields: ImportField.all(of: Opportunity.table),
        lists: [], condition: "true", canBeMerged: false, hasCode: false, hasOwner: true, hasOrganization: true,
        tables: "opportunity, import_key",
        insertion: (", stage_changed_at", ", now()"),
        assignments: """
            , stage_changed_at = CASE WHEN coalesce(i.internal_stage, t.internal_stage) <> t.internal_stage \
            OR coalesce(i.external_stage, t.external_stage) <> t.external_stage THEN now() ELSE t.stage_changed_at END
            """)

    static let interaction = ImportKind(
        name: "interaction", word: "interaction", table: "timeline_event", key: "interaction_id", link: "timeline_event_id",
        record: "interaction_event",
        fields: ImportField.all(of: InteractionEvent.table),
        lists: [List(member: "sentBy", name: "SENT_BY"), List(member: "sentTo", name: "SENT_TO")],
        condition: "t.kind = 'INTERACTION_EVENT'", canBeMerged: false, hasCode: false, hasOwner: false, hasOrganization: false,
        tables: "timeline_event, interaction_event, timeline_event_participant, email, organization_timeline, contact_timeline, import_key",
        insertion: ("", ""), assignments: "")
}
