import Artifacts
import Backtesting
import Kernels
import Statistics

@testable import Pipeline

/// A sweep in memory, with all that its statistics of overfitting are made of.
struct MeasuredSweep {
  let experiment: Experiment
  let tallies: SweepTallies
  let training: TrainingColumns
  /// The numbers of the best strategies, the winner first.
  let ranking: [Int]
  let workplace: Workplace

  init(_ configuration: Configuration, threads: Int = 1) throws {
    let workplace = try Workplace.test(MemoryStore(), threads: threads)
    try self.init(Generate.run(configuration, in: workplace).experiment, in: workplace)
  }

  init(_ experiment: Experiment, in workplace: Workplace) throws {
    self.experiment = experiment
    self.workplace = workplace
    tallies = SweepTallies(experiment)
    training = TrainingColumns(tallies.table, of: experiment)
    ranking = try Select.ranking(experiment, training: training)
  }

  var winner: Int { ranking[0] }

  /// What a strategy earns on each bar of training beyond its benchmark, from its path by the reference.
  func excess(_ path: ReferenceKernel.Path) -> [Double] {
    let held = experiment.holding
    // The position that earns on a bar is that of the bar before.
    func position(_ bar: Int) -> Double { bar == 0 ? 0 : Double(path.positions[bar - 1]) }
    return held.indices.map { bar in
      switch experiment.configuration.statistics.benchmark {
      case .cash: return path.netReturns[bar]
      case .market: return path.netReturns[bar] - held[bar]
      case .exposure:
        let earned = position(bar) * held[bar]
        let later = held[(bar + 1)...]
        guard bar > 1, !later.isEmpty else { return path.netReturns[bar] - earned }
        let earlier = (1..<bar).reduce(0) { $0 + position($1) } / Double(bar - 1)
        let count = Double(later.count)
        let deviation = (count / (count + 1)).squareRoot() * (held[bar] - later.reduce(0, +) / count)
        return path.netReturns[bar] - earned + (position(bar) - earlier) * deviation
      }
    }
  }

  var evidence: Evidence {
    Evidence(
      experiment, winner: winner, path: experiment.backtest.path(of: winner, in: experiment.strategies),
      training: training, blocks: tallies.blocks, interruption: workplace.interruption)
  }

  func report() throws -> OverfittingReport {
    try MeasureStage.report(
      experiment, ranking: ranking, training: training, parts: SweepParts(tallies), in: workplace)
  }

  /// `results/overfitting.json` as it reads back.
  func document() throws -> JSONValue {
    let document = OverfittingDocument(report: try report())
    return try JSONDocument.decode(
      ReadJSON.self, from: JSONDocument.encode(document.json), document: "overfitting.json"
    ).value
  }

  /// Every strategy's path by the reference kernel.
  var paths: [ReferenceKernel.Path] {
    (0..<experiment.strategies.count).map { experiment.backtest.path(of: $0, in: experiment.strategies) }
  }
}

extension ReferenceKernel.Path {
  /// The net returns of `bars` that count: all of them, or per trade those that were earned with a position.
  func returns(_ bars: some Sequence<Int>, _ convention: Convention) -> [Double] {
    bars.filter { convention == .portfolio || ($0 > 0 && positions[$0 - 1] != 0) }.map { observed[$0] }
  }
}

extension Convention {
  /// Mean over deviation of `returns` in two passes, not annualised.
  func sharpe(_ returns: [Double]) -> Double {
    let moments = ReturnMoments(returns)
    guard self == .perTrade else { return moments.sharpePerBar }
    return moments.populationVariance > 0 ? moments.mean / moments.populationVariance.squareRoot() : .nan
  }
}

extension Configuration {
  /// Nine crosses of averages, long and short, on a short random walk, in double precision.
  static var fewCrosses: Configuration {
    var configuration = Configuration()
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 300
    configuration.data.seed = 8
    configuration.strategies.family = .smaCross
    configuration.strategies.parameters = ["fast": "2,3,5", "slow": "10,20,40"]
    configuration.strategies.direction = .longShort
    configuration.backtest.precision = .double
    configuration.backtest.feeBasisPoints = 5
    configuration.selection.minimumTrades = 0
    configuration.statistics.blocks = 8
    configuration.statistics.resamples = 50
    return configuration
  }

  /// Some coins on a short random walk, in double precision.
  static var fewCoins: Configuration {
    var configuration = Configuration.fewCrosses
    configuration.strategies = StrategyOptions()
    configuration.strategies.count = 20
    configuration.strategies.buyProbability = 0.5
    configuration.selection.minimumTrades = 1
    return configuration
  }

  /// These options, some of them changed.
  func with(_ change: (inout Configuration) -> Void) -> Configuration {
    var configuration = self
    change(&configuration)
    return configuration
  }
}
