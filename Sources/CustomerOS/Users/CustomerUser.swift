internal import Postgres
internal import Records

/// The user of a new job role, and that role: a row of `job_role`.
enum CustomerUser: Record {
    struct Columns {
        let id = Column("id", .id, read: "t.user_id").field("id")
        let jobRole = Column("job_role_id", .id, read: "t.id")
    }

    static let table = Table<CustomerUser>("job_role", Columns())
    static let type = RecordType("CustomerUser", of: table, [.toOne("jobRole", CustomerJobRole.self, by: table.jobRole)])
}

/// The job role of a `CustomerUser`.
enum CustomerJobRole: Record {
    struct Columns {
        let id = Column("id", .id).field("id")
    }

    static let table = Table<CustomerJobRole>("job_role", Columns())
    static let type = RecordType("CustomerJobRole", of: table, [])
}
