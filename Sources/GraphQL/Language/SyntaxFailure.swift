/// Why a text is no document, and the byte where it shows.
struct SyntaxFailure: Error {
    let message: String
    let offset: Int
    /// The limit that was exceeded, if that is why.
    var limit: (name: String, value: Int)?
}
