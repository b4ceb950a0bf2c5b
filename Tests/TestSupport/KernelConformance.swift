import Kernels

/// One backtest for a kernel to solve: features, strategies, returns and a timeline.
public struct KernelProblem: Sendable, CustomStringConvertible {
  public let name: String
  public let bars: Int
  /// For each feature its values over the bars, NaN where undefined.
  public let features: [[Double]]
  /// For each strategy the features it uses, with their weights.
  public let terms: [[(feature: Int, weight: Double)]]
  public let rules: [PositionRule]
  public let returns: BarReturns
  public let cost: Double
  public let costBar: CostBar
  public let timeline: Timeline

  public var description: String { name }

  public init(
    name: String, bars: Int, features: [[Double]], terms: [[(feature: Int, weight: Double)]],
    rules: [PositionRule], returns: BarReturns, cost: Double, costBar: CostBar = .following,
    timeline: Timeline
  ) {
    self.name = name
    self.bars = bars
    self.features = features
    self.terms = terms
    self.rules = rules
    self.returns = returns
    self.cost = cost
    self.costBar = costBar
    self.timeline = timeline
  }
}

extension KernelProblem {
  /// The same problem for strategies that use other features.
  public func with(terms: [[(feature: Int, weight: Double)]]) -> KernelProblem {
    KernelProblem(
      name: name, bars: bars, features: features, terms: terms, rules: rules, returns: returns, cost: cost,
      costBar: costBar, timeline: timeline)
  }
}

extension KernelProblem {
  /// What random problems are made of.
  public struct Shape: Sendable, CustomStringConvertible {
    public var bars: Int
    public var strategies: Int
    public var features = 3
    public var segments = 2
    public var blocks = 3
    public var direction = Direction.long
    public var hasStops = false
    public var fill = 1
    public var cost = 0.0
    public var costBar = CostBar.following
    /// Whether scores are small whole numbers, so that every product and every comparison is exact.
    public var isWhole = true
    /// Whether strategies add one feature at most and subtract one at most, as those of rule grids do.
    public var areDifferences = false
    /// Whether features are undefined on some bars after their warm-up, too.
    public var hasGaps = true

    public init(bars: Int, strategies: Int) {
      self.bars = bars
      self.strategies = strategies
    }

    /// The same shape with `change` made.
    public func with(_ change: (inout Shape) -> Void) -> Shape {
      var shape = self
      change(&shape)
      return shape
    }

    public var description: String {
      "\(bars) bars, \(strategies) strategies, \(features) features, \(segments)×\(blocks) blocks, "
        + "\(direction.rawValue), stops \(hasStops), fill \(fill), cost \(cost) of the \(costBar) bar, whole \(isWhole), "
        + "differences \(areDifferences), gaps \(hasGaps)"
    }
  }

  /// A random problem of `shape`.
  ///
  /// Returns are multiples of 1/64, so that sums of them are exact in either precision for a long while.
  public static func random(_ shape: Shape, seed: UInt64) -> KernelProblem {
    var random = RandomStream(
      seed: seed, purpose: .market, index: UInt64(shape.bars * 1_000 + shape.strategies))
    func value() -> Double {
      shape.isWhole ? Double(random.integer(below: 9) - 4) : random.uniform() * 2 - 1
    }
    let features = (0..<shape.features).map { feature in
      (0..<shape.bars).map { bar in
        let isGap = random.integer(below: 40) == 0 && shape.hasGaps
        return bar < 2 * feature || isGap ? Double.nan : value()
      }
    }
    let terms = (0..<shape.strategies).map { _ in
      if shape.areDifferences {
        return [1.0, -1].compactMap { weight in
          let feature = random.integer(below: shape.features + 1)
          return feature == shape.features ? nil : (feature, weight)
        }
      }
      return (0..<shape.features).compactMap { feature -> (feature: Int, weight: Double)? in
        let weight = value()
        return weight == 0 ? nil : (feature, weight)
      }
    }
    let rules = (0..<shape.strategies).map { _ in
      let entry = shape.isWhole ? Double(random.integer(below: 5)) : random.uniform()
      let exit = shape.isWhole ? entry - Double(random.integer(below: 5)) : entry - random.uniform()
      return PositionRule(
        entry: entry, exit: exit, direction: shape.direction,
        stopLoss: shape.hasStops && random.integer(below: 2) == 0 ? 0.11 : nil,
        takeProfit: shape.hasStops && random.integer(below: 2) == 0 ? 0.13 : nil,
        maximumHolding: shape.hasStops && random.integer(below: 2) == 0 ? 1 + random.integer(below: 6) : nil)
    }
    let earned = (0..<shape.bars).map { _ in Double(random.integer(below: 15) - 7) / 64 }
    let known =
      shape.fill == 1 ? earned : (0..<shape.bars).map { _ in Double(random.integer(below: 15) - 7) / 64 }
    return KernelProblem(
      name: shape.description, bars: shape.bars, features: features, terms: terms, rules: rules,
      returns: BarReturns(earned: earned, known: known), cost: shape.cost,
      costBar: shape.costBar, timeline: Timeline(segments: segments(shape), unfilledDecisions: shape.fill))
  }

