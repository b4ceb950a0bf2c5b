import Artifacts
import Backtesting
import TestSupport
import Testing

@testable import Pipeline

/// One trial is one sweep under other seeds, and its smaller sizes are sweeps of their own.
@Suite struct TrialTests {
  private static let cases = ["coins", "weights", "grid", "fixed", "resampled"]

  private func configuration(_ name: String) -> TrialsConfiguration {
    .tiny(trials: 3) { configuration in
      switch name {
      case "weights":
        configuration.sweep.strategies.family = .linear
        configuration.sweep.data.bars = 400
        configuration.sweep.selection.metric = .totalReturn
        configuration.sweep.backtest.feeBasisPoints = 5
        configuration.trials.edges = [0, 0.01]
        configuration.trials.sizes = [5, 30]
      case "grid":
        configuration.sweep.strategies.family = .momentum
        configuration.sweep.strategies.parameters = ["lookback": "1:12", "threshold": "0", "exit": "0"]
        configuration.sweep.statistics.resamples = 30
      case "fixed":
        configuration.trials.market = .fixed
        configuration.trials.sizes = [2, 9, 30]
      case "resampled":
        configuration.sweep.data.source = "synthetic:bootstrap"
        configuration.sweep.backtest.train = 1
      default: configuration.trials.sizes = [1, 8, 30]
      }
    }
  }

  /// The figures that a sweep's artifacts hold, by the names they have there.
  @Test(arguments: cases) func isASweep(name: String) throws {
    let configuration = configuration(name)
    let plan = try TrialPlan(configuration)
    for row in try plan.rows(trial: 2) {
      let store = MemoryStore()
      let report = try Sweep.run(plan.configuration.sweep(row.seeds, row.cell), in: .test(store))
      #expect(row.winner == report.experiment.strategies.name(of: report.winner))
      func expect(_ figure: TrialFigure, _ value: Double) {
        #expect(Tolerance.exact.accepts(row[figure], value), "\(figure) of \(row.cell)")
      }
      let overfitting = report.overfitting
      expect(.deflatedSharpe, overfitting.deflation.headline.probability)
      expect(.pbo, (try? overfitting.crossValidation.get().overfitting.probability) ?? .nan)
      expect(.probabilityOfLoss, (try? overfitting.crossValidation.get().probabilityOfLoss) ?? .nan)
      expect(.pValue, overfitting.multiplicity.pValue)
      expect(
        .bonferroniPValue, overfitting.multiplicity.adjusted.first { $0.adjustment == .bonferroni }!.pValue)
      let ability = try? overfitting.snooping.get().superiorAbility.consistent
      expect(.spaPValue, ability ?? .nan)
      let winner = try? overfitting.snooping.get().winner.pValue
      expect(.winnerPValue, winner ?? .nan)
      let isKnown = winner?.isNaN == false
      let decision = SkillDecision(
        OverfittingFigures(overfitting), plan.configuration.sweep.detection,
        trades: Int(report.training.trades))
      expect(.skill, !isKnown ? .nan : decision.outcome.0 == .shown ? 1 : 0)
      expect(.trainingSharpe, report.training.sharpeRatio)
      expect(.trainingReturn, report.training.totalReturn)
      expect(.validationReturn, report.validation?.winner.validation.totalReturn ?? .nan)
      expect(.validationSharpe, report.validation?.winner.validation.sharpeRatio ?? .nan)
      expect(.drop, report.validation?.winner.drop(of: plan.configuration.sweep.selectionMetric) ?? .nan)
      let reasons =
        report.validation?.reasons
        ?? OverfittingFigures(overfitting).verdict(plan.configuration.sweep.detection).reasons
      expect(.reasons, Double(reasons.count))
    }
  }

  @Test func sharpeRatiosAreThoseOfTheTable() throws {
    let plan = try TrialPlan(.tiny(trials: 1))
    let row = try plan.rows(trial: 0)[0]
    let store = MemoryStore()
    let report = try Sweep.run(plan.configuration.sweep(row.seeds, row.cell), in: .test(store))
    let sharpes = try PerformanceTable.read(
      try store.get("results/training_performance.csv"), metrics: [.sharpeRatio], of: report.experiment)[0]
    let mean = sharpes.reduce(0, +) / 30
    let variance = sharpes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 29
    // Thirty roundings of numbers below 10, and those of annualising.
    let rounding = Tolerance.rounding(absolute: 100 * 10 * UnitRoundoff.double)
    #expect(rounding.accepts(row[.bestSharpe], sharpes.max()!))
    #expect(rounding.accepts(row[.meanSharpe], mean))
    #expect(rounding.accepts(row[.sharpeDeviation], variance.squareRoot()))
  }

  @Test func seedsDiffer() {
    let seeds = (0..<2_000).map { TrialSeeds(seed: 1, number: $0) } + [TrialSeeds(seed: 2, number: 0)]
    let all = seeds.flatMap { [$0.strategies, $0.market] }
    #expect(Set(all).count == 4_002)
    #expect(all.allSatisfy { UInt64(Double($0)) == $0 })
  }

  /// Bars move with the trial where they should, and only there.
  @Test(arguments: TrialMarket.allCases) func barsOfATrial(market: TrialMarket) throws {
    let configuration = TrialsConfiguration.tiny(trials: 1) { $0.trials.market = market }
    let markets = try TrialMarkets(configuration, log: InputLog())
    let closes = try [1, 2, 1].map { try markets.market(seed: $0, edge: 0).close }
    #expect(closes[0] == closes[2])
    #expect((closes[0] == closes[1]) == (market == .fixed))
    let base = try MarketSource.load(configuration.sweep.data).market
    #expect(try markets.market(seed: 1, edge: 0).timestamps == base.timestamps)
  }

  /// Nobody to choose is a row without figures, and no end of the trials.
  @Test func noWinner() throws {
    let plan = try TrialPlan(.tiny(trials: 1) { $0.sweep.selection.minimumTrades = 1_000 })
    let row = try plan.rows(trial: 0)[0]
    #expect(row.winner == nil && row.figures.allSatisfy(\.isNaN))
    let store = MemoryStore()
    let report = try Trials.run(plan.configuration, in: .test(store))
    #expect(report.summary.cells[0].withoutWinner == 1)
    #expect(report.summary.cells[0].passed[.deflatedSharpe]?.trials == 0)
  }
}
