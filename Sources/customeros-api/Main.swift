import Glibc
import Service

@main
struct Main {
    static func main() {
        var environment: [String: String] = [:]
        var entry = environ
        while let variable = entry.pointee {
            let parts = String(cString: variable).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            if parts.count == 2 { environment[String(parts[0])] = String(parts[1]) }
            entry += 1
        }
        exit(CommandLineInterface.run(Array(CommandLine.arguments.dropFirst()), environment: environment))
    }
}
