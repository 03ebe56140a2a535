internal import GraphQL
internal import Postgres
internal import Records

/// Changes the visibility of organizations: hiding, showing and archiving. The statements take any number of them, in
/// `$2`, and return the ids of those that exist.
struct OrganizationState: Sendable {
    fileprivate let change: StatementText
    /// The verb in error messages.
    fileprivate let verb: String
    /// Whether the organization's list values change.
    fileprivate let refreshesTouchpoint: Bool

    static let hide = OrganizationState(
        change: statement(
            "organization.hide", found: "state IN ('LIVE', 'HIDDEN')", changed: "LIVE", state: "HIDDEN"),
        verb: "hide", refreshesTouchpoint: false)

    static let show = OrganizationState(
        change: statement(
            "organization.show_all", found: "state IN ('LIVE', 'HIDDEN')", changed: "HIDDEN", state: "LIVE"),
        verb: "show", refreshesTouchpoint: true)

    static let archive = OrganizationState(
        change: statement(
            "organization.archive", found: "state <> 'MERGED'", changed: nil, state: "ARCHIVED"),
        verb: "archive", refreshesTouchpoint: false)

    /// Organizations already in the state are left unchanged.
    private static func statement(_ name: String, found: SQL, changed: SQL?, state: SQL) -> StatementText {
        let condition: SQL = changed.map { "found.state = '\($0)'" } ?? "found.state <> '\(state)'"
        return StatementText(
            name,
            """
            WITH found AS (SELECT id, state FROM organization WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND \(found) \
            ORDER BY id FOR NO KEY UPDATE), \
            changed AS (UPDATE organization o SET state = '\(state)', state_changed_at = now(), updated_at = now() FROM found \
            WHERE o.tenant_id = $1 AND o.id = found.id AND \(condition)) SELECT id FROM found
            """)
    }

    /// Changes the organizations that exist.
    /// - Returns: One failure for each unknown id.
    fileprivate func apply(
        to ids: [String], _ transaction: Transaction, _ context: RequestContext
    ) async throws -> [FieldError] {
        let valid = ids.filter(UUIDKey.isValid)
        var found: Set<String> = []
        if !valid.isEmpty {
            let parameters: [Parameter] = [context.tenantParameter, .text(arrayText(valid))]
            var queries = [Query(change, parameters)]
            if refreshesTouchpoint { queries.append(Query(OrganizationTable.refreshTouchpoint, parameters)) }
            let rows = try await transaction.run(queries, context)[0]
            found = Set((0..<rows.rowCount).compactMap { rows.text($0, 0) })
        }
        return ids.filter { !found.contains($0.lowercased()) }.map { id in
            id.isEmpty
                ? FieldError("Missing organization id", code: .badUserInput)
                : FieldError("Failed to \(verb) organization \(id)", code: .notFound)
        }
    }
}

/// `organization_Hide` and `organization_Show`: return the id.
final class SetOrganizationState: LeafMutation, @unchecked Sendable {
    private let state: OrganizationState

    init(_ state: OrganizationState) { self.state = state }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> [String] {
        let id = arguments.text("id") ?? ""
        if let failure = try await state.apply(to: [id], transaction, context).first { throw failure }
        return [id.lowercased()]
    }
}

/// `organization_Archive`: invisible to every reader, with all links kept.
final class ArchiveOrganization: OutcomeMutation, @unchecked Sendable {
    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        let failures = try await OrganizationState.archive.apply(to: [arguments.text("id") ?? ""], transaction, context)
        return .result(failures.isEmpty, remark: failures.first)
    }
}

/// `organization_HideAll`, `organization_ShowAll`, `organization_ArchiveAll`: each id independently. An error reports
/// each that failed; the result is false only if all did.
final class SetOrganizationStates: OutcomeMutation, @unchecked Sendable {
    private let state: OrganizationState

    init(_ state: OrganizationState) { self.state = state }

    override func change(_ arguments: Arguments, _ transaction: Transaction, _ context: RequestContext) async throws -> MutationOutcome {
        var seen: Set<String> = []
        let ids = arguments.values.texts("ids").filter { seen.insert($0.lowercased()).inserted }
        let failures = try await state.apply(to: ids, transaction, context)
        return MutationOutcome(["result": ids.isEmpty || failures.count < ids.count ? "t" : "f"], remarks: failures)
    }
}
