internal import Postgres
internal import Records

/// An account to which clients of the tenant pay.
enum BankAccount: Record {
    struct Columns {
        let origin = Origin()
        let bankName = Column("bank_name", .text).field("bankName").written()
        let currency = Column("currency", .word).field("currency").written(initial: "base_currency($1)")
        let bankTransferEnabled = Column("bank_transfer_enabled", .flag).field("bankTransferEnabled").written()
        let allowInternational = Column("allow_international", .flag).field("allowInternational").written()
        let iban = Column("iban", .text).field("iban").written()
        let bic = Column("bic", .text).field("bic").written()
        let sortCode = Column("sort_code", .text).field("sortCode").written()
        let accountNumber = Column("account_number", .text).field("accountNumber").written()
        let routingNumber = Column("routing_number", .text).field("routingNumber").written()
        let otherDetails = Column("other_details", .text).field("otherDetails").written()
    }

    static let table = Table<BankAccount>("bank_account", Columns())

    static let type = RecordType("BankAccount", of: table, .metadata)
}
