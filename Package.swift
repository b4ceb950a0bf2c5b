// swift-tools-version: 6.2
import PackageDescription

/// Every Swift target is held to the same rules: Swift 6 mode, unsafe constructs marked, no warnings.
let strict: [SwiftSetting] = [
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
]

let package = Package(
  name: "Fluke",
  products: [
    .library(name: "Kernels", targets: ["Kernels"]),
    .library(name: "Backtesting", targets: ["Backtesting"]),
    .library(name: "Statistics", targets: ["Statistics"]),
    .library(name: "Benchmarking", targets: ["Benchmarking"]),
    .executable(name: "fluke", targets: ["fluke"]),
  ],
  dependencies: [
    // Options, help and their errors: the one dependency on other Swift code.
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // C libraries of the system, each behind one Swift wrapper.
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CCairo", pkgConfig: "cairo", providers: [.apt(["libcairo2-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

    // The loops over bars and lanes, and those over points of clusters, dispatched at load time.
    .target(name: "CTileKernel"),

    // The loops over splits of cross-validation and strategies, dispatched likewise.
    .target(name: "CSplitKernel", dependencies: ["CTileKernel"]),

    // The loops over resamples and strategies, dispatched likewise.
    .target(name: "CResampleKernel", dependencies: ["CTileKernel"]),

    // What has to happen before libraries are loaded.
    .target(name: "CStartup"),

    // The sample markets, compiled in.
    .target(name: "CBuiltInMarkets", exclude: ["btc-1d.csv", "btc-5m.csv", "NOTICE"]),

    .target(
      name: "Kernels", dependencies: ["COpenBLAS", "CTileKernel", "CSplitKernel", "CResampleKernel"],
      swiftSettings: strict),
    .target(name: "Backtesting", dependencies: ["Kernels"], swiftSettings: strict),
    .target(name: "Statistics", dependencies: ["Kernels"], swiftSettings: strict),
    .target(name: "Artifacts", dependencies: ["CCairo", "CPNG", "CZlib"], swiftSettings: strict),
    .target(name: "Stores", dependencies: ["CCrypto", "CCurl"], swiftSettings: strict),
    .target(
      name: "Pipeline",
      dependencies: ["Backtesting", "Statistics", "Artifacts", "Stores", "CBuiltInMarkets"],
      swiftSettings: strict),
    // What `fluke bench` and the suite in Benchmarks share.
    .target(name: "Benchmarking", dependencies: ["Pipeline"], swiftSettings: strict),
    .executableTarget(
      name: "fluke",
      dependencies: [
        "Pipeline", "Benchmarking", "CStartup",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["Kernels", "Backtesting"], path: "Tests/TestSupport",
      swiftSettings: strict),
    // Kernels compiled without vector instructions, beside those that are dispatched.
    .target(
      name: "CPortableKernels", dependencies: ["CTileKernel", "CResampleKernel"],
      path: "Tests/PortableKernels"),
    .testTarget(
      name: "KernelsTests", dependencies: ["Kernels", "CPortableKernels", "TestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "BacktestingTests", dependencies: ["Backtesting", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests", dependencies: ["Statistics", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "ArtifactsTests", dependencies: ["Artifacts", "CPNG", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "StoresTests", dependencies: ["Stores", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "PipelineTests", dependencies: ["Pipeline", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
    .testTarget(
      name: "BenchmarkingTests", dependencies: ["Benchmarking", "TestSupport"], swiftSettings: strict),
    // Runs the program as a process.
    .testTarget(
      name: "FlukeTests", dependencies: ["fluke", "Benchmarking", "TestSupport"],
      resources: [.copy("Fixtures")], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6],
  cLanguageStandard: .gnu2x
)
