import CustomerOS
import Glibc
import GraphQL
import Service

/// malloc_trim(3), which Glibc's module does not have.
@_silgen_name("malloc_trim")
@discardableResult
private func releaseFreeMemory(_ pad: Int) -> CInt

/// The cost of one request, in its own process.
struct Measurement {
    /// Seconds; the minimum of the runs.
    let cpu: Double
    /// Peak memory in bytes, beyond what the process had before.
    let memory: Int
    let outcome: String

    /// Runs a request in this process.
    init(_ body: [UInt8], _ limits: Limits) throws {
        if body.count > limits.bodyBytes {
            self.init(cpu: 0, memory: 0, outcome: "the body is too large")
            return
        }
        let executable = try API.executableSchema()
        // Warm up: what every request needs is loaded before the first one.
        for text in Self.ordinary { _ = Self.run(Array(text.utf8), executable, limits) }
        var start = Self.cpuTime()
        var base = Self.resetPeak()
        let outcome = Self.run(body, executable, limits)
        var cpu = Self.cpuTime() - start
        var memory = Self.peak - base
        guard cpu < 1 else {
            self.init(cpu: cpu, memory: memory, outcome: outcome)
            return
        }
        // The first run has mapped the code that the request needs.
        releaseFreeMemory(0)
        base = Self.resetPeak()
        _ = Self.run(body, executable, limits)
        memory = max(0, Self.peak - base)
        // The clock may be coarse: short runs are repeated.
        for _ in 0..<3 {
            var count = 0
            start = Self.cpuTime()
            repeat {
                _ = Self.run(body, executable, limits)
                count += 1
            } while Self.cpuTime() - start < 0.1
            cpu = min(cpu, (Self.cpuTime() - start) / Double(count))
        }
        self.init(cpu: cpu, memory: memory, outcome: outcome)
    }

    init(cpu: Double, memory: Int, outcome: String) {
        self.cpu = cpu
        self.memory = memory
        self.outcome = outcome
    }

    private static let ordinary = [
        #"{"query":"query($a:ID!=1){contact(id:$a){...F}} fragment F on Contact{name emails{email}}","variables":{"a":"2"}}"#,
        #"{"query":"{contact{nam}}","variables":null}"#, #"{"query":"{"}"#,
    ]

    /// The whole path with an empty cache, up to the bytes of the answer if it is a refusal.
    private static func run(_ body: [UInt8], _ executable: ExecutableSchema, _ limits: Limits) -> String {
        switch RequestCheck(executable, limits: limits).outcome(of: body) {
        case .planned(let operation): return "planned, \(operation.rootFields.count) root fields"
        case .refused(let errors):
            let buffer = ResponseBuffer(capacity: 512)
            for error in errors { buffer.append(error) }
            let first = errors.first?.message ?? ""
            let shown = String(first.unicodeScalars.prefix(60))
            return "\(errors.count) errors, \(buffer.count) bytes: \(shown)\(shown == first ? "" : "…")"
        }
    }

    private static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Resets the peak to what is resident now (proc(5), `clear_refs`), and returns it.
    private static func resetPeak() -> Int {
        let file = open("/proc/self/clear_refs", O_WRONLY)
        _ = write(file, "5", 1)
        close(file)
        return peak
    }

    /// The peak of resident bytes.
    private static var peak: Int {
        let file = open("/proc/self/status", O_RDONLY)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &bytes, bytes.count)
        let lines = String(decoding: bytes.prefix(max(0, count)), as: UTF8.self).split(separator: "\n")
        let digits = lines.first { $0.hasPrefix("VmHWM:") }?.filter(\.isNumber) ?? ""
        return (Int(digits) ?? 0) * 1024
    }
}

extension Measurement {
    /// One line of text.
    var line: String { "\(cpu)\t\(memory)\t\(outcome)" }

    init?(line: String) {
        let parts = line.split(separator: "\t", maxSplits: 2)
        guard parts.count == 3, let cpu = Double(parts[0]), let memory = Int(parts[1]) else { return nil }
        self.init(cpu: cpu, memory: memory, outcome: String(parts[2]))
    }
}
