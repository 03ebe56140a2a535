internal import GraphQL
internal import Postgres
internal import Records

extension Organization {
    /// What is known of an organization's timeline.
    static let communications: [RecordField] = [
        .alias("lastTouchPointAt", of: "last_touchpoint_at", .time),
        .alias("lastTouchPointType", of: "last_touchpoint_type", .enumeration),
        .alias("lastTouchPointTimelineEventId", of: "last_touchpoint_id", .identifier),
        .bound("lastTouchPointTimelineEvent", .resolved(ReadField.timelineEvent(by: "last_touchpoint_id"))),
        .bound("timelineEvents", .resolved(ReadField.timeline(.organization))),
        .bound("timelineEventsTotalCount", .resolvedLeaf(ReadField.timelineCount(.organization), .int64)),
        .relation("issueSummaryByStatus", IssueSummary.self, IssueSummary.ofOrganizations),
        .leaf("inboundCommsCount", messages(fromUser: false), .int64),
        .leaf("outboundCommsCount", messages(fromUser: true), .int64),
    ]

    /// The interaction events on the timeline sent by a user of the tenant, or by others.
    private static func messages(fromUser: Bool) -> LeafRelation {
        .one(
            """
            SELECT l.organization_id, count(*) FROM organization_timeline l
            WHERE l.tenant_id = $1 AND l.organization_id = ANY ($2::uuid[]) AND l.kind = 'INTERACTION_EVENT'
            AND \(fromUser ? "" : "NOT ")EXISTS (SELECT FROM timeline_event_participant p WHERE p.tenant_id = $1
            AND p.timeline_event_id = l.timeline_event_id AND p.role = 'SENT_BY' AND (p.user_id IS NOT NULL OR EXISTS (\
            SELECT FROM user_email u WHERE u.tenant_id = $1 AND u.email_id = p.email_id))) GROUP BY l.organization_id
            """, absent: "0")
    }
}
