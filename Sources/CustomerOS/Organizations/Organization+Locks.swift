internal import Postgres
internal import Records

extension Organization {
    /// Locks a visible organization.
    static let lock = Statement<ID<Organization>, Standing>(
        "organization.lock",
        row: { (relationship: String?, stage: String?) in Standing(relationship: relationship, stage: stage) }
    ) { id in
        """
        SELECT relationship, stage FROM organization
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') FOR NO KEY UPDATE
        """
    }

    /// Locks several in the order of their ids, as every change of more than one does.
    static let lockAll = Statement<[ID<Organization>], ID<Organization>>("organization.lock_all") { ids in
        """
        SELECT id FROM organization WHERE tenant_id = \(ids.tenant) AND id = ANY (\(ids.value))
        AND state IN ('LIVE', 'HIDDEN')
        ORDER BY id FOR NO KEY UPDATE
        """
    }

    /// Keeps the organization from being archived, merged or deleted while something is being linked to it.
    static let share = Statement<ID<Organization>, ID<Organization>>("organization.share") { id in
        """
        SELECT id FROM organization
        WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN') FOR SHARE
        """
    }
}
