internal import GraphQL
internal import Postgres

/// The statements that write contracts.
enum ContractTable {
    static let patch = ColumnPatch(columns: [
        ColumnPatch.Column("contractName", "name"),
        ColumnPatch.Column("contractUrl", "url"),
        ColumnPatch.Column("currency", "currency", initial: "base_currency($1)"),
        ColumnPatch.Column("lengthInMonths", "length_in_months", "integer", initial: "0"),
        ColumnPatch.Column("billingCycleInMonths", "billing_cycle_in_months", "integer", initial: "1"),
        ColumnPatch.Column("dueDays", "due_days", "integer", initial: "0"),
        ColumnPatch.Column("approved", "approved", "boolean", initial: "false"),
        ColumnPatch.Column("autoRenew", "auto_renew", "boolean", initial: "false"),
        ColumnPatch.Column("billingEnabled", "invoicing_enabled", "boolean", initial: "false"),
        ColumnPatch.Column("organizationLegalName", "organization_legal_name"),
        ColumnPatch.Column("addressLine1", "address_line1"),
        ColumnPatch.Column("addressLine2", "address_line2"),
        ColumnPatch.Column("locality", "locality"),
        ColumnPatch.Column("region", "region"),
        // Where the tenant itself is billed, according to its oldest profile.
        ColumnPatch.Column(
            "country", "country",
            initial: "coalesce((SELECT country FROM tenant_billing_profile WHERE tenant_id = $1 ORDER BY created_at, id LIMIT 1), '')"),
        ColumnPatch.Column("postalCode", "zip"),
        ColumnPatch.Column("billingEmail", "invoice_email"),
        ColumnPatch.Column("billingEmailCC", "invoice_email_cc", "text[]", initial: "'{}'"),
        ColumnPatch.Column("billingEmailBCC", "invoice_email_bcc", "text[]", initial: "'{}'"),
        ColumnPatch.Column("invoiceNote", "invoice_note"),
        ColumnPatch.Column("canPayWithCard", "can_pay_with_card", "boolean", initial: "true"),
        ColumnPatch.Column("canPayWithDirectDebit", "can_pay_with_direct_debit", "boolean", initial: "true"),
        ColumnPatch.Column("canPayWithBankTransfer", "can_pay_with_bank_transfer", "boolean", initial: "true"),
        ColumnPatch.Column("check", "can_pay_with_check", "boolean", initial: "true"),
        ColumnPatch.Column("payOnline", "pay_online", "boolean", initial: "true"),
        ColumnPatch.Column("payAutomatically", "pay_automatically", "boolean", initial: "true"),
        ColumnPatch.Column("appSource", "app_source", initial: "'customer-os-api'"),
    ])

    /// In the order of `ContractForm.dateParameters`. Business dates are days.
    private static let dates: [(column: SQL, type: SQL)] = [
        ("service_started_at", "timestamptz"), ("signed_at", "timestamptz"), ("ended_at", "timestamptz"), ("invoicing_start_date", "date"),
    ]

    /// `$1` tenant, `$2` id, `$3` organization, `$4` creator, `$5` to `$8` the dates, then the patch.
    static let insert: StatementText = {
        let (columns, values) = patch.insertion(from: 9)
        var dateColumns: SQL = ""
        var dateValues: SQL = ""
        for (index, date) in dates.enumerated() {
            dateColumns = "\(dateColumns), \(date.column)"
            dateValues = "\(dateValues), \(day(SQL.parameter(5 + index), date.type))"
        }
        return StatementText(
            "contract.insert",
            """
            INSERT INTO contract (tenant_id, id, organization_id, created_by_id\(dateColumns)\(columns)) \
            VALUES ($1, $2::uuid, $3::uuid, $4::uuid\(dateValues)\(values))
            """)
    }()

