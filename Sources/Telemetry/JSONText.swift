/// Strings of telemetry in JSON, truncated so that none makes a line or a batch large.
public enum JSONText {
    /// The text in quotes, truncated to a thousand characters.
    public static func quoted(_ value: String) -> String {
        EscapedText.quoted(value) { code in
            let digits = String(code, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}

enum EscapedText {
    /// In quotes, truncated to a thousand characters; `code` gives what follows `\\u` for a character.
    static func quoted(_ value: String, _ code: (UInt32) -> String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars.prefix(1000) {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}": text += "\\u" + code(scalar.value)
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }
}
