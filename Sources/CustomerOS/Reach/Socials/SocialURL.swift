/// The address of a profile on a social network, and the key that all of its forms share.
struct SocialURL: Equatable {
    /// As it was given, with a scheme.
    let url: String
    /// `linkedin.com/in/jane-doe`: what profiles are matched by.
    let key: String
    /// The name of the profile within its network; empty where the network or the name is not known.
    let alias: String
    /// Whether the key tells one person or one company from all others.
    let isLinkedInProfile: Bool

    init(_ text: String) {
        let lowered = text.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") {
            url = text
        } else if lowered.hasPrefix("linkedin.com") {
            url = "https://www." + text
        } else {
            url = "https://" + text
        }
        var rest = Substring(url)
        if let scheme = rest.firstRange(of: "://") { rest = rest[scheme.upperBound...] }
        rest = rest.prefix { $0 != "?" && $0 != "#" }
        var path = rest.split(separator: "/", omittingEmptySubsequences: true).map(String.init)
        let host = path.isEmpty ? "" : path.removeFirst().lowercased()
        let network = SocialNetwork(host: host)
        if let (sections, name) = network?.profile(path) {
            key = ([network?.host ?? host] + sections + [name.lowercased()]).joined(separator: "/")
            alias = name
            isLinkedInProfile = network == .linkedIn && (sections == ["in"] || sections == ["company"])
        } else {
            key = ([network?.host ?? SocialNetwork.plain(host)] + path).joined(separator: "/")
            alias = ""
            isLinkedInProfile = false
        }
    }
}