    /// `$1` tenant, `$2` id, `$3` to `$6` the dates, then the patch.
    static let update: StatementText = {
        var assignments: SQL = ""
        for (index, date) in dates.enumerated() {
            let parameter = SQL.parameter(3 + index)
            assignments =
                "\(assignments), \(date.column) = CASE WHEN \(parameter)::text IS NULL THEN \(date.column) ELSE \(day(parameter, date.type)) END"
        }
        return StatementText(
            "contract.update",
            """
            UPDATE contract SET updated_at = now()\(assignments)\(patch.assignments(from: 7)) WHERE tenant_id = $1 AND id = $2::uuid
            """)
    }()

    /// The empty text means no day.
    private static func day(_ parameter: SQL, _ type: SQL) -> SQL {
        "date_trunc('day', nullif(\(parameter)::text, '')::timestamptz)::\(type)"
    }

    /// Whether the end `$1` is before one of the days `$2` and `$3`, any of which may be null or empty.
    static let endsTooEarly = StatementText(
        "contract.ends_too_early",
        """
        SELECT coalesce(\(day("$1", "timestamptz")) < greatest(\(day("$2", "timestamptz")), \(day("$3", "timestamptz"))), false)
        """)

    static let lockOrganization = StatementText(
        "contract.lock_new_organization",
        "SELECT id FROM organization WHERE tenant_id = $1 AND id = $2::uuid AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE")

    private static let lockOrganizationOfContract = StatementText(
        "contract.lock_organization",
        """
        SELECT id FROM organization WHERE tenant_id = $1 \
        AND id = (SELECT organization_id FROM contract WHERE tenant_id = $1 AND id = $2::uuid) FOR NO KEY UPDATE
        """)

    private static let lock = StatementText(
        "contract.lock",
        """
        SELECT organization_id, status, length_in_months FROM contract WHERE tenant_id = $1 AND id = $2::uuid \
        AND \(Contract.isVisible("contract")) FOR NO KEY UPDATE
        """)

    /// Locks a contract and what changes with it, in the common order.
    static func locks(_ id: String, tenant: Parameter) -> [Query] {
        [Query(lockOrganizationOfContract, [tenant, .text(id)]), Query(lock, [tenant, .text(id)])]
    }

    static let hasDecimals = StatementText(
        "contract.has_decimals",
        "SELECT EXISTS (SELECT FROM service_line_item WHERE tenant_id = $1 AND contract_id = $2::uuid AND price <> trunc(price))")

    static let isInvoiced = StatementText(
        "contract.is_invoiced",
        "SELECT EXISTS (SELECT FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND NOT dry_run)")

    static let archive = [
        StatementText(
            "contract.archive",
            """
            UPDATE contract SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now() WHERE tenant_id = $1 AND id = $2::uuid
            """),
        StatementText(
            "contract.archive_renewals",
            """
            UPDATE opportunity SET state = 'ARCHIVED', state_changed_at = now(), updated_at = now() \
            WHERE tenant_id = $1 AND contract_id = $2::uuid AND state = 'LIVE' AND internal_stage IN ('OPEN', 'SUSPENDED')
            """),
        StatementText("contract.delete_previews", "DELETE FROM invoice WHERE tenant_id = $1 AND contract_id = $2::uuid AND preview"),
    ]

    /// The active renewal, and whether it is due.
    static let renewal = StatementText(
        "contract.active_renewal",
        """
        SELECT id, coalesce(renewed_at <= now(), false) FROM opportunity WHERE tenant_id = $1 AND contract_id = $2::uuid \
        AND internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE' FOR NO KEY UPDATE
        """)

    /// `$2` the contract, `$3` the day or null to keep it, `$4` whether this approves the renewal.
    static let decideRenewal = StatementText(
        "contract.decide_renewal",
        """
        UPDATE opportunity SET renewal_approved = renewal_approved OR $4::boolean, \
        renewed_at = coalesce(\(day("$3", "timestamptz")), renewed_at), updated_at = now() \
        WHERE tenant_id = $1 AND contract_id = $2::uuid AND internal_type = 'RENEWAL' AND internal_stage = 'OPEN' AND state = 'LIVE'
        """)
}
