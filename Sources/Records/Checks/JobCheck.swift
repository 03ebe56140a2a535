/// Checks that jobs have names of their own: their runs are recorded by name.
enum JobCheck {
    static func problems(_ jobs: [JobKind]) -> [String] {
        var seen: Set<String> = []
        return jobs.filter { !seen.insert($0.name).inserted }.map { "The job \($0.name) is declared twice." }
    }
}
