/// Which organization each line of a batch refers to. Lines are processed in file order, so that a split file gives the
/// same result: a domain belongs to its holder, or to the first line that names it.
///
/// A line with a new key refers to the organization that has its domains, if that has no key of the system yet. Two
/// keys are never one organization: another key's domain refuses the line.
struct OrganizationRecognition {
    /// A stored organization that has a domain.
    struct Owner {
        let id: String
        let name: String
        /// Its key of the system.
        let key: String?
    }

    struct Line {
        let number: Int
        let key: String
        let name: String
        /// The stored organization with that key.
        let known: String?
        var domains: [(name: String, owner: Owner?)] = []
        /// The domain of a website, if not among these: it does not identify the line's organization, but must not be
        /// another one's.
        var website: (name: String, owner: Owner?)?
    }

    /// The stored organizations that lines with new keys refer to.
    private(set) var found: [(line: Int, id: String)] = []
    private(set) var refused: [(line: Int, message: String)] = []

    /// The holder of a domain: a stored organization, or a line's new one.
    private enum Holder: Hashable {
        case stored(String)
        case new(Int)
    }

    private var holders: [String: Holder] = [:]
    private var keys: [Holder: String] = [:]
    private var names: [Holder: String] = [:]

    /// - Parameter lines: In the order of the file.
    init(_ lines: [Line]) {
        for line in lines {
            if let id = line.known { keys[.stored(id)] = line.key }
            for owner in (line.domains + [line.website].compactMap { $0 }).compactMap(\.owner) {
                names[.stored(owner.id)] = owner.name
                if keys[.stored(owner.id)] == nil { keys[.stored(owner.id)] = owner.key }
            }
        }
        for line in lines { judge(line) }
    }

    private mutating func judge(_ line: Line) {
        let owners = line.domains.map(holder)
        var own = line.known.map(Holder.stored) ?? .new(line.number)
        if line.known == nil, let first = owners.lazy.compactMap({ $0 }).first, keys[first] == nil { own = first }
        for case (let domain, let owner?) in zip(line.domains, owners) where owner != own {
            return refused.append((line.number, "\(line.key) cannot have the domain \(domain.name): \(description(owner)) has it"))
        }
        if let website = line.website, let owner = holder(of: website), owner != own {
            return refused.append(
                (line.number, "\(line.key) cannot have the website \(website.name): \(description(owner)) has its domain"))
        }
        if line.known == nil, case .stored(let id) = own { found.append((line.number, id)) }
        keys[own] = line.key
        if case .new = own { names[own] = line.name }
        for domain in line.domains { holders[domain.name] = own }
    }

    private func holder(of domain: (name: String, owner: Owner?)) -> Holder? {
        holders[domain.name] ?? domain.owner.map { .stored($0.id) }
    }

    private func description(_ owner: Holder) -> String {
        let name = names[owner].flatMap { $0.isEmpty ? nil : $0 } ?? "another organization"
        if let key = keys[owner] { return "\(name) with the externalId \(key)" }
        guard case .stored(let id) = owner else { return name }
        return "\(name) (\(id))"
    }
}
