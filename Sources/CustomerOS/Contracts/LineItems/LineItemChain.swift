internal import GraphQL
internal import Postgres
internal import Records

/// A client's values for a version of a service.
struct LineItemValues {
    var name: String?
    var billed: String?
    var price: Parameter
    var quantity: Parameter
    /// Percent.
    var taxRate: Parameter
    var comments: String?
    var sku: String?
    var start: String?

    init(_ input: InputObject) {
        name = input.text("description")
        billed = input.text("billingCycle")
        price = Parameter(input["price"])
        quantity = Parameter(input["quantity"])
        taxRate = Parameter(input.object("tax")?["taxRate"])
        comments = input.text("comments")
        sku = input.text("skuId").flatMap { $0.isEmpty ? nil : $0 }
        start = input.text("serviceStarted")
    }

    /// - Throws: `FieldError` for a price that the kind of version cannot have.
    static func check(_ input: InputObject, billed: String?, currency: String, _ failure: String) throws(FieldError) {
        guard case .float(let price)? = input["price"] else { return }
        guard price >= 0 || billed == "ONCE" else {
            throw FieldError(
                failure, because: "price must not be negative, unless billed once", .outOfRange, code: .badUserInput, field: "price")
        }
        do throws(ValueRefusal) { try Amount.check(price, in: currency) } catch {
            throw FieldError(error, field: "price", failure: failure)
        }
    }
}

/// The versions of one service, sorted by start, and what may be done with them: the only place that decides it. Days
/// are texts such as `2024-05-01`, which sort like days.
struct LineItemChain {
    struct Version {
        let id: String
        let start: String
        let end: String?
        let billed: String
        let name: String
        let comments: String
        let sku: String?
        let isCanceled: Bool
        /// On an invoice that is neither void nor a dry run.
        let isInvoiced: Bool
        let price: String
        let quantity: String
        /// Compared with the client's values.
        let hasSamePrice: Bool
        let hasSameQuantity: Bool
        let hasSameTax: Bool
    }

    let service: String
    let contract: String
    let contractIsDraft: Bool
    let today: String
    /// The client's day, if any.
    let day: String?
    /// The last day covered by an issued invoice.
    let invoicedUntil: String?
    let isPostpaid: Bool
    let nextInvoice: String?
    let versions: [Version]
    /// Of the contract.
    var currency = ""

    /// The day on which the service ends, if known.
    var end: String? { versions.last?.end }
    private var last: Version? { versions.last }
    private var isClosed: Bool { versions.contains(where: \.isCanceled) }
    /// The version in force today.
    private var current: Version? { versions.last { $0.start <= today } }

    /// The effect of changing a version.
    enum Update: Equatable {
        case nothing
        /// The version is changed retroactively, from this start.
        case inPlace(start: String)
        case newVersion
    }

    /// The effect of closing the service.
    enum Closing {
        /// What has never been in force is removed.
        case remove(Version)
        /// The version in force ends; later ones are removed.
        case end(Version, gone: [Version])
    }

    /// - Parameter isSame: Whether name, comments and product are unchanged.
    func update(
        _ version: Version, billed: String?, isSame: Bool, isCorrection: Bool
    ) throws(Refusal) -> Update {
        let id = version.id
        let start = day ?? version.start
        let hasSameStart = start == version.start
        let impactsPrice = !(version.hasSamePrice && version.hasSameQuantity && version.hasSameTax)
        if !impactsPrice, isSame, billed == nil || billed == version.billed, hasSameStart || version.isInvoiced { return .nothing }
        if isClosed { throw Refusal("contract line item with id {\(id)} is already ended") }
        if let billed, billed != version.billed {
            throw Refusal("cannot change billing cycle for contract line item with id {\(id)}", field: "billingCycle")
        }
        guard version.billed == "ONCE" || hasSameStart || !impactsPrice || isCorrection else {
            try newVersion(id)
            return .newVersion
        }
        if impactsPrice, version.isInvoiced {
            throw Refusal("service line item with id {\(id)} is included in invoice and cannot be updated")
        }
        let limit = isPostpaid ? nextInvoice ?? today : today
        if invoicedUntil != nil, start < limit {
            throw Refusal("cannot update contract line item with id {\(id)} and start date before {\(limit)}", field: "serviceStarted")
        }
        if !hasSameStart {
            if versions.contains(where: { $0.id != id && $0.start == start }) {
                throw Refusal("Other version with the same start date {\(start)} already exists", field: "serviceStarted")
            }
            try endsAfter(start)
            if !contractIsDraft, start <= today {
                throw Refusal("cannot update contract line item with id {\(id)} in the past", field: "serviceStarted")
            }
        }
        return .inPlace(start: start)
    }

    /// Checks whether another version may begin, on the client's day or today.
    /// - Returns: The version it follows.
    @discardableResult
    func newVersion(_ id: String) throws(Refusal) -> Version {
        guard let base = last else { throw Refusal("contract line item with id {\(id)} not found", code: .notFound) }
        let start = day ?? today
        if isClosed { throw Refusal("contract line item with id {\(id)} is already ended") }
        if versions.contains(where: { $0.start == start }) {
            throw Refusal("contract line item with id {\(id)} already exists with the same start date {\(start)}", field: "serviceStarted")
        }
        if !contractIsDraft, let current, start < current.start {
            throw Refusal("cannot create new version before current active version {\(current.id)}", field: "serviceStarted")
        }
        if base.billed == "ONCE" { throw Refusal("cannot create new version for one time contract line item with id {\(id)}") }
        if let invoicedUntil, start < invoicedUntil {
            throw Refusal("cannot create new version for contract line item with id {\(id)} in the past", field: "serviceStarted")
        }
        try endsAfter(start)
        return base
    }

    /// Ends the service on the client's day, or today.
    func closing(_ version: Version) throws(Refusal) -> Closing {
        if let day, day < today {
            throw Refusal("cannot close contract line item with id {\(version.id)} in the past", field: "serviceEnded")
        }
        if isClosed { throw Refusal("contract line item with id {\(version.id)} is already ended") }
        guard !contractIsDraft, version.start <= today, let current else { return .remove(version) }
        if let end, end <= today { throw Refusal("contract line item with id {\(version.id)} is already ended") }
        return .end(current, gone: versions.filter { $0.start > today })
    }

    /// No version begins after the service has ended.
    private func endsAfter(_ start: String) throws(Refusal) {
        if let end, end <= start { throw Refusal("endedAt must be after startedAt", field: "serviceStarted") }
    }

    func removal(_ version: Version) throws(Refusal) {
        if version.isInvoiced {
            throw Refusal("service line item with id {\(version.id)} is included in invoice and cannot be deleted")
        }
        if !contractIsDraft, version.start <= today {
            throw Refusal("cannot delete contract line item with id {\(version.id)} in the past")
        }
    }

    /// Why something cannot be done with a version.
    struct Refusal: Error {
        let reason: String
        let code: ErrorCode
        let field: String?

        init(_ reason: String, code: ErrorCode = .badUserInput, field: String? = nil) {
            self.reason = reason
            self.code = code
            self.field = field
        }

        /// The operation's error for the client.
        func told(as message: String) -> FieldError {
            FieldError(message, because: reason, code == .badUserInput ? .notAllowed : nil, code: code, field: field)
        }
    }
}
