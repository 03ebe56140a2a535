internal import GraphQL
internal import Postgres
internal import Records

/// A change of the visibility of organizations: hiding, showing or archiving.
struct OrganizationState: Sendable {
    /// Takes any number of organizations and returns those that exist.
    private let change: Statement<[ID<Organization>], ID<Organization>>
    /// The verb in error messages.
    private let verb: String
    /// Whether the organization's list values change.
    private let refreshesTouchpoint: Bool

    static let hide = OrganizationState(
        change: statement(
            "organization.hide", found: "state IN ('LIVE', 'HIDDEN')", changed: "found.state = 'LIVE'",
            state: "'HIDDEN'"),
        verb: "hide", refreshesTouchpoint: false)

    static let show = OrganizationState(
        change: statement(
            "organization.show_all", found: "state IN ('LIVE', 'HIDDEN')", changed: "found.state = 'HIDDEN'",
            state: "'LIVE'"),
        verb: "show", refreshesTouchpoint: true)

    static let archive = OrganizationState(
        change: statement(
            "organization.archive", found: "state <> 'MERGED'", changed: "found.state <> 'ARCHIVED'",
            state: "'ARCHIVED'"),
        verb: "archive", refreshesTouchpoint: false)

    /// Organizations already in the state are left unchanged.
    private static func statement(
        _ name: String, found: SQL, changed: SQL, state: SQL
    ) -> Statement<[ID<Organization>], ID<Organization>> {
        Statement(name) { ids in
            """
            WITH found AS (SELECT id, state FROM organization WHERE tenant_id = \(ids.tenant)
            AND id = ANY (\(ids.value)) AND \(found)
            ORDER BY id FOR NO KEY UPDATE),
            changed AS (UPDATE organization o SET state = \(state), state_changed_at = now(), updated_at = now()
            FROM found
            WHERE o.tenant_id = \(ids.tenant) AND o.id = found.id AND \(changed)) SELECT id FROM found
            """
        }
    }

    private static let refreshTouchpoint = Statement<[ID<Organization>], Void>("organization.refresh_touchpoint") {
        ids in
        "CALL organization_touchpoint_refresh(\(ids.tenant)::integer, \(ids.value))"
    }

    /// Changes the organizations that exist.
    /// - Returns: These, and a failure for each other id.
    func apply(
        to ids: [ID<Organization>], _ change: Changing
    ) async throws -> (found: [ID<Organization>], failures: [FieldError]) {
        let valid = ids.filter { !$0.isNobody }
        let found = try await change.run(
            self.change.with(valid, if: !valid.isEmpty),
            Self.refreshTouchpoint.with(valid, if: refreshesTouchpoint && !valid.isEmpty)
        ).0
        let failures = ids.filter { !found.contains($0) }.map { id in
            id.text.isEmpty
                ? FieldError("Missing organization id", code: .badUserInput)
                : FieldError("Failed to \(verb) organization \(id)", code: .notFound)
        }
        return (found, failures)
    }

    /// Changes one organization.
    /// - Returns: Its id, as stored.
    func apply(to id: ID<Organization>, _ change: Changing) async throws -> ID<Organization> {
        let (found, failures) = try await apply(to: [id], change)
        if let failure = failures.first { throw failure }
        return found.first ?? id
    }

    /// Changes each organization independently. An error reports each that failed; nothing was done only if all did.
    func applyToEach(_ ids: [ID<Organization>], _ change: Changing) async throws -> Outcome {
        var seen: Set<String> = []
        let ids = ids.filter { seen.insert($0.text.lowercased()).inserted }
        let failures = try await apply(to: ids, change).failures
        return .partly(ids.isEmpty || failures.count < ids.count, remarks: failures)
    }
}

/// The argument of changes of several organizations.
struct OrganizationIDs: Decodable {
    let ids: [ID<Organization>]
}
