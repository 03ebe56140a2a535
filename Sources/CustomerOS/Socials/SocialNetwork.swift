/// A network whose profile URLs are understood.
enum SocialNetwork: CaseIterable {
    case linkedIn, x, facebook, instagram, gitHub, tikTok, youTube

    /// The canonical one of the network's hosts.
    var host: String { hosts[0] }

    private var hosts: [String] {
        switch self {
        case .linkedIn: ["linkedin.com"]
        case .x: ["x.com", "twitter.com"]
        case .facebook: ["facebook.com", "fb.com"]
        case .instagram: ["instagram.com"]
        case .gitHub: ["github.com"]
        case .tikTok: ["tiktok.com"]
        case .youTube: ["youtube.com"]
        }
    }

    init?(host: String) {
        let plain = Self.plain(host)
        guard let network = Self.allCases.first(where: { $0.hosts.contains(plain) }) else { return nil }
        self = network
    }

    /// A host without `www.`, `m.` and, for LinkedIn, a country's two letters.
    static func plain(_ host: String) -> String {
        var host = Substring(host)
        while let prefix = ["www.", "m.", "mobile."].first(where: { host.hasPrefix($0) }), host.dropFirst(prefix.count).contains(".") {
            host = host.dropFirst(prefix.count)
        }
        if host.hasSuffix(".linkedin.com"), host.utf8.count == "xx.linkedin.com".utf8.count { return "linkedin.com" }
        return String(host)
    }

    /// The parts of a path that identify a profile: the sections before the name, and the name. Nil if the path leads
    /// to something else.
    func profile(_ path: [String]) -> (sections: [String], name: String)? {
        guard let first = path.first else { return nil }
        guard self == .linkedIn else {
            // `youtube.com/channel/UC…` is a profile; `facebook.com/profile.php?id=…` is unknown without its query.
            let section = first.lowercased()
            if self == .youTube, ["channel", "c", "user"].contains(section) {
                // Channel identifiers are case-sensitive.
                return nil
            }
            guard path.count == 1, section != "profile.php" else { return nil }
            return ([], first)
        }
        // The same profiles, as linked in messages and mobile browsers.
        guard !["comm", "mwlite", "m"].contains(first.lowercased()) else { return profile(Array(path.dropFirst())) }
        guard path.count >= 2 else { return nil }
        let section = first.lowercased()
        if section == "sales" {
            guard path.count >= 3 else { return nil }
            switch path[1].lowercased() {
            // What follows the comma says how the person was found.
            case "lead", "people": return Self.named(["in"], path[2].prefix { $0 != "," }.description)
            case "company": return Self.named(["company"], path[2])
            default: return nil
            }
        }
        switch section {
        case "in", "pub": return Self.named(["in"], path[1])
        case "company", "school", "showcase": return Self.named(["company"], path[1])
        default: return Self.named([section], path[1])
        }
    }

    private static func named(_ sections: [String], _ name: String) -> (sections: [String], name: String)? {
        // What would end a path segment stays escaped.
        name.isEmpty ? nil : (sections, NormalForm.composed(name.removingPercentEncoding(except: "%/?#")))
    }

    /// Whether a path leads to the profiles without naming one: `linkedin.com/in/`.
    func lacksProfile(_ path: [String]) -> Bool {
        guard let first = path.first?.lowercased() else { return false }
        let name = path.dropFirst().first?.removingPercentEncoding().trimmingBlanks ?? ""
        switch self {
        case .linkedIn:
            switch first {
            case "comm", "mwlite": return lacksProfile(Array(path.dropFirst()))
            case "sales":
                return ["lead", "people", "company"].contains(name.lowercased())
                    && (path.count < 3 || path[2].prefix { $0 != "," }.description.trimmingBlanks.isEmpty)
            default: return ["in", "pub", "company", "school", "showcase"].contains(first) && name.isEmpty
            }
        case .youTube: return first == "@" || ["channel", "c", "user"].contains(first) && name.isEmpty
        case .tikTok: return first == "@"
        case .x, .facebook, .instagram, .gitHub: return false
        }
    }
}
