internal import GraphQL
internal import Postgres
internal import Records

/// What is known about an address's validity. Without a row, only its syntax is.
enum EmailValidation: RecordKind {
    static let type = RecordType(
        "EmailValidationDetails", table: "email_validation",
        fields: [
            .value("verified", "t.validated_at IS NOT NULL", .boolean),
            .constant("verifyingCheckAll", json: "false"),
            .value("isValidSyntax", "coalesce(t.is_valid_syntax, \(hasValidSyntax))", .boolean),
            .value(
                "isRisky",
                """
                CASE WHEN t.validated_at IS NOT NULL THEN coalesce(t.is_firewalled, false) OR coalesce(t.is_role_account, false) \
                OR coalesce(t.is_free_account, false) OR coalesce(t.is_mailbox_full, false) OR NOT coalesce(t.is_primary_domain, true) END
                """, .boolean),
            .value("isFirewalled", "t.is_firewalled", .boolean),
            .value("provider", "t.provider", .text),
            .value("firewall", "t.firewall", .text),
            .value("isCatchAll", "t.is_catch_all", .boolean),
            .value("canConnectSmtp", "t.can_connect_smtp", .boolean),
            .value("isMailboxFull", "t.is_mailbox_full", .boolean),
            .value("isRoleAccount", "t.is_role_account", .boolean),
            .value("isFreeAccount", "t.is_free_account", .boolean),
            .value("isSystemGenerated", "t.is_system_generated", .boolean),
            .value("smtpSuccess", "t.smtp_success", .boolean),
            .value("deliverable", "t.deliverable", .enumeration),
            .value("isDeliverable", "t.deliverable = 'DELIVERABLE'", .boolean),
            .value(
                "isReachable",
                "CASE t.deliverable WHEN 'DELIVERABLE' THEN 'safe' WHEN 'UNDELIVERABLE' THEN 'invalid' WHEN 'UNKNOWN' THEN 'unknown' END",
                .text),
            .value("isPrimaryDomain", "t.is_primary_domain", .boolean),
            .value("primaryDomain", "t.primary_domain", .text),
            .value("alternateEmail", "t.alternate_email", .text),
        ])

    /// Never null: unchecked values within it are null.
    static let ofEmail = Relation(
        parentColumn: "id", from: "email e LEFT JOIN email_validation t ON t.tenant_id = e.tenant_id AND t.email_id = e.id",
        key: "e.id", tenant: "e.tenant_id", condition: nil, order: nil, cardinality: .one, overrides: [:])

    /// Whether `e` is an address by the grammar of RFC 5321 section 4.1.2, without quoted local parts and address
    /// literals, which are not used in practice, and with letters of any script.
    private static let hasValidSyntax: SQL = """
        length(e.raw_email) <= 254 AND e.raw_email ~ \
        '^[^[:space:][:cntrl:]@"(),.:;<>\\[\\]\\\\]+([.][^[:space:][:cntrl:]@"(),.:;<>\\[\\]\\\\]+)*@\
        ([[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?[.])+[[:alnum:]]([[:alnum:]-]{0,61}[[:alnum:]])?$'
        """
}
