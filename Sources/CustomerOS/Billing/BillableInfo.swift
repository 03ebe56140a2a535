internal import GraphQL
internal import Postgres
internal import Records

/// How many records a tenant has that a plan may count.
enum BillableInfo: RecordKind {
    static let type = RecordType(
        "TenantBillableInfo", table: "tenant",
        fields: [
            .value("whitelistedOrganizations", organizations(.live), .int64), .value("whitelistedContacts", contacts(.live), .int64),
            .value("greylistedOrganizations", organizations(.hidden), .int64), .value("greylistedContacts", contacts(.hidden), .int64),
        ])

    /// Only what is selected is counted.
    static let ofTenant = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let text = StatementText(
            field.statementName, "SELECT NULL\(type.selectList(selection.columns)) FROM \(type.table) t WHERE t.id = $1::integer")
        return { call, wave in
            wave.read([Query(text, [wave.issuer.tenant])], isSlow: true, rows: 1, for: call, isList: false) { results in
                FieldResult(first: results[0], selection)
            }
        }
    }

    private static func organizations(_ state: State) -> SQL {
        """
        coalesce((SELECT n.count FROM kept_count_now n \
        WHERE n.tenant_id = $1::integer AND n.subject = 'organization' AND n.state = \(state.literal)), 0)
        """
    }

    /// A contact who works for organizations of both kinds counts with each.
    private static func contacts(_ state: State) -> SQL {
        """
        (SELECT count(*) FROM contact c WHERE c.tenant_id = $1::integer AND c.state = 'LIVE' AND EXISTS (SELECT FROM job_role r \
        JOIN organization o ON o.tenant_id = r.tenant_id AND o.id = r.organization_id AND o.state = \(state.literal) \
        WHERE r.tenant_id = $1::integer AND r.contact_id = c.id))
        """
    }

    /// Of an organization.
    private enum State {
        case live, hidden

        var literal: SQL {
            switch self {
            case .live: "'LIVE'"
            case .hidden: "'HIDDEN'"
            }
        }
    }
}
