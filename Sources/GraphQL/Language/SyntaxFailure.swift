/// Why a text is not a document, and the offset of the error.
struct SyntaxFailure: Error {
    let message: String
    let offset: Int
    /// The limit that was exceeded, if that is why.
    var limit: (name: String, value: Int)?
}
