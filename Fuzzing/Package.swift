// swift-tools-version: 6.2
import PackageDescription

// Built by `scripts/fuzz` with the sanitizers `fuzzer` and `address` for every target of the graph.
let package = Package(
    name: "Fuzzing",
    dependencies: [.package(name: "customeros-api", path: "..")],
    targets: [
        .executableTarget(
            name: "Fuzzer",
            dependencies: [
                .product(name: "CustomerOS", package: "customeros-api"),
                .product(name: "GraphQL", package: "customeros-api"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
                // libFuzzer has the entry point.
                .unsafeFlags(["-parse-as-library"]),
            ])
    ]
)
