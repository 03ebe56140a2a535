import Foundation

/// Reads a plan from standard input, runs it, and prints a report for each of its streams as JSON.
@main
struct Main {
    static func main() throws {
        let plan = try JSONDecoder().decode(Plan.self, from: FileHandle.standardInput.readDataToEndOfFile())
        let reports = Generator(plan).run()
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        print(String(decoding: try encoder.encode(reports), as: UTF8.self))
    }
}
