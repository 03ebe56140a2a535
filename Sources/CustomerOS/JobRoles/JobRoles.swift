internal import GraphQL
internal import Postgres
internal import Records

/// The reads and changes of job roles.
enum JobRoles {
    static let feature = Feature([
        .type(JobRole.self),
        .query("jobRoles", .resolved(byID)),
        .change(CreateJobRole.self), .change(UpdateJobRole.self), .change(DeleteJobRole.self), .change(SaveJobRole.self),
    ])

    private struct Input: Decodable { let ids: [ID<JobRole>] }

    /// In the order of the ids. Missing ones are left out.
    private static let byID = ReadField { field in
        guard let selection = field.selections.first else { return nil }
        let statement = Statement<[ID<JobRole>], Void>(field.statementName) { ids in
            """
            SELECT NULL\(JobRole.type.selectList(selection.columns)) FROM job_role t
            WHERE t.tenant_id = \(ids.tenant) AND t.id = ANY (\(ids.value)) ORDER BY array_position(\(ids.value), t.id)
            """
        }
        return { call, wave in
            let ids = try Input(from: InputDecoder(call.arguments.values)).ids
            guard ids.count <= wave.limits.page else {
                throw FieldError("At most \(wave.limits.page) job roles are answered at once.", code: .badUserInput, field: "ids")
            }
            let query = statement.query(ids.filter { !$0.isNobody }, for: wave.issuer)
            wave.read(query, for: call, isList: true) { result in
                .list(RowBatch(result, droppingColumns: 1), of: selection.type)
            }
        }
    }
}
