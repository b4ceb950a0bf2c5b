/// Which strategies are the best of a sweep.
public struct Selection: Equatable, Sendable {
  /// What decides.
  public let metric: Metric
  /// Strategies with fewer trades do not stand for election.
  public let minimumTrades: Int

  public init(metric: Metric, minimumTrades: Int) {
    self.metric = metric
    self.minimumTrades = minimumTrades
  }

  /// A strategy's place in the ranking.
  private struct Candidate {
    let index: Int
    /// The larger the better; undefined last, even after infinity, as is that of a strategy that never traded.
    let merit: Double

    func isBetter(than other: Candidate) -> Bool {
      if merit.isNaN || other.merit.isNaN {
        return merit.isNaN == other.merit.isNaN ? index < other.index : other.merit.isNaN
      }
      return merit != other.merit ? merit > other.merit : index < other.index
    }
  }

  /// The numbers of the best `count` strategies, the best one first. Ties go to the lower number; a strategy whose
  /// metric is undefined or that never traded comes after all others; one with too few trades does not come at all.
  ///
  /// - Parameters:
  ///   - values: the metric of each strategy.
  ///   - trades: the trades of each strategy.
  public func best(_ count: Int, values: [Double], trades: [Double]) -> [Int] {
    var best: [Candidate] = []
    for (index, value) in values.enumerated() where trades[index] >= Double(minimumTrades) {
      let merit = metric.isHigherBetter ? value : -value
      let candidate = Candidate(index: index, merit: trades[index] > 0 ? merit : .nan)
      if best.count == count, let last = best.last, !candidate.isBetter(than: last) { continue }
      let place = best.firstIndex { candidate.isBetter(than: $0) } ?? best.count
      best.insert(candidate, at: place)
      if best.count > count { best.removeLast() }
    }
    return best.map(\.index)
  }
}
