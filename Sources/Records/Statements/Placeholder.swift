package import Postgres

/// Where a parameter stands in a statement: `$3::uuid`.
package struct Placeholder {
    let number: Int
    let cast: SQL
}

extension SQL.StringInterpolation {
    /// With its cast.
    package mutating func appendInterpolation(_ place: Placeholder) {
        appendInterpolation("\(SQL.parameter(place.number))::\(place.cast)" as SQL)
    }

    /// Without its cast, where the statement says the type.
    package mutating func appendInterpolation(bare place: Placeholder) { appendInterpolation(SQL.parameter(place.number)) }
}
