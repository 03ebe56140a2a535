/// Which stored contacts the lines of a batch with new keys speak of: each the first that has its address, has no key of the system, and
/// was taken by no line before.
enum ContactRecognition {
    /// - Parameters:
    ///   - lines: With their first addresses, folded, in the order of the file.
    ///   - candidates: The contacts without a key that have an address, in the order of the look-up by address.
    ///   - taken: The contacts that other lines name by their ids.
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
