/// A flow, which contacts can join.
enum Flow {
    /// A contact in a flow.
    enum Participant {}
}
