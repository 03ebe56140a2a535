/// What people, companies, deals and tags are called: in Normalization Form C, without blanks at the ends, one blank between words.
enum Name {
    static func normal(_ given: String) -> String {
        NormalForm.composed(given.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    }
}
