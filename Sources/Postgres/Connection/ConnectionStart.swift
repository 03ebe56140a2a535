internal import CLibPQ
internal import Glibc

/// The parameters of a new connection.
enum ConnectionStart {
    /// Connects, blocking. The status says whether it succeeded. Nil only if memory is short.
    static func connect(_ configuration: DatabaseConfiguration, statementTimeout: Duration) -> OpaquePointer? {
        // `dbname` may hold a whole connection string; parameters before it are defaults, those after it win.
        let parameters = [
            ("application_name", "customeros-api"), ("dbname", configuration.connectionString),
            ("client_encoding", "UTF8"), ("options", configuration.sessionOptions(statementTimeout: statementTimeout)),
            ("connect_timeout", String(max(2, configuration.connectTimeout.components.seconds))),
        ]
        return CStrings.with(parameters.map(\.0)) { keywords in
            CStrings.with(parameters.map(\.1)) { values in PQconnectdbParams(keywords, values, 1) }
        }
    }
}

/// Arrays of C strings for the duration of a call.
enum CStrings {
    /// A nil ends the array.
    static func with<Result>(_ texts: [String?], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(texts.reduce(0) { $0 + ($1?.utf8.count ?? 0) + 1 })
        let offsets = texts.map { text -> Int? in
            guard var text else { return nil }
            let start = bytes.count
            // In one go: an array of ids is long.
            text.withUTF8 { bytes.append(contentsOf: $0) }
            bytes.append(0)
            return start
        }
        return bytes.withUnsafeBytes { buffer in
            var pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                offset.flatMap { start in buffer.baseAddress.map { ($0 + start).assumingMemoryBound(to: CChar.self) } }
            }
            pointers.append(nil)
            return body(pointers)
        }
    }
}

extension Query {
    /// Whether a parameter holds U+0000, which would end its C string early.
    var containsNull: Bool {
        parameters.contains { parameter in
            guard case .text(var text) = parameter else { return false }
            return text.withUTF8 { bytes in bytes.baseAddress.map { memchr($0, 0, bytes.count) != nil } ?? false }
        }
    }

    func withPointers<Result>(_ body: (Int32, UnsafePointer<UnsafePointer<CChar>?>) -> Result) -> Result {
        let texts = parameters.map { parameter -> String? in
            if case .text(let text) = parameter { return text }
            return nil
        }
        return CStrings.with(texts) { body(Int32(truncatingIfNeeded: texts.count), $0) }
    }
}
