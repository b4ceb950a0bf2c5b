import Statistics
import TestSupport
import Testing

/// Both kernels of cross-validation, on everything: each outcome has the same bits.
@Suite struct CrossValidationConformanceTests {
  static let metrics: [NamedMetric] = [false, true].flatMap { perTrade in
    SplitMetricName.allCases.compactMap { name in
      name.metric(perTrade: perTrade, barsPerYear: 252).map {
        NamedMetric(name: "\(name.rawValue)\(perTrade ? ", per trade" : "")", metric: $0)
      }
    }
  }

  @Test(arguments: SplitSample.all)
  func fusedIsReference(sample: SplitSample) throws {
    for metric in Self.metrics + NamedMetric.all {
      let sums = try sample.sums(of: metric.metric.quantities)
      let reference = BacktestOverfitting(sums, metric: metric.metric, kernel: .reference)
      for threads in [1, 3] {
        let fused = BacktestOverfitting(sums, metric: metric.metric, threads: threads)
        #expect(fused.firstDifference(from: reference) == nil, "\(metric.name), \(threads) threads")
      }
    }
  }

  @Test(arguments: [9, 30]) func inSixteenBlocks(strategies: Int) throws {
    let sample = SplitSample(kind: .uneven, strategies: strategies, blocks: 16)
    let sums = try sample.sums(of: SharpeMetric().quantities)
    let reference = BacktestOverfitting(sums, metric: SharpeMetric(), kernel: .reference)
    let fused = BacktestOverfitting(sums, metric: SharpeMetric(), threads: 2)
    #expect(fused.firstDifference(from: reference) == nil)
  }

  /// Strategies that come in parts of whole groups of eight have the bits of all at once.
  @Test(arguments: SplitSample.all.filter { $0.strategies > 8 }, CrossValidationKernel.allCases)
  func inParts(sample: SplitSample, kernel: CrossValidationKernel) throws {
    for metric in NamedMetric.all {
      let whole = BacktestOverfitting(
        try sample.sums(of: metric.metric.quantities), metric: metric.metric, kernel: kernel)
      for length in [8, 24, 64] {
        let parts = sample.parts(of: metric.metric.quantities, length: length)
        let shape = BlockSumsShape(
          barsInBlock: sample.barsInBlock, strategies: sample.strategies,
          quantities: metric.metric.quantities)
        let found = BacktestOverfitting(shape, metric: metric.metric, kernel: kernel, threads: 2) { body in
          for part in parts { body(part) }
        }
        #expect(found.firstDifference(from: whole) == nil, "\(metric.name), \(length) at a time")
        #expect(found.probability == whole.probability || whole.probability.isNaN)
      }
    }
  }

  /// A metric of the caller's own goes by the reference, and agrees with the one of ours that it repeats.
  @Test func anybodysMetric() throws {
    let sums = try SplitSample(kind: .ordinary, strategies: 20, blocks: 6).sums(of: [.sum])
    let own = BacktestOverfitting(sums, metric: OwnMean())
    #expect(own.splits == BacktestOverfitting(sums, metric: MeanMetric()).splits)
  }

  private struct OwnMean: SplitMetric {
    var quantities: [BlockQuantity] { [.sum] }
    func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> { sum(0) / bars }
  }
}

extension BacktestOverfitting {
  /// The first split whose outcome differs in any bit, as text.
  func firstDifference(from other: BacktestOverfitting) -> String? {
    guard splits.count == other.splits.count else { return "splits" }
    return zip(splits, other.splits).first { $0.bits != $1.bits }.map { "\($0) \($1)" }
  }
}

extension SplitOutcome {
  /// Every member; what is not a number is one bit pattern.
  fileprivate var bits: [UInt64] {
    [inSample, outOfSample, meanOutOfSample].map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
      + [Int(inSampleBlocks), selected, worseOutOfSample, equalOutOfSample, undefinedOutOfSample]
      .map { UInt64($0) }
  }
}
