internal import GraphQL

/// How an operation on a service fails: what it failed to do, and where its input's members are.
struct LineItemFailure {
    /// A member of the input, by its name in most inputs.
    enum Member: String {
        case id, contractId, skuId, billingCycle, price, serviceStarted, serviceEnded
    }

    /// Where the members of an operation's input are in that of the request, which may call them something else.
    struct Place {
        private let prefix: String
        private let names: [Member: String]

        private init(_ prefix: String, _ names: [Member: String] = [:]) {
            self.prefix = prefix
            self.names = names
        }

        static let arguments = Place("")
        static let input = Place("input.")
        /// An input that calls the end of a service `endedAt`.
        static let inputWithOlderEnd = Place("input.", [.serviceEnded: "endedAt"])

        /// An item of `serviceLineItem_BulkUpdate`.
        static func item(_ index: Int) -> Place {
            Place("input.serviceLineItems[\(index)].", [.id: "serviceLineItemId", .billingCycle: "billed"])
        }

        func path(_ member: Member) -> String { "\(prefix)\(names[member] ?? member.rawValue)" }
    }

    let message: String
    private let place: Place

    init(_ message: String, in place: Place = .input) {
        self.message = message
        self.place = place
    }

    func because(_ explanation: String, _ reason: ValueRefusal.Reason, at member: Member? = nil) -> FieldError {
        FieldError(message, because: explanation, reason, code: .badUserInput, field: member.map(place.path))
    }

    func because(_ refusal: ValueRefusal, at member: Member) -> FieldError {
        FieldError(refusal, field: place.path(member), failure: message)
    }

    func because(_ refusal: LineItemChain.Refusal) -> FieldError {
        because(refusal.explanation, .notAllowed, at: refusal.member)
    }

    /// Something that the operation needs does not exist.
    func missing(_ explanation: String, at member: Member) -> FieldError {
        FieldError(message, because: explanation, code: .notFound, field: place.path(member))
    }
}
