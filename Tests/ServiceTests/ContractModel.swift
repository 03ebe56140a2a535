import Foundation
import Postgres
import Testing

/// The formulas of contracts in plain Swift: stored derived values must be what they yield for the stored given ones.
struct ContractModel {
    struct Item {
        let service: String
        let billed: String
        let price: Decimal
        let quantity: Decimal
        /// Days since 1970.
        let start: Int
        let end: Int?
        let isCanceled: Bool

        var yearly: Decimal {
            let times: [String: Decimal] = ["MONTHLY": 12, "QUARTERLY": 4, "ANNUALLY": 1]
            return price * quantity * (times[billed] ?? 0)
        }
    }

    struct Renewal {
        let id: String
        let stage: String
        let amount: Decimal
        let most: Decimal
        let likelihood: String
        let rate: Decimal
        let due: Int?
        let isApproved: Bool
    }

    struct Contract {
        let id: String
        let status: String
        let months: Int
        let isApproved: Bool
        let isAutomatic: Bool
        let start: Int?
        let end: Int?
        let value: Decimal
        let renewals: [Renewal]
        let items: [Item]

        var active: Renewal? { renewals.first { $0.stage == "OPEN" } }
    }

    let today: Int
    let contracts: [Contract]
    let forecast: Decimal
    let mostForecast: Decimal
    let likelihood: String?
    let next: Int?
    let value: Decimal

    // MARK: Formulas

    func status(_ contract: Contract) -> String {
        // A day in the past, or today at its beginning, is over.
        if let end = contract.end, end <= today { return "ENDED" }
        if !contract.isApproved { return "DRAFT" }
        guard let start = contract.start, start <= today else { return "SCHEDULED" }
        if !contract.isAutomatic, let due = contract.active?.due, due <= today { return "OUT_OF_CONTRACT" }
        return "LIVE"
    }

    func most(_ contract: Contract) -> Decimal {
        let yearly = contract.items.filter { $0.start <= today && ($0.end.map { $0 > today } ?? true) }.reduce(Decimal(0)) {
            $0 + $1.yearly
        }
        guard let end = contract.end else { return Self.rounded(yearly) }
        let months = Self.months(today, end)
        return Self.rounded(months > 12 ? yearly : yearly * Decimal(months) / 12)
    }

    func lifetimeValue(_ contract: Contract) -> Decimal {
        guard ["LIVE", "OUT_OF_CONTRACT", "ENDED"].contains(contract.status) else { return 0 }
        let last = contract.end.map { min($0, today) } ?? today
        let total = contract.items.reduce(Decimal(0)) { sum, item in
            guard item.start <= today else { return sum }
            if item.billed == "ONCE" { return sum + item.price * item.quantity * 6570 }
            let days = min(item.end ?? last, last) - item.start
            let parts: [String: Decimal] = ["MONTHLY": 219, "QUARTERLY": 73, "ANNUALLY": 18]
            return days > 0 ? sum + item.price * item.quantity * Decimal(days) * (parts[item.billed] ?? 0) : sum
        }
        return Self.rounded(total / 6570, .down)
    }

    static func rounded(_ number: Decimal, _ mode: NSDecimalNumber.RoundingMode = .plain) -> Decimal {
        var (from, to) = (number, Decimal())
        NSDecimalRound(&to, &from, 2, mode)
        return to
    }

