import Backtesting

@testable import Benchmarking

/// A record as a run might have made it, with figures that are easy to follow.
enum SampleRecord {
  static let machine = Machine(
    processor: "Example 9000", processors: 2, processorLevel: "x86-64-v4",
    caches: ["L1d": 32 << 10, "L2": 1 << 20, "L3": 32 << 20], memoryBytes: 24 << 30,
    system: "Example OS", openBLASCore: "SkylakeX", betterCore: nil, openBLASBuild: "OpenBLAS 0.3",
    toolchain: "Swift 6.3", build: "release")

  /// A backtest of 10,000 strategies × 1,000 bars that takes two seconds a thread, of which the limit is half.
  static func backtest(_ name: String, threads: Int, precision: Precision = .single) -> CaseRecord {
    let seconds = 2 / Double(threads)
    var record = CaseRecord(
      group: .backtest, name: name, unit: "strategy-bars", work: 1e7, threads: threads,
      sample: Sample([seconds, seconds * 2, seconds / 2]))
    record.precision = precision
    record.sizes = ["strategies": 10_000, "bars": 1_000, "features": 9, "features_of_a_block": 4]
    record.limit = TileLimit(
      tile: 1e-7, score: 0.25e-7, product: 0.5e-7, account: 0.75e-7, accountAgain: 0.5e-7, bytes: 2,
      bandwidth: 1e9)
    record.featureSeconds = 0.5
    record.blockSeconds = 0.1
    record.peakBytes = 42_000_000
    return record
  }

  static func timing(_ group: CaseRecord.Group, _ name: String) -> CaseRecord {
    var record = CaseRecord(
      group: group, name: name, unit: "rows", work: 100, threads: 2, sample: Sample([0.5, 0.25, 12]))
    record.sizes = ["rows": 1_000_000]
    return record
  }

  static func record(_ cases: [CaseRecord], threads: Int = 2) -> BenchmarkRecord {
    BenchmarkRecord(
      version: "1.2.3", started: "2026-01-02T03:04:05Z", seconds: 31.5, machine: machine, threads: threads,
      cases: cases,
      million: MillionStrategies(cases: cases, threads: threads, market: "btc-1d", bars: 2_694))
  }
}
