internal import GraphQL
internal import Postgres
internal import Records

/// How people and organizations are reached: e-mails and phone numbers.
enum ReachDomain: Domain {
    private static let email = Entity(
        "Email", table: "email",
        columns: .record.merging(["is_primary": "false", "label": "NULL::text"]) { $1 },
        fields: .recordFields + [
            .column("email", "coalesce(nullif(t.email, ''), t.raw_email)", .text),
            .column("rawEmail", "t.raw_email", .text),
            .column("work", "t.is_work", .boolean),
            .alias("label", of: "label", .enumeration),
            .alias("primary", of: "is_primary", .boolean),
            .relation("emailValidationDetails", emailValidation),
            .relation("contacts", owners("contact_email", "contact_id", "contact", order: "t.first_name, t.last_name, t.id")),
            .relation("organizations", owners("organization_email", "organization_id", "organization", order: "t.name, t.id")),
            .relation("users", owners("user_email", "user_id", "app_user", order: "t.first_name, t.last_name, t.id")),
        ])

    /// Never null: unchecked values within it are null.
    private static let emailValidation = Relation(
        parentColumn: "id", from: "email e LEFT JOIN email_validation t ON t.tenant_id = e.tenant_id AND t.email_id = e.id",
        key: "e.id", tenant: "e.tenant_id", condition: nil, order: nil, cardinality: .one, overrides: [:])

    /// Whether `e` is an address by the grammar of RFC 5321 section 4.1.2, without quoted local parts and address
    /// literals, which are not used in practice, and with letters of any script.
    private static let hasValidSyntax: SQL = """
        length(e.raw_email) <= 254 AND e.raw_email ~ \
        '^[^[:space:][:cntrl:]@"(),.:;<>\\[\\]\\\\]+([.][^[:space:][:cntrl:]@"(),.:;<>\\[\\]\\\\]+)*@\
        ([[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?[.])+[[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?$'
        """

    private static let emailValidationDetails = Entity(
        "EmailValidationDetails", table: "email_validation",
        fields: [
            .column("verified", "t.validated_at IS NOT NULL", .boolean),
            .constant("verifyingCheckAll", json: "false"),
            .column("isValidSyntax", "coalesce(t.is_valid_syntax, \(hasValidSyntax))", .boolean),
            .column(
                "isRisky",
                """
                CASE WHEN t.validated_at IS NOT NULL THEN coalesce(t.is_firewalled, false) OR coalesce(t.is_role_account, false) \
                OR coalesce(t.is_free_account, false) OR coalesce(t.is_mailbox_full, false) OR NOT coalesce(t.is_primary_domain, true) END
                """, .boolean),
            .column("isFirewalled", "t.is_firewalled", .boolean),
            .column("provider", "t.provider", .text),
            .column("firewall", "t.firewall", .text),
            .column("isCatchAll", "t.is_catch_all", .boolean),
            .column("canConnectSmtp", "t.can_connect_smtp", .boolean),
            .column("isMailboxFull", "t.is_mailbox_full", .boolean),
            .column("isRoleAccount", "t.is_role_account", .boolean),
            .column("isFreeAccount", "t.is_free_account", .boolean),
            .column("isSystemGenerated", "t.is_system_generated", .boolean),
            .column("smtpSuccess", "t.smtp_success", .boolean),
            .column("deliverable", "t.deliverable", .enumeration),
            .column("isDeliverable", "t.deliverable = 'DELIVERABLE'", .boolean),
            .column(
                "isReachable",
                "CASE t.deliverable WHEN 'DELIVERABLE' THEN 'safe' WHEN 'UNDELIVERABLE' THEN 'invalid' WHEN 'UNKNOWN' THEN 'unknown' END",
                .text),
            .column("isPrimaryDomain", "t.is_primary_domain", .boolean),
            .column("primaryDomain", "t.primary_domain", .text),
            .column("alternateEmail", "t.alternate_email", .text),
        ])

    private static let phoneNumber = Entity(
        "PhoneNumber", table: "phone_number",
        columns: .record.merging(["is_primary": "false", "label": "NULL::text", "country_id": "t.country_id"]) { $1 },
        fields: .recordFieldsWithoutTruth + [
            .column("e164", "t.e164", .text),
            .column("rawPhoneNumber", "nullif(t.raw_phone_number, '')", .text),
            .column("validated", "t.validated", .boolean),
            .relation("country", .toShared("country_id", "country")),
            .alias("label", of: "label", .enumeration),
            .alias("primary", of: "is_primary", .boolean),
            .relation(
                "contacts",
                owners("contact_phone_number", "contact_id", "contact", order: "t.first_name, t.last_name, t.id", key: "phone_number_id")),
            .relation(
                "organizations",
                owners("organization_phone_number", "organization_id", "organization", order: "t.name, t.id", key: "phone_number_id")),
            .relation(
                "users",
                owners("user_phone_number", "user_id", "app_user", order: "t.first_name, t.last_name, t.id", key: "phone_number_id")),
        ])

    /// `t` is an organization's domain.
    private static let domain = Entity(
        "Domain", table: "organization_domain",
        fields: [
            .column("domain", "t.domain", .text),
            .column("primary", "NOT EXISTS (SELECT FROM domain_redirect r WHERE r.domain = t.domain)", .boolean),
            .column(
                "primaryDomain", "coalesce((SELECT r.primary_domain FROM domain_redirect r WHERE r.domain = t.domain), t.domain)", .text),
        ])

    static let entities = [
        email, emailValidationDetails, phoneNumber, domain, DomainCheck.entity,
    ]

    /// The owners of an address or number.
    private static func owners(_ link: SQL, _ ownerKey: SQL, _ table: SQL, order: SQL, key: SQL = "email_id") -> Relation {
        .through(link, key, ownerKey, table, order: order)
    }
}

extension Relation {
    /// The e-mails of an owner: `contact`, `organization` or `user`, as in the link table's name.
    static func emails(of owner: SQL, primaryOnly: Bool = false) -> Relation {
        .through(
            "\(owner)_email", "\(owner)_id", "email_id", "email", where: primaryOnly ? "l.is_primary" : nil,
            order: primaryOnly ? nil : "t.email, t.raw_email, t.id", overrides: ["is_primary": "l.is_primary", "label": "l.label"],
            cardinality: primaryOnly ? .one : .many)
    }

    /// The phone numbers of an owner.
    static func phoneNumbers(of owner: SQL) -> Relation {
        .through(
            "\(owner)_phone_number", "\(owner)_id", "phone_number_id", "phone_number", order: "t.created_at, t.id",
            overrides: ["is_primary": "l.is_primary", "label": "l.label"])
    }
}
