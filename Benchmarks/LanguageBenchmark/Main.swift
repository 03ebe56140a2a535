import CustomerOS
import Foundation
import Glibc
import GraphQL

// The language part of the engine: parsing, validating and planning, in microseconds of CPU, one JSON object per line.
// `peer.js` measures the same with graphql-js.

func processorMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

/// Measures only what has the second argument in its name, if given.
let filter = CommandLine.arguments.dropFirst(2).first

/// The minimum time of a call over nine rounds of `count` calls.
func measure(_ name: String, _ count: Int, _ body: () throws -> Void) rethrows {
    if let filter, !name.contains(filter) { return }
    var least = Double.infinity
    for _ in 0..<9 {
        let start = processorMicroseconds()
        for _ in 0..<count { try body() }
        least = min(least, (processorMicroseconds() - start) / Double(count))
    }
    print("{\"name\":\"\(name)\",\"microseconds\":\(Double(Int(least * 100)) / 100)}")
}

let executable = try API.executableSchema()
let file = URL(fileURLWithPath: CommandLine.arguments[1])
let texts = try JSONDecoder().decode([String: String].self, from: try Data(contentsOf: file))
let validator = Validator(schema: executable.schema)
for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
    let source = Array(text.utf8)
    let document = try Parser.parse(source)
    let errors = validator.validate(document, source: source)
    if !errors.isEmpty { print("{\"name\":\"\(name)\",\"errors\":\(errors.map(\.message))}") }
    try measure("parse \(name)", 300) { _ = try Parser.parse(source) }
    measure("validate \(name)", 100) { _ = validator.validate(document, source: source) }
    let operation = try OperationDefinition.select(from: document, name: nil)
    try measure("plan \(name)", 100) {
        _ = try Planner(executable, document: document, source: source, variables: InputObject()).plan(operation)
    }
}

func residentBytes() -> Int {
    guard let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")[1] else { return 0 }
    return (Int(pages) ?? 0) * Int(getpagesize())
}

// The memory of a cached document: its text, its tree and one plan.
if filter == nil {
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
        let before = residentBytes()
        let kept = try (0..<500).map { _ in
            let source = Array(text.utf8)
            let document = try Parser.parse(source)
            let operation = try OperationDefinition.select(from: document, name: nil)
            return (source, document, try Planner(executable, document: document, source: source, variables: InputObject()).plan(operation))
        }
        let bytes = (residentBytes() - before) / 500
        let (fields, planned) = (kept[0].1.fieldCount, kept[0].2.fieldCount)
        print("{\"name\":\"memory \(name)\",\"bytes\":\(bytes),\"text\":\(text.utf8.count),\"fields\":\(fields),\"planned\":\(planned)}")
    }
}
