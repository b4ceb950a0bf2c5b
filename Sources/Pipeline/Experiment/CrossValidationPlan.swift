import Backtesting
import Kernels
import Statistics

/// What is cross-validated of a sweep: by which metric, and so of which sums.
struct CrossValidationPlan: Sendable {
  let metric: any SplitMetric
  let name: SplitMetricName
  /// What has to be known about the metric.
  let remark: String?
  /// The bars of each block.
  let barsInBlock: [Int]
  /// The oldest bars, which no block holds.
  let droppedBars: Int
  /// The stretches of each block.
  private let stretches: [Range<Int>]
  private let trainingTrades: TrainingTrades
  private let minimumTrades: Int

  /// Why the blocks of a single strategy are no use.
  static let nothingToRank = Absence("one strategy cannot be ranked")

  /// What `experiment` asks for, or why there is nothing to do.
  static func make(_ experiment: Experiment) -> Result<CrossValidationPlan, Absence> {
    let configuration = experiment.configuration
    guard configuration.statistics.blocks > 0 else {
      return .failure(Absence("switched off by --blocks 0"))
    }
    guard experiment.strategies.count > 1 else { return .failure(nothingToRank) }
    guard !experiment.cut.blocks.isEmpty else {
      return .failure(
        Absence(
          "\(experiment.cut.dropped.count) bars are fewer than \(configuration.statistics.blocks) blocks; "
            + "lower --blocks"))
    }
    let selection = configuration.selectionMetric
    let perTrade = configuration.convention == .perTrade
    let name = SplitMetricName(rawValue: selection.rawValue) ?? .sharpeRatio
    func metric(_ name: SplitMetricName) -> (any SplitMetric)? {
      name.metric(
        perTrade: perTrade, barsPerYear: experiment.barsPerYear, rounding: experiment.backtest.rounding)
    }
    if let metric = metric(name) {
      return checked(CrossValidationPlan(experiment, metric, name, remark: nil))
    }
    guard let metric = metric(.sharpeRatio) else {
      return .failure(Absence("\(selection.label) depends on the path"))
    }
    let remark =
      "by Sharpe ratio, since \(selection.label) depends on the path and blocks in another order have another"
    return checked(CrossValidationPlan(experiment, metric, .sharpeRatio, remark: remark))
  }

  private static func checked(_ plan: CrossValidationPlan) -> Result<CrossValidationPlan, Absence> {
    do throws(StatisticsError) { try plan.shape(strategies: 2).check() } catch {
      return .failure(Absence("\(error)"))
    }
    return .success(plan)
  }

  private init(
    _ experiment: Experiment, _ metric: any SplitMetric, _ name: SplitMetricName, remark: String?
  ) {
    self.metric = metric
    self.name = name
    self.remark = remark
    let cut = experiment.cut
    barsInBlock = cut.blocks.map(\.count)
    trainingTrades = TrainingTrades(experiment)
    minimumTrades = experiment.configuration.selection.minimumTrades
    droppedBars = cut.dropped.count
    let blockOfStretch = cut.blockOfStretch(experiment.backtest.timeline)
    stretches = cut.blocks.indices.map { block in
      blockOfStretch.firstIndex(of: block)!..<blockOfStretch.lastIndex(of: block)! + 1
    }
  }

  /// Which strategies of a block are ranked, as runs of lanes: those that may be chosen, and are in a position on any bar
  /// that is cross-validated. Others are no alternatives, and leave no trace.
  func ranked(_ tallies: BlockTallies) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    for lane in 0..<tallies.count where isRanked(lane, of: tallies) {
      if let last = runs.last, last.upperBound == lane {
        runs[runs.count - 1] = last.lowerBound..<lane + 1
      } else {
        runs.append(lane..<lane + 1)
      }
    }
    return runs
  }

  private func isRanked(_ lane: Int, of tallies: BlockTallies) -> Bool {
    guard trainingTrades.count(of: lane, in: tallies) >= minimumTrades else { return false }
    return stretches.joined().contains { tallies[lane: lane, stretch: $0].barsInMarket > 0 }
  }

  /// Writes what cross-validation needs of adjacent strategies of a block.
  ///
  /// - Parameter first: the place of the first of them.
  func write(_ lanes: Range<Int>, of tallies: BlockTallies, to slots: BlockSumsSlots, from first: Int) {
    for (block, stretches) in stretches.enumerated() {
      if stretches.count == 1 {
        let all = tallies.all(in: stretches.lowerBound)
        slots.write(all.dropFirst(lanes.lowerBound).prefix(lanes.count), from: first, block: block)
        continue
      }
      for (place, lane) in lanes.enumerated() {
        slots.write(
          tallies.merged(lane: lane, stretches: stretches), strategy: first + place, block: block)
      }
    }
  }

  /// The sums of `strategies` strategies, in as many parts as there are; why there is nothing to rank, if there are too
  /// few of them.
  func crossValidated(
    _ strategies: Int, of all: Int,
    _ forEachPart: @escaping @Sendable (BlockSumsShape, (BlockSums) -> Void) throws -> Void
  ) -> Result<Evidence.CrossValidated, Absence> {
    guard strategies > 1 else { return .failure(tooFew(strategies, of: all)) }
    let shape = shape(strategies: strategies)
    return .success(
      Evidence.CrossValidated(
        shape: shape, metric: metric, metricName: name.rawValue, remark: remark, droppedBars: droppedBars
      ) { try forEachPart(shape, $0) })
  }

  /// What its sums are sums of.
  func shape(strategies: Int) -> BlockSumsShape {
    BlockSumsShape(barsInBlock: barsInBlock, strategies: strategies, quantities: metric.quantities)
  }

  private func tooFew(_ strategies: Int, of all: Int) -> Absence {
    guard all > 1 else { return Self.nothingToRank }
    let reason =
      minimumTrades > 1
      ? "the \(Figures.count(minimumTrades)) trades of --minimum-trades; lower it or widen the ranges"
      : "any position on the bars that are cross-validated; widen the ranges"
    let found = strategies == 1 ? "one" : "none"
    return Absence("\(found) of \(Figures.count(all)) strategies has \(reason)")
  }
}

/// How the trades that a minimum asks for are counted while tallies are made.
struct TrainingTrades: Sendable {
  private let stretches: Range<Int>
  private let convention: Convention

  init(_ experiment: Experiment) {
    stretches = experiment.backtest.timeline.stretchesOfSegment[0]
    convention = experiment.configuration.convention
  }

  /// The trades of one strategy of a block, as ``Performance/trades`` of its tally over training has them.
  func count(of lane: Int, in tallies: BlockTallies) -> Int {
    stretches.reduce(0) { $0 + tallies[lane: lane, stretch: $1].trades(convention) }
  }
}
