import TestSupport
import Testing

@testable import GraphQL

@Suite("The scalar Time")
struct TimePropertyTests {
    private static func isTaken(_ text: String) -> Bool { (try? ScalarCoercion.time.coerce(.string(text))) == .string(text) }

    @Test(
        "accepts what RFC 3339 allows",
        arguments: [
            "2026-01-31T12:34:56Z", "2026-01-31t12:34:56z", "2026-01-31 12:34:56Z", "0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
            "2024-02-29T00:00:00Z", "2000-02-29T00:00:00Z", "2026-01-01T00:00:00.0Z", "2026-01-01T00:00:00.123456789012345Z",
            "2026-06-30T23:59:60Z", "2026-01-31", "2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00-00:00", "2026-01-01T00:00:00+23:59",
            "2026-01-01T00:00:00-23:59", "2026-01-01T00:00:00.5-08:30",
        ])
    func takes(text: String) {
        #expect(Self.isTaken(text))
    }

    @Test(
        "refuses the rest",
        arguments: [
            "", "2026", "2026-01", "2026-02-30", "12:34:56Z", "2026-01-31T12:34:56", "2026-01-31T12:34Z", "2026-1-31T12:34:56Z",
            "26-01-31T12:34:56Z",
            "2026-00-01T00:00:00Z", "2026-13-01T00:00:00Z", "2026-01-00T00:00:00Z", "2026-01-32T00:00:00Z", "2026-04-31T00:00:00Z",
            "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2024-02-30T00:00:00Z", "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z",
            "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z", "2026-01-01T00:00:00,5Z", "2026-01-01T00:00:00+24:00",
            "2026-01-01T00:00:00+00:60", "2026-01-01T00:00:00+0000", "2026-01-01T00:00:00+00", "2026-01-01T00:00:00 Z",
            "2026-01-01T00:00:00ZZ", " 2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z ", "2026-01-01T00:00:00Z\n", "20260101T000000Z",
            "2026-001T00:00:00Z", "2026-W01-1T00:00:00Z", "+2026-01-01T00:00:00Z", "-026-01-01T00:00:00Z", "2026-01-01T0\u{660}:00:00Z",
            "２０２６-01-01T00:00:00Z", "2026-01-01T00:00:00\u{2212}01:00", "2026–01–01T00:00:00Z", "2026-01-01T00:00:00.5", "now", "infinity",
            "2026-01-01_00:00:00Z", "2026/01/01T00:00:00Z", "2026-01-01T00.00.00Z", "2026-01-01T00:00:00.1.2Z", "2026-01-01T00:00:00-",
        ])
    func refuses(text: String) {
        #expect(!Self.isTaken(text))
    }

    @Test(
        "refuses what is not a string",
        arguments: [InputValue.null, .boolean(true), .integer(1_769_862_896), .float(1.5), .list([]), .object(InputObject())])
    func refusesOthers(value: InputValue) {
        #expect(throws: CoercionFailure.self) { try ScalarCoercion.time.coerce(value) }
    }

    /// A time, split and composed by mere counting.
    private struct Moment: Equatable {
        var parts: [Int]
        var fraction: String
        var offset: Int

        /// `offset` in minutes.
        var text: String {
            func padded(_ number: Int, _ count: Int) -> String {
                let digits = String(number)
                return String(repeating: "0", count: count - digits.count) + digits
            }
            let date = padded(parts[0], 4) + "-" + padded(parts[1], 2) + "-" + padded(parts[2], 2)
            let time = padded(parts[3], 2) + ":" + padded(parts[4], 2) + ":" + padded(parts[5], 2)
            let zone = (offset < 0 ? "-" : "+") + padded(abs(offset) / 60, 2) + ":" + padded(abs(offset) % 60, 2)
            return date + "T" + time + (fraction.isEmpty ? "" : "." + fraction) + (offset == 0 ? "Z" : zone)
        }
    }

