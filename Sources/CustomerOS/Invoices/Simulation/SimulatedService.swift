internal import Records

/// A version of a service as a client imagines it.
struct SimulatedService: Decodable {
    let key: String
    let serviceLineItemId: ID<BilledVersion>?
    /// The service.
    let parentId: ID<BilledVersion>?
    let description: String
    let billingCycle: BilledType
    let price: Double
    let quantity: Int64
    /// Percent.
    let taxRate: Double?
    let serviceStarted: Time
    /// Whether the service is closed.
    let closeVersion: Bool?

    /// The key of its line in the answer.
    var lineKey: String { serviceLineItemId?.unlessEmpty?.text ?? key }

    /// The versions to bill, with their indexes as ids: each ends when the next version of its service begins.
    /// - Parameter stored: The versions that the contract has.
    static func versions(_ given: [SimulatedService], _ stored: [BilledVersion]) -> [BilledVersion] {
        let known = Dictionary(stored.map { ($0.id, $0.service) }) { first, _ in first }
        let invoiced = Set(stored.filter(\.isInvoiced).map(\.service))
        let services = given.indices.map { index in
            let id = (given[index].parentId?.unlessEmpty ?? given[index].serviceLineItemId?.unlessEmpty)?.text.lowercased()
            return id.map { known[$0] ?? $0 } ?? "new \(index)"
        }
        let starts = given.map(\.start)
        return given.indices.map { index in
            let service = services[index]
            let later = starts.indices.filter { services[$0] == service && starts[$0] > starts[index] }.map { starts[$0] }
            return given[index].version(
                id: index, service: service, start: starts[index], end: later.min(), isInvoiced: invoiced.contains(service))
        }
    }

    private var start: Day { Day(String(serviceStarted.text.prefix(10))) ?? Day(number: 0) }

    private func version(id: Int, service: String, start: Day, end: Day?, isInvoiced: Bool) -> BilledVersion {
        BilledVersion(
            id: String(id), service: service, billed: billingCycle,
            price: Decimals(units: Int64((price * 1_000_000).rounded()), count: BilledVersion.priceDigits), quantity: quantity,
            taxRate: Decimals(units: Int64((taxRate ?? 0) * 100), count: BilledVersion.taxDigits), start: start, end: end,
            isCanceled: closeVersion == true, isPaused: false, isInvoiced: isInvoiced)
    }
}
