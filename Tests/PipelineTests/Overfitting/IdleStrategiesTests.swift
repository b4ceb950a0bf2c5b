import Artifacts
import Backtesting
import Stores
import TestSupport
import Testing

@testable import Pipeline
@testable import Statistics

/// Parameters that never trade leave no trace but in the number of trials, however many there are and wherever they are.
@Suite struct IdleStrategiesTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let options: Configuration
    /// Values of the last axes that never trade, among those that do.
    let with: [String: String]
    var testDescription: String { name }

    init(_ name: String, with: [String: String], _ change: (inout Configuration) -> Void) {
      self.name = name
      self.with = with
      options = IdleStrategiesTests.momentum.with(change)
    }

    var wider: Configuration {
      options.with { $0.strategies.parameters.merge(with) { $1 } }
    }
  }

  /// Rules of momentum on a walk whose bars move by some per cent.
  private static let momentum = Configuration.fewCrosses.with {
    $0.strategies.family = .momentum
    $0.strategies.parameters = ["lookback": "1:5", "threshold": "0,0.01,0.02"]
    $0.selection.minimumTrades = 1
    $0.statistics.walkForward = 3
    $0.statistics.combinatorial = StatisticsOptions.Combinatorial(groups: 4, tested: 2)
    $0.statistics.permutations = 3
  }

  private static let idle = ["threshold": "0,0.01,0.02,5,6,7,8"]

  private static let manyThresholds = (0..<60).map { String(5 + Double($0) / 16) }.joined(separator: ",")

  static let cases: [Case] = [
    Case("by Sharpe ratio", with: idle) { _ in },
    Case("one", with: ["threshold": "0,0.01,0.02,5"]) { _ in },
    Case("very many", with: ["threshold": "0,0.01,0.02," + manyThresholds]) { _ in },
    Case("in single precision", with: idle) { $0.backtest.precision = .single },
    Case("by the reference", with: idle) { $0.backtest.kernel = .reference },
    Case("per trade", with: idle) { $0.backtest.convention = .perTrade },
    Case("long alone, against cash", with: idle) {
      $0.strategies.direction = .long
      $0.statistics.benchmark = .cash
    },
    Case("against the market", with: idle) { $0.statistics.benchmark = .market },
    Case("by total return, if all may be chosen", with: idle) {
      $0.selection.metric = .totalReturn
      $0.selection.minimumTrades = 0
    },
    Case("by win rate", with: idle) { $0.selection.metric = .winRate },
    Case("by profit factor", with: idle) { $0.selection.metric = .profitFactor },
    Case("by drawdown, which idling has none of", with: idle) {
      $0.selection.metric = .maximumDrawdown
      $0.selection.minimumTrades = 0
    },
    Case("over all bars", with: idle) { $0.statistics.crossValidated = .all },
    Case("with bars that fill no block", with: idle) {
      $0.data.bars = 311
      $0.backtest.fill = .nextOpen
    },
  ]

  @Test(arguments: cases) func leaveNoTrace(of sample: Case) throws {
    let (few, many) = (try MeasuredSweep(sample.options), try MeasuredSweep(sample.wider))
    let (before, after) = (try few.report(), try many.report())
    let added = many.experiment.strategies.count - few.experiment.strategies.count
    #expect(added > 0 && after.trials == before.trials + added)
    #expect(after.ineligible == before.ineligible + added)
    #expect(after.sharpe.estimate == before.sharpe.estimate)
    try expectEqual(after.crossValidation, before.crossValidation) { $0.overfitting }
    let (alike, others) = (try after.dependence.get(), try before.dependence.get())
    #expect(alike.dependence == others.dependence && alike.leftOut == others.leftOut)
    #expect(alike.clusters.silhouettes == others.clusters.silhouettes)
    #expect(
      alike.clusters.clusters.map(\.quality.bitPattern) == others.clusters.clusters.map(\.quality.bitPattern))
    #expect(after.deflation.varianceAcrossTrials == before.deflation.varianceAcrossTrials)
    let (found, expected) = (try after.snooping.get(), try before.snooping.get())
    #expect(found.blockLength == expected.blockLength && found.tested == expected.tested)
    #expect(found.undefined == 0 && found.withoutVariance == expected.withoutVariance)
    #expect(found.realityCheck.statistic == expected.realityCheck.statistic)
    #expect(found.realityCheck.pValue == expected.realityCheck.pValue)
    #expect(found.superiorAbility.statistic == expected.superiorAbility.statistic)
    #expect(found.superiorAbility.consistent == expected.superiorAbility.consistent)
    #expect(found.superiorAbility.upper == expected.superiorAbility.upper)
    #expect(found.stepwise.criticalValues == expected.stepwise.criticalValues)
    #expect(
      found.stepwise.pValues.filter { !$0.isNaN } == expected.stepwise.pValues.filter { !$0.isNaN })
    #expect(
      found.stepdown.pValues.filter { !$0.isNaN } == expected.stepdown.pValues.filter { !$0.isNaN })
    #expect(found.winner.pValue == expected.winner.pValue)
    #expect(found.luck == expected.luck && found.luckCurve == expected.luckCurve)
    try expectEqual(found.confidenceSet, expected.confidenceSet) { $0 }
    for path in [\OverfittingReport.walkForward, \.combinatorial] {
      let (chosen, right) = (try after[keyPath: path].get(), try before[keyPath: path].get())
      #expect(chosen.paths.map(\.totalReturn) == right.paths.map(\.totalReturn))
      #expect(
        chosen.folds.map { many.experiment.strategies.parameters(of: $0.selected) }
          == right.folds.map { few.experiment.strategies.parameters(of: $0.selected) })
    }
    #expect(try after.permutation.get().pValue == before.permutation.get().pValue)
  }

  private func expectEqual<Finding, Value: Equatable>(
    _ one: Result<Finding, Absence>, _ other: Result<Finding, Absence>, _ value: (Finding) -> Value
  ) throws {
    #expect(try value(one.get()) == value(other.get()))
  }

  /// Of more strategies than the sample that says how long blocks are.
  private static let wide = momentum.with {
    $0.strategies.parameters = ["lookback": "1:60", "threshold": "0:0.05:0.01"]
    $0.statistics = StatisticsOptions()
    $0.statistics.blocks = 6
    $0.statistics.resamples = 20
  }

  @Test func leaveNoTraceOfManyStrategies() throws {
    let few = try MeasuredSweep(Self.wide)
    let many = try MeasuredSweep(
      Self.wide.with { $0.strategies.parameters["threshold"] = "0,0.01,0.02,0.03,0.04,0.05,7,8,9" })
    #expect(few.training.trades.count { $0 > 0 } > BlockLength.sampleSize)
    let (after, before) = (try many.report(), try few.report())
    let (found, expected) = (try after.snooping.get(), try before.snooping.get())
    #expect(found.blockLength == expected.blockLength)
    #expect(found.superiorAbility.consistent == expected.superiorAbility.consistent)
    #expect(try after.crossValidation.get().overfitting == before.crossValidation.get().overfitting)
    #expect(try after.dependence.get().dependence == before.dependence.get().dependence)
    // A shard finds the sample without the trades of all.
    let sample = many.evidence.lengthSample()
    #expect(LengthSample.find(many.experiment) == sample)
    #expect(sample?.count == BlockLength.sampleSize)
  }

  /// Shards, whose parts have any number of strategies that are ranked, merge to the whole.
  @Test(arguments: [1, 20]) func inShards(minimumTrades: Int) throws {
    let options = Self.wide.with {
      $0.strategies.parameters = ["lookback": "1:20", "threshold": "0,0.02,0.04,0.06,0.08,0.1,0.2,5,6,7"]
      $0.selection.minimumTrades = minimumTrades
      $0.statistics.walkForward = 2
    }
    let whole = MemoryStore()
    let report = try Sweep.run(options, in: .test(whole, threads: 2))
    let ranked = try report.overfitting.crossValidation.get().overfitting.strategies
    #expect(
      ranked < report.experiment.strategies.count
        && ranked == report.overfitting.strategies - report.overfitting.ineligible)
    for count in [1, 3] {
      let (merged, _) = try ShardsTests.merge(ShardsTests.stores(options, shards: count), threads: 2)
      for (key, bytes) in whole.reproducible { #expect(merged.contents[key] == bytes, "\(count): \(key)") }
    }
    let resumed = MemoryStore()
    _ = try Sweep.run(options, resumes: true, largestPart: 1, in: .test(resumed))
    #expect(resumed.reproducible == whole.reproducible)
  }

  @Test func aPrefixOfATrialIsASweepOfItsOwn() throws {
    let all = try MeasuredSweep(Self.momentum.with { $0.strategies.parameters["threshold"] = "0,5,0.01,6" })
    for count in [1, 2, 3, 9, 20] {
      let few = all.tallies.prefix(count)
      let trading = all.training.trades.prefix(count).count { $0 > 0 }
      #expect(few.ranked.count == trading && few.sums?.strategies == trading)
      switch few.blocks {
      case .success(let found): #expect(trading > 1 && found.shape.strategies == trading)
      case .failure: #expect(trading < 2)
      }
    }
  }

  @Test func oneThatTradesIsNotRanked() throws {
    let sweep = try MeasuredSweep(
      Self.momentum.with { $0.strategies.parameters = ["lookback": "3", "threshold": "0,5,6"] })
    let report = try sweep.report()
    guard case .failure(let absence) = report.crossValidation else {
      Issue.record("one strategy was ranked")
      return
    }
    #expect(absence.reason.hasPrefix("one of 3 strategies has any position"), "\(absence.reason)")
    #expect(try report.dependence.get().dependence.trials == 1)
  }

  @Test(arguments: [0, 1, 20]) func whereNoneTradesNoneIsChosen(minimumTrades: Int) throws {
    let options = Self.momentum.with {
      $0.strategies.parameters["threshold"] = "5,6"
      $0.selection.minimumTrades = minimumTrades
      $0.selection.metric = .totalReturn
    }
    let error = #expect(throws: ConfigurationError.self) { try MeasuredSweep(options) }
    #expect(error?.description.hasPrefix("selection: none of 10 strategies trades in training") == true)
  }

  /// Tables of returns, with columns of zeros at random places.
  @Test(arguments: 1...6) func columnsOfZeros(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let count = Int.random(in: 3...9, using: &random)
    let rows = StatsSample.noise(strategies: count, seed: seed)
    let names = (0..<count).map { "s\($0)" }
    var (wide, wideNames) = (rows, names)
    for number in 0..<Int.random(in: 1...30, using: &random) {
      let place = Int.random(in: 0...wideNames.count, using: &random)
      wideNames.insert("idle \(number)", at: place)
      for bar in wide.indices { wide[bar].insert(number % 2 == 0 ? 0 : -0.0, at: place) }
    }
    let before = try StatsSample.run(StatsSample.file(rows, names: names))
    let after = try StatsSample.run(StatsSample.file(wide, names: wideNames))
    for section in ["cross_validation", "data_snooping", "sharpe_ratio"] {
      #expect(try after.json.at(section) == before.json.at(section), "\(section)")
    }
    #expect(try after.json.at("effective_trials") == before.json.at("effective_trials"))
    let added = wideNames.count - count
    #expect(after.report.input.idleStrategies.count == added && after.report.input.copies == 0)
    #expect(try after.json.count("trials") == count + added)
    #expect(try after.json.count("deflated_sharpe.trials") == count + added)
    #expect(try after.json.count("strategies_never_traded") == added)
  }

  @Test func aTableOfZerosIsRefused() throws {
    let rows = Array(repeating: [0.0, 0], count: 40)
    let error = #expect(throws: ConfigurationError.self) { try StatsSample.run(StatsSample.file(rows)) }
    #expect(error?.description.contains("are 0 on each of 40 bars") == true)
  }

  /// A strategy that trades on bars alone that fill no block is idle where it would be ranked.
  @Test func onDroppedBarsAlone() throws {
    var rows = StatsSample.noise(bars: 123, strategies: 4)
    let before = try StatsSample.run(StatsSample.file(rows))
    for bar in rows.indices { rows[bar].append(bar == 1 ? 0.01 : 0) }
    let after = try StatsSample.run(StatsSample.file(rows))
    #expect(try after.json.at("cross_validation") == before.json.at("cross_validation"))
    #expect(after.report.input.idleStrategies.isEmpty)
  }
}
