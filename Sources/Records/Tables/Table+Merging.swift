package import Postgres

/// What a merge makes of a record, for the columns with the facet `merged`. In the statement the remaining record is
/// `p`; the others are `o`, with their positions as `place.place`; `m` is the one row of `mergedValues`.
extension Table {
    /// `, a = coalesce(nullif(p.a, ''), m.a, p.a), …`
    package var mergedAssignments: SQL {
        all.reduce("") { list, column in
            guard let merging = column.merging else { return list }
            return "\(list), \(column.name) = \(merging.remaining(column, all))"
        }
    }

    /// `(array_agg(o.a ORDER BY place.place) FILTER (WHERE o.a <> ''))[1] AS a, …`: each column's first value among the
    /// others, empty ones aside.
    package var mergedValues: SQL {
        all.reduce("") { list, column in
            guard let merging = column.merging else { return list }
            return "\(list)\(list.text.isEmpty ? "" : ", ")\(merging.found(column, all)) AS \(column.name)"
        }
    }
}

extension Column.Merging {
    fileprivate func remaining(_ column: Column, _ all: [Column]) -> SQL {
        let name = column.name
        switch self {
        case .firstFilled: return "coalesce(nullif(p.\(name), \(column.form.empty)), m.\(name), p.\(name))"
        case .firstKnown: return "coalesce(p.\(name), m.\(name))"
        case .anyTrue: return "p.\(name) OR m.\(name)"
        case .with(let leader):
            return "CASE WHEN p.\(leader) = \(Self.empty(leader, all)) THEN m.\(name) ELSE p.\(name) END"
        }
    }

    fileprivate func found(_ column: Column, _ all: [Column]) -> SQL {
        let name = column.name
        switch self {
        case .firstFilled: return Self.first(name, where: "o.\(name) <> \(column.form.empty)")
        case .firstKnown: return Self.first(name, where: "o.\(name) IS NOT NULL")
        case .anyTrue: return "bool_or(o.\(name))"
        case .with(let leader): return Self.first(name, where: "o.\(leader) <> \(Self.empty(leader, all))")
        }
    }

    private static func first(_ name: SQL, where condition: SQL) -> SQL {
        "(array_agg(o.\(name) ORDER BY place.place) FILTER (WHERE \(condition)))[1]"
    }

    private static func empty(_ name: SQL, _ all: [Column]) -> SQL { all.first { $0.name == name }?.form.empty ?? "''" }
}
