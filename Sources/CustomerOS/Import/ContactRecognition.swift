/// Finds the stored contacts that lines with new keys refer to: each the first that has its address, has no key of the
/// system, and was not taken by an earlier line.
enum ContactRecognition {
    /// - Parameters:
    ///   - lines: With their first addresses, folded, in file order.
    ///   - candidates: The contacts without a key that have an address, in look-up order.
    ///   - taken: The contacts that other lines name by id.
    static func found(
        _ lines: [(number: Int, address: String)], candidates: [String: [String]], taken: Set<String>
    ) -> [(line: Int, id: String)] {
        var taken = taken
        var next: [String: Int] = [:]
        var found: [(line: Int, id: String)] = []
        for line in lines {
            guard let contacts = candidates[line.address] else { continue }
            var place = next[line.address] ?? 0
            while place < contacts.count, taken.contains(contacts[place]) { place += 1 }
            if place < contacts.count {
                taken.insert(contacts[place])
                found.append((line.number, contacts[place]))
                place += 1
            }
            next[line.address] = place
        }
        return found
    }
}