    @Test("accepts every day of every month, and not the day after the last")
    func days() {
        for year in [0, 1, 1899, 1900, 1970, 1999, 2000, 2023, 2024, 2100, 2400, 9999] {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 0...length + 1 {
                    let moment = Moment(parts: [year, month + 1, day, 0, 0, 0], fraction: "", offset: 0)
                    #expect(Self.isTaken(moment.text) == (1...length).contains(day), "\(moment.text)")
                }
            }
        }
    }

    @Test("accepts every offset in minutes, and none beyond a day")
    func offsets() {
        for offset in -1439...1439 {
            #expect(Self.isTaken(Moment(parts: [2026, 6, 15, 12, 30, 45], fraction: "5", offset: offset).text))
        }
        for offset in [1440, 1500, 5999, -1440, -5999] {
            #expect(!Self.isTaken(Moment(parts: [2026, 6, 15, 12, 30, 45], fraction: "5", offset: offset).text))
        }
    }

    @Test(
        "is one time in UTC, rounded to microseconds, however it is written",
        arguments: [
            ("2026-01-31t12:34:56z", "2026-01-31T12:34:56Z"), ("2026-01-31T12:34:56.5-08:30", "2026-01-31T21:04:56.5Z"),
            ("2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z"), ("2026-01-01T00:00:00.1234564999Z", "2026-01-01T00:00:00.123456Z"),
            ("2026-01-01T00:00:00.1234565Z", "2026-01-01T00:00:00.123457Z"), ("2025-12-31T23:59:59.9999995Z", "2026-01-01T00:00:00Z"),
            ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z"), ("0000-12-31T23:00:00-01:00", "0001-01-01T00:00:00Z"),
            ("9999-12-31T23:59:59.9999994Z", "9999-12-31T23:59:59.999999Z"), ("1900-03-01T00:30:00+01:00", "1900-02-28T23:30:00Z"),
        ])
    func moments(given: String, expected: String) throws {
        #expect(try #require(RFC3339(dateTime: given)).text == expected)
    }

    @Test("counts days as the calendar does: each follows the one before, through 400 years")
    func calendar() throws {
        var day = try #require(RFC3339(date: "1890-01-01")).microseconds
        for year in 1890...2290 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (month, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for number in [1, length] {
                    let text = "\(year)-\(month < 9 ? "0" : "")\(month + 1)-\(number < 10 ? "0" : "")\(number)"
                    let read = try #require(RFC3339(date: text))
                    #expect(read.microseconds == day + Int64(number - 1) * 86_400_000_000 && read.text == text + "T00:00:00Z")
                }
                day += Int64(length) * 86_400_000_000
            }
        }
        #expect(try #require(RFC3339(date: "1970-01-01")).microseconds == 0)
        #expect(try #require(RFC3339(date: "0001-01-01")).microseconds == RFC3339.firstMicrosecond)
        #expect(try #require(RFC3339(dateTime: "9999-12-31T23:59:59.999999Z")).microseconds == RFC3339.lastMicrosecond)
    }

    /// A cell as PostgreSQL writes it, as the engine writes it.
    private static func written(_ cell: String) -> String? {
        let buffer = ResponseBuffer(capacity: 64)
        let scalar = NamedType.scalar(ScalarType(name: "Time", coercion: .time))
        let writer = LeafWriter(type: scalar, elementsAreNonNull: false, buffer: buffer)
        let failure = Array(cell.utf8).withUnsafeBufferPointer {
            writer.write(Cell(start: $0.baseAddress, count: $0.count), .time)
        }
        return failure == nil ? String(decoding: buffer.bytes, as: UTF8.self) : nil
    }

    @Test("accepts what is written of PostgreSQL's times", arguments: [1, 2, 3])
    func roundTrip(seed: UInt64) {
        var random = RandomSource(seed: seed)
        for _ in 0..<2000 {
            let parts = [
                1 + random.number(below: 9999), 1 + random.number(below: 12), 1 + random.number(below: 28), random.number(below: 24),
                random.number(below: 60), random.number(below: 60),
            ]
            let fraction = random.pick(["", "5", "25", "000001", "999999"])
            let text = Moment(parts: parts, fraction: fraction, offset: 0).text
            let cell = String(text.dropLast()).replacing("T", with: " ") + "+00"
            #expect(Self.written(cell) == "\"\(text)\"")
            #expect(Self.isTaken(text))
        }
    }

    @Test(
        "writes no other text from a column",
        arguments: ["", "2026-01-01", "2026-01-01 00:00:00", "2026-01-01 00:00:00+01", "infinity", "-infinity", "10000-01-01 00:00:00+00"])
    func writesNothingElse(cell: String) {
        #expect(Self.written(cell) == nil)
    }
}
