internal import Postgres

extension Administration {
    /// The outcome of a rebuild.
    public struct RebuiltTimelines: Sendable {
        public var organizations = 0
        public var contacts = 0
        /// The rows that were missing, surplus or different.
        public var mended = 0
    }

    /// Rebuilds the timelines of a tenant, or of all, and the last touchpoints, from the events. Each owner is a
    /// separate transaction, so that servers can go on meanwhile, and an interrupted rebuild keeps what is done.
    /// - Parameter report: Called after each owner with the progress.
    public func rebuildTimelines(
        tenant: String?, report: (RebuiltTimelines) -> Void = { _ in }
    ) throws -> RebuiltTimelines {
        let tenants: [String]
        if let tenant {
            tenants = [try tenantID(tenant)]
        } else {
            let rows = try connection.run("SELECT id FROM tenant ORDER BY id")
            tenants = rows.texts
        }
        var done = RebuiltTimelines()
        for id in tenants {
            let tenant = Parameter.text(id)
            try forEach("SELECT id FROM organization WHERE tenant_id = $1 AND id > $2::uuid ORDER BY id LIMIT 1000", tenant) { owner in
                done.mended += try rebuild("SELECT organization_timeline_rebuild($1::integer, $2::uuid)", tenant, owner)
                done.organizations += 1
                report(done)
            }
            try forEach("SELECT id FROM contact WHERE tenant_id = $1 AND id > $2::uuid ORDER BY id LIMIT 1000", tenant) { owner in
                done.mended += try rebuild("SELECT contact_timeline_rebuild($1::integer, $2::uuid)", tenant, owner)
                done.contacts += 1
                report(done)
            }
        }
        return done
    }

    /// Iterates over a statement's ids, a thousand after `$2` at a time.
    private func forEach(_ sql: SQL, _ tenant: Parameter, _ body: (String) throws -> Void) throws {
        var last = "00000000-0000-0000-0000-000000000000"
        while true {
            let ids = try connection.run(sql, [tenant, .text(last)]).texts
            for id in ids { try body(id) }
            guard let end = ids.last else { return }
            last = end
        }
    }

    private func rebuild(_ sql: SQL, _ tenant: Parameter, _ owner: String) throws -> Int {
        try connection.run(sql, [tenant, .text(owner)]).text(0, 0).flatMap { Int($0) } ?? 0
    }
}
