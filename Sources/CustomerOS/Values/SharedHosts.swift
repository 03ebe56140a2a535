/// Hosts that many share, so that an address there says nothing about who someone is. The list belongs to the installation: the table
/// `shared_host`, which `customeros-api hosts` changes.
public enum SharedHosts {
    /// What of a host says nothing.
    public enum Kind: String, Sendable, CaseIterable {
        /// What lies below it, as `acme.zendesk.com`. The host itself, with or without `www.`, is its company's own.
        case subdomains = "SUBDOMAINS"
        /// The places within it, as `x.com/acme`. The host itself is its company's own.
        case paths = "PATHS"
        /// All of it, as of `bit.ly`.
        case all = "ALL"
    }

    /// How the table names an entry: `*.zendesk.com`, `x.com/*`, `bit.ly`.
    static func pattern(_ host: some StringProtocol, _ kind: Kind) -> String {
        switch kind {
        case .subdomains: "*.\(host)"
        case .paths: "\(host)/*"
        case .all: String(host)
        }
    }

    /// The entries any of which makes an address say nothing. Hosts are compared by whole labels: `notfacebook.com` is not below
    /// `facebook.com`.
    static func patterns(over address: WebAddress) -> [String] {
        let labels = address.host.labels
        return labels.indices.dropLast().flatMap { index -> [String] in
            let host = labels[index...].joined(separator: ".")
            var patterns = [pattern(host, .all)]
            if address.leadsDeeper { patterns.append(pattern(host, .paths)) }
            if index > 0, labels[..<index] != ["www"] { patterns.append(pattern(host, .subdomains)) }
            return patterns
        }
    }
}
