internal import CPublicSuffix

/// The domain of a website, an address or a bare host: it identifies an organization.
struct WebDomain {
    /// The registrable domain in lower case and ASCII: the public suffix and one label.
    let name: String
    /// The entries of the installation's list of shared hosts, any of which means that the address does not identify
    /// its owner.
    let sharedPatterns: [String]
    /// Whether the host's owner lends subdomains to customers, so that it identifies no one, whatever the list says.
    let isLent: Bool

    /// Nil without a domain, such as for an IP address, a bare suffix, or a host without a known suffix.
    init?(_ text: String) {
        guard let address = WebAddress(text), let name = Self.registrable(of: address.host) else { return nil }
        self.name = name
        sharedPatterns = SharedHosts.patterns(over: address)
        isLent = Self.isLent(address.host)
    }

    static func registrable(_ text: String) -> String? { WebAddress(text).flatMap { registrable(of: $0.host) } }

    private static func registrable(of host: HostName) -> String? {
        let labels = host.labels
        guard labels.count > 1, let suffix = labels.indices.first(where: { isSuffix(labels[$0...]) }), suffix > 0 else { return nil }
        return labels[(suffix - 1)...].joined(separator: ".")
    }

    /// Whether a host is below a suffix in the public suffix list's private section: one that lends subdomains to
    /// customers, such as `github.io`.
    private static func isLent(_ host: HostName) -> Bool {
        let labels = host.labels
        guard let suffix = labels.indices.first(where: { isSuffix(labels[$0...], PSL_TYPE_PRIVATE) && !isSold(labels[$0...]) }) else {
            return false
        }
        return suffix > 0 && labels[..<suffix] != ["www"]
    }

    /// A company's name derived from its domain: `acme-corp.com` is `Acme-Corp`.
    static func title(of domain: String) -> String {
        var name = ""
        var startsWord = true
        for character in HostName(domain)?.unicode.prefix(while: { $0 != "." }) ?? "" {
            name += startsWord ? character.uppercased() : String(character)
            startsWord = character == "-" || character == "_"
        }
        return name
    }

    /// Whether names are registered directly below.
    private static func isSuffix(_ labels: ArraySlice<Substring>) -> Bool {
        isSuffix(labels, PSL_TYPE_ICANN) || isSold(labels) || labels == reserved
    }

    /// Reserved for examples, such as the demonstration data. RFC 6761 section 6.5.
    private static let reserved: ArraySlice<Substring> = ["example"]

    private static func isSuffix(_ labels: ArraySlice<Substring>, _ kind: Int32) -> Bool {
        guard let list = psl_builtin() else { return false }
        return psl_is_public_suffix2(list, labels.joined(separator: "."), kind | PSL_TYPE_NO_STAR_RULE) == 1
    }

    private static func isSold(_ labels: ArraySlice<Substring>) -> Bool { sold.contains(labels.joined(separator: ".")) }

    /// Suffixes of the private section below which registries sell names, like `co.uk`.
    private static let sold: Set<String> = [
        "ac.ru", "ae.org", "africa.com", "ar.com", "biz.at", "biz.dk", "biz.ua", "br.com", "cc.ua", "cn.com", "co.bn", "co.business",
        "co.ca", "co.com", "co.cz", "co.dk", "co.education", "co.events", "co.financial", "co.krd", "co.network", "co.nl", "co.no",
        "co.pl", "co.place", "co.ro", "co.technology", "co.ua", "com.de", "com.ru", "com.se", "de.com", "de.ls", "edu.krd", "edu.ru",
        "edu.scot", "eu.com", "eu.org", "exnet.su", "firm.dk", "firm.ng", "gb.net", "gda.pl", "gdansk.pl", "gdynia.pl", "gen.ng",
        "gov.nl", "gov.ru", "gov.scot", "gr.com", "hk.com", "hk.org", "hu.com", "hu.net", "in.net", "inc.hk", "inf.ua", "info.at",
        "int.ru", "it.com", "jp.net", "jpn.com", "kr.com", "krakow.pl", "ltd.hk", "ltd.ng", "ltd.ua", "lublin.pl", "med.pl", "mex.com",
        "mil.ru", "msk.ru", "msk.su", "net.ru", "ngo.ng", "no.com", "org.ru", "poznan.pl", "pp.ru", "pp.ua", "qc.com", "radio.am",
        "radio.fm", "reg.dk", "ru.com", "ru.net", "sa.com", "se.net", "shop.ro", "sopot.pl", "spb.ru", "spb.su", "store.dk", "uk.com",
        "uk.net", "us.com", "us.org", "uy.com", "web.in", "wroc.pl", "za.bz", "za.com", "za.net", "za.org",
    ]
}
