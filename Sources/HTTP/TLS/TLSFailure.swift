internal import COpenSSL

/// Why a certificate cannot be used or a connection not secured, in a sentence that says what to do.
public struct TLSFailure: Error, CustomStringConvertible, Sendable {
    public let description: String

    init(_ description: String) { self.description = description }

    /// OpenSSL's description of its last failure on this thread.
    static var reason: String {
        let code = ERR_get_error()
        ERR_clear_error()
        return ERR_reason_error_string(code).map { String(cString: $0) } ?? "unknown reason"
    }
}
