internal import Postgres

extension Parameter {
    /// A text, or NULL.
    init(text: String?) { self = text.map { .text($0) } ?? .null }
}
