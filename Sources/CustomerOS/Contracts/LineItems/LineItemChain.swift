internal import Records

/// The versions of one service, sorted by start, and what may be done with them: the only place that decides it. Days
/// are texts such as `2024-05-01`, which sort like days.
struct LineItemChain {
    struct Version {
        let id: ID<ServiceLineItem>
        let service: ID<ServiceLineItem>
        let start: String
        let billed: BilledType
        let name: String
        let comments: String
        let sku: ID<Sku>?
        let isCanceled: Bool
        /// On an invoice that is neither void nor a dry run.
        let isInvoiced: Bool
        /// As stored, with all decimals.
        let price: String
        let quantity: Int64
        /// Compared with the client's values.
        let hasSamePrice: Bool
        let hasSameQuantity: Bool
        let hasSameTax: Bool
        let end: String?
    }

    /// What the contract determines.
    struct Contract {
        let id: ID<CustomerOS.Contract>
        let status: ContractStatus
        let today: String
        /// The client's day, if any.
        let day: String?
        /// The last day covered by an issued invoice.
        let invoicedUntil: String?
        let isPostpaid: Bool
        let nextInvoice: String?
        let currency: String
    }

    let contract: Contract
    let versions: [Version]
    private let last: Version

    /// Nil without a version.
    init?(of contract: Contract, _ versions: [Version]) {
        guard let last = versions.last else { return nil }
        self.contract = contract
        self.versions = versions
        self.last = last
    }

    var id: ID<ServiceLineItem> { last.service }
    /// The day on which the service ends, if known.
    var end: String? { last.end }
    /// The version in force today.
    private var current: Version? { versions.last { $0.start <= contract.today } }
    private var isClosed: Bool { versions.contains(where: \.isCanceled) }
    private var isDraft: Bool { contract.status == .draft }
    private var today: String { contract.today }
    private var day: String? { contract.day }

    subscript(_ id: ID<ServiceLineItem>) -> Version? { versions.first { $0.id == id } }

    /// The version that stands for the service.
    var representative: Version { current ?? last }

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
        _ version: Version, billed: BilledType?, isSame: Bool, isCorrection: Bool
    ) throws(Refusal) -> Update {
        let id = version.id
        let start = day ?? version.start
        let hasSameStart = start == version.start
        let impactsPrice = !(version.hasSamePrice && version.hasSameQuantity && version.hasSameTax)
        if !impactsPrice, isSame, billed == nil || billed == version.billed, hasSameStart || version.isInvoiced {
            return .nothing
        }
        if isClosed { throw Refusal("contract line item with id {\(id)} is already ended") }
        if let billed, billed != version.billed {
            throw Refusal("cannot change billing cycle for contract line item with id {\(id)}", at: .billingCycle)
        }
        guard version.billed == .once || hasSameStart || !impactsPrice || isCorrection else {
            try newVersion(id)
            return .newVersion
        }
        if impactsPrice, version.isInvoiced {
            throw Refusal("service line item with id {\(id)} is included in invoice and cannot be updated")
        }
        let limit = contract.isPostpaid ? contract.nextInvoice ?? today : today
        if contract.invoicedUntil != nil, start < limit {
            throw Refusal(
                "cannot update contract line item with id {\(id)} and start date before {\(limit)}", at: .serviceStarted
            )
        }
        if !hasSameStart {
            if versions.contains(where: { $0.id != id && $0.start == start }) {
                throw Refusal("Other version with the same start date {\(start)} already exists", at: .serviceStarted)
            }
            try endsAfter(start)
            if !isDraft, start <= today {
                throw Refusal("cannot update contract line item with id {\(id)} in the past", at: .serviceStarted)
            }
        }
        return .inPlace(start: start)
    }

    /// Checks whether another version may begin, on the client's day or today.
    /// - Returns: The version it follows.
    @discardableResult
    func newVersion(_ id: ID<ServiceLineItem>) throws(Refusal) -> Version {
        let start = day ?? today
        if isClosed { throw Refusal("contract line item with id {\(id)} is already ended") }
        if versions.contains(where: { $0.start == start }) {
            throw Refusal(
                "contract line item with id {\(id)} already exists with the same start date {\(start)}",
                at: .serviceStarted)
        }
        if !isDraft, let current, start < current.start {
            throw Refusal(
                "cannot create new version before current active version {\(current.id)}", at: .serviceStarted)
        }
        if last.billed == .once {
            throw Refusal("cannot create new version for one time contract line item with id {\(id)}")
        }
        if let invoicedUntil = contract.invoicedUntil, start < invoicedUntil {
            throw Refusal(
                "cannot create new version for contract line item with id {\(id)} in the past", at: .serviceStarted)
        }
        try endsAfter(start)
        return last
    }

    /// Ends the service on the client's day, or today.
    func closing(_ version: Version) throws(Refusal) -> Closing {
        if let day, day < today {
            throw Refusal("cannot close contract line item with id {\(version.id)} in the past", at: .serviceEnded)
        }
        if isClosed { throw Refusal("contract line item with id {\(version.id)} is already ended") }
        guard !isDraft, version.start <= today, let current else {
            try removalOfUnused(version)
            return .remove(version)
        }
        if let end, end <= today { throw Refusal("contract line item with id {\(version.id)} is already ended") }
        let gone = versions.filter { $0.start > today }
        for version in gone { try removalOfUnused(version) }
        return .end(current, gone: gone)
    }

    /// No version begins after the service has ended.
    private func endsAfter(_ start: String) throws(Refusal) {
        if let end, end <= start { throw Refusal("endedAt must be after startedAt", at: .serviceStarted) }
    }

    func removal(_ version: Version) throws(Refusal) {
        try removalOfUnused(version)
        if !isDraft, version.start <= today {
            throw Refusal("cannot delete contract line item with id {\(version.id)} in the past")
        }
    }

    private func removalOfUnused(_ version: Version) throws(Refusal) {
        if version.isInvoiced {
            throw Refusal("service line item with id {\(version.id)} is included in invoice and cannot be deleted")
        }
    }

    /// Why something cannot be done with a version.
    struct Refusal: Error {
        let explanation: String
        let member: LineItemFailure.Member?

        init(_ explanation: String, at member: LineItemFailure.Member? = nil) {
            self.explanation = explanation
            self.member = member
        }
    }
}
