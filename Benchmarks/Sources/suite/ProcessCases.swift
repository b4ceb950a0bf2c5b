import Benchmarking
import Foundation

/// Whole processes, from their start to their last artifact.
struct ProcessCases {
  /// The program.
  let fluke: String
  /// For what it writes.
  let folder: String

  /// The cases.
  var all: [BenchmarkCase] {
    [
      process("version", "--version", sizes: [:]),
      process("sweep-default", "sweep", sizes: ["strategies": 500, "bars": 2_694]),
      process(
        "sweep-50000", "sweep --family sma-cross --fast 2:201 --slow 202:451 --bootstrap 0",
        sizes: ["strategies": 50_000, "bars": 2_694]),
      process(
        "sweep-99273", "sweep --family sma-cross --fast 2:200 --slow 10:600",
        sizes: ["strategies": 99_273, "bars": 2_694]),
      process(
        "sweep-1000000", "sweep --count 1000000 --bootstrap 0",
        sizes: ["strategies": 1_000_000, "bars": 2_694]),
      process(
        "trials", "trials --trials 1000 --strategies 500", sizes: ["trials": 1_000, "strategies": 500]),
      reading,
    ]
  }

  private func process(_ name: String, _ arguments: String, sizes: [String: Int]) -> BenchmarkCase {
    let (fluke, folder) = (fluke, folder)
    return BenchmarkCase(name: "process-\(name)") { setting in
      var words = arguments.split(separator: " ").map(String.init)
      if words[0].first != "-" {
        words += ["--threads", "\(setting.threads)", "--output", "\(folder)/output"]
      }
      return [
        try Self.record("fluke " + arguments, [fluke] + words, sizes: sizes, in: setting) {
          try? FileManager.default.removeItem(atPath: "\(folder)/output")
        }
      ]
    }
  }

  /// A file of a million bars, read and inspected.
  private var reading: BenchmarkCase {
    let (fluke, folder) = (fluke, folder)
    return BenchmarkCase(name: "process-data") { setting in
      let bars = 1_000_000
      let file = "\(folder)/million-bars.csv"
      _ = try ChildProcess(
        words: [
          fluke, "data", "--data", "synthetic:random-walk:volatility=0.002", "--bars", "\(bars)", "--write",
          file,
        ]
      ).run()
      return [
        try Self.record(
          "fluke data --data FILE", [fluke, "data", "--data", file], sizes: ["bars": bars], in: setting)
      ]
    }
  }

  /// Times a process from its start to its end.
  ///
  /// - Parameter prepare: done before each repeat, and not timed.
  private static func record(
    _ name: String, _ words: [String], sizes: [String: Int], in setting: Setting, prepare: () -> Void = {}
  ) throws -> CaseRecord {
    var peaks: [Int?] = []
    let stopwatch = setting.stopwatch.with(Stopwatch.Effort(fewest: 3, most: 15, seconds: 6))
    let sample = try stopwatch.sample(preparing: prepare) {
      peaks.append(try ChildProcess(words: words).run())
    }
    var record = CaseRecord(
      group: .processes, name: name, unit: "processes", work: 1, threads: setting.threads,
      sample: sample)
    record.sizes = sizes
    record.peakBytes = peaks.compactMap(\.self).max()
    return record
  }
}
