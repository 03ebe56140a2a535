internal import CLibPQ
internal import Glibc

/// Connection strings that are safe to show.
public enum ConnectionText {
    /// Replaces a secret.
    public static let mask = "********"

    private struct Part {
        let keyword: String
        let value: String
        let isSecret: Bool
    }

    /// The string in libpq's keyword/value form with passwords masked. What libpq cannot parse is masked entirely.
    public static func masked(_ text: String) -> String {
        guard let parts = try? parts(of: text).get() else { return mask }
        return parts.map { "\($0.keyword)=\($0.isSecret ? mask : quoted($0.value))" }.joined(separator: " ")
    }

    /// Why libpq cannot parse the string, as the end of a sentence, or nil.
    public static func problem(with text: String) -> String? {
        switch parts(of: text) {
        case .success: nil
        // libpq's own message may repeat part of a password.
        case .failure: "cannot be read by libpq: write postgresql://USER@HOST:PORT/DATABASE, or host=… user=… dbname=…"
        }
    }

    /// The value of a libpq keyword in a connection string.
    public static func value(of keyword: String, in text: String) -> String? {
        try? parts(of: text).get().first { $0.keyword == keyword }?.value
    }

    private struct Unreadable: Error {}

    private static func parts(of text: String) -> Result<[Part], Unreadable> {
        // A bare name is a database's.
        if !text.contains("="), !text.hasPrefix("postgres://"), !text.hasPrefix("postgresql://") {
            let isName = !text.isEmpty && text.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2D || isalnum(Int32($0)) != 0 }
            return isName ? .success([Part(keyword: "dbname", value: text, isSecret: false)]) : .failure(Unreadable())
        }
        var message: UnsafeMutablePointer<CChar>?
        guard let options = PQconninfoParse(text, &message) else {
            PQfreemem(message)
            return .failure(Unreadable())
        }
        defer { PQconninfoFree(options) }
        var parts: [Part] = []
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val {
                let display = option.pointee.dispchar.map { String(cString: $0) } ?? ""
                parts.append(Part(keyword: String(cString: keyword), value: String(cString: value), isSecret: display.hasPrefix("*")))
            }
            option += 1
        }
        return .success(parts)
    }

    private static func quoted(_ value: String) -> String {
        if !value.isEmpty, !value.contains(where: { $0.isWhitespace || $0 == "'" || $0 == "\\" }) { return value }
        let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "'\(String(escaped))'"
    }
}
