import Glibc
import Service

/// Measures requests designed to hurt, each in its own process, prints a table, and exits with 1 if one exceeds its
/// limits.
///
/// Arguments: name prefixes of the cases to measure; all, if there are none.
@main
struct Main {
    /// Seconds of CPU, and bytes.
    private static let cpuLimit = 0.050
    private static let memoryLimit = 5 * 1024 * 1024
    /// Seconds of CPU and KB of memory after which a request is aborted.
    private static let patience = 10
    private static let addressSpace = 4 * 1024 * 1024

    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if arguments.count == 3, arguments[0] == "--measure", let place = Int(arguments[1]), AbuseCases.all.indices.contains(place) {
            return try measure(AbuseCases.all[place], isLarge: arguments[2] == "large")
        }
        let places = AbuseCases.all.indices.filter { place in
            arguments.isEmpty || arguments.contains { AbuseCases.all[place].name.hasPrefix($0) }
        }
        print("As the server limits texts: at most \(Int(cpuLimit * 1000)) ms of CPU and 5 MB each.\n")
        let failed = table(places, "fitted")
        print("\nLarge, without the limits of bytes and tokens: for information.\n")
        _ = table(places, "large")
        if !failed.isEmpty {
            print("\nToo expensive: \(failed.joined(separator: "; ")).")
            exit(1)
        }
    }

    private static func table(_ places: [Int], _ size: String) -> [String] {
        var failed: [String] = []
        print("| Request | units | ms of CPU | MB | what came of it |")
        print("|---|---:|---:|---:|---|")
        for place in places {
            let abuse = AbuseCases.all[place]
            let result = spawn(place, size)
            let isTooMuch = result.map { $0.cpu > cpuLimit || $0.memory > memoryLimit } ?? true
            if isTooMuch { failed.append(abuse.name) }
            let cpu = result.map { fixed($0.cpu * 1000, 1) } ?? "—"
            let memory = result.map { fixed(Double($0.memory) / 1_048_576, 1) } ?? "—"
            let outcome = result?.outcome ?? "the process ended"
            let count = size == "large" ? abuse.large : abuse.fitted
            print("| \(abuse.name) | \(count) | \(cpu) | \(memory) | \(isTooMuch ? "**too much** " : "")\(outcome) |")
            fflush(nil)
        }
        return failed
    }

    private static func fixed(_ value: Double, _ digits: Int) -> String {
        let scale = digits == 1 ? 10.0 : 1
        return "\((value * scale).rounded() / scale)"
    }

    private static func measure(_ abuse: AbuseCase, isLarge: Bool) throws {
        var limits = Limits()
        if isLarge {
            limits.bodyBytes = .max
            limits.documentBytes = .max
            limits.tokens = .max
            limits.variablesBytes = .max
        }
        print(try Measurement(abuse.body(isLarge ? abuse.large : abuse.fitted), limits).line)
    }

    /// Measures in a child process, for isolation.
    private static func spawn(_ place: Int, _ size: String) -> Measurement? {
        let limits = "ulimit -c 0; ulimit -t \(patience); ulimit -v \(addressSpace)"
        let command = "\(limits); exec /proc/\(getpid())/exe --measure \(place) \(size) 2>/dev/null"
        guard let pipe = popen(command, "r") else { return nil }
        var bytes = [UInt8](repeating: 0, count: 65536)
        var text: [UInt8] = []
        while true {
            let count = fread(&bytes, 1, bytes.count, pipe)
            if count == 0 { break }
            text += bytes[..<count]
        }
        pclose(pipe)
        return Measurement(line: String(decoding: text, as: UTF8.self).filter { $0 != "\n" })
    }
}
