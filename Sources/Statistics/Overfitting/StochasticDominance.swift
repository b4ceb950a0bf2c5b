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

  /// The values that occur, ascending; of more than ``mostPoints``, every ``spacing``-th, and the last.
  public let points: [Point]
  /// Of how many values one is in ``points``.
  public let spacing: Int
  /// Whether the selected strategies dominate in the first order.
  public let isFirstOrder: Bool
  /// Whether they dominate in the second order.
  public let isSecondOrder: Bool

  /// Points that are kept, unless they are fewer: on a line no more can be told apart.
  public static let mostPoints = 1 << 17

  /// The dominance of `selected` over `average`, pair by pair.
  public init(selected: some Collection<Double>, average: some Collection<Double>) {
    var chosen: [Double] = []
    var means: [Double] = []
    chosen.reserveCapacity(selected.count)
    means.reserveCapacity(selected.count)
    for (value, mean) in zip(selected, average) where !value.isNaN && !mean.isNaN {
      chosen.append(value)
      means.append(mean)
    }
    chosen.sort()
    means.sort()
    let pairs = Double(chosen.count)
    spacing = max(1, (2 * chosen.count + Self.mostPoints - 1) / Self.mostPoints)
    var points: [Point] = []
    var last: Point?
    var found = 0
    // No function value above the other's, and one below; no integral below 0, and one above.
    var first = (fails: false, holds: false)
    var second = (fails: false, holds: false)
    // The integral is kept in units of 1/splits, its terms a whole number of splits times a width.
    var passed = (chosen: 0, means: 0)
    var area = 0.0
    while passed.chosen < chosen.count || passed.means < means.count {
      let value = min(
        passed.chosen < chosen.count ? chosen[passed.chosen] : .infinity,
        passed.means < means.count ? means[passed.means] : .infinity)
      if let last { area += Double(passed.means - passed.chosen) * (value - last.value) }
      while passed.chosen < chosen.count, chosen[passed.chosen] == value { passed.chosen += 1 }
      while passed.means < means.count, means[passed.means] == value { passed.means += 1 }
      let point = Point(
        value: value, selected: Double(passed.chosen) / pairs, average: Double(passed.means) / pairs,
        integral: area / pairs)
      if point.selected > point.average { first.fails = true }
      if point.selected < point.average { first.holds = true }
      if !(point.integral >= 0) { second.fails = true }
      if point.integral > 0 { second.holds = true }
      let isEnd = passed.chosen == chosen.count && passed.means == means.count
      if found % spacing == 0 || isEnd { points.append(point) }
      found += 1
      last = point
    }
    self.points = points
    isFirstOrder = !first.fails && first.holds
    isSecondOrder = !second.fails && second.holds
  }
}
