import Kernels

/// The probability of backtest overfitting when no strategy has skill, simulated: how far from ½ luck alone takes it.
///
/// Formula: ``BacktestOverfitting/probability`` by the Sharpe ratio, of M matrices of N independent strategies whose
/// returns are independent standard normal numbers. Its sums over a block of n bars are drawn at once and not bar
/// by bar: Σx = √n·z and Σx² = χ² + (Σx)²/n, with z standard normal and χ² chi-square of n - 1 degrees of
/// freedom, independent of z. That is their exact distribution, at a cost that does not depend on n.
///
/// Shapes and units: M probabilities, one a matrix. The unit and the size of returns make no difference.
///
/// Null hypothesis: that no strategy is better than another. An observed probability below the band speaks for skill,
/// one inside of it for nothing. Strategies that resemble each other have a wider band than independent ones.
///
/// Edge cases: the same seed gives the same probabilities whatever the threads, and the first of more matrices.
///
/// Errors: ``StatisticsError`` for a number of blocks that is odd or out of range, fewer bars than blocks, fewer than two
/// strategies.
///
/// Reference: Bailey, Borwein, López de Prado & Zhu 2017, "The probability of backtest overfitting", section 3, for the
/// statistic; Marsaglia & Tsang 2000, "A simple method for generating gamma variables", for chi-square.
public struct OverfittingNullBand: Equatable, Sendable {
  /// The probability of each matrix, in the order in which they were drawn.
  public let probabilities: [Double]
  /// Matrices, or permutations, without one.
  public let undefined: Int

  /// The band that permutations of a sweep's own market leave, each cross-validated as the sweep was: right also where
  /// strategies idle, lose for certain or resemble each other, of which independent noise knows nothing.
  ///
  /// Edge cases: permutations without a probability (NaN) are left out and counted.
  ///
  /// Reference: Masters 2020, "Permutation and randomization tests for trading system development".
  public init(permutations: [Double]) {
    probabilities = permutations.filter { !$0.isNaN }
    undefined = permutations.count - probabilities.count
  }

  /// How often luck alone takes the probability down to what was observed: a small p-value speaks for skill.
  ///
  /// Formula: (1 + #{m: probability_m ≤ observed}) / (M + 1).
  ///
  /// Edge cases: NaN where the observed one is.
  public func skill(_ observed: Double) -> Double {
    PermutationTest(observed: -observed, permuted: probabilities.map { -$0 }).pValue
  }

  /// How often luck alone takes the probability up to what was observed: a small p-value says that choosing was worse than
  /// choosing at random, overfitting proper.
  ///
  /// Formula: (1 + #{m: probability_m ≥ observed}) / (M + 1).
  public func overfitting(_ observed: Double) -> Double {
    PermutationTest(observed: observed, permuted: probabilities).pValue
  }

  /// Simulates `matrices` of them, at least 1, on at most `threads` threads.
  public init(
    strategies: Int, bars: Int, blocks: Int, matrices: Int, seed: UInt64, threads: Int = 1
  ) throws(StatisticsError) {
    try BlockSums.check(blocks: blocks, strategies: strategies)
    guard bars >= blocks else { throw .fewerBarsThanBlocks(bars: bars, blocks: blocks) }
    precondition(matrices >= 1, "at least one matrix")
    undefined = 0
    probabilities = DisjointSlots.fill(count: matrices, repeating: .nan) { slots in
      Workers.forEach(items: matrices, threads: threads, makeState: {}) { _, index in
        var random = RandomStream(seed: seed, purpose: .noise, index: UInt64(index))
        let sums = try? Self.noise(strategies, bars: bars / blocks, blocks: blocks, &random)
        guard let sums else { preconditionFailure("the shape was checked before") }
        let splits = BacktestOverfitting.outcomes(sums, metric: SharpeMetric(), kernel: .fused, threads: 1)
        slots.write(Double(splits.overfit(strategies: strategies)) / Double(splits.count), at: index)
      }
    }
  }

  /// The mean of the probabilities.
  public var mean: Double { ReturnMoments(probabilities).mean }

  /// Their standard deviation (M - 1); NaN for one matrix.
  public var standardDeviation: Double { ReturnMoments(probabilities).variance.squareRoot() }

  /// The probability below which a share of `level`, in 0...1, of the matrices lies, between neighbours linearly; NaN
  /// without any.
  public func quantile(_ level: Double) -> Double {
    SampleSummary(probabilities, quantiles: [level]).quantiles[0]
  }

  /// The sums of strategies without skill over blocks of `bars` bars each.
  private static func noise(
    _ strategies: Int, bars: Int, blocks: Int, _ random: inout RandomStream
  ) throws(StatisticsError) -> BlockSums {
    let n = Double(bars)
    return try BlockSums(
      barsInBlock: Array(repeating: bars, count: blocks), strategies: strategies,
      quantities: SharpeMetric().quantities
    ) { _, _ in
      var tally = Tally(bars: bars)
      tally.sum = n.squareRoot() * random.normal()
      tally.sumOfSquares = random.chiSquare(degreesOfFreedom: bars - 1) + tally.sum * tally.sum / n
      return tally
    }
  }
}
