internal import GraphQL
internal import Postgres

/// The statements that write services and their versions.
enum LineItemTable {
    /// A rate as stored: not negative, two decimals.
    private static func rate(_ parameter: SQL) -> SQL { "trunc(greatest(coalesce(\(parameter)::numeric, 0), 0), 2)" }

    private static func day(_ parameter: SQL) -> SQL { "date_trunc('day', \(parameter)::timestamptz)" }

    /// The service of the version `$2`, or `$2` itself.
    private static let service: SQL =
        "coalesce((SELECT service_id FROM service_line_item WHERE tenant_id = $1 AND id = $2::uuid), $2::uuid)"

    private static let contractOfService: SQL =
        "(SELECT contract_id FROM service_line_item WHERE tenant_id = $1 AND service_id = \(service) LIMIT 1)"

    private static let lockOrganization = StatementText(
        "line_item.lock_organization",
        """
        SELECT id FROM organization WHERE tenant_id = $1 AND id = (SELECT organization_id FROM contract \
        WHERE tenant_id = $1 AND id = coalesce($3::uuid, \(contractOfService))) FOR NO KEY UPDATE
        """)

    /// `$2` a version or service, or `$3` the contract; `$4` the client's day.
    private static let lockContract = StatementText(
        "line_item.lock_contract",
        """
        SELECT c.id, c.status, to_char(now(), 'YYYY-MM-DD'), to_char(\(day("$4")), 'YYYY-MM-DD'), (SELECT max(v.period_end)::text \
        FROM invoice v WHERE v.tenant_id = c.tenant_id AND v.contract_id = c.id AND NOT v.dry_run \
        AND v.status NOT IN ('INITIALIZED', 'VOID')), coalesce((SELECT invoicing_postpaid FROM tenant_setting WHERE tenant_id = $1), false), \
        c.next_invoice_date::text, coalesce(c.currency, base_currency(c.tenant_id)) FROM contract c \
        WHERE c.tenant_id = $1 AND c.id = coalesce($3::uuid, \(contractOfService)) \
        AND \(Contract.isVisible("c")) FOR NO KEY UPDATE OF c
        """)

    /// The client's `$3` price, `$4` quantity and `$5` rate.
    private static let versions = StatementText(
        "line_item.versions",
        """
        SELECT i.id, i.service_id, to_char(i.started_at, 'YYYY-MM-DD'), i.billed, i.name, i.comments, i.sku_id, i.is_canceled, \
        EXISTS (SELECT FROM invoice_line l JOIN invoice v ON v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND NOT v.dry_run \
        AND v.status NOT IN ('INITIALIZED', 'VOID') WHERE l.tenant_id = i.tenant_id AND l.service_line_item_id = i.id), \
        i.price, i.quantity, i.price = coalesce($3::numeric, 0), i.quantity = coalesce($4::bigint, 0), i.vat_rate = \(rate("$5")), \
        to_char(i.ended_at, 'YYYY-MM-DD') \
        FROM service_line_item i WHERE i.tenant_id = $1 AND i.service_id = \(service) ORDER BY i.started_at
        """)

    /// Locks a contract and what changes with it, in the common order, and reads the versions of a service.
    static func locks(_ id: String?, contract: String?, day: String?, _ values: LineItemValues?, tenant: Parameter) -> [Query] {
        [
            Query(lockOrganization, [tenant, Parameter(text: id), Parameter(text: contract)]),
            Query(lockContract, [tenant, Parameter(text: id), Parameter(text: contract), Parameter(text: day)]),
            Query(
                versions,
                [tenant, Parameter(text: id), values?.price ?? .null, values?.quantity ?? .null, values?.taxRate ?? .null]),
        ]
    }

    static let insertService = StatementText(
        "line_item.insert_service", "INSERT INTO service (tenant_id, contract_id, id) VALUES ($1, $2::uuid, $3::uuid)")

