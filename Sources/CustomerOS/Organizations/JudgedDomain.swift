internal import Records

/// A web domain, and what is known about it.
struct JudgedDomain {
    let name: String
    /// It comes from a shared host, which identifies no company.
    let isRefused: Bool
    /// The organization that has it.
    let owner: ID<Organization>?
    let ownerName: String
    let ownerState: String?

    var ownerIsVisible: Bool { ownerState == "LIVE" || ownerState == "HIDDEN" }
}
