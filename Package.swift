// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .treatAllWarnings(as: .error),
]

/// A target of ours, with the settings that hold for all of them.
func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "customeros-api",
    products: [
        .executable(name: "customeros-api", targets: ["customeros-api"]),
        // For the package in Fuzzing/.
        .library(name: "GraphQL", targets: ["GraphQL"]),
        .library(name: "CustomerOS", targets: ["CustomerOS"]),
    ],
    targets: [
        // Module maps and C that has no Swift spelling.
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CIDN2", pkgConfig: "libidn2", providers: [.apt(["libidn2-dev"])]),
        .systemLibrary(name: "CUnistring", providers: [.apt(["libunistring-dev"])]),
        .systemLibrary(name: "CPublicSuffix", pkgConfig: "libpsl", providers: [.apt(["libpsl-dev"])]),
        .target(name: "CSystem"),
        .target(name: "CEmbedded"),
        // Texts that the binary holds: the folders behind the links, by a plugin.
        .target(name: "Embedded", exclude: ["migrations", "schema"], swiftSettings: strict, plugins: ["EmbedFiles"]),
        .plugin(name: "EmbedFiles", capability: .buildTool()),
        // libphonenumber speaks C++: one function of it, in C's words.
        .target(name: "CPhoneNumber", linkerSettings: [.linkedLibrary("phonenumber")]),

        // General parts: they know nothing of CustomerOS.
        module("EventLoop", ["CSystem"]),
        module("Memory", ["EventLoop"]),
        module("GraphQL"),
        module("Postgres", ["CLibPQ", "CSystem", "EventLoop", "Memory", "Telemetry"]),
        module("HTTP", ["COpenSSL", "CSystem", "CZlib", "EventLoop", "Memory"]),
        module("Telemetry", ["EventLoop"]),

        // Between engine and product: tables, statements, inputs and changes with types.
        module("Records", ["EventLoop", "GraphQL", "Postgres"]),

        // The product.
        module(
            "CustomerOS",
            [
                "CEmbedded", "CIDN2", "COpenSSL", "CPhoneNumber", "CPublicSuffix", "CUnistring", "Embedded", "EventLoop", "GraphQL",
                "Memory", "Postgres", "Records", "Telemetry",
            ]),
        module(
            "Service", ["CEmbedded", "CustomerOS", "EventLoop", "GraphQL", "HTTP", "Memory", "Postgres", "Records", "Telemetry"]),
        .executableTarget(name: "customeros-api", dependencies: ["Service"], swiftSettings: strict),

        .executableTarget(
            name: "ExecutorBenchmark", dependencies: ["GraphQL"], path: "Benchmarks/ExecutorBenchmark", swiftSettings: strict),
        .executableTarget(
            name: "AbuseBenchmark", dependencies: ["CustomerOS", "GraphQL", "Service"], path: "Benchmarks/AbuseBenchmark",
            swiftSettings: strict),

        .executableTarget(
            name: "LanguageBenchmark", dependencies: ["CustomerOS", "GraphQL"], path: "Benchmarks/LanguageBenchmark",
            exclude: ["documents.json", "peer.js"], swiftSettings: strict),

        .executableTarget(name: "LoadGenerator", dependencies: ["CSystem"], path: "Benchmarks/LoadGenerator", swiftSettings: strict),

        // What several of the tests' targets need.
        .target(name: "TestSupport", dependencies: ["CSystem", "EventLoop"], path: "Tests/TestSupport", swiftSettings: strict),
        tests("EmbeddedTests", ["CEmbedded", "Embedded", "TestSupport"]),
        tests("ServiceTests", ["CustomerOS", "EventLoop", "GraphQL", "HTTP", "Memory", "Postgres", "Service", "Telemetry", "TestSupport"]),
        tests("GraphQLTests", ["GraphQL", "TestSupport"]),
        tests("HTTPTests", ["EventLoop", "HTTP", "Memory", "TestSupport"]),
        tests("IntegrationTests", ["TestSupport"]),
        tests("PostgresTests", ["EventLoop", "Memory", "Postgres", "TestSupport"]),
        tests("RecordsTests", ["CLibPQ", "GraphQL", "Postgres", "Records"]),
        tests("EventLoopTests", ["EventLoop"]),
        tests("MemoryTests", ["Memory"]),
    ],
    cxxLanguageStandard: .cxx17
)
