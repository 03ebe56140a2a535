internal import GraphQL
internal import Postgres
internal import Records

/// A line of a file, checked as far as possible without the database.
struct ImportRecord {
    struct Role {
        /// Nil for a role without an organization.
        let organization: String?
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
    /// The website's domain, if the line names other domains: it must not be another organization's.
    private(set) var websiteDomain: String?
    private(set) var createdAt: String?

    /// The members with dropped values, once for each.
    private(set) var dropped: [String] = []

    /// Unique within a batch: identifies the record.
    var identity: String { "\(kind.name) \(externalID)" }

    private static let keyLimit = 500
    private static let time = ImportField("createdAt", "created_at", .time)

    /// - Parameter sharedHosts: The installation's list, in the form of `SharedHosts`.
    /// - Throws: `ImportRefusal` if the line cannot be imported.
    init(_ bytes: [UInt8], line: Int, options: ImportOptions = ImportOptions(), sharedHosts: Set<String> = []) throws(ImportRefusal) {
        let object = try Self.object(bytes, options)
        self.line = line
        guard case .string(let type)? = object["type"], let kind = ImportKind.named(type) else {
            throw ImportRefusal("type must be one of \(ImportKind.all.map(\.name).joined(separator: ", "))")
        }
        self.kind = kind
        guard let externalID = try Self.text(object, "externalId", Self.keyLimit), !externalID.isEmpty else {
            throw ImportRefusal("externalId is missing: it identifies the record when it is imported again")
        }
        self.externalID = externalID
        try Self.checkNames(object, kind)
        values = []
        for field in kind.fields { values.append(try field.text(object[field.member] ?? .null)) }
        lists = []
        for list in kind.lists { lists.append(try Self.texts(object[list.member], list.member)) }
        for (index, list) in kind.lists.enumerated() where list.name == "TAG" { lists[index] = lists[index].map(Name.normal) }
        createdAt = try Self.time.text(object["createdAt"] ?? .null)
        ownerEmail = try Self.text(object, "ownerEmail", 320).flatMap {
            $0.trimmingBlanks.isEmpty ? nil : EmailAddress.comparable($0)
        }
        if kind.hasOrganization { organization = try Self.text(object, "organization", Self.keyLimit).flatMap { $0.isEmpty ? nil : $0 } }
        switch kind.name {
        case "organization": try completeOrganization(object, sharedHosts)
        case "contact": try completeContact(object, options)
        case "opportunity":
            if let name = value("name") { set("name", Name.normal(name)) }
            if let stage = value("externalStage") { set("externalStage", stage.trimmingBlanks) }
        case "interaction":
            for index in lists.indices { lists[index] = try Self.addresses(lists[index], kind.lists[index].member) }
        default: break
        }
    }

    /// Type and key of a possibly invalid line, if readable.
    static func identity(_ bytes: [UInt8], _ options: ImportOptions) -> (type: String?, externalID: String?) {
        guard let object = try? object(bytes, options) else { return (nil, nil) }
        return (try? text(object, "type", keyLimit), try? text(object, "externalId", keyLimit))
    }

    func value(_ member: String) -> String? { kind.fields.firstIndex { $0.member == member }.flatMap { values[$0] } }

    private mutating func set(_ member: String, _ value: String?) {
        if let index = kind.fields.firstIndex(where: { $0.member == member }) { values[index] = value }
    }

    // MARK: Kinds

    private mutating func completeOrganization(_ object: InputObject, _ sharedHosts: Set<String>) throws(ImportRefusal) {
        if let name = value("name") { set("name", Name.normal(name)) }
        let relationship = value("relationship"), stage = value("stage")
        if relationship != nil || stage != nil {
            do {
                let standing = try Standing(relationship: relationship, stage: stage).resolved(stored: nil)
                set("relationship", standing.relationship?.rawValue)
                set("stage", standing.stage?.rawValue)
            } catch {
                throw ImportRefusal("relationship and stage do not go together")
            }
        }
        // A website may be anything; a domain must be valid.
        let website = value("website").flatMap { WebDomain($0) }
        var domains = [website].compactMap { $0 }
        if object["domains"] ?? .null != .null {
            domains = []
            for text in lists[0] {
                guard let domain = WebDomain(text) else { throw ImportRefusal("domains: \(text) is not a domain") }
                domains.append(domain)
            }
        }
        // A shared host does not identify the company.
        func tells(_ domain: WebDomain) -> Bool { !domain.isLent && sharedHosts.isDisjoint(with: domain.sharedPatterns) }
        lists[0] = domains.filter(tells)
            .reduce(into: []) { names, domain in if !names.contains(domain.name) { names.append(domain.name) } }
        if let website, tells(website), !lists[0].contains(website.name) { websiteDomain = website.name }
    }

