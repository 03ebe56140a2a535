internal import Postgres
internal import Records

/// The statements that write services and their versions.
enum LineItemStatements {
    static let insertService = Statement<(contract: ID<Contract>, service: ID<ServiceLineItem>), Void>(
        "line_item.insert_service"
    ) { p in
        "INSERT INTO service (tenant_id, contract_id, id) VALUES (\(p.tenant), \(p.contract), \(p.service))"
    }

    /// A version to store.
    struct Version {
        let id = ID<ServiceLineItem>.new()
        let contract: ID<Contract>
        let service: ID<ServiceLineItem>
        let sku: ID<Sku>?
        let name: String?
        let comments: String?
        let billed: BilledType
        let price: Double?
        let quantity: Int64?
        let taxRate: Double?
        let start: Time?
        let end: Time?
        let application: String?

        /// - Parameter service: Nil for a new one, which gets the id of its first version.
        init(
            _ values: LineItemValues, of contract: ID<Contract>, service: ID<ServiceLineItem>? = nil,
            billed: BilledType, start: Time?, end: Time? = nil
        ) {
            self.contract = contract
            self.service = service ?? id
            sku = values.sku
            name = values.name
            comments = values.comments
            self.billed = billed
            price = values.price
            quantity = values.quantity
            taxRate = values.taxRate
            self.start = start
            self.end = end
            application = values.application
        }
    }

    static let insert = Statement<Version, Void>("line_item.insert") { p in
        let (id, contract, service, sku, actor) = (p.id, p.contract, p.service, p.sku, p.actor)
        let (name, comments, billed, price, quantity) = (p.name, p.comments, p.billed, p.price, p.quantity)
        let (taxRate, start, end, application) = (p.taxRate, p.start, p.end, p.application)
        return """
            INSERT INTO service_line_item (tenant_id, id, contract_id, service_id, sku_id, created_by_id, name,
            comments, billed, price, quantity, vat_rate, started_at, ended_at, app_source)
            VALUES (\(p.tenant), \(id), \(contract), \(service), \(sku), \(actor), coalesce(\(bare: name), ''),
            coalesce(\(bare: comments), ''), \(bare: billed), coalesce(\(price), 0), coalesce(\(quantity), 0),
            \(rate(taxRate)), coalesce(\(day(start)), date_trunc('day', now())), \(day(end)),
            coalesce(\(bare: application), 'customer-os-api'))
            """
    }

    /// What a version is changed to.
    struct Update {
        let id: ID<ServiceLineItem>
        let name: String?
        let comments: String?
        let price: Double?
        let quantity: Int64?
        let taxRate: Double?
        let sku: ID<Sku>?
        let start: Time
    }

