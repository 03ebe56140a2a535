/// Why a text is no document, and the byte where it shows.
struct SyntaxFailure: Error {
    let message: String
    let offset: Int
}
