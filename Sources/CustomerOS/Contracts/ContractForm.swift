internal import GraphQL
internal import Postgres
internal import Records

/// What is stored of a contract's input: older names and the members of `billingDetails` are mapped here, once.
struct ContractForm {
    let id: ID<Contract>
    /// Of a new contract.
    let organization: ID<Organization>?
    private(set) var values: Patch<Contract>
    private(set) var application: String?
    private(set) var serviceStarted = DayChange.kept
    private(set) var signed = DayChange.kept
    private(set) var ended = DayChange.kept
    private(set) var invoicingStarted = DayChange.kept
    /// The member of the input that gives the end.
    private(set) var endField = "input.contractEnded"

    /// Only the note on invoices.
    init(_ id: ID<Contract>, invoiceNote: String) {
        self.id = id
        organization = nil
        values = Patch()
        values[\.invoiceNote] = invoiceNote
    }

    /// - Throws: `FieldError` if a value is invalid.
    init(_ id: ID<Contract>, _ input: ContractInput) throws(FieldError) {
        self.id = id
        organization = input.organizationId
        application = input.appSource
        let details = input.billingDetails
        values = details?.values.completed(by: input.values) ?? input.values
        complete(\.name, input.name)
        complete(\.postalCode, input.zip)
        complete(\.billingEmail, input.invoiceEmail)
        // An approval is final.
        if values[\.approved] == "false" { values.keep(\.approved) }
        let keepsNull = input.patch ?? false
        serviceStarted = DayChange(input.serviceStarted, input.serviceStartedAt, keepsNull)
        signed = DayChange(input.contractSigned, input.signedAt, keepsNull)
        ended = DayChange(input.contractEnded, input.endedAt, keepsNull)
        if input.contractEnded.value == nil { endField = "input.endedAt" }
        invoicingStarted = DayChange(
            details?.invoicingStarted ?? .absent, input.invoicingStartDate, keepsNull)
        if values[\.lengthInMonths] == nil { values[\.lengthInMonths] = try Self.length(input).map { String($0) } }
        if values[\.billingCycleInMonths] == nil {
            values[\.billingCycleInMonths] = try Self.billingCycle(input).map { String($0) }
        }
        try normalize(\.billingEmailCC, details?.billingEmailCC, "input.billingDetails.billingEmailCC")
        try normalize(\.billingEmailBCC, details?.billingEmailBCC, "input.billingDetails.billingEmailBCC")
        if let address = values[\.billingEmail], !address.isEmpty {
            let isOlder = details?.values[\.billingEmail] == nil
            values[\.billingEmail] = try Self.address(
                address, isOlder ? "input.invoiceEmail" : "input.billingDetails.billingEmail")
        }
        if let country = values[\.country], !country.isEmpty {
            do throws(ValueRefusal) { values[\.country] = try Country(country).code } catch {
                let isOlder = details?.values[\.country] == nil
                throw FieldError(error, field: isOlder ? "input.country" : "input.billingDetails.country")
            }
        }
    }

    /// Whether there is nothing to write.
    var isEmpty: Bool {
        values.isEmpty && application == nil
            && [serviceStarted, signed, ended, invoicingStarted].allSatisfy { $0 == .kept }
    }

    /// Takes what an older name says if the newer one says nothing.
    private mutating func complete(_ path: KeyPath<Contract.Columns, Column>, _ older: String?) {
        if values[path] == nil { values[path] = older }
    }

    private static func length(_ input: ContractInput) throws(FieldError) -> Int64? {
        guard let cycle = input.contractRenewalCycle ?? input.renewalCycle else { return nil }
        let months = cycle.months * max(input.committedPeriods ?? input.renewalPeriods ?? 1, 1)
        do throws(ValueRefusal) { return try Bounds.months.normal(months) } catch {
            let member = input.committedPeriods == nil ? "renewalPeriods" : "committedPeriods"
            throw FieldError(
                "\(member) come to \(months) months", because: "they \(error.explanation)", error.reason,
                code: .badUserInput, field: "input.\(member)")
        }
    }

    private static func billingCycle(_ input: ContractInput) throws(FieldError) -> Int64? {
        guard let cycle = input.billingDetails?.billingCycle ?? input.billingCycle else { return nil }
        if let months = cycle.months { return months }
        let isOlder = input.billingDetails?.billingCycle == nil
        throw FieldError(
            "Give the months of a custom cycle in billingCycleInMonths.", .missing,
            field: isOlder ? "input.billingCycle" : "input.billingDetails.billingCycle")
    }

    private mutating func normalize(
        _ path: KeyPath<Contract.Columns, Column>, _ addresses: [String]?, _ field: String
    ) throws(FieldError) {
        guard let addresses else { return }
        var normal = TextArray(capacity: addresses.count)
        for (index, address) in addresses.enumerated() {
            normal.append(.text(try Self.address(address, "\(field)[\(index)]")))
        }
        values[path] = normal.text
    }

    private static func address(_ text: String, _ field: String) throws(FieldError) -> String {
        do throws(ValueRefusal) { return try EmailAddress(text).text } catch {
            throw FieldError(error, field: field)
        }
    }
}

extension DayChange {
    /// - Parameters:
    ///   - older: The same day under its older name; it counts if the newer one is absent or null.
    ///   - keepsNull: Whether null keeps the day, instead of clearing it.
    fileprivate init(_ newer: Given<Time>, _ older: Given<Time>, _ keepsNull: Bool) {
        if let time = newer.value ?? older.value {
            self = time.text == Moment.none ? .cleared : .set(time)
        } else {
            self = keepsNull || newer.isAbsent && older.isAbsent ? .kept : .cleared
        }
    }
}
