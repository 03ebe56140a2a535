/// An e-mail address that looks like a person's, with the names it suggests.
struct PersonalAddress {
    /// Why an address is not a person's.
    enum Refusal: Error, Equatable {
        case missing, malformed, roleAccount, systemGenerated
    }

    /// Trimmed, in lower case.
    let address: String
    /// `Jane` of `jane.m.doe7@example.com`.
    let firstName: String
    /// `M Doe` of `jane.m.doe7@example.com`.
    let lastName: String

    init(_ text: String) throws(Refusal) {
        guard !text.trimmingBlanks.isEmpty else { throw .missing }
        guard let given = try? EmailAddress(text) else { throw .malformed }
        address = NormalForm.folded(given.text)
        let local = NormalForm.folded(given.local)
        // What follows a plus is a person's own subaddress.
        let mailbox = local.prefix { $0 != "+" }
        let letters = mailbox.filter(\.isLetter)
        let words = mailbox.split { $0 == "." || $0 == "-" || $0 == "_" }.map(String.init)
        guard !Self.systemNames.contains(letters), !Self.systemWords.contains(words.first ?? "") else {
            throw .systemGenerated
        }
        guard !Self.roleNames.contains(letters) else { throw .roleAccount }
        let names = words.map { $0.filter { !$0.isNumber } }.filter { !$0.isEmpty }.map {
            $0.prefix(1).uppercased() + $0.dropFirst()
        }
        firstName = names.first ?? ""
        lastName = names.dropFirst().joined(separator: " ")
    }

    /// Mailboxes of roles, without separators: they do not identify a person.
    private static let roleNames: Set<String> = [
        "abuse", "accounting", "accounts", "accountspayable", "accountsreceivable", "admin", "administration",
        "administrator", "all", "billing", "booking", "bookings", "business", "careers", "care", "compliance",
        "contact", "contactus", "customercare", "customerservice", "customersupport", "dataprotection", "dev",
        "development", "dpo", "engineering", "enquiries", "enquiry", "events", "everyone", "feedback", "finance",
        "frontdesk", "hello", "help", "helpdesk", "hi", "hostmaster", "hr", "humanresources", "info", "information",
        "inquiries", "inquiry", "invoices", "invoicing", "it", "itsupport", "jobs", "legal", "mail", "marketing",
        "media", "membership", "news", "newsletter", "noc", "office", "operations", "ops", "orders", "partners",
        "partnerships", "payments", "postmaster", "press", "privacy", "procurement", "purchasing", "reception",
        "recruiting", "recruitment", "returns", "root", "sales", "salesteam", "security", "service", "services",
        "shipping", "staff", "subscribe", "support", "sysadmin", "team", "tech", "techsupport", "unsubscribe", "usenet",
        "webmaster", "welcome",
    ]

    /// Mailboxes of machines, without separators.
    private static let systemNames: Set<String> = [
        "alerts", "autoreply", "autoresponder", "bounce", "bounces", "daemon", "donotreply", "mailerdaemon", "noreply",
        "notification", "notifications", "notify", "replynot", "unattended",
    ]

    /// First words of addresses that machines generate per message.
    private static let systemWords: Set<String> = ["bounce", "bounces", "noreply", "notification", "notifications"]
}
