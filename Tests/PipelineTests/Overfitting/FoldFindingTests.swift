import Artifacts
import Backtesting
import Kernels
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// Winners that are chosen again on every split, against slices of the reference's net returns over all bars.
@Suite struct FoldFindingTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var window = WalkForward.Window.rolling
    var fill = Fill.close
    var convention = Convention.portfolio
    var embargo: Int? = nil
    var groups = (6, 2)
    var metric = Metric.sharpeRatio

    var testDescription: String {
      "\(window), \(fill), \(convention), embargo \(embargo ?? -1), \(groups), \(metric)"
    }

    var options: Configuration {
      Configuration.fewCrosses.with {
        $0.backtest.fill = fill
        $0.backtest.convention = convention
        // What costs do to bars in the market is for the tests of the kernels: they are not net returns.
        if convention == .perTrade { $0.backtest.feeBasisPoints = 0 }
        $0.selection.metric = metric
        $0.statistics.walkForward = 4
        $0.statistics.window = window
        $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: groups.0, tested: groups.1)
        $0.statistics.embargo = embargo
      }
    }
  }

  static let cases = [
    Case(), Case(window: .anchored, fill: .nextOpen, embargo: 0), Case(convention: .perTrade, embargo: 7),
    Case(window: .anchored, convention: .perTrade, groups: (5, 3)),
    Case(fill: .nextOpen, embargo: 11, groups: (4, 1)),
    Case(embargo: 2, metric: .totalReturn), Case(window: .anchored, convention: .perTrade, metric: .winRate),
  ]

  /// The naive way: every strategy's path through all bars as one segment.
  private struct Naive {
    let experiment: Experiment
    let paths: [ReferenceKernel.Path]

    init(_ experiment: Experiment) {
      self.experiment = experiment
      let backtest = Backtest(
        market: experiment.market, segments: [Segment(name: "all", bars: 0..<experiment.market.count)],
        like: experiment.backtest, threads: 1)
      paths = (0..<experiment.strategies.count).map { backtest.path(of: $0, in: experiment.strategies) }
    }

    /// The metric that selects, of the returns of a strategy on `bars`; bars may come from several strategies.
    func value(_ returns: [Double], inMarket: [Double]) -> Double {
      let convention = experiment.configuration.convention
      let counted = convention == .perTrade ? inMarket : returns
      switch experiment.configuration.selectionMetric {
      case .totalReturn:
        return convention == .perTrade ? counted.reduce(0, +) : returns.reduce(1) { $0 * (1 + $1) } - 1
      case .winRate: return Double(counted.count { $0 > 0 }) / Double(counted.count)
      default: return convention.sharpe(counted) * experiment.barsPerYear.squareRoot()
      }
    }

    func value(of strategy: Int, on bars: [Int]) -> Double {
      value(paths[strategy].returns(bars, .portfolio), inMarket: paths[strategy].returns(bars, .perTrade))
    }

    /// The best strategy on `bars`, of equals the first.
    func best(on bars: [Int]) -> (strategy: Int, value: Double) {
      let values = paths.indices.map { value(of: $0, on: bars) }
      let best = values.filter { !$0.isNaN }.max() ?? .nan
      return (values.firstIndex(of: best) ?? 0, best)
    }
  }

  /// Rounding: power sums of up to 300 returns, annualised, against two passes.
  private static let tolerance = Tolerance.rounding(absolute: 300 * 40 * UnitRoundoff.double)

  private func check(_ found: FoldFinding, _ naive: Naive) {
    let metric = naive.experiment.configuration.selectionMetric
    for fold in found.folds {
      let training = fold.split.training.flatMap { Array($0) }
      let test = fold.split.test.flatMap { Array($0) }
      #expect(Set(training).isDisjoint(with: test))
      let best = naive.best(on: training)
      #expect(fold.selected == best.strategy)
      #expect(Self.tolerance.accepts(fold.training[metric], best.value))
      #expect(Self.tolerance.accepts(fold.test[metric], naive.value(of: best.strategy, on: test)))
    }
    #expect(found.distinctWinners == Set(found.folds.map(\.selected)).count)
  }

  /// The performance of bars that were each judged by the strategy that `strategies` says, against `path`.
  private func check(_ path: Performance, _ naive: Naive, _ parts: [(strategy: Int, bars: Range<Int>)]) {
    let returns = parts.flatMap { naive.paths[$0.strategy].returns($0.bars, .portfolio) }
    let inMarket = parts.flatMap { naive.paths[$0.strategy].returns($0.bars, .perTrade) }
    let metric = naive.experiment.configuration.selectionMetric
    #expect(Self.tolerance.accepts(path[metric], naive.value(returns, inMarket: inMarket)))
    // Bars in the market over bars: that every bar is there once.
    #expect(path.exposure == Double(inMarket.count) / Double(returns.count))
    var (equity, highest, drawdown) = (1.0, 1.0, 0.0)
    for x in returns {
      equity *= 1 + x
      highest = max(highest, equity)
      drawdown = max(drawdown, 1 - equity / highest)
    }
    #expect(Self.tolerance.accepts(path.maximumDrawdown, drawdown))
  }

  @Test(arguments: cases) func walkForwardIsThatOfSlices(_ run: Case) throws {
    let experiment = try MeasuredSweep(run.options).experiment
    let found = try FoldFinding.walkForward(experiment, threads: 2, progress: RunProgress()).get()
    let naive = Naive(experiment)
    #expect(found.folds.count == 4 && found.embargo == 0 && found.paths.count == 1)
    check(found, naive)
    // 90 bars make four windows of 22; what fills at the next open leaves a bar before each to neither side.
    let gap = run.fill == .close ? 0 : 1
    for (index, fold) in found.folds.enumerated() {
      let start = 210 + 22 * index
      #expect(fold.split.test == [start..<start + 22])
      let first = run.window == .rolling ? 22 * index : 0
      #expect(fold.split.training == [first..<start - gap])
    }
    check(found.paths[0], naive, found.folds.map { ($0.selected, $0.split.test[0]) })
  }

  @Test(arguments: cases) func combinatorialIsThatOfSlices(_ run: Case) throws {
    let experiment = try MeasuredSweep(run.options).experiment
    let found = try FoldFinding.combinatorial(experiment, threads: 2, progress: RunProgress()).get()
    let naive = Naive(experiment)
    let embargo = run.embargo ?? 3
    let horizon = run.fill == .close ? 0 : 1
    #expect(found.embargo == embargo)
    check(found, naive)
    for fold in found.folds {
      let (training, test) = (fold.split.training, fold.split.test)
      // After a test range, purged and embargoed bars are on neither side; before it, purged ones.
      for range in test {
        let around = range.lowerBound - horizon..<range.upperBound + horizon + embargo
        #expect(training.allSatisfy { !$0.overlaps(around) })
      }
      let bars = (training + test).reduce(0) { $0 + $1.count }
      let excluded = test.reduce(0) { excluded, range in
        let before = range.lowerBound == 0 ? 0 : horizon
        let next = test.map(\.lowerBound).filter { $0 >= range.upperBound }.min() ?? 300
        return excluded + before + min(horizon + embargo, next - range.upperBound)
      }
      #expect(bars + excluded == 300)
    }
    let plan = try CombinatorialPurged(
      bars: 300, groups: run.groups.0, testGroups: run.groups.1, horizon: horizon, embargo: embargo)
    #expect(found.folds.map(\.split) == plan.splits)
    #expect(found.paths.count == plan.paths.count)
    for (path, splits) in zip(found.paths, plan.paths) {
      // Every group once, by a strategy that was chosen without it.
      let parts = zip(splits, plan.groups).map { (strategy: found.folds[$0].selected, bars: $1) }
      #expect(parts.flatMap { Array($0.bars) } == Array(0..<300))
      for (split, group) in zip(splits, plan.groups) {
        #expect(found.folds[split].split.training.allSatisfy { !$0.overlaps(group) })
      }
      check(path, naive, parts)
    }
  }

  @Test(arguments: Fill.allCases, WalkForward.Window.allCases)
  func noWinnerKnowsWhatComesAfter(fill: Fill, window: WalkForward.Window) throws {
    let sweep = try MeasuredSweep(Case(window: window, fill: fill).options)
    let experiment = sweep.experiment
    func found(_ market: Market) throws -> [FoldFinding.Fold] {
      let changed = try Experiment(
        configuration: experiment.configuration, market: market, strategies: experiment.strategies, threads: 1
      )
      return try FoldFinding.walkForward(changed, threads: 1, progress: RunProgress()).get().folds
    }
    let folds = try found(experiment.market)
    for (index, fold) in folds.enumerated() {
      let test = fold.split.test[0]
      let unseen = try found(changed(experiment.market, from: test.lowerBound))
      #expect(unseen[index].selected == fold.selected)
      #expect(figures(unseen[index].training) == figures(fold.training))
      #expect(figures(unseen[index].test) != figures(fold.test))
      // What fills at the next open earns its last return at an open beyond the range.
      let later = try found(changed(experiment.market, from: test.upperBound + (fill == .close ? 0 : 1)))
      #expect(later[...index].map(\.selected) == folds[...index].map(\.selected))
      #expect(figures(later[index].training) == figures(fold.training))
      #expect(figures(later[index].test) == figures(fold.test))
    }
  }

  /// Every metric, undefined ones equal to each other.
  private func figures(_ performance: Performance) -> [Measure] {
    Metric.allCases.map { Measure(performance[$0]) }
  }

  /// `market` with other prices from bar `start` on.
  private func changed(_ market: Market, from start: Int) -> Market {
    var random = SeededGenerator(seed: 17)
    let factors = (0..<market.count).map { $0 < start ? 1 : random.uniform(0.5...2) }
    func scaled(_ prices: [Double]) -> [Double] { zip(prices, factors).map { $0 * $1 } }
    return Market(
      name: market.name, timestamps: market.timestamps, open: scaled(market.open), high: scaled(market.high),
      low: scaled(market.low), close: scaled(market.close), volume: market.volume)
  }

  @Test func threadsAndKernelsMakeNoDifference() throws {
    let options = Case(convention: .perTrade).options
    let one = try MeasuredSweep(options).experiment
    let other = try MeasuredSweep(options.with { $0.backtest.kernel = .reference }).experiment
    let folds = try FoldFinding.combinatorial(one, threads: 1, progress: RunProgress()).get()
    let again = try FoldFinding.combinatorial(one, threads: 3, progress: RunProgress()).get()
    let reference = try FoldFinding.combinatorial(other, threads: 1, progress: RunProgress()).get()
    func compared(_ found: FoldFinding) -> [[Measure]] {
      found.folds.map { figures($0.training) } + found.folds.map { figures($0.test) }
        + found.paths.map(figures)
    }
    #expect(compared(folds) == compared(again))
    // Winners are judged by the reference, whichever kernel chose them.
    #expect(folds.folds.map(\.selected) == reference.folds.map(\.selected))
    #expect(folds.paths.map(figures) == reference.paths.map(figures))
  }
}
