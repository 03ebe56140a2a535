internal import GraphQL
internal import Postgres
internal import Records

/// The input of a contract with one name for each value: older names and the members of `billingDetails` are mapped
/// here, once.
struct ContractForm {
    /// The members of `ContractTable.patch`, and the dates.
    private(set) var values = InputObject()

    /// A value's names in inputs; the first one given counts. A dot leads into an object.
    private static let names: [(member: String, inputs: [String])] = [
        ("contractName", ["contractName", "name"]), ("contractUrl", ["contractUrl"]), ("currency", ["currency"]),
        ("billingEnabled", ["billingEnabled"]), ("autoRenew", ["autoRenew"]), ("appSource", ["appSource"]),
        ("addressLine1", ["billingDetails.addressLine1", "addressLine1"]),
        ("addressLine2", ["billingDetails.addressLine2", "addressLine2"]),
        ("locality", ["billingDetails.locality", "locality"]), ("region", ["billingDetails.region"]),
        ("country", ["billingDetails.country", "country"]), ("postalCode", ["billingDetails.postalCode", "zip"]),
        ("organizationLegalName", ["billingDetails.organizationLegalName", "organizationLegalName"]),
        ("billingEmail", ["billingDetails.billingEmail", "invoiceEmail"]),
        ("invoiceNote", ["billingDetails.invoiceNote", "invoiceNote"]),
        ("canPayWithCard", ["billingDetails.canPayWithCard", "canPayWithCard"]),
        ("canPayWithDirectDebit", ["billingDetails.canPayWithDirectDebit", "canPayWithDirectDebit"]),
        ("canPayWithBankTransfer", ["billingDetails.canPayWithBankTransfer", "canPayWithBankTransfer"]),
        ("payOnline", ["billingDetails.payOnline"]), ("payAutomatically", ["billingDetails.payAutomatically"]),
        ("check", ["billingDetails.check"]),
    ]

    private static let dates: [(member: String, inputs: [String])] = [
        ("serviceStarted", ["serviceStarted", "serviceStartedAt"]), ("contractSigned", ["contractSigned", "signedAt"]),
        ("contractEnded", ["contractEnded", "endedAt"]),
        ("invoicingStarted", ["billingDetails.invoicingStarted", "invoicingStartDate"]),
    ]

    /// - Throws: `FieldError` if a value is invalid.
    init(_ input: InputObject) throws(FieldError) {
        func given(_ names: [String]) -> InputValue? {
            names.lazy.compactMap { input.value(at: $0) }.first { $0 != .null }
        }
        for (member, inputs) in Self.names { if let value = given(inputs) { values.set(member, value) } }
        // An approval is final.
        if input.flag("approved") == true { values.set("approved", .boolean(true)) }
        let keepsNull = input.flag("patch") == true
        for (member, inputs) in Self.dates {
            if let value = given(inputs), case .string(let text) = value {
                values.set(member, .string(text == Moment.none ? "" : text))
            } else if !keepsNull, inputs.contains(where: { input.value(at: $0) == .null }) {
                values.set(member, .string(""))
            }
        }
        if let length = try Self.length(given) { values.set("lengthInMonths", .integer(length)) }
        if let days = given(["billingDetails.dueDays", "dueDays"]) { values.set("dueDays", days) }
        if let months = try Self.billingCycle(given) { values.set("billingCycleInMonths", .integer(months)) }
        for (member, name) in [("billingEmailCC", "billingDetails.billingEmailCC"), ("billingEmailBCC", "billingDetails.billingEmailBCC")] {
            guard case .list(let entries)? = given([name]) else { continue }
            let addresses = entries.compactMap { if case .string(let text) = $0 { text } else { nil } }
            var normal: [String] = []
            for address in addresses { normal.append(try Self.address(address, name)) }
            values.set(member, .string(arrayText(normal)))
        }
        if let address = values.text("billingEmail"), !address.isEmpty {
            values.set("billingEmail", .string(try Self.address(address, "billingDetails.billingEmail")))
        }
        if let country = values.text("country"), !country.isEmpty {
            do throws(ValueRefusal) { values.set("country", .string(try Country(country).code)) } catch {
                throw FieldError(error, field: "input.billingDetails.country")
            }
        }
    }

    /// The dates as parameters, in the order of the table's statements: null keeps, the empty text clears.
    var dateParameters: [Parameter] { Self.dates.map { Parameter(text: values.text($0.member)) } }

    private static func length(_ given: ([String]) -> InputValue?) throws(FieldError) -> Int64? {
        if case .integer(let months)? = given(["committedPeriodInMonths"]) { return months }
        guard case .enumeration(let cycle)? = given(["contractRenewalCycle", "renewalCycle"]) else { return nil }
        var periods: Int64 = 1
        if case .integer(let number)? = given(["committedPeriods", "renewalPeriods"]) { periods = max(number, 1) }
        let months =
            switch cycle {
            case "MONTHLY_RENEWAL": periods
            case "QUARTERLY_RENEWAL": 3 * periods
            case "ANNUAL_RENEWAL": 12 * periods
            default: Int64(0)
            }
        do { return try Bounds.months.normal(months) } catch {
            throw FieldError(
                "committedPeriods come to \(months) months: they \(error.explanation)", code: .badUserInput, field: "input.committedPeriods"
            )
        }
    }

    private static func billingCycle(_ given: ([String]) -> InputValue?) throws(FieldError) -> Int64? {
        if case .integer(let months)? = given(["billingDetails.billingCycleInMonths"]) { return months }
        guard case .enumeration(let cycle)? = given(["billingDetails.billingCycle", "billingCycle"]) else { return nil }
        switch cycle {
        case "NONE": return 0
        case "MONTHLY_BILLING": return 1
        case "QUARTERLY_BILLING": return 3
        case "ANNUAL_BILLING": return 12
        default: throw FieldError("Give the months of a custom cycle in billingCycleInMonths.", code: .badUserInput, field: "billingCycle")
        }
    }

    private static func address(_ text: String, _ field: String) throws(FieldError) -> String {
        do throws(ValueRefusal) { return try EmailAddress(text).text } catch { throw FieldError(error, field: "input.\(field)") }
    }
}

extension InputObject {
    /// The value at a path such as `billingDetails.country`; nil if it is absent.
    fileprivate func value(at path: String) -> InputValue? {
        guard let dot = path.firstIndex(of: ".") else { return self[path] }
        return object(String(path[..<dot]))?[String(path[path.index(after: dot)...])]
    }
}
