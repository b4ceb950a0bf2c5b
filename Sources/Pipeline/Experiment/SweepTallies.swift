import Backtesting
import Kernels
import Statistics

/// What one pass over all strategies leaves: a tally of each over each segment, and what cross-validation needs of each
/// over each block.
struct SweepTallies: Sendable {
  let table: TallyTable
  /// Or why nothing is cross-validated.
  let blocks: Result<Evidence.CrossValidated, Absence>

  /// Runs all strategies of `experiment`.
  init(_ experiment: Experiment, progress: RunProgress = RunProgress()) {
    let strategies = experiment.strategies
    var table = TallyTable?.none
    switch Self.plan(experiment) {
    case .failure(let absence): blocks = .failure(absence)
    case .success(let plan):
      let blockOfStretch = experiment.cut.blockOfStretch(experiment.backtest.timeline)
      let stretches = experiment.cut.blocks.indices.map { block in
        blockOfStretch.firstIndex(of: block)!..<blockOfStretch.lastIndex(of: block)! + 1
      }
      do throws(StatisticsError) {
        let sums = try BlockSums(
          barsInBlock: experiment.cut.blocks.map(\.count), strategies: strategies.count,
          quantities: plan.metric.quantities
        ) { slots in
          table = experiment.backtest.run(strategies, progress: progress) { tallies in
            for (block, stretches) in stretches.enumerated() {
              for lane in 0..<tallies.count {
                slots.write(
                  tallies.merged(lane: lane, stretches: stretches),
                  strategy: tallies.firstStrategy + lane, block: block)
              }
            }
          }
        }
        blocks = .success(
          Evidence.CrossValidated(
            sums: sums, metric: plan.metric, metricName: plan.name.rawValue, remark: plan.remark,
            droppedBars: experiment.cut.dropped.count))
      } catch {
        blocks = .failure(Absence("\(error)"))
      }
    }
    self.table = table ?? experiment.backtest.run(strategies, progress: progress)
  }

  /// What a pass has left.
  init(table: TallyTable, blocks: Result<Evidence.CrossValidated, Absence>) {
    self.table = table
    self.blocks = blocks
  }

  /// Why the blocks of a single strategy are no use.
  static let nothingToRank = Absence("one strategy cannot be ranked")

  private struct Plan {
    let metric: any SplitMetric
    let name: SplitMetricName
    let remark: String?
  }

  private static func plan(_ experiment: Experiment) -> Result<Plan, Absence> {
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
      return .success(Plan(metric: metric, name: name, remark: nil))
    }
    guard
      let metric = SplitMetricName.sharpeRatio.metric(
        perTrade: perTrade, barsPerYear: experiment.barsPerYear)
    else { return .failure(Absence("\(selection.label) depends on the path")) }
    return .success(
      Plan(
        metric: metric, name: .sharpeRatio,
        remark:
          "by Sharpe ratio, since \(selection.label) depends on the path and blocks in another order have another"
      ))
  }
}
