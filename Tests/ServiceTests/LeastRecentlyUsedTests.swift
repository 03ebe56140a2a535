import Testing

@testable import Service

@Suite("A cache of the least recently used")
struct LeastRecentlyUsedTests {
    @Test("keeps what its limit has room for, drops the oldest, and counts hits and misses")
    func bounds() {
        var cache = LeastRecentlyUsed<Int, String>(limit: 100)
        for key in 0..<10 { cache.insert("\(key)", for: key, cost: 10) }
        #expect(cache.count == 10 && cache.cost == 100)
        #expect(cache.value(for: 0) == "0")
        cache.insert("new", for: 10, cost: 10)
        #expect(cache.cost <= 100)
        #expect(cache.value(for: 0) == "0" && cache.value(for: 10) == "new")
        #expect(cache.value(for: 1) == nil)
        #expect(cache.hits == 3 && cache.misses == 1)
    }

    @Test("keeps no value that takes more than an eighth of it, initially or by growing")
    func largeValues() {
        var cache = LeastRecentlyUsed<Int, String>(limit: 80)
        cache.insert("large", for: 1, cost: 11)
        #expect(cache.count == 0 && cache.cost == 0)
        cache.insert("grows", for: 2, cost: 4)
        cache.add(cost: 6, for: 2)
        #expect(cache.cost == 10 && cache.value(for: 2) == "grows")
        cache.add(cost: 1, for: 2)
        #expect(cache.cost == 0 && cache.value(for: 2) == nil)
        cache.add(cost: 1, for: 3)
        #expect(cache.cost == 0)
    }

    @Test("counts a value that replaces another once")
    func replacement() {
        var cache = LeastRecentlyUsed<Int, String>(limit: 80)
        cache.insert("a", for: 1, cost: 5)
        cache.insert("b", for: 1, cost: 7)
        #expect(cache.cost == 7 && cache.value(for: 1) == "b")
    }
}
