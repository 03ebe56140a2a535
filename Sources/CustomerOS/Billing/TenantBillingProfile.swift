internal import Postgres
internal import Records

/// Who bills: the tenant, as its invoices name it.
enum TenantBillingProfile: Record {
    struct Columns {
        let origin = Origin()
        let legalName = Column("legal_name", .text).field("legalName").written()
        let email = Column("email", .text).field("email").written()
        let phone = Column("phone", .text).field("phone").written()
        let addressLine1 = Column("address_line1", .text).field("addressLine1").written()
        let addressLine2 = Column("address_line2", .text).field("addressLine2").written()
        let addressLine3 = Column("address_line3", .text).field("addressLine3").written()
        let locality = Column("locality", .text).field("locality").written()
        let region = Column("region", .text).field("region").written()
        let country = Column("country", .text).field("country").written()
        let zip = Column("zip", .text).field("zip").written()
        let vatNumber = Column("vat_number", .text).field("vatNumber").written()
        let sendInvoicesFrom = Column("send_invoices_from", .text).field("sendInvoicesFrom").written()
        let sendInvoicesBcc = Column("send_invoices_bcc", .text).field("sendInvoicesBcc").written()
        let domesticPayments = Column("domestic_payments_bank_info", .text).field("domesticPaymentsBankInfo").written()
        let internationalPayments = Column("international_payments_bank_info", .text).field("internationalPaymentsBankInfo").written()
        let card = Column("can_pay_with_card", .flag).field("canPayWithCard").written()
        let sepa = Column("can_pay_with_direct_debit_sepa", .flag).field("canPayWithDirectDebitSEPA").written()
        let ach = Column("can_pay_with_direct_debit_ach", .flag).field("canPayWithDirectDebitACH").written()
        let bacs = Column("can_pay_with_direct_debit_bacs", .flag).field("canPayWithDirectDebitBacs").written()
        let bankTransfer = Column("can_pay_with_bank_transfer", .flag).field("canPayWithBankTransfer").written()
        let pigeon = Column("can_pay_with_pigeon", .flag).field("canPayWithPigeon").written()
        let check = Column("can_pay_with_check", .flag).field("check").written()
    }

    static let table = Table<TenantBillingProfile>("tenant_billing_profile", Columns())

    static let type = RecordType("TenantBillingProfile", of: table, .recordFields)
}
