import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What repeated trials say of the statistics themselves.
@Suite(.tags(.slow)) struct TrialsCalibrationTests {
  private func summary(_ change: (inout TrialsConfiguration) -> Void) throws -> TrialsSummary {
    let configuration = TrialsConfiguration.tiny(trials: 200, change)
    return try Trials.run(configuration, in: .test(MemoryStore(), threads: 2)).summary
  }

  /// Coins that are long or short are independent of each other and have no mean, whatever the market does, so the best
  /// Sharpe ratio of N is the maximum M of N normal numbers, and the deflated ratio exceeds 0.95 where M > E[M] + 1.645:
  /// for N = 30 in 0.3 % of trials, since the best of many varies less than one of them. So 5 % is never reached. After
  /// Bonferroni, two-sided, 2.5 % pass, since the best is never one of the worst.
  ///
  /// Statistical: of 200 trials 6 or more are below 0.95 with a probability of less than 10⁻⁴, 17 or more after
  /// Bonferroni too.
  @Test func theBestOfManyCoinsSeldomPasses() throws {
    let found = try summary {
      $0.sweep.strategies.direction = .longShort
      $0.sweep.selection.metric = .sharpeRatio
    }.headline
    let mean = ExpectedMaximum.exact(trials: 30)
    let theory = 30 * NormalDistribution.survival(mean + NormalDistribution.quantile(0.95))
    #expect(theory < 0.004)
    #expect(found.passed[.deflatedSharpe]!.count < 6)
    #expect(found.passed[.bonferroni]!.count < 17)
    // Statistical: five standard errors.
    let best = found.figures[.bestSharpe]!
    #expect(
      Tolerance.statistical(absolute: 5 * best.standardError).accepts(best.mean, found.luck.expectedBest))
    // Statistical, likewise: PBO without skill is one half on average.
    let pbo = found.figures[.pbo]!
    #expect(Tolerance.statistical(absolute: 5 * pbo.standardError).accepts(pbo.mean, 0.5))
  }

  /// The small version of scripts/calibrate: where nobody has skill it is shown in no more than its level of sweeps, and an
  /// edge is found as often as by the p-value alone.
  ///
  /// Statistical: at a level of 5 % 22 or more of 200 show skill with a probability of less than 10⁻³.
  @Test(arguments: [false, true]) func theVerdictKeepsItsLevel(isLongShort: Bool) throws {
    let found = try summary {
      if isLongShort { $0.sweep.strategies.direction = .longShort }
      $0.sweep.statistics.resamples = 199
      $0.sweep.selection.metric = .sharpeRatio
    }.headline
    #expect(found.passed[.skill]!.trials == 200)
    #expect(found.passed[.skill]!.count < 22)
    #expect(found.passed[.stepdown]!.count < 22)
  }

  @Test func theVerdictFindsAnEdge() throws {
    let summary = try summary {
      $0.trials.count = 60
      $0.trials.edges = [0, 0.01, 0.03]
      $0.sweep.statistics.resamples = 199
      $0.sweep.strategies.family = .momentum
      $0.sweep.strategies.direction = .longShort
      $0.sweep.strategies.parameters = ["lookback": "1:12", "threshold": "0", "exit": "0"]
      $0.sweep.selection.metric = .sharpeRatio
    }
    let shares = { (criterion: TrialCriterion) in summary.cells.map { $0.passed[criterion]!.share } }
    let (power, spa) = (shares(.skill), shares(.spa))
    #expect(power[0] < 0.17 && power[0] < power[1] && power[1] < power[2] && power[2] > 0.9)
    // Statistical: within 3 points of the best test, and 7 for 60 trials.
    for (own, other) in zip(power, spa).dropFirst() { #expect(own >= other - 0.1) }
  }

  @Test func powerRisesWithTheEdge() throws {
    let summary = try summary {
      $0.trials.count = 40
      $0.trials.edges = [0, 0.01, 0.03]
      $0.sweep.strategies.family = .momentum
      $0.sweep.strategies.direction = .longShort
      $0.sweep.strategies.parameters = ["lookback": "1:12", "threshold": "0", "exit": "0"]
    }
    let power = summary.cells.map { $0.passed[.deflatedSharpe]!.share }
    #expect(summary.cells.map(\.truth) == [.noSkill, .plantedEdge, .plantedEdge])
    #expect(power[0] <= 0.1 && power[0] < power[1] && power[1] < power[2] && power[2] > 0.9)
    let pbo = summary.cells.map { $0.figures[.pbo]!.mean }
    #expect(pbo[0] > pbo[1] && pbo[1] > pbo[2])
  }
}
