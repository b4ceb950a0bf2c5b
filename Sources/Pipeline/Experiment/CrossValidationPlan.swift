import Backtesting
import Kernels
import Statistics

/// What is cross-validated of a sweep: by which metric, and so of which sums.
struct CrossValidationPlan: Sendable {
  let metric: any SplitMetric
  let name: SplitMetricName
  /// What has to be known about the metric.
  let remark: String?
  /// The sums of all strategies.
  private(set) var shape: BlockSumsShape
  /// The oldest bars, which no block holds.
  let droppedBars: Int
  /// The stretches of each block.
  private let stretches: [Range<Int>]

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
    if let metric = name.metric(perTrade: perTrade, barsPerYear: experiment.barsPerYear) {
      return checked(CrossValidationPlan(experiment, metric, name, remark: nil))
    }
    guard
      let metric = SplitMetricName.sharpeRatio.metric(
        perTrade: perTrade, barsPerYear: experiment.barsPerYear)
    else { return .failure(Absence("\(selection.label) depends on the path")) }
    let remark =
      "by Sharpe ratio, since \(selection.label) depends on the path and blocks in another order have another"
    return checked(CrossValidationPlan(experiment, metric, .sharpeRatio, remark: remark))
  }

  private static func checked(_ plan: CrossValidationPlan) -> Result<CrossValidationPlan, Absence> {
    do throws(StatisticsError) { try plan.shape.check() } catch { return .failure(Absence("\(error)")) }
    return .success(plan)
  }

  private init(
    _ experiment: Experiment, _ metric: any SplitMetric, _ name: SplitMetricName, remark: String?
  ) {
    self.metric = metric
    self.name = name
    self.remark = remark
    let cut = experiment.cut
    shape = BlockSumsShape(
      barsInBlock: cut.blocks.map(\.count), strategies: experiment.strategies.count,
      quantities: metric.quantities)
    droppedBars = cut.dropped.count
    let blockOfStretch = cut.blockOfStretch(experiment.backtest.timeline)
    stretches = cut.blocks.indices.map { block in
      blockOfStretch.firstIndex(of: block)!..<blockOfStretch.lastIndex(of: block)! + 1
    }
  }

  /// The same for the first `count` strategies alone.
  func prefix(_ count: Int) -> CrossValidationPlan {
    var few = self
    few.shape = BlockSumsShape(
      barsInBlock: shape.barsInBlock, strategies: count, quantities: shape.quantities)
    return few
  }

  /// Writes what cross-validation needs of some strategies.
  ///
  /// - Parameter first: the strategy from which `slots` count.
  func write(_ tallies: BlockTallies, to slots: BlockSumsSlots, from first: Int) {
    let start = tallies.firstStrategy - first
    for (block, stretches) in stretches.enumerated() {
      if stretches.count == 1 {
        slots.write(tallies.all(in: stretches.lowerBound), from: start, block: block)
        continue
      }
      for lane in 0..<tallies.count {
        slots.write(tallies.merged(lane: lane, stretches: stretches), strategy: start + lane, block: block)
      }
    }
  }

  /// These sums, in as many parts as there are.
  func crossValidated(
    _ forEachPart: @escaping @Sendable ((BlockSums) -> Void) throws -> Void
  ) -> Evidence.CrossValidated {
    Evidence.CrossValidated(
      shape: shape, metric: metric, metricName: name.rawValue, remark: remark, droppedBars: droppedBars,
      forEachPart: forEachPart)
  }
}
