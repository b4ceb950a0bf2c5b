import Artifacts
import Statistics
import TestSupport

@testable import Pipeline

/// Returns for `fluke stats`, and a run on them.
enum StatsSample {
  /// Noise of `count` strategies that are called a, b, …, over `bars` bars.
  static func noise(bars: Int = 120, strategies count: Int = 4, seed: UInt64 = 1) -> [[Double]] {
    var random = SeededGenerator(seed: seed)
    return (0..<bars).map { _ in (0..<count).map { _ in 0.01 * random.normal() } }
  }

  static func names(_ count: Int) -> [String] {
    (0..<count).map { String(UnicodeScalar(UInt8(ascii: "a") + UInt8($0))) }
  }

  /// The file of `rows`, a row a bar; undefined returns are empty cells.
  static func file(_ rows: [[Double]], names: [String]? = nil, times: [String]? = nil) -> String {
    var table = CSVEncoder()
    if times != nil { table.append("date") }
    for name in names ?? Self.names(rows[0].count) { table.append(name) }
    table.endRow()
    for (bar, row) in rows.enumerated() {
      if let times { table.append(times[bar]) }
      for value in row { table.append(value) }
      table.endRow()
    }
    return String(decoding: table.bytes, as: UTF8.self)
  }

  /// What a run on `text` says, and the document that it stores.
  static func run(
    _ text: String, threads: Int = 1, _ change: (inout StatsOptions) throws -> Void = { _ in }
  ) throws -> (report: StatsReport, json: JSONValue, store: MemoryStore) {
    let folder = try TemporaryFolder()
    let store = MemoryStore()
    var options = StatsOptions()
    options.resamples = 50
    options.blocks = 8
    options.returns = try folder.write(text, as: "returns.csv")
    try change(&options)
    let report = try StatsRun.run(options, in: .test(store, threads: threads))
    return (report, try .read("results/overfitting.json", in: store), store)
  }
}
