// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of Fluke never build it.
let package = Package(
  name: "Benchmarks",
  dependencies: [
    .package(name: "Fluke", path: ".."),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
  ],
  targets: [
    .executableTarget(
      name: "suite",
      dependencies: [
        .product(name: "Kernels", package: "Fluke"), .product(name: "Backtesting", package: "Fluke"),
        .product(name: "Statistics", package: "Fluke"), .product(name: "Benchmarking", package: "Fluke"),
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    // The subject on Fluke's side of scripts/compare.
    .executableTarget(
      name: "engine",
      dependencies: [
        .product(name: "Kernels", package: "Fluke"), .product(name: "Backtesting", package: "Fluke"),
        .product(name: "Statistics", package: "Fluke"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)
