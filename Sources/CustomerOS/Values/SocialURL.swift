/// The URL of a social network profile, and the key that all of its forms share.
struct SocialURL: Equatable {
    /// As given, with a scheme.
    let url: String
    /// `linkedin.com/in/jane-doe`: profiles are matched by it.
    let key: String
    /// The name of the profile in its network; empty if the network or the name is unknown.
    let alias: String
    /// Whether the key identifies one person or company.
    let isLinkedInProfile: Bool

    /// - Throws: `ValueRefusal` if the text is not a website's address.
    init(_ given: String) throws(ValueRefusal) {
        let text = NormalForm.composed(given.trimmingBlanks)
        let lowered = text.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
            url = text
        } else if lowered.hasPrefix("linkedin.com") {
            url = "https://www." + text
        } else if text.hasPrefix("//") {
            url = "https:" + text
        } else {
            url = "https://" + text
        }
        guard !text.contains(where: \.isWhitespace), let address = WebAddress(text), !address.hasCredentials, address.host.labels.count > 1
        else { throw Self.malformed }
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        let path = rest.split(separator: "/", omittingEmptySubsequences: true).dropFirst().map(String.init)
        let host = address.host.ascii
        let network = SocialNetwork(host: host)
        guard network?.lacksProfile(path) != true else { throw Self.malformed }
        if let (sections, name) = network?.profile(path) {
            key = ([network?.host ?? host] + sections + [NormalForm.folded(name)]).joined(separator: "/")
            alias = name
            isLinkedInProfile = network == .linkedIn && (sections == ["in"] || sections == ["company"])
        } else {
            key = ([network?.host ?? SocialNetwork.plain(host)] + path).joined(separator: "/")
            alias = ""
            isLinkedInProfile = false
        }
    }

    private static let malformed = ValueRefusal(
        .malformed, "must be the address of a profile, such as https://www.linkedin.com/in/jane-doe")
}
