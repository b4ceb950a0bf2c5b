import Kernels
import Statistics

/// Combinatorially symmetric cross-validation over all splits of 16 blocks, from block sums to everything reported.
public struct CrossValidationCase: Sendable {
  /// A short name without spaces.
  public let name: String
  /// What strategies are ranked by.
  public let metric: any SplitMetric
  /// Strategies.
  public let strategies: Int
  /// Which kernel works.
  public let kernel: CrossValidationKernel

  /// Blocks, of which half are in sample in each split.
  private static let blocks = 16
  private static let barsInBlock = 160
  /// 16 choose 8.
  private static let splits = 12_870

  public init(
    name: String, metric: any SplitMetric, strategies: Int, kernel: CrossValidationKernel = .fused
  ) {
    self.name = name
    self.metric = metric
    self.strategies = strategies
    self.kernel = kernel
  }

  /// Verifies, and then times on each number of threads.
  ///
  /// - Throws: ``BenchmarkError`` unless every split comes out as by the reference, to the bit.
  public func records(in setting: Setting) throws -> [CaseRecord] {
    try verify(threads: setting.threads)
    let sums = try Self.noise(strategies: strategies, metric: metric, threads: setting.threads)
    return setting.threadCounts.map { threads in
      PeakMemory.reset()
      let sample = setting.stopwatch.sample {
        let found = BacktestOverfitting(sums, metric: metric, kernel: kernel, threads: threads)
        precondition(found.splits.count == Self.splits, "every split")
        precondition(!found.dominance.points.isEmpty, "all that the peers find")
      }
      var record = CaseRecord(
        group: .statistics, name: name, unit: "strategy-splits", work: Double(strategies * Self.splits),
        threads: threads, sample: sample)
      record.sizes = ["strategies": strategies, "splits": Self.splits, "blocks": Self.blocks]
      record.peakBytes = PeakMemory.read()
      return record
    }
  }

  private func verify(threads: Int) throws {
    // One more than a register holds, several times over.
    let sums = try Self.noise(strategies: 77, metric: metric, threads: threads)
    let fused = BacktestOverfitting(sums, metric: metric, kernel: .fused, threads: threads)
    let reference = BacktestOverfitting(sums, metric: metric, kernel: .reference, threads: threads)
    for (split, (found, expected)) in zip(fused.splits, reference.splits).enumerated() where found != expected
    {
      throw BenchmarkError.differs(
        benchmark: name, what: "split \(split)", found: "\(found)", expected: "\(expected)")
    }
  }

  /// Independent normal returns, by their sums over blocks.
  private static func noise(strategies: Int, metric: any SplitMetric, threads: Int) throws -> BlockSums {
    try BlockSums(
      barsInBlock: Array(repeating: barsInBlock, count: blocks), strategies: strategies,
      quantities: metric.quantities
    ) { slots in
      Workers.forEach(items: strategies, threads: threads, makeState: {}) { _, strategy in
        var random = RandomStream(seed: 1, purpose: .market, index: UInt64(strategy))
        for block in 0..<blocks {
          var tally = Tally(bars: barsInBlock)
          tally.barsInMarket = barsInBlock - random.integer(below: 80)
          tally.winningBars = random.integer(below: tally.barsInMarket)
          tally.sum = 0.13 * random.normal()
          tally.sumOfSquares = 0.016 * (1 + 0.1 * random.normal())
          tally.sumOfSquaredLosses = tally.sumOfSquares * (0.5 + 0.1 * random.uniform())
          tally.growth = 1 + tally.sum
          slots.write(tally, strategy: strategy, block: block)
        }
      }
    }
  }
}
