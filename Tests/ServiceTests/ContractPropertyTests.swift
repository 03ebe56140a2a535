import CustomerOS
import Foundation
import Postgres
import TestSupport
import Testing

extension ServiceSuite.OneByOne.Jobs {
    /// Random changes to a tenant's contracts; after each, what is stored agrees with the model.
    @Suite("Whatever is done to contracts")
    struct ContractPropertyTests {
        @Test("the figures follow", arguments: 1...8)
        func figures(_ seed: Int) async throws {
            let tenant = try await TestTenant.make(on: TestServer.apart)
            var work = try Work(tenant, UInt64(seed))
            var done: [String] = []
            var before = try ContractModel(tenant, organization: work.organization)
            for _ in 0..<60 {
                let step = try work.step()
                done.append(step)
                let answer = try tenant.answer(step)
                #expect(!answer.codes.contains("INTERNAL") && !answer.codes.contains("CONFLICT"), "\(step) \(answer.body)")
                if answer.codes.isEmpty { work.note(step) }
                let model = try ContractModel(tenant, organization: work.organization)
                let found =
                    model.contradictions(given: work.given)
                    + model.contradictions(since: before, step, hasFailed: !answer.codes.isEmpty)
                try #require(found.isEmpty, "seed \(seed): \(found) after\n\(done.joined(separator: "\n"))")
                work.look(model)
                before = model
            }
            // Nothing was left for time to do but roll-overs, and the job leaves the figures right.
            let job = try #require(Job.named("contracts"))
            _ = try job.run(tenant.database())
            let after = try ContractModel(tenant, organization: work.organization).contradictions(given: work.given)
            #expect(after.isEmpty, "seed \(seed): \(after) after the job")
            #expect(try job.run(tenant.database()).changed == 0)
            // Time passes, and nothing else happens.
            var last = 0
            for _ in 0..<8 {
                last += work.days()
                for contract in before.contracts {
                    try tenant.refresh(contract.id, "TIME", at: tenant.day(last).replacingOccurrences(of: "T00", with: "T12"))
                }
                let model = try ContractModel(tenant, organization: work.organization, later: last)
                let found = model.contradictions(given: work.given) + model.overdue
                try #require(found.isEmpty, "seed \(seed): \(found) after \(last) days and\n\(done.joined(separator: "\n"))")
            }
        }
    }

    private struct Work {
        let organization: String
        private let tenant: TestTenant
        private var numbers: RandomSource
        private var contracts: [String] = []
        private var items: [String] = []
        private var renewals: [String] = []
        private var open: [String] = []
        /// The days on which renewals are due.
        private var dues: [Int] = []
        /// Renewals whose amount was given and not recalculated since, as far as can be known.
        private(set) var given: Set<String> = []

        init(_ tenant: TestTenant, _ seed: UInt64) throws {
            self.tenant = tenant
            numbers = RandomSource(seed: seed)
            organization = try tenant.organization("Random")
        }

        /// What there is to choose from for the next step.
        mutating func look(_ model: ContractModel) {
            contracts = model.contracts.map(\.id)
            renewals = model.contracts.flatMap(\.renewals).map(\.id)
            open = model.contracts.compactMap(\.active?.id)
            dues = model.contracts.compactMap { $0.active?.due }
            items = []
            if let rows = try? tenant.database().run(
                "SELECT id FROM service_line_item WHERE tenant_id = $1::integer ORDER BY id", [tenant.id])
            {
                items = (0..<rows.rowCount).compactMap { rows.text($0, 0) }
            }
        }

        mutating func note(_ step: String) {
            if step.contains("amount:"), let id = renewals.first(where: { step.contains($0) }) { given.insert(id) }
        }

