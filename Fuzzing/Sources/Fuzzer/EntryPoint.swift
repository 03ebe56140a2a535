import Glibc

/// libFuzzer calls this with each input; its `main` comes with `-sanitize=fuzzer`.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Targets.chosen.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
    return 0
}

/// libFuzzer restarts the program when it merges or minimises, and knows nothing of targets, so the target's name comes
/// from the environment.
private enum Targets {
    static let chosen: any FuzzTarget.Type = {
        let all: [String: any FuzzTarget.Type] = [
            "document": DocumentTarget.self, "schema": SchemaTarget.self, "json": JSONTarget.self, "variables": VariablesTarget.self,
            "time": TimeTarget.self,
        ]
        let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
        guard let target = all[name] else {
            StandardError.write("Set FUZZ_TARGET to one of: \(all.keys.sorted().joined(separator: ", ")).")
            exit(2)
        }
        return target
    }()
}
