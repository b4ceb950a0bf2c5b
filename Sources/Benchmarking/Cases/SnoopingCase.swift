import Kernels
import Statistics

/// Tests for data snooping on a matrix of returns in memory, by the stationary bootstrap.
public struct SnoopingCase: Sendable {
  /// Strategies without skill but for two.
  public let strategies: Int
  /// Bars of each.
  public let bars: Int
  /// Resamples.
  public let count: Int

  public init(strategies: Int, bars: Int = 2_500, resamples: Int = 1_000) {
    self.strategies = strategies
    self.bars = bars
    self.count = resamples
  }

  /// The resamples.
  ///
  /// - Throws: `StatisticsError` for sizes that make none.
  public func resamples() throws -> Resamples {
    try Resamples(.stationary(meanBlockLength: 5), bars: bars, count: count, seed: 1)
  }

  /// Returns of about one per cent a bar; the first two strategies have some skill.
  ///
  /// - Throws: `StatisticsError` for sizes that make none.
  public func returns() throws -> ReturnMatrix {
    var random = RandomStream(seed: 7, purpose: .market)
    let values = (0..<bars * strategies).map { index in
      0.035 * (random.uniform() - 0.5) + (index % strategies < 2 ? 0.002 : 0)
    }
    return try ReturnMatrix(bars: bars, strategies: strategies, values: values)
  }

  /// Verifies, and then times the Reality Check and superior predictive ability on each number of threads.
  ///
  /// - Throws: ``BenchmarkError``, `StatisticsError`.
  public func records(in setting: Setting) throws -> [CaseRecord] {
    try verify(threads: setting.threads)
    let returns = try returns()
    let resamples = try resamples()
    return try setting.threadCounts.map { threads in
      try record("spa", threads: threads, in: setting) {
        let found = try DataSnooping(returns, resamples: resamples, threads: threads)
        precondition(found.superiorAbility.consistent > 0, "a p-value")
      }
    }
  }

  /// What `work` on this case takes.
  public func record(
    _ name: String, threads: Int, in setting: Setting, _ work: () throws -> Void
  ) rethrows -> CaseRecord {
    PeakMemory.reset()
    let sample = try setting.stopwatch.sample(work)
    var record = CaseRecord(
      group: .statistics, name: name, unit: "strategy-bar-resamples",
      work: Double(strategies * bars) * Double(count), threads: threads, sample: sample)
    record.sizes = ["strategies": strategies, "bars": bars, "resamples": count]
    record.peakBytes = PeakMemory.read()
    return record
  }

  /// Sums some resamples bar by bar.
  ///
  /// - Throws: ``BenchmarkError`` where the largest sum of one is another, `StatisticsError`.
  public func verify(threads: Int) throws {
    let small = SnoopingCase(strategies: min(strategies, 100), bars: bars, resamples: count)
    let returns = try small.returns()
    let resamples = try small.resamples()
    let found = try DataSnooping(returns, resamples: resamples, threads: threads)
    let maxima = found.maxima.maxima(.plain)
    for number in stride(from: 0, to: count, by: 97) {
      let indices = resamples.indices(of: number)
      let largest = (0..<returns.strategies).reduce(-Double.infinity) { largest, strategy in
        let sum = indices.reduce(0) { $0 + returns.values[$1 * returns.strategies + strategy] }
        return max(largest, (sum - found.means[strategy].sum) / Double(bars).squareRoot())
      }
      // Sums of thousands of returns below 0.02, each rounded once: far less than 1e-12 in all.
      guard abs(maxima[number] - largest) < 1e-12 else {
        throw BenchmarkError.differs(
          benchmark: "spa", what: "the largest mean of resample \(number)", found: "\(maxima[number])",
          expected: "\(largest)")
      }
    }
  }
}
