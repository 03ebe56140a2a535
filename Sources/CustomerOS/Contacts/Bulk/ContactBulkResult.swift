internal import Records

/// The result of many inputs.
struct ContactBulkResult: Report {
    /// The contacts, found or created, in the order of the inputs.
    let created: [ID<Contact>]
    /// The inputs from which no contact can be created, in their order.
    let failed: [String]

    static let type = ReportType<ContactBulkResult>(
        "CreateContactBulkResponse", [.value("createdIds", \.created), .value("failedInputs", \.failed)])
}
