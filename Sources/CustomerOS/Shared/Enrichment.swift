internal import GraphQL
internal import Postgres
internal import Records

/// When enrichment of a record was requested, and the outcome: the columns behind `EnrichDetails`.
struct Enrichment: Sendable {
    /// A request without a result within a minute is not shown.
    let requestedAt = Column(
        "enrich_requested_at", .time,
        read: """
            CASE WHEN t.enriched_at IS NOT NULL OR t.enrich_failed_at IS NOT NULL \
            OR t.enrich_requested_at > now() - interval '1 minute' THEN t.enrich_requested_at END
            """)
    let enrichedAt = Column("enriched_at", .time)
    let failedAt = Column("enrich_failed_at", .time)

    static let bindings: [String: FieldBinding] = [
        "requestedAt": .column("enrich_requested_at", .time),
        "enrichedAt": .column("enriched_at", .time),
        "failedAt": .column("enrich_failed_at", .time),
        // Outside services find addresses and numbers, which a self-hosted server does not have.
        "emailEnrichedAt": .constant("null"), "emailFound": .constant("null"), "emailRequestedAt": .constant("null"),
        "mobilePhoneEnrichedAt": .constant("null"), "mobilePhoneFound": .constant("null"),
        "mobilePhoneRequestedAt": .constant("null"),
    ]
}
