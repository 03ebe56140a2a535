/// Hosts that many companies share, so that an address there identifies none. The list belongs to the installation: the
/// table `shared_host`, which `customeros-api hosts` changes.
public enum SharedHosts {
    /// Which part of a host is shared.
    public enum Kind: String, Sendable, CaseIterable {
        /// Its subdomains, such as `acme.zendesk.com`. The host itself, with or without `www.`, is its company's own.
        case subdomains = "SUBDOMAINS"
        /// Its paths, such as `x.com/acme`. The host itself is its company's own.
        case paths = "PATHS"
        /// All of it, such as `bit.ly`.
        case all = "ALL"
    }

    /// The form of an entry in the table: `*.zendesk.com`, `x.com/*`, `bit.ly`.
    static func pattern(_ host: some StringProtocol, _ kind: Kind) -> String {
        switch kind {
        case .subdomains: "*.\(host)"
        case .paths: "\(host)/*"
        case .all: String(host)
        }
    }

    /// The entries any of which makes an address shared. Hosts are compared by whole labels: `notfacebook.com` is not
    /// below `facebook.com`.
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
