/// The records of a seeded tenant. Each is derived from its number alone, so that every run makes the same ones, in any
/// order.
struct SeedRecords {
    enum Kind: Int {
        case user = 1, tag, organization, contact, email, jobRole, opportunity
    }

    let size: SeedSize

    // MARK: What all records have

    /// A version 7 UUID of a time before the demo data, so that no other record has it.
    static func id(_ kind: Kind, _ number: Int) -> String {
        "0185800\(kind.rawValue)-0000-7000-8000-" + padded(number, 12)
    }

    /// A time in the two years from 2023-01-01: the `number`th of `count` evenly spaced, in PostgreSQL's form.
    static func time(_ number: Int, of count: Int) -> String {
        let seconds = number * (730 * 86_400 / count)
        let (day, rest) = seconds.quotientAndRemainder(dividingBy: 86_400)
        // The Julian day avoids calendar arithmetic: 2,459,946 is 2023-01-01.
        return "J\(2_459_946 + day) \(padded(rest / 3600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))+00"
    }

    /// Pseudorandom but reproducible per record: SplitMix64's finalizer.
    static func noise(_ kind: Kind, _ number: Int, _ purpose: Int = 0) -> Int {
        var state = UInt64(truncatingIfNeeded: number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(kind.rawValue * 64 + purpose)
        state = (state ^ state >> 30) &* 0xBF58_476D_1CE4_E5B9
        state = (state ^ state >> 27) &* 0x94D0_49BB_1331_11EB
        return Int((state ^ state >> 31) >> 1)
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func pick(_ words: [String], _ noise: Int) -> String { words[noise % words.count] }

    // MARK: Users and tags

    func user(_ number: Int) -> (first: String, last: String, address: String) {
        let first = Self.firstNames[number % Self.firstNames.count]
        let last = Self.lastNames[number * 7 % Self.lastNames.count]
        return (first, last, "\(first).\(last).\(number)@seed.example".lowercased())
    }

    func tag(_ number: Int) -> String { "\(Self.trades[(number - 1) % Self.trades.count]) \(number)" }

    func owner(_ kind: Kind, _ number: Int) -> String { Self.id(.user, 1 + Self.noise(kind, number, 1) % size.users) }

    // MARK: Organizations

    func organizationName(_ number: Int) -> String {
        let noise = Self.noise(.organization, number)
        return "\(Self.pick(Self.places, noise)) \(Self.pick(Self.trades, noise / 64)) \(number)"
    }

    func domain(_ number: Int) -> String {
        let noise = Self.noise(.organization, number)
        return "\(Self.pick(Self.places, noise))-\(Self.pick(Self.trades, noise / 64))-\(number).com".lowercased()
    }

    /// `C-XXX-XXX`: multiplying by an odd number is injective within the 30 bits of a code.
    func customerOsID(_ number: Int) -> String {
        let alphabet = Self.codeAlphabet
        let code = number &* 0x2545_F491 & (1 << 30 - 1)
        let symbols = (0..<6).map { alphabet[code >> (5 * $0) & 31] }
        return "C-\(String(symbols[0..<3]))-\(String(symbols[3..<6]))"
    }

    func relationship(_ number: Int) -> (relationship: String, stage: String) {
        Self.relationships[Self.noise(.organization, number, 2) % Self.relationships.count]
    }

    func industry(_ number: Int) -> String { Self.pick(Self.trades, Self.noise(.organization, number) / 64) }
    func market(_ number: Int) -> String { Self.pick(["B2B", "B2C", "B2B2C", "MARKETPLACE"], Self.noise(.organization, number, 3)) }
    func employees(_ number: Int) -> Int { 1 + Self.noise(.organization, number, 4) % 5_000 }

    // MARK: Contacts

    func contactName(_ number: Int) -> (prefix: String, first: String, last: String) {
        let noise = Self.noise(.contact, number)
        let last = "\(Self.pick(Self.lastNames, noise / 64))\(Self.pick(Self.nameEndings, noise / 4096))"
        return (Self.pick(["Mr", "Ms", "Dr", ""], noise / 262_144), Self.pick(Self.firstNames, noise), last)
    }

    func organization(ofContact number: Int) -> Int { 1 + (number - 1) % size.organizations }

    func otherOrganization(ofContact number: Int) -> Int {
        let first = organization(ofContact: number)
        let step = 1 + Self.noise(.contact, number, 1) % (size.organizations - 1)
        return 1 + (first - 1 + step) % size.organizations
    }

    /// The work address, or the personal one.
    func address(ofContact number: Int, isWork: Bool) -> String {
        let name = contactName(number)
        let domain = isWork ? domain(organization(ofContact: number)) : "mail.example.org"
        return "\(name.first).\(name.last).\(number)@\(domain)".lowercased()
    }

    func jobTitle(_ number: Int) -> String { Self.pick(Self.jobTitles, Self.noise(.jobRole, number)) }

    // MARK: Opportunities

    func amount(_ number: Int) -> Int { (1 + Self.noise(.opportunity, number) % 1_000) * 250 }
    func type(_ number: Int) -> String { Self.pick(["NBO", "UPSELL", "CROSS_SELL"], Self.noise(.opportunity, number, 2)) }

    func stage(_ number: Int) -> (internal: String, external: String) {
        let noise = Self.noise(.opportunity, number, 3)
        return (Self.pick(["OPEN", "OPEN", "CLOSED_WON", "CLOSED_LOST"], noise), "STAGE\(1 + noise / 4 % 10)")
    }

    // MARK: Words

    private static let codeAlphabet = Array("23456789ABCDEFGHJKLMNPQRSTUVWXYZ")
    private static let relationships = [
        ("PROSPECT", "LEAD"), ("PROSPECT", "TARGET"), ("PROSPECT", "ENGAGED"), ("PROSPECT", "TRIAL"), ("CUSTOMER", "ONBOARDING"),
        ("CUSTOMER", "INITIAL_VALUE"), ("CUSTOMER", "RECURRING_VALUE"), ("NOT_A_FIT", "UNQUALIFIED"), ("FORMER_CUSTOMER", "TARGET"),
    ]
    private static let firstNames = [
        "Ada", "Amir", "Anna", "Bao", "Carla", "Chidi", "Dana", "Diego", "Elif", "Emil", "Fatima", "Finn", "Grace", "Hana", "Ines", "Ivan",
        "Jan", "Julia", "Kofi", "Lars", "Leila", "Linh", "Maria", "Mateo", "Mei", "Nadia", "Noah", "Olga", "Omar", "Paula", "Priya", "Ravi",
        "Sara", "Sofia", "Tariq", "Tom", "Uma", "Vera", "Yuki", "Zoe",
    ]
    private static let lastNames = [
        "Abel", "Adler", "Bauer", "Berg", "Castro", "Chen", "Costa", "Dahl", "Diaz", "Eze", "Fischer", "Garcia", "Gruber", "Haas", "Hansen",
        "Ito", "Jensen", "Kaya", "Khan", "Kim", "Kovac", "Lang", "Lopez", "Mensah", "Moreau", "Novak", "Okafor", "Patel", "Pham", "Rossi",
        "Sato", "Silva", "Singh", "Tanaka", "Weber", "Zhang",
    ]
    private static let nameEndings = [
        "", "son", "mann", "ova", "ini", "sen", "stein", "berg", "wood", "ford", "field", "bach", "hoff", "dal",
    ]
    private static let places = [
        "Alpine", "Amber", "Atlas", "Baltic", "Birch", "Cedar", "Cobalt", "Coral", "Delta", "Eagle", "Ember", "Fjord", "Granite", "Harbor",
        "Indigo", "Juniper", "Kestrel", "Lagoon", "Maple", "Meridian", "Nimbus", "Oak", "Onyx", "Orchard", "Pacific", "Pine", "Quartz",
        "River", "Sierra", "Summit", "Tundra", "Willow",
    ]
    private static let trades = [
        "Logistics", "Foods", "Energy", "Textiles", "Robotics", "Media", "Finance", "Pharma", "Mining", "Software", "Travel", "Printing",
        "Optics", "Shipping", "Insurance", "Farming", "Games", "Ceramics", "Security", "Telecom",
    ]
    private static let jobTitles = [
        "Buyer", "Head of Procurement", "Chief Executive", "Chief Technology Officer", "Sales Manager", "Engineer", "Accountant",
        "Product Manager", "Office Manager", "Head of Marketing", "Consultant", "Data Analyst",
    ]
}
