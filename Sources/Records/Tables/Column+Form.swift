internal import GraphQL
package import Postgres

extension Column {
    /// What a column holds. It determines how a parameter is cast, how the value is shown, and the default of a new
    /// row.
    package enum Form: Sendable, Equatable {
        case text
        /// A value of an enum.
        case word
        case decimal
        /// A 64-bit floating-point number.
        case double
        /// A 64-bit integer.
        case whole
        /// A 32-bit integer.
        case integer
        case flag, time, id
        /// An array of texts.
        case texts

        package var cast: SQL {
            switch self {
            case .text, .word: "text"
            case .decimal: "numeric"
            case .double: "double precision"
            case .whole: "bigint"
            case .integer: "integer"
            case .flag: "boolean"
            case .time: "timestamptz"
            case .id: "uuid"
            case .texts: "text[]"
            }
        }

        /// The default encoding of its field.
        var encoding: LeafEncoding {
            switch self {
            case .text: .text
            case .word: .enumeration
            case .decimal, .double: .float
            case .whole: .int64
            case .integer: .int
            case .flag: .boolean
            case .time: .time
            case .id: .identifier
            case .texts: .array(.text)
            }
        }

        /// How filters compare it. A word without its enumeration is compared as text.
        var filterKind: FilterProperty.Kind {
            switch self {
            case .text, .word, .texts: .text
            case .decimal, .double, .whole, .integer: .number
            case .flag: .flag
            case .time: .time
            case .id: .identifier
            }
        }

        /// The default value of a new row.
        var empty: SQL {
            switch self {
            case .text, .word: "''"
            case .decimal, .double, .whole, .integer: "0"
            case .flag: "false"
            case .time, .id: "NULL"
            case .texts: "'{}'"
            }
        }

        /// Whether values of a schema type can be stored directly.
        func takes(_ type: TypeReference) -> Bool {
            guard type.isList == (self == .texts) else { return false }
            switch type.namedType {
            case .enumeration: return self == .word
            case .scalar(let scalar): return scalars.contains(scalar.name)
            default: return false
            }
        }

        private var scalars: [String] {
            switch self {
            case .text, .texts: ["String", "ID"]
            case .word: ["String"]
            case .decimal, .double: ["Float"]
            case .whole, .integer: ["Int", "Int64"]
            case .flag: ["Boolean"]
            case .time: ["Time"]
            case .id: ["ID"]
            }
        }
    }
}

extension TypeReference {
    /// Whether it is a list, nullable or not.
    var isList: Bool {
        if case .list = nullable { return true }
        return false
    }
}
