// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of Fluke never resolve or build it.
let package = Package(
  name: "Benchmarks",
  dependencies: [.package(name: "Fluke", path: "..")],
  targets: [
    .executableTarget(
      name: "throughput",
      dependencies: [
        .product(name: "Kernels", package: "Fluke"), .product(name: "Backtesting", package: "Fluke"),
      ]),
    .executableTarget(
      name: "splits",
      dependencies: [
        .product(name: "Kernels", package: "Fluke"), .product(name: "Statistics", package: "Fluke"),
      ]),
    .executableTarget(
      name: "resampling",
      dependencies: [
        .product(name: "Kernels", package: "Fluke"), .product(name: "Statistics", package: "Fluke"),
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
