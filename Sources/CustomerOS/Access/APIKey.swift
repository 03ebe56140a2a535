internal import COpenSSL

/// The secret that identifies a caller: `cos_` and 43 characters with 256 random bits. Shown once, stored as a hash.
public struct APIKey: Sendable {
    public let secret: String

    /// A given secret, sent by a caller or chosen by an operator.
    public init(secret: String) { self.secret = secret }

    /// A new key from the cryptographic generator.
    public static func make() -> APIKey {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")
        return APIKey(secret: "cos_" + String(Identifiers.random(43).map { alphabet[Int($0 & 63)] }))
    }

    /// What may be shown in lists and logs: at most the first twelve characters, and at most a third of a short secret.
    public var prefix: String {
        let shown = String(secret.prefix(min(12, max(4, secret.count / 3))))
        return shown.count < 4 ? shown + String(repeating: "*", count: 4 - shown.count) : shown
    }

    /// SHA-256 of the secret as PostgreSQL reads a `bytea`. The secret is random, so no salt is needed.
    var hashText: String { "\\x" + SHA256.text(secret) }

    /// Compares in constant time.
    func hasHash(_ text: String) -> Bool {
        let mine = Array(hashText.utf8)
        let theirs = Array(text.utf8)
        return mine.count == theirs.count && CRYPTO_memcmp(mine, theirs, mine.count) == 0
    }
}
