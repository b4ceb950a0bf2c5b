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
  /// The step-down p-value of "it does not beat the benchmark", adjusted for all that were tried.
  public let pValue: Double

  init(_ evidence: Evidence, mean: MeanReturn, pValue: Double) {
    let returns = evidence.testedReturns(of: evidence.winner)
    let moments = ReturnMoments(returns)
    self.mean = mean.corrected(by: returns)
    sharpePerBar = moments.sharpePerBar
    standardErrorPerBar = self.mean.sharpeError(deviation: moments.variance.squareRoot())
    self.pValue = pValue
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
