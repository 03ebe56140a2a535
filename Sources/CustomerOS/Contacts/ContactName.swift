/// The three names of a contact, in normal form: each may be given, and the others are derived, so that lists sort by
/// any of them.
struct ContactName: Equatable {
    var name: String
    var first: String
    var last: String

    init(name: String, first: String, last: String) {
        self.name = Name.normal(name)
        self.first = Name.normal(first)
        self.last = Name.normal(last)
    }

    /// With what is not given derived: `Dana Buyer` is Dana, Buyer, and vice versa.
    var completed: ContactName {
        var completed = self
        if first.isEmpty, last.isEmpty {
            (completed.first, completed.last) = Self.parts(of: name)
        } else if name.isEmpty {
            completed.name = Self.whole(first, last)
        }
        return completed
    }

    /// After a change: given names are taken as they are, and previously derived ones are derived again.
    func changed(name newName: String?, first newFirst: String?, last newLast: String?) -> ContactName {
        let derived = Self.parts(of: name)
        var changed = ContactName(name: newName ?? name, first: newFirst ?? first, last: newLast ?? last)
        if newName != nil {
            let parts = Self.parts(of: changed.name)
            if newFirst == nil, first == derived.first { changed.first = parts.first }
            if newLast == nil, last == derived.last { changed.last = parts.last }
        } else if changed.first != first || changed.last != last, name.isEmpty || name == Self.whole(first, last) {
            changed.name = Self.whole(changed.first, changed.last)
        }
        return changed
    }

    /// The text before the first space, and the rest.
    private static func parts(of name: String) -> (first: String, last: String) {
        let whole = name.trimmingBlanks
        guard let blank = whole.firstIndex(where: { $0.isWhitespace }) else { return (whole, "") }
        return (String(whole[..<blank]), String(whole[blank...]).trimmingBlanks)
    }

    private static func whole(_ first: String, _ last: String) -> String { "\(first) \(last)".trimmingBlanks }
}
