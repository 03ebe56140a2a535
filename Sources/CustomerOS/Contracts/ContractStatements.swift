internal import Postgres
internal import Records

/// The statements that write contracts.
enum ContractStatements {
    static let insert = Statement<ContractForm, Void>("contract.insert") { p in
        let (id, organization, actor) = (p.id, p.organization, p.actor)
        let days = [
            day(p.serviceStarted, "timestamptz"), day(p.signed, "timestamptz"), day(p.ended, "timestamptz"),
            day(p.invoicingStarted, "date"),
        ].reduce("" as SQL) { "\($0), \($1)" }
        let (columns, values) = (p.values.columns, p.values.values)
        return """
            INSERT INTO contract (tenant_id, id, organization_id, created_by_id, service_started_at, signed_at,
            ended_at, invoicing_start_date\(columns), app_source)
            VALUES (\(p.tenant), \(id), \(organization), \(actor)\(days)\(values),
            coalesce(\(p.application), 'customer-os-api'))
            """
    }

    static let update = Statement<ContractForm, Void>("contract.update") { p in
        let id = p.id
        let days = [
            changed("service_started_at", p.serviceStarted, "timestamptz"),
            changed("signed_at", p.signed, "timestamptz"),
            changed("ended_at", p.ended, "timestamptz"), changed("invoicing_start_date", p.invoicingStarted, "date"),
        ].reduce("" as SQL) { "\($0), \($1)" }
        let values = p.values.assignments
        return """
            UPDATE contract SET updated_at = now()\(days)\(values),
            app_source = coalesce(\(p.application), app_source) WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    /// Business dates are days.
    private static func day(_ day: Placeholder, _ type: SQL) -> SQL {
        "date_trunc('day', nullif(\(day), '')::timestamptz)::\(type)"
    }

    private static func changed(_ column: SQL, _ day: Placeholder, _ type: SQL) -> SQL {
        "\(column) = CASE WHEN \(day) IS NULL THEN \(column) ELSE \(self.day(day, type)) END"
    }

    static let hasDecimals = Statement<ID<Contract>, Bool>("contract.has_decimals") { id in
        """
        SELECT EXISTS (SELECT FROM service_line_item
        WHERE tenant_id = \(id.tenant) AND contract_id = \(id.value) AND price <> trunc(price))
        """
    }

    static let isInvoiced = Statement<ID<Contract>, Bool>("contract.is_invoiced") { id in
        """
        SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = \(id.tenant) AND contract_id = \(id.value) AND NOT dry_run)
        """
    }

    // MARK: Deletion

    static let archive = Statement<ID<Contract>, Void>("contract.archive") { id in
        """
        UPDATE contract SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
        WHERE tenant_id = \(id.tenant) AND id = \(id.value)
        """
    }

    static let archiveRenewals = Statement<ID<Contract>, Void>("contract.archive_renewals") { id in
        """
        UPDATE opportunity SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now()
        WHERE tenant_id = \(id.tenant) AND contract_id = \(id.value) AND state = 'LIVE' AND internal_stage IN ('OPEN',
        'SUSPENDED')
        """
    }

    static let deletePreviews = Statement<ID<Contract>, Void>("contract.delete_previews") { id in
        "DELETE FROM invoice WHERE tenant_id = \(id.tenant) AND contract_id = \(id.value) AND preview"
    }

    // MARK: Renewal

    /// The active renewal, and whether it is due.
    static let renewal = Statement<ID<Contract>, (ID<Opportunity>, Bool)>("contract.active_renewal") { id in
        """
        SELECT id, coalesce(renewed_at <= now(), false) FROM opportunity
        WHERE tenant_id = \(id.tenant) AND contract_id = \(id.value)
        AND internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE' FOR NO KEY UPDATE
        """
    }

    /// Sets the day of the active renewal, if one is given, and approves it, if asked to.
    static let decideRenewal = Statement<(id: ID<Contract>, day: Time?, approves: Bool), Void>(
        "contract.decide_renewal"
    ) { p in
        let (id, day, approves) = (p.id, p.day, p.approves)
        return """
            UPDATE opportunity SET renewal_approved = renewal_approved OR \(approves),
            renewed_at = coalesce(date_trunc('day', \(day)), renewed_at), updated_at = now()
            WHERE tenant_id = \(p.tenant) AND contract_id = \(id)
            AND internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE'
            """
    }
}
