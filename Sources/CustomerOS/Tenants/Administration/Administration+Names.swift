extension Administration {
    /// The most characters of a name given by an operator.
    static let nameLimit = 100

    /// What is wrong with a text as a name shown on one line by operators and logs: the end of a sentence, or nil.
    public static func problem(withName text: String, mayBeEmpty: Bool) -> String? {
        let count = text.unicodeScalars.count
        if count > nameLimit { return "has at most \(nameLimit) characters, and this one has \(count)" }
        if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) {
            return mayBeEmpty && text.isEmpty ? nil : "has at least one letter or digit"
        }
        if text.unicodeScalars.contains("\u{FFFD}") || text.hasBrokenLine {
            return "is one line of UTF-8: no line breaks, tabs, invisible or other control characters"
        }
        let ends = [text.unicodeScalars.first, text.unicodeScalars.last]
        return ends.contains { $0?.properties.isWhitespace == true } ? "has no blanks around it" : nil
    }

    /// - Throws: `Failure.refused`.
    static func check(_ text: String, _ what: String, mayBeEmpty: Bool) throws(Failure) {
        if let problem = problem(withName: text, mayBeEmpty: mayBeEmpty) { throw .refused(what: what, problem: problem) }
    }
}

extension Unicode.Scalar {
    /// Whether it breaks a line, controls a terminal, or is invisible: what makes one line look like another.
    fileprivate var hasNoPlaceInALine: Bool {
        [.control, .format, .lineSeparator, .paragraphSeparator, .surrogate].contains(properties.generalCategory)
    }

    /// Letters and marks of scripts whose letters join, from Arabic on.
    fileprivate var isOfJoiningScript: Bool {
        guard value >= 0x600 else { return false }
        switch properties.generalCategory {
        case .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark: return true
        default: return false
        }
    }
}

extension String {
    /// Whether something does not belong on one line. Persian and the languages of India write names with the two
    /// characters that join or separate letters; between other letters these only make one name look like another.
    fileprivate var hasBrokenLine: Bool {
        let scalars = Array(unicodeScalars)
        return scalars.indices.contains { place in
            guard scalars[place].hasNoPlaceInALine else { return false }
            guard scalars[place] == "\u{200C}" || scalars[place] == "\u{200D}", place > 0, place + 1 < scalars.count else { return true }
            return !scalars[place - 1].isOfJoiningScript || !scalars[place + 1].isOfJoiningScript
        }
    }

    /// As one line with everything visible: `a\u{A}b` for a text of two lines, `""` for an empty one.
    var asOneLine: String {
        if isEmpty { return "\"\"" }
        return unicodeScalars.reduce(into: "") { line, scalar in
            line += scalar.hasNoPlaceInALine ? "\\u{\(String(scalar.value, radix: 16, uppercase: true))}" : String(scalar)
        }
    }
}
