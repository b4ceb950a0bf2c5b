import Backtesting
import Kernels
import Testing

@testable import Pipeline

/// The summary of a sweep, in words that a trader uses.
@Suite struct SummaryTests {
  private static func text(_ configuration: Configuration) throws -> [String] {
    try Sweep.run(configuration, in: .test(MemoryStore())).text(directory: "out")
  }

  private static func line(_ lines: [String], _ start: String) -> String {
    lines.first { $0.hasPrefix("  \(start)") } ?? "no \(start)"
  }

  @Test func namesMarketSpanCostsFillAndDirection() throws {
    let lines = try Self.text(
      Configuration.fewCrosses.with {
        $0.backtest.feeBasisPoints = 5
        $0.backtest.slippageBasisPoints = 2.5
        $0.backtest.fill = .nextOpen
        $0.strategies.direction = .longShort
      })
    #expect(lines[0] == "Fluke sweep: sma-cross on synthetic-random-walk")
    #expect(Self.line(lines, "bars").contains("300 from 2000-01-01 to 2000-10-26"))
    #expect(
      Self.line(lines, "trading").hasSuffix(
        "long and short, filled at the next open, fee 5 bp and slippage 2.5 bp a side"))
    for row in [
      "years", "trades", "win rate", "growth a year, compounded", "maximum drawdown", "time in the market",
      "Sharpe ratio, all bars",
    ] {
      #expect(lines.count { $0.hasPrefix("  \(row) ") } == 1, "\(row)")
    }
    #expect(!lines.contains { $0.contains("a drop of") || $0.contains("a rise of") })
    #expect(!lines.contains { $0.contains("overfitting detected") })
  }

  /// The same name never stands twice, and none is longer than a terminal but for what is broken at its words.
  @Test func everyFigureHasANameOfItsOwn() throws {
    let lines = try Self.text(.fewCoins)
    let names = lines.dropFirst(2).compactMap { line in
      line.dropFirst(2).first.map { $0 == " " ? "" : String(line.dropFirst(2).prefix { $0 != "," }) }
    }.map { name in name.split(separator: " ").prefix(2).joined(separator: " ") }.filter { !$0.isEmpty }
    #expect(Set(names).count == names.count, "\(names)")
  }

  @Test func countsWhoNeverTraded() throws {
    let rare = Configuration.fewCoins.with {
      $0.strategies.buyProbability = 0.002
      $0.strategies.count = 300
    }
    let report = try Sweep.run(rare, in: .test(MemoryStore()))
    #expect(report.idle > 50 && report.idle < 290)
    #expect(
      Self.line(report.text(directory: ""), "strategies")
        .hasSuffix("300 generated and tested, \(report.idle) never traded"))
    #expect(
      try Self.line(Self.text(.fewCoins), "strategies").hasSuffix(
        "20 generated and tested, all of them trade"))
  }

  @Test func countsOfWhoIsNotChosenFromAreDisjoint() throws {
    let rare = Configuration.fewCoins.with {
      $0.strategies.buyProbability = 0.01
      $0.strategies.count = 300
      $0.selection.minimumTrades = 3
    }
    let report = try Sweep.run(rare, in: .test(MemoryStore()))
    let few = report.overfitting.ineligible - report.idle
    #expect(report.idle > 0 && few > 0)
    let lines = report.strategyLines
    #expect(lines[0].hasSuffix("300 generated and tested, \(report.idle) never traded"))
    #expect(lines[1].hasSuffix("  another \(few) with fewer than 3 trades not chosen from"))
  }

  @Test func combinationsThatMakeNoStrategyAreCounted() throws {
    let crosses = Configuration.fewCrosses.with {
      $0.strategies.parameters = ["fast": "2,5,20", "slow": "10,20"]
    }
    let report = try Sweep.run(crosses, in: .test(MemoryStore()))
    #expect(
      report.strategyLines.last?.hasSuffix(
        "  2 of 6 combinations left out, without a fast average that is shorter than the slow one") == true)
    let json = String(decoding: try report.json(directory: "out"), as: UTF8.self)
    #expect(json.contains("\"combinations\": 6,") && json.contains("\"strategies_tested\": 4,"))
    let whole = Configuration.fewCrosses.with { $0.strategies.parameters = ["fast": "2", "slow": "10,20"] }
    #expect(try !Self.text(whole).contains { $0.contains("combinations") })
  }

  @Test func oneStrategyIsNoPlural() throws {
    let one = Configuration.fewCrosses.with { $0.strategies.parameters = ["fast": "2", "slow": "10"] }
    let lines = try Self.text(one)
    #expect(Self.line(lines, "strategies").hasSuffix("1 generated and tested, which trades"))
    #expect(
      !lines.contains { $0.contains(" 1 strategies") || $0.contains(" 1 trials") || $0.contains(" 1 tests") })
  }

  /// Who holds has the years of the winner and one trade, under the other convention one a bar; no cell is blank.
  @Test(arguments: [Configuration.fewCrosses, .fewCoins])
  func everyCellOfTheTableSaysSomething(options: Configuration) throws {
    let lines = try Self.text(options)
    func cells(_ row: String) -> [String] {
      Self.line(lines, row).dropFirst(30).split(separator: " ").map(String.init).filter { $0 != "%" }
    }
    for row in ["years ", "trades", "win rate ", "Sharpe ratio, "] {
      #expect(cells(row).count == 4 && !cells(row).contains("–"), "\(row)")
    }
    #expect(cells("years ").prefix(2) == cells("years ").suffix(2))
    // 210 bars of training and 90 of validation, of which the first has nothing before it.
    let held = options.strategies.family == .coinflip ? ["209", "89"] : ["1", "1"]
    #expect(cells(options.strategies.family == .coinflip ? "trades (bars held)" : "trades").suffix(2) == held)
  }

  /// What was tested is named with its number, and abbreviations are spelled out where they are met first.
  @Test func whatWasTestedIsNamed() throws {
    let lines = try Self.text(.fewCoins)
    let tested = "\"none of 20 strategies beats holding its own average position\""
    #expect(Self.line(lines, "Reality Check").contains(tested))
    #expect(Self.line(lines, "SPA").contains("superior predictive ability (Hansen 2005;"))
    #expect(Self.line(lines, "PBO").contains("  probability of backtest overfitting: in "))
    #expect(Self.line(lines, "PBO").contains("; without skill about 0.50, give or take 0.3 on one data set"))
    let check = try #require(lines.first { $0.hasPrefix("    fails   SPA p-value ") })
    #expect(check.hasSuffix("none of 20 strategies is shown to beat holding its own average position"))
  }

  @Test func boundsAreThoseOfTheRun() throws {
    let strict = Configuration.fewCrosses.with {
      $0.detection.minimumDeflatedSharpe = 0.99
      $0.detection.maximumSPAPValue = 0.01
    }
    let lines = try Self.text(strict)
    #expect(Self.line(lines, "deflated Sharpe").contains("; convincing from 0.99"))
    #expect(Self.line(lines, "SPA").contains("; evidence where ≤ 0.01"))
  }

  /// Who holds has the market's own growth and is in it on every bar.
  @Test func whoHoldsHasTheMarketsGrowth() throws {
    let free = Configuration.fewCrosses.with { $0.backtest.feeBasisPoints = 0 }
    let (experiment, _) = try Generate.run(free, in: .test(MemoryStore()))
    let tally = experiment.tally(experiment.holdingPath, segment: 0)
    let bars = experiment.training.bars
    let growth = experiment.market.close[bars.upperBound - 1] / experiment.market.close[bars.lowerBound]
    #expect(abs(tally.growth / growth - 1) < 1e-12)
    #expect(tally.barsInMarket == bars.count - 1)
  }

  @Test func largePercentagesHaveThousandsApart() {
    #expect(Figures.percent(0.7317) == "73.2 %")
    #expect(Figures.percent(123.456) == "12,346 %")
    #expect(Figures.percent(-0.0004) == "0.0 %")
    #expect(Figures.percent(-0.25) == "-25.0 %")
    #expect(Figures.percent(.nan) == "undefined")
  }

  @Test func luckOnThisMarketIsTheComparator() throws {
    let free = Configuration.fewCoins.with { $0.backtest.feeBasisPoints = 0 }
    let report = try Sweep.run(free, in: .test(MemoryStore()))
    let luck = try #require(report.validation?.luck)
    #expect(luck.best == luck.expectedBestInThisMarket && luck.best < luck.expectedBest)
    let best = Figures.percent(luck.best)
    // Half of the best by luck do about as well as is expected of them.
    #expect((0.2...0.8).contains(luck.probability(ofBestAtLeast: luck.best)))
    let reached = luck.probability(
      ofBestAtLeast: try #require(report.validation?.outcomes.first).training.winRate)
    #expect(
      Self.line(report.text(directory: ""), "luck").hasSuffix(
        " by luck is expected to win \(best) on this market; it wins as much as the winner with probability "
          + Figures.probability(reached)))
    #expect(
      report.verdict.checks.contains { $0.name == "win rate" && $0.requirement.contains("> \(best)") })
    // Costs take from a coin what the choice of bars does not say.
    let costly = try Sweep.run(.fewCoins, in: .test(MemoryStore()))
    let other = try #require(costly.validation?.luck)
    #expect(other.expectedBestInThisMarket.isNaN && other.best == other.expectedBest)
  }
}