        private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &numbers) }
        private mutating func flag() -> Bool { Bool.random(using: &numbers) }
        private mutating func word(_ words: [String]) -> String { words.randomElement(using: &numbers) ?? "" }

        mutating func days() -> Int { number(1...400) }

        /// A day around today. Often it is whole months away, or the last day of a month, or next to such a day.
        private mutating func day() -> String {
            let today = Int(Date().timeIntervalSince1970 / 86_400)
            let month = ContractModel.later(today, number(-14...14))
            let days = [today + number(-500...500), month, ContractModel.lastOfMonth(month)]
            return text((days.randomElement(using: &numbers) ?? today) + number(-1...1))
        }

        private func text(_ day: Int) -> String { "\"" + Date(timeIntervalSince1970: Double(day) * 86_400).ISO8601Format() + "\"" }

        /// The end of a contract: none, a day, or one about the day on which a renewal is due.
        private mutating func end() -> String {
            if flag() { return "null" }
            guard flag(), let due = dues.randomElement(using: &numbers) else { return day() }
            return text(due + number(-1...1))
        }

        private mutating func price() -> String { "\(number(0...5000)).\(number(0...999))" }

        private mutating func version() -> String {
            "description: \"s\(number(0...9))\", price: \(price()), quantity: \(number(0...9)), tax: { taxRate: \(number(0...30)) }"
        }

        mutating func step() throws -> String {
            if contracts.isEmpty || contracts.count < 4 && number(0...9) == 0 {
                var members = "committedPeriodInMonths: \(number(0...26)), approved: \(flag()), autoRenew: \(flag())"
                if number(0...3) > 0 { members += ", serviceStarted: \(day())" }
                return "mutation { contract_Create(input: { organizationId: \"\(organization)\", \(members) }) { contractStatus } }"
            }
            // One of them has most of the history.
            let contract = "\"\(flag() ? contracts[0] : word(contracts))\""
            let item = "\"\(word(items))\""
            let renewal = "\"\(word(open.isEmpty || number(0...3) == 0 ? renewals : open))\""
            switch number(0...15) {
            case 0...3:
                let cycle = word(["MONTHLY", "QUARTERLY", "ANNUALLY", "ONCE", "USAGE"])
                return
                    "mutation { contractLineItem_Create(input: { contractId: \(contract), billingCycle: \(cycle), \(version()), serviceStarted: \(day()) }) { price } }"
            case 4, 5:
                return "mutation { contractLineItem_NewVersion(input: { id: \(item), \(version()), serviceStarted: \(day()) }) { price } }"
            case 6, 7:
                let start = flag() ? ", serviceStarted: \(day())" : ""
                return
                    "mutation { contractLineItem_Update(input: { id: \(item), \(version()), isRetroactiveCorrection: \(flag())\(start) }) { price } }"
            case 8: return "mutation { contractLineItem_Close(input: { id: \(item)\(flag() ? ", serviceEnded: \(day())" : "") }) }"
            case 9: return "mutation { serviceLineItem_Delete(id: \(item)) { accepted } }"
            case 10:
                return
                    "mutation { contract_Update(input: { contractId: \(contract), committedPeriodInMonths: \(number(0...26)), autoRenew: \(flag()), approved: \(flag()) }) { contractStatus } }"
            case 11:
                return "mutation { contract_Update(input: { contractId: \(contract), contractEnded: \(end()) }) { contractStatus } }"
            case 12:
                return
                    "mutation { contract_Renew(input: { contractId: \(contract)\(flag() ? ", renewalDate: \(day())" : "") }) { contractStatus } }"
            case 13:
                let likelihood = word(["HIGH", "MEDIUM", "LOW", "ZERO"])
                return
                    "mutation { opportunityRenewalUpdate(input: { opportunityId: \(renewal), renewalLikelihood: \(likelihood)_RENEWAL, renewalAdjustedRate: \(number(-10...110)) }) { amount } }"
            case 14:
                switch number(0...2) {
                case 0:
                    return "mutation { opportunityRenewalUpdate(input: { opportunityId: \(renewal), amount: \(price()) }) { amount } }"
                case 1:
                    return
                        "mutation { opportunity_Save(input: { opportunityId: \(renewal), internalStage: CLOSED_\(flag() ? "WON" : "LOST") }) { name } }"
                default:
                    return
                        "mutation { opportunityRenewal_UpdateAllForOrganization(input: { organizationId: \"\(organization)\", renewalLikelihood: LOW_RENEWAL, renewalAdjustedRate: 25 }) { name } }"
                }
            default:
                return number(0...4) == 0
                    ? "mutation { contract_Delete(id: \(contract)) { accepted } }"
                    : "mutation { contractLineItem_Pause(id: \(item)) { accepted } }"
            }
        }
    }
}
