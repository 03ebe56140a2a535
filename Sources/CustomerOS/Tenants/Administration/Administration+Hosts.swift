internal import Postgres

/// The installation's list of shared hosts.
extension Administration {
    public struct SharedHostRow: Sendable {
        public let host: String
        public let kind: SharedHosts.Kind
    }

    public enum HostFailure: Error, CustomStringConvertible {
        case noHost(String), noDomain(String), notListed(String), lent(String)

        public var description: String {
            switch self {
            case .noHost(let text): "\(text) is not a host name. Give one such as zendesk.com, without a path."
            case .noDomain(let host): "\(host) has no domain a company could own. Give a host such as zendesk.com."
            case .lent(let host):
                "\(host) cannot be removed: the public suffix list has it too, so hosts below it stay shared."
            case .notListed(let host): "\(host) is not on the list like this. `customeros-api hosts list` shows what is."
            }
        }
    }

    /// What is on the list, by host.
    public func sharedHosts(_ kind: SharedHosts.Kind? = nil) throws -> [SharedHostRow] {
        let rows = try connection.run(
            "SELECT host, kind FROM shared_host WHERE $1::text IS NULL OR kind = $1 ORDER BY host, kind", [Parameter(text: kind?.rawValue)])
        return (0..<rows.rowCount).compactMap { row in
            SharedHosts.Kind(rawValue: rows.text(row, 1) ?? "").map { SharedHostRow(host: rows.text(row, 0) ?? "", kind: $0) }
        }
    }

    /// Adds a host to the list, if not there yet. Running servers follow at once; existing links stay.
    /// - Returns: The host in normal form.
    public func addSharedHost(_ text: String, _ kind: SharedHosts.Kind) throws -> String {
        let host = try name(text)
        guard WebDomain.registrable(host) != nil else { throw HostFailure.noDomain(host) }
        try connection.run(
            "INSERT INTO shared_host (host, kind) VALUES ($1, $2) ON CONFLICT DO NOTHING", [.text(host), .text(kind.rawValue)])
        return host
    }

    /// Removes a host from the list, for one kind or entirely.
    public func removeSharedHost(_ text: String, _ kind: SharedHosts.Kind?) throws -> String {
        let host = try name(text)
        let isSuffix = WebDomain("acme.\(host)")?.isLent == true && WebDomain(host)?.isLent != true
        if isSuffix, kind == nil || kind == .subdomains { throw HostFailure.lent(host) }
        let removed = try connection.run(
            "DELETE FROM shared_host WHERE host = $1 AND ($2::text IS NULL OR kind = $2)", [.text(host), Parameter(text: kind?.rawValue)])
        guard removed.affectedRows > 0 else { throw HostFailure.notListed(host) }
        return host
    }

    private func name(_ text: String) throws(HostFailure) -> String {
        guard let address = WebAddress(text), !address.leadsDeeper, !address.hasCredentials, !address.hasPort, address.host.labels.count > 1
        else { throw .noHost(text) }
        return address.host.ascii
    }
}