  /// Segments of about equal length with a bar left out between two where there is room, each cut into blocks.
  private static func segments(_ shape: Shape) -> [Segment] {
    let count = max(1, min(shape.segments, shape.bars / 3))
    return (0..<count).map { index in
      let start = shape.bars * index / count
      let end = shape.bars * (index + 1) / count - (index + 1 < count && shape.bars > 6 ? 1 : 0)
      return Segment(
        name: "\(index)", bars: start..<max(end, start + 1),
        blockCount: min(shape.blocks, max(end, start + 1) - start))
    }
  }
}

extension KernelProblem {
  /// The reference kernel's path of every strategy.
  public func solveByReference() -> [ReferenceKernel.Path] {
    zip(terms, rules).map { terms, rule in
      ReferenceKernel.run(
        scores: ReferenceKernel.scores(terms: terms.map { (features[$0.feature], $0.weight) }, bars: bars),
        rule: rule, returns: returns, cost: cost, costBar: costBar, timeline: timeline)
    }
  }

  /// The fused kernel's tallies: for each strategy one a stretch.
  ///
  /// - Parameter expectsStops: whether the kernel looks for stops where no rule has any.
  public func solveByFused<Scalar: KernelScalar>(as scalar: Scalar.Type, expectsStops: Bool = false)
    -> [[Tally]]
  {
    let kernel = FusedKernel<Scalar>(
      source: .product(FeatureMatrix(columns: features, bars: bars)), direction: rules[0].direction,
      hasStops: expectsStops || rules.contains { $0.hasStops }, returns: returns, cost: cost,
      costBar: costBar, timeline: timeline)
    var workspace = TileWorkspace<Scalar>()
    var block = StrategyBlock(featureCount: features.count)
    let lanes = TilePlan.strategiesPerBlock
    var ofBlock = Array(repeating: Tally(), count: timeline.stretches.count * lanes)
    var tallies: [[Tally]] = []
    for number in 0..<TilePlan.blocks(strategies: terms.count) {
      let first = number * TilePlan.strategiesPerBlock
      block.begin(at: first)
      for strategy in first..<min(first + TilePlan.strategiesPerBlock, terms.count) {
        block.append(rules[strategy])
        for (feature, weight) in terms[strategy] { block.weigh(feature: feature, by: weight) }
      }
      kernel.account(block, in: &workspace, into: &ofBlock)
      tallies += (0..<block.count).map { lane in
        timeline.stretches.indices.map { ofBlock[$0 * lanes + lane] }
      }
    }
    return tallies
  }

  /// What a fast kernel of `scalar` does differently from the reference, in words, and how many tallies were compared.
  public func conformance<Scalar: KernelScalar>(of scalar: Scalar.Type) -> (compared: Int, faults: [String]) {
    let unitRoundoff = scalar == Float.self ? UnitRoundoff.single : UnitRoundoff.double
    let expected = solveByReference()
    let found = solveByFused(as: scalar)
    var faults: [String] = []
    var compared = 0
    for (strategy, path) in expected.enumerated() {
      let terms = costBar == .held ? path.terms(returns: returns, cost: cost, timeline: timeline) : nil
      for (stretch, tally) in path.tallies.enumerated() {
        compared += 1
        let differences = TallyAgreement.differences(
          found[strategy][stretch], tally, terms: terms?[stretch], unitRoundoff: unitRoundoff)
        faults += differences.map { "strategy \(strategy), stretch \(stretch): \($0)" }
      }
    }
    return (compared, faults)
  }
}
