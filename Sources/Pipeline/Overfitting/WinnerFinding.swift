import Kernels
import Statistics

/// The winner's returns less the benchmark, as one of all that were tested.
public struct WinnerFinding: Sendable {
  /// Its mean, whose error has regard to dependence beyond resampled blocks.
  public let mean: MeanReturn
  /// Mean over deviation, per bar.
  public let sharpePerBar: Double
  /// The standard error of ``sharpePerBar``, that of ``mean``; NaN without variance.
  public let standardErrorPerBar: Double
  /// The p-value of "it does not beat the benchmark", adjusted for all that were tried: step-down, or where more were tried
  /// than are at hand the larger one of that and Bonferroni's.
  public let pValue: Double
  /// Whether more were tried than are at hand, of whose dependence nothing is known.
  public let isBonferroni: Bool

  init(_ evidence: Evidence, mean: MeanReturn, pValue: Double) {
    let returns = evidence.testedReturns(of: evidence.winner)
    let moments = ReturnMoments(returns)
    self.mean = mean.corrected(by: returns)
    sharpePerBar = moments.sharpePerBar
    standardErrorPerBar = self.mean.sharpeError(deviation: moments.variance.squareRoot())
    isBonferroni = evidence.alternatives > evidence.eligible?.count ?? evidence.strategies
    guard isBonferroni else {
      self.pValue = pValue
      return
    }
    // The file may hold the best of them.
    let student = StudentDistribution(degreesOfFreedom: Double(self.mean.bars - 1))
    self.pValue = max(pValue, min(1, Double(evidence.alternatives) * student.survival(self.mean.statistic)))
  }

  /// So many standard errors as a Sharpe ratio of the winner's, per bar: what luck is worth to it.
  public func sharpePerBar(standardErrors: Double) -> Double { standardErrors * standardErrorPerBar }
}

extension Evidence {
  /// The returns of a strategy that are tested, less the benchmark's, bar by bar.
  func testedReturns(of strategy: Int) -> [Double] {
    let returns = Self.column(strategy, of: tested)
    return benchmark.map { zip(returns, $0).map { $0 - $1 } } ?? returns
  }

  /// The returns of a strategy, bar by bar.
  static func column(_ strategy: Int, of source: some ReturnSource) -> [Double] {
    DisjointSlots.fill(count: source.bars, repeating: 0.0) { slots in
      PackedReturns(source, numbers: [strategy]).forEachTile(threads: 1, makeState: {}) { _, tile in
        slots.write(tile.column(0), from: 0)
      }
    }
  }
}
