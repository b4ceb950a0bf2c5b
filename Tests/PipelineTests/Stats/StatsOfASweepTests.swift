import Artifacts
import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// A sweep and `fluke stats` on its matrix of returns say the same.
@Suite struct StatsOfASweepTests {
  private static let cases: [(name: String, options: Configuration)] = [
    ("against cash", .fewCrosses),
    (
      "against the market, fills at the next open",
      Configuration.fewCrosses.with {
        $0.strategies.direction = .long
        $0.backtest.fill = .nextOpen
        $0.strategies.seed = 9
      }
    ),
    ("with copies", Configuration.fewCrosses.with { $0.strategies.takeProfit = "0.05,5,6" }),
    (
      "two hundred, given a block length",
      Configuration.fewCrosses.with {
        $0.strategies.parameters = ["fast": "2:14", "slow": "20:50:2"]
        $0.statistics.blockLength = 5
        $0.statistics.blocks = 10
      }
    ),
  ]

  /// Numbers that the two reach by other ways; the rest is the same bit for bit.
  ///
  /// Rounding: the sweep's Sharpe ratios come from power sums of 210 returns, those of a matrix from two passes.
  private static let tolerance = Tolerance.rounding(absolute: 1e-9)

  @Test(arguments: cases.indices) func agree(index: Int) throws {
    let options = Self.cases[index].options.with {
      $0.backtest.kernel = .reference
      $0.selection.metric = .sharpeRatio
      // A file of returns tells no positions, and so no exposure.
      $0.statistics.benchmark = index % 2 == 0 ? .market : .cash
    }
    let sweep = try MeasuredSweep(options)
    let experiment = sweep.experiment
    let name = { (strategy: Int) in experiment.strategies.name(of: strategy) }
    let own = try sweep.document()
    let paths = sweep.paths
    let folder = try TemporaryFolder()
    let market = try sweep.evidence.benchmark.map {
      try folder.write(StatsSample.file($0.map { [$0] }, names: ["x"]), as: "market.csv")
    }
    let text = StatsSample.file(
      (0..<210).map { bar in paths.map { $0.netReturns[bar] } }, names: paths.indices.map(name))
    let stats = try StatsSample.run(text) {
      $0.benchmark = market
      $0.periodsPerYear = experiment.barsPerYear
      $0.blocks = options.statistics.blocks
      $0.resamples = options.statistics.resamples
      $0.blockLength = options.statistics.blockLength
      $0.seed = options.strategies.seed
    }.json

    // The same returns bit for bit, so the same resamples, correlations and clusters.
    for section in ["data_snooping", "effective_trials", "strategies", "trials", "winner", "return_unit"] {
      #expect(try stats.at(section) == own.at(section), "\(section)")
    }
    // Counts of splits are equal, as no two strategies are within rounding of each other but copies, which are equal.
    for key in [
      "probability_of_backtest_overfitting", "probability_of_loss", "splits", "dropped_bars", "bars_in_block",
      "metric",
      "undefined_values",
    ] {
      #expect(try stats.at("cross_validation.\(key)") == own.at("cross_validation.\(key)"), "\(key)")
    }
    var compared = 0
    for section in [
      "sharpe_ratio", "deflated_sharpe", "minimum_backtest_length", "multiple_testing", "cross_validation",
    ] {
      let ours = Dictionary(uniqueKeysWithValues: try own.at(section).numbers().map { ($0.path, $0.value) })
      for (path, value) in try stats.at(section).numbers() {
        let expected = try #require(ours[path])
        #expect(Self.tolerance.accepts(value, expected), "\(section).\(path): \(value), \(expected)")
        compared += 1
      }
    }
    #expect(compared > 60)
  }
}
