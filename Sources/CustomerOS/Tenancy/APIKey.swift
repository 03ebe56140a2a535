internal import COpenSSL

/// The secret by which a caller is known: `cos_` and 43 symbols that carry 256 random bits. Shown once, stored as a hash.
public struct APIKey: Sendable {
    public let secret: String

    /// A given secret, as a caller sent it or an operator chose it.
    public init(secret: String) { self.secret = secret }

    /// A new one from the cryptographic generator.
    public static func make() -> APIKey {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_")
        return APIKey(secret: "cos_" + String(Identifiers.random(43).map { alphabet[Int($0 & 63)] }))
    }

    /// What may be shown in lists and logs: the first symbols, no more than twelve and no more than a third of a short secret.
    public var prefix: String {
        let shown = String(secret.prefix(min(12, max(4, secret.count / 3))))
        return shown.count < 4 ? shown + String(repeating: "*", count: 4 - shown.count) : shown
    }

    /// SHA-256 of the secret as PostgreSQL reads a `bytea`. The secret is random, so no salt is needed.
    var hashText: String { "\\x" + SHA256.text(secret) }

    /// Compares without telling by its time how much is equal.
    func hasHash(_ text: String) -> Bool {
        let mine = Array(hashText.utf8)
        let theirs = Array(text.utf8)
        return mine.count == theirs.count && CRYPTO_memcmp(mine, theirs, mine.count) == 0
    }
}