    private static func months(_ from: Int, _ to: Int) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let (a, b) = (parts(from, calendar), parts(to, calendar))
        return max(0, (b.year - a.year) * 12 + b.month - a.month - (b.day < a.day ? 1 : 0))
    }

    private static func parts(_ day: Int, _ calendar: Calendar) -> (year: Int, month: Int, day: Int) {
        let date = Date(timeIntervalSince1970: Double(day) * 86_400)
        return (calendar.component(.year, from: date), calendar.component(.month, from: date), calendar.component(.day, from: date))
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Int {
        // Days of the civil calendar, in eras of 400 years that begin in March.
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The day that many months later; a day that the month lacks runs over.
    static func later(_ start: Int, _ months: Int) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let start = parts(start, calendar)
        let month = start.year * 12 + start.month - 1 + months
        return day(month / 12, month % 12 + 1, 1) + start.day - 1
    }

    /// The last day of a day's month.
    static func lastOfMonth(_ of: Int) -> Int {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let month = parts(of, calendar)
        return day(month.year + month.month / 12, month.month % 12 + 1, 1) - 1
    }

    private func due(_ contract: Contract, from start: Int?) -> Int? {
        guard var day = start, contract.months > 0 else { return nil }
        repeat { day = Self.later(day, contract.months) } while contract.isAutomatic && day <= today
        return day
    }

    /// What becomes of a renewal's likelihood when its contract or its day changes.
    private func judged(_ likelihood: String, _ rate: Decimal, due: Int?, end: Int?) -> (String, Decimal) {
        guard let due else { return (likelihood, rate) }
        if let end, end < due { return likelihood == "ZERO" ? (likelihood, rate) : ("ZERO", 0) }
        return likelihood == "ZERO" && end != due ? ("MEDIUM", 50) : (likelihood, rate)
    }

    /// How a step's effect on the renewals differs from the rules.
    /// - Parameter hasFailed: Whether the step failed, and so must have changed nothing.
    func contradictions(since before: ContractModel, _ step: String, hasFailed: Bool) -> [String] {
        var found: [String] = []
        for contract in contracts {
            let at = contract.id.suffix(4)
            let old = before.contracts.first { $0.id == contract.id }
            if hasFailed {
                if old?.renewals.map(\.text) != contract.renewals.map(\.text) || old?.status != contract.status {
                    found.append("\(at): changed")
                }
                continue
            }
            let isCause = old == nil || step.contains("contract_") && step.contains(contract.id)
            guard let active = contract.active else {
                if isCause, contract.months > 0, contract.status != "ENDED" { found.append("\(at): no renewal") }
                continue
            }
            let isRenewed = step.contains("contract_Renew") && step.contains(contract.id)
            let known = old?.renewals.first { $0.id == active.id }
            let rolled = isRenewed ? contract.renewals.first { one in one.stage == "CLOSED_WON" && old?.active?.id == one.id } : nil
            // The day.
            let won = contract.renewals.filter { $0.stage == "CLOSED_WON" }.compactMap(\.due).filter { $0 <= today }.max()
            let expected = known?.due ?? due(contract, from: rolled?.due ?? won ?? contract.start)
            let isGiven = isRenewed && step.contains("renewalDate") && rolled == nil
            if !isGiven, active.due != expected { found.append("\(at): due \(active.due ?? 0) for \(expected ?? 0)") }
            // The likelihood.
            var (likelihood, rate) = (known?.likelihood ?? "HIGH", known?.rate ?? 100)
            if step.contains(active.id) || step.contains("UpdateAll") {
                likelihood = step.firstMatch(of: /renewalLikelihood: ([A-Z]+)_RENEWAL/).map { String($0.1) } ?? likelihood
                rate =
                    step.firstMatch(of: /renewalAdjustedRate: (-?[0-9]+)/).flatMap { Int($0.1) }.map { Decimal(min(max($0, 0), 100)) }
                    ?? rate
            }
            let isJudged = isCause && rolled == nil && !(isRenewed && known != nil)
            if !isGiven, isJudged || known?.due == nil && active.due != nil {
                (likelihood, rate) = judged(likelihood, rate, due: active.due, end: contract.end)
            }
            if !isGiven, (active.likelihood, active.rate) != (likelihood, rate) {
                found.append("\(at): \(active.likelihood) \(active.rate) for \(likelihood) \(rate)")
            }
            if known == nil, active.isApproved != (isRenewed && rolled == nil) { found.append("\(at): approved \(active.isApproved)") }
        }
        return found
    }

    /// What is due and decided, and was not renewed.
    var overdue: [String] {
        contracts.filter { contract in
            guard let active = contract.active, let due = active.due, contract.status != "DRAFT" else { return false }
            return due <= today && (contract.isAutomatic || active.isApproved)
        }.map { "\($0.id.suffix(4)): not renewed" }
    }

    // MARK: What must hold

    /// What differs from the formulas.
    /// - Parameter given: Renewals whose amount a user has set.
    func contradictions(given: Set<String>) -> [String] {
        var found: [String] = []
        func check(_ holds: Bool, _ what: String) { if !holds { found.append(what) } }
        for contract in contracts {
            let at = contract.id.suffix(4)
            check(contract.status == status(contract), "\(at): \(contract.status) for \(status(contract))")
            check(contract.value == lifetimeValue(contract), "\(at): value \(contract.value) for \(lifetimeValue(contract))")
            check(contract.renewals.filter { $0.stage == "OPEN" }.count <= 1, "\(at): two renewals")
            if contract.months == 0 || contract.status == "ENDED" { check(contract.active == nil, "\(at): a renewal too many") }
            if let active = contract.active {
                check(active.most == most(contract), "\(at): \(active.most) at most for \(most(contract))")
                if !given.contains(active.id) {
                    let amount = Self.rounded(active.most * active.rate / 100)
                    check(active.amount == amount, "\(at): amount \(active.amount) for \(amount)")
                }
                check((active.due == nil) == (contract.start == nil) || active.due != nil, "\(at): no date")
            }
            for versions in Dictionary(grouping: contract.items, by: \.service).values where versions.count > 1 {
                let sorted = versions.sorted { $0.start < $1.start }
                for (one, next) in zip(sorted, sorted.dropFirst()) {
                    check(one.end == next.start, "\(at): a version ends at \(one.end ?? 0), the next begins at \(next.start)")
                    check(!one.isCanceled, "\(at): a version after the last")
                }
            }
        }
        let counted = contracts.filter { $0.status != "DRAFT" }.compactMap(\.active)
        check(forecast == counted.reduce(0) { $0 + $1.amount }, "forecast \(forecast)")
        check(mostForecast == counted.reduce(0) { $0 + $1.most }, "greatest forecast \(mostForecast)")
        let order = ["ZERO", "LOW", "MEDIUM", "HIGH"]
        check(likelihood == order.first { word in counted.contains { $0.likelihood == word } }, "likelihood \(likelihood ?? "none")")
        check(next == counted.compactMap(\.due).filter { $0 > today }.min(), "next \(next ?? 0)")
        check(value == contracts.reduce(0) { $0 + $1.value }, "value \(value)")
        return found
    }

    // MARK: Reading

    /// - Parameter later: How many days after today it is to be.
    init(_ tenant: TestTenant, organization: String, later: Int = 0) throws {
        let database = try tenant.database()
        func number(_ text: String?) -> Decimal { Decimal(string: text ?? "") ?? -1 }
        func day(_ text: String?) -> Int? { text.flatMap { Int($0) } }
        let head = try database.run(
            """
            SELECT current_date - date '1970-01-01', renewal_arr, renewal_max_arr, renewal_likelihood, next_renewal_at::date - date '1970-01-01', \
            lifetime_value FROM organization WHERE tenant_id = $1::integer AND id = $2::uuid
            """, [tenant.id, .text(organization)])
        let contracts = try database.run(
            """
            SELECT id, status, length_in_months, approved, auto_renew, service_started_at::date - date '1970-01-01', \
            ended_at::date - date '1970-01-01', lifetime_value FROM contract WHERE tenant_id = $1::integer AND state = 'LIVE' ORDER BY id
            """, [tenant.id])
        let renewals = try database.run(
            """
            SELECT contract_id, id, internal_stage, amount, max_amount, renewal_likelihood, renewal_adjusted_rate, \
            renewed_at::date - date '1970-01-01', renewal_approved FROM opportunity WHERE tenant_id = $1::integer AND state = 'LIVE' ORDER BY id
            """, [tenant.id])
        let items = try database.run(
            """
            SELECT contract_id, service_id, billed, price, quantity, started_at::date - date '1970-01-01', ended_at::date - date '1970-01-01', \
            is_canceled FROM service_line_item WHERE tenant_id = $1::integer
            """, [tenant.id])
        today = try #require(day(head.text(0, 0))) + later
        forecast = head.text(0, 1).map { number($0) } ?? 0
        mostForecast = head.text(0, 2).map { number($0) } ?? 0
        likelihood = head.text(0, 3)
        next = day(head.text(0, 4))
        value = number(head.text(0, 5))
        self.contracts = (0..<contracts.rowCount).map { row in
            let id = contracts.text(row, 0) ?? ""
            return Contract(
                id: id, status: contracts.text(row, 1) ?? "", months: day(contracts.text(row, 2)) ?? 0,
                isApproved: contracts.text(row, 3) == "t", isAutomatic: contracts.text(row, 4) == "t", start: day(contracts.text(row, 5)),
                end: day(contracts.text(row, 6)), value: number(contracts.text(row, 7)),
                renewals: (0..<renewals.rowCount).filter { renewals.text($0, 0) == id }.map { row in
                    Renewal(
                        id: renewals.text(row, 1) ?? "", stage: renewals.text(row, 2) ?? "", amount: number(renewals.text(row, 3)),
                        most: number(renewals.text(row, 4)), likelihood: renewals.text(row, 5) ?? "", rate: number(renewals.text(row, 6)),
                        due: day(renewals.text(row, 7)), isApproved: renewals.text(row, 8) == "t")
                },
                items: (0..<items.rowCount).filter { items.text($0, 0) == id }.map { row in
                    Item(
                        service: items.text(row, 1) ?? "", billed: items.text(row, 2) ?? "", price: number(items.text(row, 3)),
                        quantity: number(items.text(row, 4)), start: day(items.text(row, 5)) ?? 0, end: day(items.text(row, 6)),
                        isCanceled: items.text(row, 7) == "t")
                })
        }
    }
}

extension ContractModel.Renewal {
    fileprivate var text: String { "\(self)" }
}
