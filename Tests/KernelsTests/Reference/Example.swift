import Kernels

/// One strategy through one segment of all bars, small enough for paper: numbers are dyadic, so `==` holds.
struct Example {
  var scores: [Double]
  var rule: PositionRule
  var returns: BarReturns
  var cost = 0.0
  var costBar = CostBar.following
  /// 1 for fills at the close, 2 for fills at the next open.
  var unfilledDecisions = 1

  /// Returns of the bars, `earned[0]` being nobody's; zero everywhere unless given.
  init(_ scores: [Double], _ rule: PositionRule, earned: [Double]? = nil, cost: Double = 0) {
    let earned = earned ?? scores.map { _ in 0 }
    self.scores = scores
    self.rule = rule
    self.returns = BarReturns(earned: earned, known: earned)
    self.cost = cost
  }

  var path: ReferenceKernel.Path {
    ReferenceKernel.run(
      scores: scores, rule: rule, returns: returns, cost: cost, costBar: costBar,
      timeline: Timeline(
        segments: [Segment(name: "all", bars: 0..<scores.count)], unfilledDecisions: unfilledDecisions))
  }
}

extension PositionRule {
  /// Long above 0, flat below; stops as given.
  static func sign(
    _ direction: Direction = .long, stopLoss: Double? = nil, takeProfit: Double? = nil, holding: Int? = nil
  ) -> PositionRule {
    PositionRule(
      entry: 0, exit: 0, direction: direction, stopLoss: stopLoss, takeProfit: takeProfit,
      maximumHolding: holding)
  }
}
