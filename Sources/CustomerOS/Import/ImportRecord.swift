internal import GraphQL
internal import Postgres

/// A line of a file, judged as far as that can be done without the database.
struct ImportRecord {
    struct Role {
        let organization: String
        let jobTitle: String?
        let startedAt: String?
        let endedAt: String?
    }

    let line: Int
    let kind: ImportKind
    let externalID: String
    /// In the order of the fields of the kind.
    private(set) var values: [String?]
    /// By the names of the lists of the kind, in their order.
    private(set) var lists: [[String]]
    private(set) var roles: [Role] = []
    private(set) var ownerEmail: String?
    private(set) var organization: String?
    private(set) var createdAt: String?

    /// What no other line of the same batch may have: it might be the same record.
    private(set) var identities: [String]

    private static let keyLimit = 500
    private static let time = ImportField("createdAt", "created_at", .time)

    /// - Throws: `ImportRefusal` when the line cannot be imported.
    init(_ bytes: [UInt8], line: Int, takesOwner: Bool = true) throws(ImportRefusal) {
        let object = try Self.object(bytes)
        self.line = line
        guard case .string(let type)? = object["type"], let kind = ImportKind.named(type) else {
            throw ImportRefusal("type must be one of \(ImportKind.all.map(\.name).joined(separator: ", "))")
        }
        self.kind = kind
        guard let externalID = try Self.text(object, "externalId", Self.keyLimit), !externalID.isEmpty else {
            throw ImportRefusal("externalId is missing: it tells the record when it is imported again")
        }
        self.externalID = externalID
        try Self.checkNames(object, kind)
        values = []
        for field in kind.fields { values.append(try field.text(object[field.member] ?? .null)) }
        lists = []
        for list in kind.lists { lists.append(try Self.texts(object[list.member], list.member)) }
        identities = ["\(kind.name) \(externalID)"]
        createdAt = try Self.time.text(object["createdAt"] ?? .null)
        ownerEmail = try Self.text(object, "ownerEmail", 320).flatMap { $0.isEmpty || !takesOwner ? nil : $0 }
        if kind.hasOrganization { organization = try Self.text(object, "organization", Self.keyLimit).flatMap { $0.isEmpty ? nil : $0 } }
        switch kind.name {
        case "organization": try completeOrganization()
        case "contact": try completeContact(object)
        case "interaction":
            for (list, addresses) in zip(kind.lists, lists) { try Self.checkAddresses(addresses, list.member) }
        default: break
        }
    }

    /// The key of a line that may be wrong, where it can be read.
    static func key(_ bytes: [UInt8]) -> String? {
        guard let object = try? object(bytes) else { return nil }
        return try? text(object, "externalId", keyLimit)
    }

    func value(_ member: String) -> String? { kind.fields.firstIndex { $0.member == member }.flatMap { values[$0] } }

    private mutating func set(_ member: String, _ value: String?) {
        if let index = kind.fields.firstIndex(where: { $0.member == member }) { values[index] = value }
    }

    // MARK: Kinds

    private mutating func completeOrganization() throws(ImportRefusal) {
        let relationship = value("relationship"), stage = value("stage")
        if relationship != nil || stage != nil {
            do {
                let pair = try Relationship.resolve(relationship: relationship, stage: stage, stored: nil)
                set("relationship", pair.relationship)
                set("stage", pair.stage)
            } catch {
                throw ImportRefusal("relationship and stage do not go together")
            }
        }
        var domains: [String] = []
        for text in [value("website")].compactMap({ $0 }).filter({ !$0.isEmpty }) + lists[0] {
            guard let domain = WebDomain.registrable(text) else {
                // A website may be anything; a domain must be one.
                if text == value("website") { continue }
                throw ImportRefusal("domains: \(text) is no domain")
            }
            if !domains.contains(domain) { domains.append(domain) }
        }
        lists[0] = domains
        identities += domains.map { "domain \($0)" }
    }

    private mutating func completeContact(_ object: InputObject) throws(ImportRefusal) {
        if value("name") != nil || value("firstName") != nil || value("lastName") != nil {
            var name = ContactName(name: value("name") ?? "", first: value("firstName") ?? "", last: value("lastName") ?? "")
            name.complete()
            set("name", name.name)
            set("firstName", name.first)
            set("lastName", name.last)
        }
        try Self.checkAddresses(lists[0], "emails")
        identities += lists[0].map { "email \($0.lowercased())" }
        guard let roles = object["roles"], roles != .null else { return }
        guard case .list(let items) = roles else { throw ImportRefusal("roles must be a list") }
        for item in items { self.roles.append(try Self.role(item)) }
    }

    private static func checkAddresses(_ addresses: [String], _ member: String) throws(ImportRefusal) {
        for address in addresses where !address.contains("@") { throw ImportRefusal("\(member): \(address) is no e-mail address") }
    }

    private static func role(_ value: InputValue) throws(ImportRefusal) -> Role {
        guard case .object(let object) = value, let organization = try text(object, "organization", keyLimit), !organization.isEmpty else {
            throw ImportRefusal("roles must be objects with the externalId of an organization as organization")
        }
        for member in object.members where !["organization", "jobTitle", "startedAt", "endedAt"].contains(member.name) {
            throw ImportRefusal("roles: there is no member \(member.name)")
        }
        return Role(
            organization: organization, jobTitle: try text(object, "jobTitle", 2_000),
            startedAt: try ImportField("startedAt", "started_at", .day).text(object["startedAt"] ?? .null),
            endedAt: try ImportField("endedAt", "ended_at", .day).text(object["endedAt"] ?? .null))
    }

    // MARK: JSON

    private static func object(_ bytes: [UInt8]) throws(ImportRefusal) -> InputObject {
        do {
            guard case .object(let object) = try JSONReader.read(bytes, nesting: 8, values: 10_000) else {
                throw ImportRefusal("the line is no JSON object")
            }
            return object
        } catch let failure as JSONReader.Failure {
            throw ImportRefusal("malformed JSON at byte \(failure.offset + 1): \(failure.message)")
        } catch let refusal as ImportRefusal {
            throw refusal
        } catch {
            throw ImportRefusal("malformed JSON")
        }
    }

    private static func checkNames(_ object: InputObject, _ kind: ImportKind) throws(ImportRefusal) {
        var known = ["type", "externalId", "createdAt"] + kind.fields.map(\.member) + kind.lists.map(\.member)
        if kind.hasOwner { known.append("ownerEmail") }
        if kind.hasOrganization { known.append("organization") }
        if kind.name == "contact" { known.append("roles") }
        for member in object.members where !known.contains(member.name) {
            throw ImportRefusal("there is no member \(member.name) of a line of type \(kind.name)")
        }
    }

    private static func text(_ object: InputObject, _ member: String, _ limit: Int) throws(ImportRefusal) -> String? {
        switch object[member] ?? .null {
        case .null: nil
        case .string(let text): try ImportField.text(text, limit, member)
        default: throw ImportRefusal("\(member) must be a text")
        }
    }

    private static func texts(_ value: InputValue?, _ member: String) throws(ImportRefusal) -> [String] {
        guard let value, value != .null else { return [] }
        guard case .list(let items) = value, items.count <= 1_000 else { throw ImportRefusal("\(member) must be a list of texts") }
        var texts: [String] = []
        for item in items {
            guard case .string(let given) = item else { throw ImportRefusal("\(member) must be a list of texts") }
            let text = try ImportField.text(given, 1_000, member).trimmingBlanks
            if !text.isEmpty, !texts.contains(text) { texts.append(text) }
        }
        return texts
    }
}
