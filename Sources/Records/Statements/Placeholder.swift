package import Postgres

/// A parameter's place in a statement: `$3::uuid`.
package struct Placeholder {
    let number: Int
    let cast: SQL
}

extension SQL.StringInterpolation {
    /// With its cast.
    package mutating func appendInterpolation(_ place: Placeholder) {
        appendInterpolation("\(SQL.parameter(place.number))::\(place.cast)" as SQL)
    }

    /// Without its cast, if the statement determines the type.
    package mutating func appendInterpolation(bare place: Placeholder) { appendInterpolation(SQL.parameter(place.number)) }
}
