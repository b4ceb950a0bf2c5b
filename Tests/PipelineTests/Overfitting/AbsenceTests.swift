import Artifacts
import Backtesting
import TestSupport
import Testing

@testable import Pipeline

/// What cannot be had stands as the reason why, in the document and, if somebody asked for it, in the table.
@Suite struct AbsenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// A member of the document, and the row of the table; `nil` where nobody asked.
    let section: String
    let row: String?
    let reason: String
    let options: Configuration

    var testDescription: String { name }

    init(
      _ name: String, _ section: String, row: String?, _ reason: String, of base: Configuration = .fewCrosses,
      _ change: (inout Configuration) -> Void
    ) {
      self.name = name
      self.section = section
      self.row = row
      self.reason = reason
      options = base.with(change)
    }
  }

  private static let one: @Sendable (inout Configuration) -> Void = {
    $0.strategies.parameters = ["fast": "2", "slow": "10"]
  }
  private static let cpcv = "combinatorial_purged_cross_validation"

  static let cases: [Case] = [
    Case("no blocks", "cross_validation", row: "PBO", "switched off by --blocks 0") {
      $0.statistics.blocks = 0
    },
    Case("one strategy is not ranked", "cross_validation", row: "PBO", "one strategy cannot be ranked", one),
    Case(
      "fewer bars than blocks", "cross_validation", row: "PBO",
      "14 bars are fewer than 16 blocks; lower --blocks"
    ) {
      $0.data.bars = 20
      $0.strategies.parameters = ["fast": "2", "slow": "3,4,5"]
      $0.statistics.blocks = 16
    },
    Case("no bootstrap", "data_snooping", row: "SPA", "switched off by --bootstrap 0") {
      $0.statistics.resamples = 0
    },
    Case("blocks longer than the bars", "data_snooping", row: "SPA", "bootstrap: the block length is 211.0, ")
    {
      $0.statistics.blockLength = 211
    },
    Case(
      "one strategy is its own set", "data_snooping.model_confidence_set", row: nil,
      "model confidence set: found 1 models", one),
    Case(
      "one strategy is like no other", "multiple_testing.harvey_liu_zhu", row: nil,
      "the average correlation of the strategies is undefined", one),
    Case("no windows", "walk_forward", row: nil, "not asked for; give --walk-forward N") { _ in },
    Case("no groups", cpcv, row: nil, "not asked for; give --cpcv GROUPS,TESTED") { _ in },
    Case("no permutations", "bar_permutation", row: nil, "not asked for; give --permutations N") { _ in },
    Case("no bars to walk", "walk_forward", row: "walk-forward", "--train 1 leaves no bars to walk through") {
      $0.backtest.train = 1
      $0.statistics.walkForward = 3
    },
    Case(
      "too many windows", "walk_forward", row: "walk-forward", "90 validation bars are fewer than 91 windows"
    ) {
      $0.statistics.walkForward = 91
    },
    Case("idle folds", cpcv, row: "CPCV", "in some split no strategy has the trades of --minimum-trades") {
      $0.selection.minimumTrades = 30
      $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 4, tested: 3)
    },
    Case("a wide embargo", cpcv, row: "CPCV", "the embargo of 200 bars leaves a split without training bars")
    {
      $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 3, tested: 2)
      $0.statistics.embargo = 200
    },
    Case("too many splits", cpcv, row: "CPCV", "splits: number of splits is 2704156, expected 1 to 100000") {
      $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 24, tested: 12)
    },
  ]

  @Test(arguments: cases) func hasAReason(_ absence: Case) throws {
    let sweep = try MeasuredSweep(absence.options)
    let report = try sweep.report()
    let json = try sweep.document()
    guard case .object(let members) = try json.at(absence.section) else {
      Issue.record("no members")
      return
    }
    #expect(members.keys.sorted() == ["not_computed"])
    let reason = try json.text(absence.section + ".not_computed")
    #expect(reason.hasPrefix(absence.reason), "\(reason)")
    let rows = report.rows(DetectionOptions()).filter { $0.name == absence.row }
    #expect(rows == (absence.row.map { [.init(name: $0, value: "–", reading: reason)] } ?? []))
    #expect(!report.rows(DetectionOptions()).contains { $0.reading.contains("not asked for") })
  }

  @Test func onePlainStrategyIsDeflatedByNothing() throws {
    let report = try MeasuredSweep(Configuration.fewCrosses.with(Self.one)).report()
    #expect(report.deflation.headline.benchmarkPerBar == 0)
    #expect(report.deflation.headline.probability == report.sharpe.probabilistic[.bailey2012])
    #expect(report.multiplicity.adjusted.allSatisfy { $0.pValue == report.multiplicity.pValue })
    #expect(try report.dependence.get().dependence.byAverageCorrelation == 1)
  }

  /// Signals that begin anew with validation do not run on through folds; from the market's first bar on they do.
  @Test(arguments: [SignalAlignment.segment, .market]) func signals(alignment: SignalAlignment) throws {
    let folder = try TemporaryFolder()
    var random = SeededGenerator(seed: 4)
    let signals = (0..<3).map { strategy in
      "\"s\(strategy)\": [\((0..<300).map { _ in String(Int.random(in: 0...1, using: &random)) }.joined(separator: ","))]"
    }
    let path = try folder.write("{\(signals.joined(separator: ","))}", as: "signals.json")
    func report(train: Double) throws -> OverfittingReport {
      try MeasuredSweep(
        Configuration.fewCoins.with {
          $0.strategies.family = .signals
          $0.strategies.signals = path
          $0.backtest.signalAlignment = alignment
          $0.backtest.train = train
          $0.statistics.walkForward = 3
          $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 4, tested: 2)
        }
      ).report()
    }
    let reason =
      "signals that begin anew with validation do not run on through it; give --signals-from market"
    let both = try report(train: 0.7)
    for result in [both.walkForward, both.combinatorial] {
      switch result {
      case .success: #expect(alignment == .market)
      case .failure(let absence): #expect(alignment == .segment && absence == Absence(reason))
      }
    }
    // Without validation nothing begins anew.
    #expect(throws: Never.self) { _ = try report(train: 1).combinatorial.get() }
  }

  @Test(arguments: [Metric.maximumDrawdown, .calmarRatio]) func pathsAreCrossValidatedByAStandIn(
    metric: Metric
  ) throws {
    for convention in Convention.allCases {
      let sweep = try MeasuredSweep(
        Configuration.fewCrosses.with {
          $0.selection.metric = metric
          $0.backtest.convention = convention
        })
      let sharpe = try MeasuredSweep(Configuration.fewCrosses.with { $0.backtest.convention = convention })
      let found = try sweep.report().crossValidation.get()
      #expect(found.metric == "sharpe_ratio")
      #expect(found.remark?.hasPrefix("by Sharpe ratio, since \(metric.label) depends on the path") == true)
      let standIn = try sharpe.report().crossValidation.get()
      #expect(standIn.remark == nil)
      #expect(found.overfitting == standIn.overfitting)
    }
  }

  /// Coins that always say buy are all alike: nothing of what compares them is defined, and nothing of it is 0.
  @Test func undefinedStaysNull() throws {
    let json = try MeasuredSweep(
      Configuration.fewCoins.with {
        $0.strategies.buyProbability = 1
        $0.backtest.feeBasisPoints = 0
      }
    ).document()
    let ability = "data_snooping.superior_predictive_ability"
    for path in [
      "\(ability).best", "\(ability).statistic", "\(ability).p_value_lower", "\(ability).p_value_consistent",
      "\(ability).p_value_upper", "effective_trials.clusters.mean_silhouette",
    ] {
      #expect(try json.at(path) == .null, "\(path)")
    }
    #expect(try json.count("data_snooping.strategies_without_variance") == 20)
    #expect(try json.number("effective_trials.by_average_correlation") == 1)
  }

  /// A market that never moves leaves no Sharpe ratio anywhere, so nothing that is made of one.
  @Test func aStillMarketHasNoFigures() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      "date,close\n" + (0..<90).map { "\((18_000 + $0) * 86_400),10\n" }.joined(), as: "bars.csv")
    let store = MemoryStore()
    let options = Configuration.fewCoins.with {
      $0.data.source = path
      $0.backtest.feeBasisPoints = 0
    }
    _ = try Sweep.run(options, in: .test(store))
    let json = try JSONValue.read("results/overfitting.json", in: store)
    for path in [
      "sharpe_ratio.sharpe_per_return", "sharpe_ratio.probabilistic_sharpe_ratio.2012",
      "deflated_sharpe.deflated_sharpe_ratio", "deflated_sharpe.variance_across_trials",
      "minimum_backtest_length.years", "multiple_testing.p_value", "multiple_testing.adjusted.holm.p_value",
      "multiple_testing.adjusted.bonferroni.haircut", "effective_trials.average_correlation",
      "effective_trials.by_participation", "data_snooping.superior_predictive_ability.p_value_consistent",
    ] {
      #expect(try json.at(path) == .null, "\(path)")
    }
    #expect(try json.count("deflated_sharpe.trials_undefined") == 20)
    #expect(try json.count("effective_trials.left_out_of_sample") == 20)
    #expect(try json.count("data_snooping.strategies_without_variance") == 20)
    // Where a coin wins nothing its win rate is a number all the same.
    #expect(try json.text("cross_validation.metric") == "win_rate")
    #expect(try json.at("cross_validation.probability_of_loss") == .null)
  }
}
