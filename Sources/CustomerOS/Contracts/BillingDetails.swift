internal import GraphQL
internal import Records

/// How, and to whom, a contract is billed: the object `billingDetails`, made of the contract's own row.
enum BillingDetails {
    static let bindings: [String: FieldBinding] = {
        let contract = Contract.table
        return [
            "billingCycle": .column("billingCycle", .enumeration),
            "billingCycleInMonths": .column(contract.billingCycleInMonths, as: .int64),
            "invoicingStarted": .column(contract.invoicingStartDate),
            "nextInvoicing": .column(contract.nextInvoiceDate),
            "addressLine1": .column(contract.addressLine1),
            "addressLine2": .column(contract.addressLine2),
            "locality": .column(contract.locality),
            "region": .column(contract.region),
            "country": .column(contract.country),
            "postalCode": .column(contract.postalCode),
            "organizationLegalName": .column(contract.organizationLegalName),
            "billingEmail": .column(contract.billingEmail),
            "billingEmailCC": .column(contract.billingEmailCC),
            "billingEmailBCC": .column(contract.billingEmailBCC),
            "invoiceNote": .column(contract.invoiceNote),
            "canPayWithCard": .column(contract.canPayWithCard),
            "canPayWithDirectDebit": .column(contract.canPayWithDirectDebit),
            "canPayWithBankTransfer": .column(contract.canPayWithBankTransfer),
            "payOnline": .column(contract.payOnline),
            "payAutomatically": .column(contract.payAutomatically),
            "check": .column(contract.canPayWithCheck),
            "dueDays": .column(contract.dueDays, as: .int64),
        ]
    }()
}