    /// `$2` id, `$3` contract, `$4` service, `$5` product, `$6` creator, `$7` name, `$8` comments, `$9` cycle, `$10`
    /// price, `$11` quantity, `$12` rate, `$13` start, `$14` end, `$15` application.
    static let insert = StatementText(
        "line_item.insert",
        """
        INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, sku_id, created_by_id, name, comments, billed, price, \
        quantity, vat_rate, started_at, ended_at, app_source) VALUES ($1, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, \
        coalesce($7, ''), coalesce($8, ''), $9, coalesce($10::numeric, 0), coalesce($11::bigint, 0), \(rate("$12")), \
        coalesce(\(day("$13")), date_trunc('day', now())), \(day("$14")), coalesce($15, 'customer-os-api'))
        """)

    /// `$2` id, `$3` name, `$4` comments, `$5` price, `$6` quantity, `$7` rate, `$8` product, `$9` start.
    static let update = StatementText(
        "line_item.update",
        """
        UPDATE service_line_item SET name = coalesce($3, ''), comments = coalesce($4, ''), price = coalesce($5::numeric, 0), \
        quantity = coalesce($6::bigint, 0), vat_rate = \(rate("$7")), sku_id = $8::uuid, started_at = \(day("$9")), updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// Each version of the service `$2` ends when the next begins; the last ends with the service, `$3`, if at all.
    static let deriveEnds = StatementText(
        "line_item.derive_ends",
        """
        UPDATE service_line_item i SET ended_at = derived.ends, updated_at = now() FROM (\
        SELECT id, coalesce(lead(started_at) OVER (ORDER BY started_at), \(day("$3"))) AS ends \
        FROM service_line_item WHERE tenant_id = $1 AND service_id = $2::uuid) derived \
        WHERE i.tenant_id = $1 AND i.id = derived.id AND i.ended_at IS DISTINCT FROM derived.ends
        """)

    /// `$2` id, `$3` the end, or today.
    static let close = StatementText(
        "line_item.close",
        """
        UPDATE service_line_item SET ended_at = coalesce(\(day("$3")), date_trunc('day', now())), is_canceled = true, updated_at = now() \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    static let pause = StatementText(
        "line_item.pause",
        """
        UPDATE service_line_item SET paused = $3::boolean, updated_at = CASE WHEN paused = $3::boolean THEN updated_at ELSE now() END \
        WHERE tenant_id = $1 AND id = $2::uuid
        """)

    /// `$2` the versions. The lines of dry runs go with them.
    static let remove = [
        StatementText(
            "line_item.remove_rehearsals",
            """
            DELETE FROM invoice_line l USING invoice v WHERE l.tenant_id = $1 AND l.service_line_item_id = ANY ($2::uuid[]) \
            AND v.tenant_id = l.tenant_id AND v.id = l.invoice_id AND v.dry_run
            """),
        StatementText("line_item.remove", "DELETE FROM service_line_item WHERE tenant_id = $1 AND id = ANY ($2::uuid[])"),
    ]

    /// `$2` the service, if no version is left.
    static let removeService = StatementText(
        "line_item.remove_service",
        """
        DELETE FROM service s WHERE s.tenant_id = $1 AND s.id = $2::uuid AND NOT EXISTS (\
        SELECT FROM service_line_item i WHERE i.tenant_id = $1 AND i.service_id = $2::uuid)
        """)

    static let sku = StatementText(
        "line_item.sku", "SELECT name FROM sku WHERE tenant_id = $1 AND id = $2::uuid FOR KEY SHARE")

    static let tellAdded = StatementText(
        "line_item.tell_added", "CALL line_item_added_action($1::integer, $2::uuid, $3::uuid)")
    static let tellCorrected = StatementText(
        "line_item.tell_corrected", "CALL line_item_corrected_actions($1::integer, $2::uuid, $3::uuid, $4::numeric, $5::bigint)")
    static let tellRemoved = StatementText(
        "line_item.tell_removed", "CALL line_item_removed_action($1::integer, $2::uuid, $3::uuid)")
}
