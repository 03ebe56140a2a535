package import Postgres

extension Column {
    /// How changes write a column.
    package struct Writing: Sendable {
        /// The member of the input.
        package let member: String
        /// What an insert stores if the member is absent or null.
        package let initial: SQL
    }

    /// The remaining record's value after a merge.
    package enum Merging: Sendable {
        /// Its own text or number unless that is null, empty or 0: then the first of the others that is not.
        case firstFilled
        /// Its own value unless that is null: then the first of the others that is not.
        case firstKnown
        /// Whether any is true.
        case anyTrue
        /// The value of the record from which the named column, a `firstFilled` one, comes.
        case with(SQL)
    }

    /// How a column occurs in lines of imports and exports.
    package struct Transfer: Sendable {
        /// What the member must be.
        package enum Form: Sendable, Equatable {
            case text
            case choice([String])
            case whole(ClosedRange<Int64>)
            case amount
            case currency
            case flag
            case time
            /// A time that stands for its day.
            case day
        }

        package let member: SQL
        package let form: Form
        /// The value of a new record if the line lacks the member.
        package let initial: SQL
    }
}
