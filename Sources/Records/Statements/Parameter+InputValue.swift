package import GraphQL
package import Postgres

extension Parameter {
    /// A coerced input value as a parameter: null if absent, and for objects. A list becomes an array.
    package init(_ value: InputValue?) {
        switch value {
        case nil, .null?, .object?: self = .null
        case .list(let elements)?:
            var array = TextArray(capacity: elements.count)
            for element in elements { array.append(Parameter(element)) }
            self = .text(array.text)
        case .boolean(let flag)?: self = .text(flag ? "true" : "false")
        case .integer(let number)?: self = .text(String(number))
        case .largeInteger(let digits)?: self = .text(digits)
        case .float(let number)?: self = .text(String(number))
        case .string(let text)?, .enumeration(let text)?: self = .text(text)
        }
    }
}
