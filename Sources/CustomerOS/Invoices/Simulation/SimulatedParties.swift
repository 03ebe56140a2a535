internal import Postgres
internal import Records

/// Who would pay an invoice of a contract, and whom. Empty texts are null.
struct SimulatedParties {
    let note: String
    let name: String?
    let email: String?
    let line1: String?
    let line2: String?
    let zip: String?
    let locality: String?
    let region: String?
    let providerName: String?
    let logoFile: String?
    let providerLine1: String?
    let providerLine2: String?
    let providerZip: String?
    let providerLocality: String?
    let providerRegion: String?

    static let ofContract = Statement<ID<Contract>, SimulatedParties>("invoice.simulated_parties", row: SimulatedParties.init) { id in
        """
        SELECT c.invoice_note, nullif(c.organization_legal_name, ''), nullif(c.invoice_email, ''), nullif(c.address_line1, ''),
        nullif(c.address_line2, ''), nullif(c.zip, ''), nullif(c.locality, ''), nullif(c.region, ''), nullif(p.legal_name, ''),
        nullif(s.logo_repository_file_id, ''), nullif(p.address_line1, ''), nullif(p.address_line2, ''), nullif(p.zip, ''),
        nullif(p.locality, ''), nullif(p.region, '')
        FROM contract c LEFT JOIN tenant_setting s ON s.tenant_id = c.tenant_id LEFT JOIN \(BilledContract.provider)
        WHERE c.tenant_id = \(id.tenant) AND c.id = \(id.value)
        """
    }
}
