/// The lower bound: the same JSON, written by code for exactly these objects, without an engine.
struct PlainLoop {
    struct Owner {
        let id: String
        let name: String
    }

    struct Item {
        let id: String
        let name: String
        let value: Int
        let tags: [String]
        let owner: Owner
    }

    static let items = (0..<1000).map { number in
        Item(
            id: "id-\(number)", name: "Item number \(number)", value: number, tags: ["a\(number)", "b", "c"],
            owner: Owner(id: "o\(number % 10)", name: "Owner \(number % 10)"))
    }

    private var start = UnsafeMutablePointer<UInt8>.allocate(capacity: 1 << 18)
    private(set) var count = 0

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }

    mutating func run() {
        count = 0
        raw("{\"data\":{\"items\":[")
        var isFirst = true
        for item in Self.items {
            if !isFirst { raw(",") }
            isFirst = false
            raw("{\"id\":")
            string(item.id)
            raw(",\"name\":")
            string(item.name)
            raw(",\"value\":")
            integer(item.value)
            raw(",\"tags\":[")
            for (index, tag) in item.tags.enumerated() {
                if index > 0 { raw(",") }
                string(tag)
            }
            raw("],\"owner\":{\"id\":")
            string(item.owner.id)
            raw(",\"name\":")
            string(item.owner.name)
            raw("}}")
        }
        raw("]}}")
    }

    @inline(__always)
    private mutating func raw(_ text: StaticString) {
        (start + count).update(from: text.utf8Start, count: text.utf8CodeUnitCount)
        count &+= text.utf8CodeUnitCount
    }

    @inline(__always)
    private mutating func string(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            guard let source = bytes.baseAddress else { return }
            var end = count
            start[end] = 0x22
            end &+= 1
            var index = 0
            while index &+ 8 <= bytes.count {
                let word = UnsafeRawPointer(source).loadUnaligned(fromByteOffset: index, as: UInt64.self)
                let ones: UInt64 = 0x0101_0101_0101_0101
                let quote = word ^ 0x2222_2222_2222_2222
                let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
                let found = ((quote &- ones) & ~quote) | ((backslash &- ones) & ~backslash) | ((word &- 0x2020_2020_2020_2020) & ~word)
                if found & 0x8080_8080_8080_8080 != 0 { break }
                UnsafeMutableRawPointer(start + end).storeBytes(of: word, as: UInt64.self)
                end &+= 8
                index &+= 8
            }
            while index < bytes.count {
                let byte = source[index]
                if byte < 0x20 || byte == 0x22 || byte == 0x5C {
                    start[end] = 0x5C
                    end &+= 1
                }
                start[end] = byte
                end &+= 1
                index &+= 1
            }
            start[end] = 0x22
            count = end &+ 1
        }
    }

    @inline(__always)
    private mutating func integer(_ number: Int) {
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        var rest = number
        withUnsafeMutableBytes(of: &digits) { buffer in
            var index = 24
            repeat {
                index &-= 1
                buffer[index] = UInt8(truncatingIfNeeded: 48 &+ rest % 10)
                rest /= 10
            } while rest > 0
            for place in index..<24 {
                start[count] = buffer[place]
                count &+= 1
            }
        }
    }
}
