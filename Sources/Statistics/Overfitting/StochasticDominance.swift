/// Whether selecting the best in sample was better, in distribution, than taking the average strategy.
///
/// Formula: with F and G the distribution functions over the splits of the selected strategy's out-of-sample
/// metric and of the mean over all strategies, first order F(x) ≤ G(x) for all x and < for some; second order
/// ∫_{-∞}^x (G - F) ≥ 0 for all x, and > 0 for some.
///
/// Shapes and units: one pair a split, in the units of the metric.
///
/// Null hypothesis: none is tested. Dominance speaks for the selection; without even the second order, an
/// investor who is averse to risk would rather have drawn a strategy by lot.
///
/// Edge cases: pairs with an undefined side are left out; without any pair nothing dominates.
///
/// Reference: Bailey, Borwein, López de Prado & Zhu 2017, section 5.4; there R̄_n* is `selected` and Mean(R̄)
/// `average`.
public struct StochasticDominance: Equatable, Sendable {
  /// One value of the metric, with both distribution functions there and the integral up to there.
  public struct Point: Equatable, Sendable {
    /// The value at which both distributions are compared.
    public let value: Double
    /// F: the share of splits in which the selected strategy did not exceed the value.
    public let selected: Double
    /// G: the same for the mean of all strategies.
    public let average: Double
    /// ∫ (G - F) up to the value.
    public let integral: Double
  }

  /// Every value that occurs, ascending.
  public let points: [Point]
  /// Whether the selected strategies dominate in the first order.
  public let isFirstOrder: Bool
  /// Whether they dominate in the second order.
  public let isSecondOrder: Bool

  /// The dominance of `selected` over `average`, pair by pair.
  public init(selected: [Double], average: [Double]) {
    let pairs = zip(selected, average).filter { !$0.isNaN && !$1.isNaN }
    let chosen = pairs.map(\.0).sorted()
    let means = pairs.map(\.1).sorted()
    var points: [Point] = []
    points.reserveCapacity(2 * pairs.count)
    // The integral is kept in units of 1/splits, its terms a whole number of splits times a width.
    var passed = (chosen: 0, means: 0)
    var area = 0.0
    while passed.chosen < chosen.count || passed.means < means.count {
      let value = min(
        passed.chosen < chosen.count ? chosen[passed.chosen] : .infinity,
        passed.means < means.count ? means[passed.means] : .infinity)
      if let last = points.last { area += Double(passed.means - passed.chosen) * (value - last.value) }
      while passed.chosen < chosen.count, chosen[passed.chosen] == value { passed.chosen += 1 }
      while passed.means < means.count, means[passed.means] == value { passed.means += 1 }
      points.append(
        Point(
          value: value, selected: Double(passed.chosen) / Double(pairs.count),
          average: Double(passed.means) / Double(pairs.count), integral: area / Double(pairs.count)))
    }
    self.points = points
    isFirstOrder =
      points.allSatisfy { $0.selected <= $0.average } && points.contains { $0.selected < $0.average }
    isSecondOrder = points.allSatisfy { $0.integral >= 0 } && points.contains { $0.integral > 0 }
  }
}
