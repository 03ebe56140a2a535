import Glibc
import GraphQL

/// Times the executor and a plain loop that writes the same bytes, in one run. What counts is the ratio.
@main
struct Main {
    static func main() async throws {
        let engine = try Engine()
        let host = MemoryHost()
        let buffer = ResponseBuffer(capacity: 1 << 18)
        _ = await Executor().execute(engine.operation, variables: InputObject(), host: host, into: buffer)
        var plain = PlainLoop()
        plain.run()
        guard buffer.bytes.elementsEqual(plain.bytes) else {
            print("The engine and the plain loop do not write the same.")
            exit(1)
        }
        print("bytes \(buffer.count)")

        var plainBest = Double.infinity
        var engineBest = Double.infinity
        for _ in 0..<7 {
            var start = cpuTime()
            for _ in 0..<300 { plain.run() }
            plainBest = min(plainBest, (cpuTime() - start) / 300)
            start = cpuTime()
            for _ in 0..<300 {
                buffer.removeAll()
                _ = await Executor().execute(engine.operation, variables: InputObject(), host: host, into: buffer)
            }
            engineBest = min(engineBest, (cpuTime() - start) / 300)
        }
        report("plain loop", plainBest)
        report("executor", engineBest)
        print("executor / plain loop  \(rounded(engineBest / plainBest))")

        report("parse", try best { _ = try Parser.parse(engine.source) })
        let validator = Validator(schema: engine.executable.schema)
        let document = try Parser.parse(engine.source)
        report("validate", best { _ = validator.validate(document, source: engine.source) })
    }

    private static func best(_ body: () throws -> Void) rethrows -> Double {
        var best = Double.infinity
        for _ in 0..<7 {
            let start = cpuTime()
            for _ in 0..<2000 { try body() }
            best = min(best, (cpuTime() - start) / 2000)
        }
        return best
    }

    private static func report(_ name: String, _ seconds: Double) { print("\(name)  \(rounded(seconds * 1e6)) µs of CPU") }

    private static func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func cpuTime() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
