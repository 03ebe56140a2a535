internal import Postgres
internal import Records

/// The statements that lock a contract and what changes with it, in the common order: the organization first.
enum ContractLock {
    /// The stored values of a locked contract.
    struct Stored {
        let organization: ID<Organization>
        let status: ContractStatus
        let lengthInMonths: Int64
    }

    /// The customer of a new contract.
    static let newOrganization = Statement<ID<Organization>, ID<Organization>>("contract.lock_new_organization") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant) AND id = \(id.value) AND state IN ('LIVE', 'HIDDEN')
        FOR NO KEY UPDATE
        """
    }

    static let organization = Statement<ID<Contract>, ID<Organization>>("contract.lock_organization") { id in
        """
        SELECT id FROM organization WHERE tenant_id = \(id.tenant)
        AND id = (SELECT organization_id FROM contract WHERE tenant_id = \(id.tenant) AND id = \(id.value))
        FOR NO KEY UPDATE
        """
    }

    /// No row if there is no visible one.
    static let contract = Statement<ID<Contract>, Stored>("contract.lock", row: Stored.init) { id in
        """
        SELECT organization_id, status, length_in_months FROM contract WHERE tenant_id = \(id.tenant)
        AND id = \(id.value) AND \(Contract.isVisible("contract")) FOR NO KEY UPDATE
        """
    }
}
