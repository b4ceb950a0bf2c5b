import Artifacts
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// The statistics on returns that were made elsewhere: what is used, what is left out and counted, what is undefined.
@Suite struct StatsRunTests {
  /// An error of a run, or what it says.
  private func fault(_ text: String, _ change: (inout StatsOptions) throws -> Void = { _ in })
    -> ConfigurationError?
  {
    do {
      _ = try StatsSample.run(text, change)
      return nil
    } catch {
      return error as? ConfigurationError
    }
  }

  @Test func theBestBySharpeRatioIsTheWinner() throws {
    let rows = StatsSample.noise()
    let (report, json, store) = try StatsSample.run(StatsSample.file(rows))
    let moments = (0..<4).map { column in ReturnMoments(rows.map { $0[column] }) }
    let sharpes = moments.map(\.sharpePerBar)
    let best = try #require(sharpes.max())
    let winner = try #require(sharpes.firstIndex(of: best))
    #expect(report.overfitting.winner == StatsSample.names(4)[winner])
    #expect(try json.number("sharpe_ratio.sharpe_per_return") == sharpes[winner])
    #expect(try json.number("deflated_sharpe.variance_across_trials") == ReturnMoments(sharpes).variance)
    #expect(try json.count("trials") == 4)
    let expected = DeflatedSharpe(
      best: SharpeEstimate(moments[winner]), trials: 4, varianceAcrossTrials: ReturnMoments(sharpes).variance)
    #expect(try json.number("deflated_sharpe.deflated_sharpe_ratio") == expected.probability)
    #expect(
      store.contents.keys.sorted().filter { !$0.hasPrefix("plots/") } == [
        "results/overfitting.json", "results/strategy_tests.csv", "run.json",
      ])
    #expect(store.contents.count == 9)
    #expect(try report.document() == store.get("results/overfitting.json"))
  }

  @Test func theBytesAreTheSameOnAnyNumberOfThreads() throws {
    let text = StatsSample.file(StatsSample.noise(bars: 200, strategies: 20))
    let one = try StatsSample.run(text)
    let two = try StatsSample.run(text, threads: 2)
    #expect(one.store.reproducible == two.store.reproducible)
    #expect(one.store.reproducible.count == 8)
    #expect(one.report.text(directory: "out") == two.report.text(directory: "out"))
  }

  @Test func aStrategyWithAGapIsLeftOutAndCountsAsTried() throws {
    var rows = StatsSample.noise()
    for row in rows.indices { rows[row].append(1) }
    rows[60][4] = .nan
    rows[119][1] = .nan
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    #expect(report.input.undefinedStrategies == ["b", "e"])
    #expect(report.strategies == 3 && report.overfitting.strategies == 3 && report.overfitting.trials == 5)
    #expect(try json.count("data.strategies_with_undefined_returns_left_out") == 2)
    #expect(try json.count("data.strategies_in_file") == 5)
    #expect(try json.count("multiple_testing.tests") == 5)
    #expect(
      report.text(directory: "out").contains {
        $0.hasSuffix("2 strategies with undefined returns, which count as tried: b, e")
      })
    // What is left is what a file without them would say, but for the number of trials.
    let rest = try StatsSample.run(
      StatsSample.file(rows.map { [$0[0], $0[2], $0[3]] }, names: ["a", "c", "d"])
    ) { $0.trials = 5 }
    for section in [
      "sharpe_ratio", "deflated_sharpe", "cross_validation", "data_snooping", "multiple_testing",
    ] {
      #expect(try rest.json.at(section) == json.at(section), "\(section)")
    }
  }

  @Test func barsWithoutAnyReturnAtTheBeginningAreLeftOut() throws {
    let rows = StatsSample.noise()
    let empty = Array(repeating: Array(repeating: Double.nan, count: 4), count: 3)
    let (report, json, _) = try StatsSample.run(StatsSample.file(empty + rows))
    let plain = try StatsSample.run(StatsSample.file(rows))
    #expect(
      report.input.start.emptyBars == 3 && report.bars == 120 && report.input.undefinedStrategies.isEmpty)
    #expect(try json.count("data.empty_bars_left_out") == 3)
    #expect(
      report.text(directory: "").contains { $0.hasSuffix("3 bars at the beginning without any return") })
    for section in ["sharpe_ratio", "deflated_sharpe", "cross_validation", "data_snooping"] {
      #expect(try json.at(section) == plain.json.at(section), "\(section)")
    }
    // At the end they are gaps, as nobody knows what is missing.
    #expect(
      fault(StatsSample.file(rows + empty)) == .noReturns(file: "returns.csv", strategies: 4, bars: 123))
  }

  @Test func withoutAnyReturnThereIsNothingToSay() {
    let rows = Array(repeating: [Double.nan, .nan], count: 9)
    #expect(fault(StatsSample.file(rows)) == .noReturns(file: "returns.csv", strategies: 2, bars: 9))
  }

  @Test func copiesAreCountedAndCountAsTried() throws {
    let rows = StatsSample.noise()
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows.map { $0 + [$0[2], $0[0], $0[2]] }))
    #expect(report.input.copies == 3 && report.strategies == 7 && report.overfitting.trials == 7)
    #expect(try json.count("data.strategies_that_copy_an_earlier_one") == 3)
    #expect(
      report.text(directory: "").contains { $0.hasSuffix("3 strategies have the returns of an earlier one") })
    // They raise what luck can do, and the best stays the best.
    let plain = try StatsSample.run(StatsSample.file(rows))
    #expect(report.overfitting.winner == plain.report.overfitting.winner)
    #expect(try json.number("effective_trials.by_participation") < 7)
  }

  @Test(arguments: [1e-4, 0.01, -0.02]) func constantColumnsAreUndefinedAndCounted(value: Double) throws {
    let rows = StatsSample.noise().map { $0 + [value, value] }
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    #expect(report.input.undefinedStrategies.isEmpty && report.input.copies == 1)
    #expect(try json.count("deflated_sharpe.trials_undefined") == 2)
    #expect(try json.count("effective_trials.left_out_of_sample") == 2)
    #expect(try json.count("data_snooping.strategies_without_variance") == 2)
    // Undefined out of sample in each of 70 splits.
    #expect(try json.count("cross_validation.undefined_values") == 140)
    #expect(!["e", "f"].contains(report.overfitting.winner))
    let plain = try StatsSample.run(StatsSample.file(StatsSample.noise())) { $0.trials = 6 }
    #expect(
      try json.at("deflated_sharpe.deflated_sharpe_ratio")
        == plain.json.at("deflated_sharpe.deflated_sharpe_ratio"))
  }

  /// Equal prices leave 10⁻¹⁶ of a quotient less 1: such a column never traded.
  @Test func roundingIsNoReturn() throws {
    let rows = StatsSample.noise().enumerated().map { bar, row in
      row + [[0, 0x1p-54, -0x1p-54, 0x1p-53][bar % 4], bar % 3 == 0 ? 0 : 0x1p-53]
    }
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    #expect(report.input.idleStrategies == ["e", "f"] && report.strategies == 4)
    let plain = try StatsSample.run(StatsSample.file(StatsSample.noise())) { $0.trials = 6 }
    for section in ["sharpe_ratio", "deflated_sharpe.deflated_sharpe_ratio", "cross_validation"] {
      #expect(try json.at(section) == plain.json.at(section), "\(section)")
    }
    // What never traded is no other that might have won.
    let alone = try StatsSample.run(StatsSample.file(StatsSample.noise()))
    #expect(try json.at("data_snooping") == alone.json.at("data_snooping"))
  }

  /// Growth of profits in money takes what they are a part of.
  @Test func profitsInMoneyDoNotCompound() throws {
    let rows = StatsSample.noise().map { $0.map { ($0 * 1e5).rounded() } }
    let money = try StatsSample.run(StatsSample.file(rows)) { $0.values = .money }
    let words = "; growth and drawdown are undefined for profits in money without --capital"
    #expect(money.report.held == nil)
    #expect(money.report.text(directory: "").contains { $0.hasSuffix(words) })
    let parts = try StatsSample.run(StatsSample.file(rows)) {
      ($0.values, $0.capital) = (.money, 1e5)
    }
    #expect(parts.report.held.map { $0.maximumDrawdown < 1 } == true)
    #expect(!parts.report.text(directory: "").contains { $0.contains("undefined for profits") })
    var sums = rows
    for bar in rows.indices.dropFirst() { sums[bar] = zip(sums[bar - 1], rows[bar]).map { $0 + $1 } }
    #expect(try StatsSample.run(StatsSample.file(sums)) { $0.values = .summed }.report.held == nil)
  }

  @Test func constantColumnsAloneSayNothing() throws {
    let (report, json, _) = try StatsSample.run(
      StatsSample.file(Array(repeating: [0.01, 0.01, 0.02], count: 40)))
    for path in [
      "sharpe_ratio.sharpe_per_return", "sharpe_ratio.probabilistic_sharpe_ratio.2012",
      "deflated_sharpe.deflated_sharpe_ratio", "minimum_backtest_length.years", "multiple_testing.p_value",
      "multiple_testing.adjusted.bonferroni.haircut", "multiple_testing.adjusted.holm.p_value",
      "effective_trials.by_average_correlation", "effective_trials.clusters.mean_silhouette",
      "data_snooping.superior_predictive_ability.p_value_consistent",
    ] {
      #expect(try json.at(path) == .null, "\(path)")
    }
    #expect(
      try json.text("cross_validation.not_computed")
        == "sharpe_ratio is undefined for every strategy in every split")
    #expect(report.verdict.reasons.isEmpty && report.verdict.outcome == .undecided)
    #expect(!report.text(directory: "").contains { $0.contains("undefined %") })
  }

  /// From one bar on: each statistic is there or says why not, and none is 0 for want of bars.
  @Test(arguments: [1, 2, 3, 4, 7, 8, 16]) func fewBars(bars: Int) throws {
    let (report, json, _) = try StatsSample.run(StatsSample.file(StatsSample.noise(bars: bars)))
    #expect(report.bars == bars)
    if bars < 8 {
      #expect(
        try json.text("cross_validation.not_computed")
          == "cross-validation blocks: \(bars) bars, needed at least one for each of 8 blocks; use fewer blocks"
      )
    } else {
      #expect(try json.count("cross_validation.bars_in_block") == bars / 8)
    }
    if bars < 3 {
      #expect(
        try json.text("data_snooping.not_computed")
          == "bootstrap: found \(bars) bars, needed at least 3; use a longer history")
    } else {
      #expect(try json.number("data_snooping.reality_check.p_value") > 0)
    }
    let deflated = try json.number("deflated_sharpe.deflated_sharpe_ratio")
    #expect(bars == 1 ? deflated.isNaN : deflated > 0 || deflated.isNaN)
  }

  @Test func oneStrategyIsNotDeflatedAndNotRanked() throws {
    let text = StatsSample.file(StatsSample.noise(strategies: 1))
    let (_, json, _) = try StatsSample.run(text)
    #expect(
      try json.at("deflated_sharpe.deflated_sharpe_ratio")
        == json.at("deflated_sharpe.probabilistic_sharpe_ratio"))
    #expect(try json.at("deflated_sharpe.remark") == .null)
    #expect(
      try json.text("cross_validation.not_computed")
        == "cross-validation: found 1 strategy, needed at least 2 to rank; give the ones that were tried")
    #expect(try json.number("data_snooping.reality_check.p_value") > 0)
    // Of many that were tried one does not tell how they varied.
    let tried = try StatsSample.run(text) { $0.trials = 1_000 }.json
    #expect(try tried.at("deflated_sharpe.deflated_sharpe_ratio") == .null)
    #expect(
      try tried.text("deflated_sharpe.remark")
        == "undefined: the variance across trials takes two strategies with a Sharpe ratio")
    #expect(try tried.count("multiple_testing.tests") == 1_000)
  }

  @Test func moreTrialsThanColumnsAreHarderToBeat() throws {
    let text = StatsSample.file(StatsSample.noise())
    let deflated = try [4, 40, 4_000].map { trials in
      let json = try StatsSample.run(text) { $0.trials = trials }.json
      #expect(try json.count("trials") == trials && json.count("strategies") == 4)
      return try json.number("deflated_sharpe.deflated_sharpe_ratio")
    }
    #expect(deflated[0] > deflated[1] && deflated[1] > deflated[2] && deflated[2] > 0)
  }

  @Test(arguments: [3, 0, -1, Configuration.mostStrategies + 1]) func trialsBelowTheColumnsAreRefused(
    trials: Int
  ) {
    #expect(
      fault(StatsSample.file(StatsSample.noise())) { $0.trials = trials }
        == .outOfRange(
          option: "trials", found: "\(trials)", needed: "4, the strategies in the file, to 10000000"))
  }

  @Test func periodsAreGivenOrReadOffTheTimesOrAssumed() throws {
    let rows = StatsSample.noise()
    let times = rows.indices.map { day in
      String(CivilTime.iso8601(microseconds: (18_262 + Int64(day)) * CivilTime.microsecondsPerDay).prefix(10))
    }
    for (text, given, source, words) in [
      (StatsSample.file(rows), Double?.none, "assumed", "252 bars, assumed, as the file has no times; say "),
      (StatsSample.file(rows), 52, "given", "52 bars, as given"),
      (StatsSample.file(rows, times: times), nil, "timestamps", "365.25 bars, by the times in the file"),
      (StatsSample.file(rows, times: times), 12, "given", "12 bars, as given"),
    ] {
      let (report, json, _) = try StatsSample.run(text) { $0.periodsPerYear = given }
      #expect(try json.text("periods_per_year_source") == source)
      #expect(report.text(directory: "").contains { $0.contains(words) }, "\(words)")
      let periods = try json.number("periods_per_year")
      let sharpe = try json.number("sharpe_ratio.sharpe_per_return")
      #expect(try json.number("sharpe_ratio.sharpe_annualized") == sharpe * periods.squareRoot())
    }
  }

  @Test func aBenchmarkIsAColumnOrAFile() throws {
    let rows = StatsSample.noise()
    let folder = try TemporaryFolder()
    let other = try folder.write(StatsSample.file(rows.map { [$0[3]] }, names: ["x"]), as: "index.csv")
    let column = try StatsSample.run(StatsSample.file(rows)) { $0.benchmark = "d" }
    let file = try StatsSample.run(StatsSample.file(rows.map { Array($0[..<3]) })) { $0.benchmark = other }
    #expect(column.report.strategies == 3 && column.report.overfitting.trials == 3)
    #expect(try column.json.text("data_snooping.benchmark") == "d")
    #expect(try file.json.text("data_snooping.benchmark") == "index")
    for key in ["reality_check", "superior_predictive_ability", "stepwise", "mean_block_length"] {
      #expect(try column.json.at("data_snooping.\(key)") == file.json.at("data_snooping.\(key)"))
    }
    // By hand: the differences against nothing.
    let differences = try StatsSample.run(
      StatsSample.file(rows.map { row in row[..<3].map { $0 - row[3] } })
    ) {
      $0.blockLength = try column.json.number("data_snooping.mean_block_length")
    }
    let path = "data_snooping.reality_check.p_value"
    #expect(try differences.json.at(path) == column.json.at(path))
  }

  /// A benchmark's file is of its own kind, recognised or given.
  @Test func aBenchmarkHasItsOwnValues() throws {
    let rows = StatsSample.noise(bars: 121)
    let folder = try TemporaryFolder()
    func file(_ series: [Double], _ name: String) throws -> String {
      try folder.write(StatsSample.file(series.map { [$0] }, names: ["x"]), as: name)
    }
    var prices: [Double] = []
    for row in rows { prices.append((prices.last ?? 50) * (1 + row[3])) }
    let returns = try file(rows.map { $0[3] }, "returns-of-it.csv")
    let levels = try file(prices, "prices.csv")
    let percent = try file(rows.map { 200 * $0[3] }, "percent.csv")
    let wealth = (0..<3).map { column in
      rows.map { $0[column] }.reduce(into: [Double]()) { $0.append(($0.last ?? 20) * (1 + $1)) }
    }
    let equity = StatsSample.file(rows.indices.map { bar in wealth.map { $0[bar] } })
    let text = StatsSample.file(rows.map { Array($0[..<3]) })
    func against(_ text: String, _ path: String, _ change: (inout StatsOptions) -> Void) throws -> String {
      let report = try StatsSample.run(text) {
        $0.benchmark = path
        change(&$0)
      }.report
      return report.input.benchmark
    }
    #expect(try against(equity, returns) { $0.values = .prices } == "returns-of-it, a file of its own")
    #expect(
      try against(equity, levels) { $0.values = .prices }
        == "prices, a file of its own: prices, as their changes from bar to bar")
    let mixed = try StatsSample.run(text) { ($0.benchmark, $0.benchmarkValues) = (levels, .prices) }
    #expect(mixed.report.bars == 120 && mixed.report.input.start.benchmarkBars == 1)
    #expect(
      mixed.report.text(directory: "").contains {
        $0.hasSuffix("1 bar at the beginning without a benchmark's return")
      })
    #expect(
      try against(text, percent) { $0.values = .returns }
        == "percent, a file of its own: returns in percent, divided by 100")
    #expect(
      try against(text, returns) { $0.benchmarkValues = .log }
        == "returns-of-it, a file of its own: log returns, as the returns that they stand for")
    let error = #expect(throws: ImportError.self) { try against(text, levels) { $0.values = .returns } }
    #expect(error?.description.contains("pass --benchmark-values prices to take changes") == true)
    #expect(
      fault(text) { ($0.benchmark, $0.benchmarkValues) = ("a", .prices) }
        == .notTogether(
          option: "benchmark-values", with: "--benchmark a, which is no file",
          remedy: "leave it out, or name a file"))
    #expect(
      fault(text) { $0.benchmarkValues = .prices }
        == .notTogether(
          option: "benchmark-values", with: "no file of a benchmark",
          remedy: "give --benchmark FILE, or leave it out"))
    #expect(
      fault(StatsSample.file(rows.map { $0.map { ($0 * 1e5).rounded() } })) {
        ($0.values, $0.benchmark, $0.benchmarkValues) = (.money, returns, .returns)
      }
        == .notTogether(
          option: "benchmark", with: "profits in money, a benchmark of other values",
          remedy: "give --capital, or --benchmark-values money or summed if it is of money too"))
  }

  /// What was told by shape is said, with what settles it.
  @Test func namesThatAreNumbersAreTold() throws {
    let rows = StatsSample.noise()
    let text = StatsSample.file(rows, names: ["5", "5", "20", "40"])
    let body = text.split(separator: "\n").dropFirst().joined(separator: "\n")
    let (report, json, _) = try StatsSample.run("5,5,20,40\n100,50,50,50\n" + body)
    #expect(report.bars == 120 && ["5/100", "5/50", "20/50", "40/50"].contains(report.overfitting.winner))
    #expect(try json.count("data.header_rows") == 2)
    #expect(
      report.text(directory: "").contains {
        $0.hasSuffix(
          "the first 2 rows, joined by /, numbers unlike those below; if they are bars, pass --header-rows 0")
      })
    #expect(
      fault(text) { $0.headerRows = 9 }
        == .outOfRange(option: "header-rows", found: "9", needed: "0 to 8"))
  }

  @Test func aBenchmarkHasToHaveEveryReturn() throws {
    var rows = StatsSample.noise()
    rows[6][3] = .nan
    #expect(
      fault(StatsSample.file(rows)) { $0.benchmark = "d" } == .undefinedBenchmark(name: "d", bar: 7))
    let folder = try TemporaryFolder()
    let gap = try folder.write(StatsSample.file(rows.map { [$0[3]] }), as: "gap.csv")
    let empty = [Array(repeating: Double.nan, count: 4)]
    #expect(
      fault(StatsSample.file(StatsSample.noise())) { $0.benchmark = gap }
        == .undefinedBenchmark(name: "gap", bar: 7))
    // Bars that are left out need no benchmark, and are counted in the place of the next.
    rows[6][3] = 0
    rows[20][3] = .nan
    #expect(
      fault(StatsSample.file(empty + rows)) { $0.benchmark = "d" } == .undefinedBenchmark(name: "d", bar: 22))
    #expect(
      fault(StatsSample.file(StatsSample.noise())) { $0.benchmark = "e" }
        == .unknownName(option: "benchmark", found: "e", known: ["a", "b", "c", "d", "a file of returns"]))
    #expect(
      fault(StatsSample.file(StatsSample.noise(strategies: 1))) { $0.benchmark = "a" }
        == .notTogether(
          option: "benchmark", with: "a file that has no other column", remedy: "name another column or file")
    )
  }

  @Test func aFileHasNoStrategiesToChooseAndNoBarsToShuffle() throws {
    let (report, json, _) = try StatsSample.run(StatsSample.file(StatsSample.noise()))
    for section in ["walk_forward", "combinatorial_purged_cross_validation"] {
      #expect(try json.text("\(section).not_computed") == "a file has no strategies to choose")
    }
    #expect(try json.text("bar_permutation.not_computed") == "a file has no bars to shuffle")
    #expect(!report.text(directory: "").contains { $0.contains("a file has no") })
  }
}