    private mutating func completeContact(_ object: InputObject, _ options: ImportOptions) throws(ImportRefusal) {
        if value("name") != nil || value("firstName") != nil || value("lastName") != nil {
            let name = ContactName(name: value("name") ?? "", first: value("firstName") ?? "", last: value("lastName") ?? "").completed
            set("name", name.name)
            set("firstName", name.first)
            set("lastName", name.last)
        }
        lists[0] = try Self.addresses(lists[0], "emails")
        if let zone = value("timezone") {
            let isBlank = zone.trimmingBlanks.isEmpty
            set(
                "timezone",
                try sideValue("timezone", options) { () throws(ValueRefusal) in isBlank ? "" : try TimeZoneName.normal(zone) })
        }
        var numbers: [String] = []
        for text in lists[1] {
            let number = try sideValue("phoneNumbers", options) { () throws(ValueRefusal) in try PhoneNumber(text, country: nil) }
            if let number { numbers.append(number.raw) }
        }
        lists[1] = numbers
        guard let roles = object["roles"], roles != .null else { return }
        guard case .list(let items) = roles else { throw ImportRefusal("roles must be a list") }
        for item in items { self.roles.append(try Self.role(item)) }
    }

    /// An optional value: an invalid one is dropped and counted, or refuses the line.
    private mutating func sideValue<Value>(
        _ member: String, _ options: ImportOptions, _ value: () throws(ValueRefusal) -> Value
    ) throws(ImportRefusal) -> Value? {
        do throws(ValueRefusal) { return try value() } catch {
            guard options.badValues == .drop else { throw ImportRefusal(error, member: member) }
            dropped.append(member)
            return nil
        }
    }

    private static func addresses(_ texts: [String], _ member: String) throws(ImportRefusal) -> [String] {
        var addresses: [String] = []
        for text in texts {
            do throws(ValueRefusal) { addresses.append(try EmailAddress(text).text) } catch {
                throw ImportRefusal(error, member: "\(member): \(text)")
            }
        }
        return addresses
    }

    private static func role(_ value: InputValue) throws(ImportRefusal) -> Role {
        guard case .object(let object) = value else {
            throw ImportRefusal("roles must be objects with the externalId of an organization as organization")
        }
        for member in object.members where !["organization", "jobTitle", "startedAt", "endedAt"].contains(member.name) {
            throw ImportRefusal("roles: there is no member \(member.name)")
        }
        return Role(
            organization: try text(object, "organization", keyLimit).flatMap { $0.isEmpty ? nil : $0 },
            jobTitle: try text(object, "jobTitle"),
            startedAt: try ImportField("startedAt", "started_at", .day).text(object["startedAt"] ?? .null),
            endedAt: try ImportField("endedAt", "ended_at", .day).text(object["endedAt"] ?? .null))
    }

    // MARK: JSON

    private static func object(_ bytes: [UInt8], _ options: ImportOptions) throws(ImportRefusal) -> InputObject {
        do {
            guard case .object(let object) = try JSONReader.read(bytes, nesting: 8, values: options.valueLimit) else {
                throw ImportRefusal("the line is not a JSON object", reason: .malformed)
            }
            return object
        } catch let failure as JSONReader.Failure where failure.limit == .values {
            throw ImportRefusal(
                "the line has more than \(options.valueLimit) values; a greater --line-limit allows more", reason: .tooLong)
        } catch let failure as JSONReader.Failure where failure.limit == .nesting {
            throw ImportRefusal("the line is \(failure.message)", reason: .malformed)
        } catch let failure as JSONReader.Failure {
            throw ImportRefusal("malformed JSON at byte \(failure.offset + 1): \(failure.message)", reason: .malformed)
        } catch let refusal as ImportRefusal {
            throw refusal
        } catch {
            throw ImportRefusal("malformed JSON", reason: .malformed)
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

    private static func text(_ object: InputObject, _ member: String, _ limit: Int = .max) throws(ImportRefusal) -> String? {
        switch object[member] ?? .null {
        case .null: nil
        case .string(let text) where text.utf8.count > limit: throw ImportRefusal("\(member) is longer than \(limit) bytes")
        case .string(let text): try ImportField.text(text, member)
        default: throw ImportRefusal("\(member) must be a string")
        }
    }

    private static func texts(_ value: InputValue?, _ member: String) throws(ImportRefusal) -> [String] {
        guard let value, value != .null else { return [] }
        guard case .list(let items) = value else { throw ImportRefusal("\(member) must be a list of strings") }
        var texts: [String] = []
        var known: Set<String> = []
        for item in items {
            guard case .string(let given) = item else { throw ImportRefusal("\(member) must be a list of strings") }
            let text = try ImportField.text(given, member).trimmingBlanks
            if !text.isEmpty, known.insert(text).inserted { texts.append(text) }
        }
        return texts
    }
}
