internal import Postgres
internal import Records

/// Checks of opportunities that need stored data: an amount has the decimals of its currency, which may be the stored
/// one or the tenant's, and stages are the tenant's.
extension ImportBatch {
    /// - Returns: The refused lines.
    func judgeOpportunities(_ staging: ImportStaging, _ outcome: inout Outcome) throws -> [Int] {
        let refused = try judgeAmounts() + judgeStages(&outcome)
        // A line may fail both checks.
        var removed: [Int] = []
        for (line, refusal) in refused where !removed.contains(line) {
            removed.append(line)
            outcome.refused.append((line, refusal))
        }
        if !removed.isEmpty { try connection.run(staging.remove, [tenant, numbers(removed)]) }
        return removed
    }

    private func judgeAmounts() throws -> [(line: Int, refusal: ImportRefusal)] {
        let rows = try run(Self.brokenAmounts)
        var refused: [(Int, ImportRefusal)] = []
        for row in 0..<rows.rowCount {
            for (place, member) in [(2, "amount"), (3, "maxAmount")] {
                do throws(ValueRefusal) {
                    try Amount.check(rows.text(row, place).flatMap(Double.init) ?? 0, in: rows.text(row, 1) ?? "")
                } catch {
                    refused.append((rows.text(row, 0).flatMap(Int.init) ?? 0, ImportRefusal(error, member: member)))
                    break
                }
            }
        }
        return refused
    }

    private func judgeStages(_ outcome: inout Outcome) throws -> [(line: Int, refusal: ImportRefusal)] {
        let rows = try run(Self.otherStages)
        guard rows.rowCount > 0 else { return [] }
        let stages = try run("SELECT value FROM opportunity_stage WHERE tenant_id = $1::integer ORDER BY position").texts
        var refused: [(Int, ImportRefusal)] = []
        // '' stands for a dropped stage.
        var normal: [(line: Int, stage: String)] = []
        for row in 0..<rows.rowCount {
            guard let line = rows.text(row, 0).flatMap(Int.init), let given = rows.text(row, 1) else { continue }
            do throws(ValueRefusal) {
                normal.append((line, try ExternalStage.normal(given, of: stages)))
            } catch {
                if options.badValues == .refuse {
                    refused.append((line, ImportRefusal(error, member: "externalStage")))
                } else {
                    normal.append((line, ""))
                    outcome.dropped["externalStage", default: 0] += 1
                }
            }
        }
        if !normal.isEmpty {
            try connection.run(
                Self.setStages, [tenant, numbers(normal.map(\.line)), .text(arrayText(normal.map(\.stage)))])
        }
        return refused
    }

    // MARK: Statements

    /// Amounts with decimals, as they would be stored, with their currencies. What a line does not touch is not
    /// checked.
    private static let brokenAmounts: SQL = """
        SELECT i.line, stored.currency, stored.amount, stored.max_amount FROM import_opportunity i \
        LEFT JOIN opportunity t ON t.tenant_id = $1::integer AND t.id = i.id CROSS JOIN LATERAL (SELECT \
        coalesce(CASE WHEN i.only_adds THEN nullif(t.currency, '') END, i.currency, t.currency, \(initialCurrency)) AS currency, \
        coalesce(CASE WHEN i.only_adds THEN t.amount END, i.amount, t.amount, 0) AS amount, \
        coalesce(CASE WHEN i.only_adds THEN t.max_amount END, i.max_amount, t.max_amount, 0) AS max_amount) stored \
        WHERE num_nonnulls(i.currency, i.amount, i.max_amount) > 0 \
        AND (stored.amount <> trunc(stored.amount) OR stored.max_amount <> trunc(stored.max_amount)) ORDER BY i.line
        """

    private static let initialCurrency = Opportunity.table.currency.transfer?.initial ?? "''"

    /// Stages not written as one of the tenant's. The stored one stays, even if the tenant no longer has it.
    private static let otherStages: SQL = """
        SELECT i.line, i.external_stage FROM import_opportunity i LEFT JOIN opportunity t ON t.tenant_id = $1::integer AND t.id = i.id \
        WHERE i.external_stage <> '' AND i.external_stage IS DISTINCT FROM t.external_stage AND NOT EXISTS (SELECT FROM opportunity_stage s \
        WHERE s.tenant_id = $1::integer AND s.value = i.external_stage) ORDER BY i.line
        """

    private static let setStages: SQL = """
        UPDATE import_opportunity i SET external_stage = nullif(judged.stage, '') \
        FROM unnest($2::bigint[], $3::text[]) AS judged (line, stage) WHERE judged.line = i.line AND $1::integer IS NOT NULL
        """
}
