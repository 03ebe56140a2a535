/// The names of people, companies, deals and tags: in Normalization Form C, trimmed, one space between words.
enum Name {
    static func normal(_ given: String) -> String {
        NormalForm.composed(given.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
