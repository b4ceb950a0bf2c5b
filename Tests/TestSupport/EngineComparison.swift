import Backtesting
import Kernels

/// The fused engine held against the reference: every position, then every tally.
///
/// A position may differ only at a genuine tie, where the score is so near a threshold that rounding decides. Ties are
/// counted, and the reference goes on with the score on the side that the fused kernel saw, so that all later bars and
/// the tallies are compared all the same.
public struct EngineComparison: Sendable {
  /// Positions that were compared.
  public private(set) var positions = 0
  /// Tallies that were compared.
  public private(set) var tallies = 0
  /// Positions that rounding decided.
  public private(set) var ties = 0
  /// What is different without an excuse, in words.
  public private(set) var faults: [String] = []

  private let strategies: StrategySet
  private let backtest: Backtest
  private let unitRoundoff: Double

  /// Compares `strategies` under `backtest`, which is to use the fused kernel.
  public init(_ strategies: StrategySet, _ backtest: Backtest) {
    self.strategies = strategies
    self.backtest = backtest
    unitRoundoff = backtest.precision == .single ? UnitRoundoff.single : UnitRoundoff.double
    let columns = FeatureColumns.compute(strategies.features, in: backtest.market)
    let found = FusedPositions(of: strategies, like: backtest)
    let table = StretchTallies(of: strategies, under: backtest)
    for strategy in 0..<strategies.count {
      guard let path = resolve(strategy, found, columns) else { continue }
      let terms =
        backtest.costBar == .held
        ? path.terms(returns: backtest.returns, cost: backtest.cost, timeline: backtest.timeline) : nil
      for (stretch, expected) in path.tallies.enumerated() {
        tallies += 1
        let differences = TallyAgreement.differences(
          table.tally(of: strategy, stretch: stretch), expected, terms: terms?[stretch],
          unitRoundoff: unitRoundoff)
        faults += differences.map { "strategy \(strategy), stretch \(stretch): \($0)" }
      }
    }
  }

  /// The reference's path of `strategy`, from the features on, with ties decided as in `found`; `nil` after a fault.
  private mutating func resolve(
    _ strategy: Int, _ found: FusedPositions, _ columns: [[Double]]
  ) -> ReferenceKernel.Path? {
    positions += found.decisions.count
    let rule = strategies.rule(of: strategy)
    let isScored = backtest.signals(of: strategy, in: strategies) == nil
    var terms: [(feature: [Double], weight: Double)] = []
    strategies.forEachWeight(of: strategy) { terms.append((columns[$0], $1)) }
    var scores = ReferenceKernel.scores(terms: terms, bars: backtest.market.count)
    var path = isScored ? reference(scores, rule) : backtest.path(of: strategy, in: strategies)
    while let bar = found.firstDifference(of: strategy, from: path.positions) {
      var isTie = false
      for side in isScored ? tiedSides(of: scores[bar], terms: terms, bar: bar, rule: rule) : []
      where !isTie {
        scores[bar] = side
        let other = reference(scores, rule)
        let next = found.firstDifference(of: strategy, from: other.positions)
        if next ?? .max > bar { (isTie, path) = (true, other) }
      }
      guard isTie else {
        faults.append("strategy \(strategy), bar \(bar): not position \(path.positions[bar])")
        return nil
      }
      ties += 1
    }
    return path
  }

  private func reference(_ scores: [Double], _ rule: PositionRule) -> ReferenceKernel.Path {
    ReferenceKernel.run(
      scores: scores, rule: rule, returns: backtest.returns, cost: backtest.cost, costBar: backtest.costBar,
      timeline: backtest.timeline)
  }

  /// Scores on, above and below the thresholds that `score` is too near to for its rounding to tell.
  ///
  /// A product of K features and weights, each rounded, is off by at most (K + 3)·u·Σ|weight · feature| to first order.
  private func tiedSides(
    of score: Double, terms: [(feature: [Double], weight: Double)], bar: Int, rule: PositionRule
  ) -> [Double] {
    let used = terms.filter { $0.weight != 0 }
    let size = used.reduce(0) { $0 + abs($1.weight * $1.feature[bar]) }
    let roundoff = unitRoundoff + UnitRoundoff.double
    return [rule.entry, rule.exit, -rule.entry, -rule.exit].flatMap { threshold in
      let bound = (Double(used.count + 3) * size + abs(threshold)) * roundoff
      return abs(score - threshold) <= bound ? [threshold.nextUp, threshold, threshold.nextDown] : []
    }
  }
}
