import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

@Suite struct PermutationFindingTests {
  /// Momentum over a bar and a few more, long and short.
  private func options(edge: Double, seed: UInt64 = 1, permutations: Int = 39) -> Configuration {
    Configuration.fewCrosses.with {
      $0.data.edge = edge
      $0.data.seed = seed
      $0.strategies.family = .momentum
      $0.strategies.parameters = ["lookback": "1,5,20", "threshold": "0", "exit": "0"]
      $0.backtest.feeBasisPoints = 0
      $0.selection.minimumTrades = 1
      $0.statistics.permutations = permutations
    }
  }

  private func test(_ configuration: Configuration, threads: Int = 1) throws -> PermutationTest {
    try MeasuredSweep(configuration, threads: threads).report().permutation.get()
  }

  @Test func findsAPlantedEdge() throws {
    let found = try test(options(edge: 0.01))
    #expect(found.pValue == found.smallestPValue && found.smallestPValue == 1 / 40)
    #expect(found.permutations == 39 && found.undefined == 0)
  }

  /// Statistical: without an edge each of six p-values is at most 0.05 with probability 0.05, so that two or more are
  /// with probability 0.033; the seeds are fixed.
  @Test func findsNothingInNoise() throws {
    let pValues = try (1...6).map { try test(options(edge: 0, seed: $0)).pValue }
    #expect(pValues.count { $0 <= 0.05 } <= 1, "\(pValues)")
    #expect(pValues.max()! > 0.3)
  }

  @Test func isTheSameAgainAndOnAnyNumberOfThreads() throws {
    let options = options(edge: 0.002, permutations: 12)
    let found = try test(options)
    #expect(try test(options) == found)
    #expect(try test(options, threads: 2) == found)
    #expect(try test(options.with { $0.strategies.seed = 2 }).observed == found.observed)
  }

  /// The whole sweep is optimised again on each permutation: by the reference, one strategy after the other.
  @Test(arguments: [Metric.sharpeRatio, .totalReturn, .maximumDrawdown, .winRate])
  func isThatOfEverySweep(metric: Metric) throws {
    let sweep = try MeasuredSweep(
      options(edge: 0.002, permutations: 9).with {
        $0.selection.metric = metric
        $0.backtest.kernel = .reference
      })
    let experiment = sweep.experiment
    let found = try sweep.report().permutation.get()
    let sign = metric.isHigherBetter ? 1.0 : -1
    func best(_ market: Market) throws -> Double {
      let alone = try Experiment(
        configuration: experiment.configuration.with {
          $0.backtest.train = 1
          $0.statistics.blocks = 0
        }, market: market, strategies: experiment.strategies, threads: 1)
      return (0..<experiment.strategies.count).map { strategy in
        let path = alone.backtest.path(of: strategy, in: alone.strategies)
        return sign * alone.performance(alone.tally(path, segment: 0))[metric]
      }.max()!
    }
    let training = experiment.market[0..<210]
    let observed = try best(training)
    #expect(
      Tolerance.rounding(absolute: 210 * 8 * UnitRoundoff.double * 20).accepts(found.observed, observed))
    let atLeast = try (0..<9).map { try best(training.permuted(seed: 1, number: $0)) }.count {
      $0 >= observed
    }
    #expect(found.atLeastAsGood == atLeast)
  }

  /// The band is what each shuffled market's own sweep says.
  @Test(arguments: [Metric.sharpeRatio, .winRate]) func theBandIsThatOfEverySweep(metric: Metric) throws {
    let sweep = try MeasuredSweep(
      options(edge: 0.002, permutations: 4).with {
        $0.selection.metric = metric
        $0.backtest.kernel = .reference
      })
    let experiment = sweep.experiment
    let found = try sweep.report().nullBand.get()
    let expected = try (0..<4).map { number in
      let alone = try Experiment(
        configuration: experiment.configuration.with {
          $0.backtest.train = 1
          $0.statistics.permutations = 0
        }, market: experiment.market[0..<210].permuted(seed: 1, number: number),
        strategies: experiment.strategies, threads: 1)
      let evidence = try MeasuredSweep(alone, in: sweep.workplace).evidence
      return try OverfittingReport.crossValidation(evidence, threads: 1).get().overfitting.probability
    }
    #expect(found.probabilities == expected && found.undefined == 0)
    let json = try sweep.document()
    #expect(try json.number("null_band.mean") == found.mean)
    #expect(try json.number("null_band.quantile_95") == found.quantile(0.95))
    let own = try sweep.report().crossValidation.get().overfitting.probability
    #expect(try json.number("null_band.p_value_of_skill") == found.skill(own))
    // The verdict's bound is the band's end.
    let figures = OverfittingFigures(try sweep.report())
    #expect(SkillDecision(figures, DetectionOptions(), trades: 40).maximumPBO == found.quantile(0.95))
  }

  @Test func theBandIsOfTrainingBars() throws {
    let report = try MeasuredSweep(
      options(edge: 0, permutations: 2).with { $0.statistics.crossValidated = .all }
    ).report()
    #expect(try report.permutation.get().permutations == 2)
    #expect(throws: Absence.self) { try report.nullBand.get() }
  }

  @Test func noneAreAnAbsence() throws {
    let report = try MeasuredSweep(options(edge: 0.01, permutations: 0)).report()
    #expect(throws: Absence("not asked for; give --permutations N", isWanted: false)) {
      try report.permutation.get()
    }
    #expect(!report.rows(DetectionOptions()).contains { $0.name == "bar permutation" })
  }
}
