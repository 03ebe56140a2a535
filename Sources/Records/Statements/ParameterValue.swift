package import Postgres

/// A type of which a statement's parameter can be made.
package protocol ParameterValue: Sendable {
    /// The type to which the parameter is cast.
    static var cast: SQL { get }
    /// The value in PostgreSQL's text form.
    var parameter: Parameter { get }
}

extension ParameterValue where Self: RawRepresentable<String> {
    package static var cast: SQL { "text" }
    package var parameter: Parameter { .text(rawValue) }
}

extension String: ParameterValue {
    package static var cast: SQL { "text" }
    package var parameter: Parameter { .text(self) }
}

extension Bool: ParameterValue {
    package static var cast: SQL { "boolean" }
    package var parameter: Parameter { .text(self ? "true" : "false") }
}

extension Int64: ParameterValue {
    package static var cast: SQL { "bigint" }
    package var parameter: Parameter { .text(String(self)) }
}

/// Amounts are stored as decimals.
extension Double: ParameterValue {
    package static var cast: SQL { "numeric" }
    package var parameter: Parameter { .text(String(self)) }
}

extension Optional: ParameterValue where Wrapped: ParameterValue {
    package static var cast: SQL { Wrapped.cast }
    package var parameter: Parameter { self?.parameter ?? .null }
}

extension Array: ParameterValue where Element: ParameterValue {
    package static var cast: SQL { "\(Element.cast)[]" }

    package var parameter: Parameter {
        var array = TextArray(capacity: count)
        for element in self { array.append(element.parameter) }
        return .text(array.text)
    }
}