    static let update = Statement<Update, Void>("line_item.update") { p in
        let (id, name, comments, price, quantity) = (p.id, p.name, p.comments, p.price, p.quantity)
        let (taxRate, sku, start) = (p.taxRate, p.sku, p.start)
        return """
            UPDATE service_line_item SET name = coalesce(\(bare: name), ''), comments = coalesce(\(bare: comments), ''),
            price = coalesce(\(price), 0), quantity = coalesce(\(quantity), 0), vat_rate = \(rate(taxRate)),
            sku_id = \(sku), started_at = \(day(start)), updated_at = now() WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    /// Each version of a service ends when the next begins; the last ends with the service, if at all.
    static let deriveEnds = Statement<(service: ID<ServiceLineItem>, end: Time?), Void>("line_item.derive_ends") { p in
        let (service, end) = (p.service, p.end)
        return """
            UPDATE service_line_item i SET ended_at = derived.ends, updated_at = now() FROM (\
            SELECT id, coalesce(lead(started_at) OVER (ORDER BY started_at), \(day(end))) AS ends
            FROM service_line_item WHERE tenant_id = \(p.tenant) AND service_id = \(service)) derived
            WHERE i.tenant_id = \(p.tenant) AND i.id = derived.id AND i.ended_at IS DISTINCT FROM derived.ends
            """
    }

    /// Without an end it is today.
    static let close = Statement<(id: ID<ServiceLineItem>, end: Time?), Void>("line_item.close") { p in
        let (id, end) = (p.id, p.end)
        return """
            UPDATE service_line_item SET ended_at = coalesce(\(day(end)), date_trunc('day', now())), is_canceled = true,
            updated_at = now() WHERE tenant_id = \(p.tenant) AND id = \(id)
            """
    }

    static let pause = Statement<(id: ID<ServiceLineItem>, paused: Bool), Void>("line_item.pause") { p in
        let (id, paused) = (p.id, p.paused)
        return """
            UPDATE service_line_item SET paused = \(paused),
            updated_at = CASE WHEN paused = \(paused) THEN updated_at ELSE now() END WHERE tenant_id = \(p.tenant)
            AND id = \(id)
            """
    }

    // MARK: Removal

    /// Removes the lines of dry runs with versions that are about to be removed.
    static let removeRehearsals = Statement<[ID<ServiceLineItem>], Void>("line_item.remove_rehearsals") { versions in
        """
        DELETE FROM invoice_line l USING invoice v WHERE l.tenant_id = \(versions.tenant)
        AND l.service_line_item_id = ANY (\(versions.value)) AND v.tenant_id = l.tenant_id AND v.id = l.invoice_id
        AND v.dry_run
        """
    }

    static let remove = Statement<[ID<ServiceLineItem>], Void>("line_item.remove") { versions in
        "DELETE FROM service_line_item WHERE tenant_id = \(versions.tenant) AND id = ANY (\(versions.value))"
    }

    /// Removes a service that has no version left.
    static let removeService = Statement<ID<ServiceLineItem>, Void>("line_item.remove_service") { service in
        """
        DELETE FROM service s WHERE s.tenant_id = \(service.tenant) AND s.id = \(service.value) AND NOT EXISTS (\
        SELECT FROM service_line_item i WHERE i.tenant_id = \(service.tenant) AND i.service_id = \(service.value))
        """
    }

    // MARK: What it refers to

    /// The name of a product, which then stays until the change is done.
    static let sku = Statement<ID<Sku>, String>("line_item.sku") { id in
        "SELECT name FROM sku WHERE tenant_id = \(id.tenant) AND id = \(id.value) FOR KEY SHARE"
    }

    /// Those among the given versions and services that are not the contract's.
    static let foreign = Statement<(contract: ID<Contract>, items: [ID<ServiceLineItem>]), ID<ServiceLineItem>>(
        "line_item.not_of_contract"
    ) { p in
        let (contract, items) = (p.contract, p.items)
        return """
            SELECT given.id FROM unnest(\(items)) given (id) WHERE NOT EXISTS (SELECT FROM service_line_item i
            WHERE i.tenant_id = \(p.tenant) AND i.contract_id = \(contract) AND given.id IN (i.id, i.service_id))
            """
    }

    // MARK: The timeline

    static let tellAdded = Statement<ID<ServiceLineItem>, Void>("line_item.tell_added") { id in
        "CALL line_item_added_action(\(id.tenant)::integer, \(id.value), \(id.actor))"
    }

    /// With the price and the quantity before.
    static let tellCorrected = Statement<(id: ID<ServiceLineItem>, price: String, quantity: Int64), Void>(
        "line_item.tell_corrected"
    ) { p in
        let (id, actor, price, quantity) = (p.id, p.actor, p.price, p.quantity)
        return """
            CALL line_item_corrected_actions(\(p.tenant)::integer, \(id), \(actor), \(bare: price)::numeric,
            \(quantity))
            """
    }

    static let tellRemoved = Statement<ID<ServiceLineItem>, Void>("line_item.tell_removed") { id in
        "CALL line_item_removed_action(\(id.tenant)::integer, \(id.value), \(id.actor))"
    }

    // MARK: Values as stored

    /// Not negative, two decimals.
    static func rate(_ rate: Placeholder) -> SQL { "trunc(greatest(coalesce(\(rate), 0), 0), 2)" }

    static func day(_ time: Placeholder) -> SQL { "date_trunc('day', \(time))" }
}
