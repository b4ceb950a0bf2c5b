import Artifacts
import Backtesting
import Kernels
import Testing

@testable import Pipeline

@Suite struct ValidationReportTests {
  /// A performance with this win rate over 100 trades (none where it is `nil`) and this total return.
  private func performance(winRate: Double?, totalReturn: Double) -> Performance {
    var tally = Tally(bars: 200)
    tally.growth = 1 + totalReturn
    tally.tradesClosed = winRate == nil ? 0 : 100
    tally.tradesWon = Int((winRate ?? 0) * 100)
    return Performance(tally, convention: .portfolio, barsPerYear: 365)
  }

  private func outcome(_ training: (Double?, Double), _ validation: (Double?, Double)) -> Outcome {
    Outcome(
      strategy: 0, name: "s", training: performance(winRate: training.0, totalReturn: training.1),
      validation: performance(winRate: validation.0, totalReturn: validation.1))
  }

  /// Figures that are no reason, but for those that are given.
  private func figures(deflated: Double = 1, pbo: Double = 0, spa: Double = .nan) -> OverfittingFigures {
    OverfittingFigures(
      deflatedSharpe: DeflationDocument(
        deflatedSharpe: Measure(deflated), probabilisticSharpe: 1.0, convention: "2012", trials: 1_500,
        trialsUndefined: 0, returns: 200, sharpePerReturn: 0.1, benchmarkSharpePerReturn: 0.05,
        varianceAcrossTrials: 0.001),
      pbo: pbo, spaPValue: spa, benchmark: "market")
  }

  private func report(
    _ outcomes: [Outcome], metric: Metric, maximumDrop: Double = 0.15, figures: OverfittingFigures? = nil
  ) throws -> ValidationReport {
    var configuration = Configuration.crosses
    configuration.data.source = "synthetic:random-walk"
    configuration.data.bars = 200
    configuration.selection.metric = metric
    configuration.detection.maximumDrop = maximumDrop
    let (experiment, _) = try Generate.run(configuration, in: .test(MemoryStore()))
    // A hundred strategies with a hundred trades each: luck alone gives the best about 0.62.
    let luck = Luck(experiment, trades: Array(repeating: 100, count: 100))
    #expect(abs(luck.expectedBest - 0.62) < 0.02)
    return ValidationReport(
      outcomes: outcomes, luck: luck, figures: figures ?? self.figures(), experiment: experiment)
  }

  @Test(arguments: [
    (0.80, 0.60, ["The win rate fell by 0.2000, more than the bound of 0.15."]),
    (0.80, 0.70, []),
    (0.80, 0.90, []),
    (0.55, 0.50, ["The winner's training win rate of 0.5500 is no better than the "]),
    (
      0.60, 0.30,
      [
        "The win rate fell by 0.3000, more than the bound of 0.15.",
        "The winner's training win rate of 0.6000 is no better than the ",
      ]
    ),
  ])
  func reasonsNameTheirFigureAndTheirBound(training: Double, validation: Double, starts: [String]) throws {
    let reasons = try report([outcome((training, 1), (validation, 1))], metric: .winRate).reasons
    #expect(reasons.count == starts.count)
    for (reason, start) in zip(reasons, starts) { #expect(reason.hasPrefix(start), "\(reason)") }
  }

  @Test func luckHasItsSayOnlyWhereWinRateChooses() throws {
    let outcomes = [outcome((0.55, 1), (0.5, 1))]
    let others = try report(outcomes, metric: .totalReturn)
    #expect(others.reasons.isEmpty)
    #expect(ValidationResultsDocument(others).luck == nil)
    let chosen = try report(outcomes, metric: .winRate)
    #expect(ValidationResultsDocument(chosen).luck != nil)
    // Crosses are no coins.
    let check = try #require(chosen.verdict.checks.first { $0.name == "win rate" })
    #expect(check.requirement.hasSuffix(": no better than the best by fair coins"))
  }

  @Test(arguments: [
    (0.80, 0.60, 0.15, "20.0 points", "≤ 15 points: from 80.0 % in training to 60.0 % in validation"),
    (0.80, 0.70, 0.15, "10.0 points", "≤ 15 points: from 80.0 % in training to 70.0 % in validation"),
    (
      0.60, 0.70, 0.15, "-10.0 points, a rise",
      "≤ 15 points: from 60.0 % in training to 70.0 % in validation"
    ),
    (0.80, 0.73, 0.07, "7.0 points", "≤ 7 points: from 80.0 % in training to 73.0 % in validation"),
    (0.80, 0.60, 0.1999, "20.0 points", "≤ 19.99 points: from 80.0 % in training to 60.0 % in validation"),
  ])
  func aFallHasItsUnitAndSaysWhatFollows(
    training: Double, validation: Double, bound: Double, figure: String, requirement: String
  ) throws {
    let report = try report(
      [outcome((training, 1), (validation, 1))], metric: .totalReturn, maximumDrop: bound)
    let check = try #require(report.verdict.checks.first { $0.name == "fall of win rate" })
    #expect(check.figure == figure && check.requirement == "needs " + requirement)
  }

  @Test func whatFailsSaysSoAndNotTheOpposite() throws {
    let bad = try report(
      [outcome((0.8, 1), (0.8, 1))], metric: .sharpeRatio,
      figures: figures(deflated: 0.94996, pbo: 0.6, spa: 0.05003))
    let good = try report(
      [outcome((0.8, 1), (0.8, 1))], metric: .sharpeRatio,
      figures: figures(deflated: 0.97, pbo: 0.4, spa: 0.01))
    func rows(_ report: ValidationReport) -> [String] {
      report.verdict.checks.dropFirst().map { "\($0.result.rawValue) \($0.figure) \($0.requirement)" }
    }
    #expect(
      rows(bad) == [
        "fails 0.94996 needs ≥ 0.95: not clearly better than the best by luck",
        "fails 0.6000 needs ≤ 0.5: no better than chance, about 0.5",
        "fails 0.05003 needs ≤ 0.05: no strategy is shown to beat holding the market",
      ])
    #expect(
      rows(good) == [
        "passes 0.9700 needs ≥ 0.95: better than the best by luck",
        "passes 0.4000 needs ≤ 0.5: below chance, about 0.5",
        "passes 0.0100 needs ≤ 0.05: the strongest strategy beats holding the market",
      ])
  }

  /// A bound of one's own may be met by no more than chance gives, or missed by less.
  @Test(arguments: [
    (0.5, 0.5, "passes needs ≤ 0.5: within the bound, yet no better than chance, about 0.5"),
    (0.55, 0.6, "passes needs ≤ 0.6: within the bound, yet no better than chance, about 0.5"),
    (0.4, 0.3, "fails needs ≤ 0.3: too near to chance, about 0.5"),
    (0.2, 0.3, "passes needs ≤ 0.3: below chance, about 0.5"),
  ]) func overfittingIsComparedWithChance(pbo: Double, bound: Double, line: String) throws {
    var bounds = DetectionOptions()
    bounds.maximumPBO = bound
    let check = try #require(figures(pbo: pbo).checks(bounds).first { $0.name == "PBO" })
    #expect("\(check.result.rawValue) \(check.requirement)" == line)
  }

  @Test(arguments: [(500, "none of 500 strategies"), (1, "no strategy")])
  func thePValueIsOfAllThatWereTested(tested: Int, none: String) throws {
    var figures = figures(spa: 0.5)
    figures.tested = tested
    let check = try #require(figures.checks(DetectionOptions()).first { $0.name == "SPA p-value" })
    #expect(check.requirement == "needs ≤ 0.05: \(none) is shown to beat holding the market")
  }

  @Test(arguments: [
    (0.9499, "The deflated Sharpe ratio of 0.9499, over 1,500 trials, is below the bound of 0.95."),
    (0.95, nil),
    (.nan, nil),
  ])
  func aDeflatedSharpeRatioBelowItsBoundIsAReason(deflated: Double, reason: String?) throws {
    let report = try report(
      [outcome((0.8, 1), (0.8, 1))], metric: .sharpeRatio, figures: figures(deflated: deflated))
    #expect(report.reasons == [reason].compactMap { $0 })
  }

  @Test(arguments: [
    (0.51, "The probability of backtest overfitting of 0.5100 is above the bound of 0.5."), (0.5, nil),
    (.nan, nil),
  ])
  func aProbabilityOfOverfittingAboveItsBoundIsAReason(pbo: Double, reason: String?) throws {
    let report = try report([outcome((0.8, 1), (0.8, 1))], metric: .sharpeRatio, figures: figures(pbo: pbo))
    #expect(report.reasons == [reason].compactMap { $0 })
  }

  @Test(arguments: [
    (
      0.06, "The p-value of superior predictive ability over the market of 0.0600 is above the bound of 0.05."
    ),
    (0.05, nil), (.nan, nil),
  ])
  func aPValueAboveItsBoundIsAReason(spa: Double, reason: String?) throws {
    let report = try report([outcome((0.8, 1), (0.8, 1))], metric: .sharpeRatio, figures: figures(spa: spa))
    #expect(report.reasons == [reason].compactMap { $0 })
  }

  @Test func theBoundIsAnOption() throws {
    let outcomes = [outcome((0.8, 1), (0.7, 1))]
    #expect(try report(outcomes, metric: .totalReturn, maximumDrop: 0.05).reasons.count == 1)
    #expect(try report(outcomes, metric: .totalReturn, maximumDrop: 0.11).reasons.isEmpty)
  }

  @Test func aWinnerWithoutTradesInValidationIsSuspect() throws {
    let report = try report([outcome((0.8, 1), (nil, 0))], metric: .totalReturn)
    #expect(
      report.reasons == [
        "The winner makes no trade in validation, so nothing confirms it; the bound is 1 trade."
      ])
    #expect(report.winner.drop(of: .winRate).isNaN)
    let json = String(decoding: try JSONDocument.encode(ValidationResultsDocument(report)), as: UTF8.self)
    #expect(json.contains("\"overfitting_detected\": true"))
    #expect(json.contains("\"win_rate\": null"))
  }

  @Test func theSummaryAveragesAndCounts() throws {
    let report = try report(
      [
        outcome((0.8, 2), (0.7, 0.5)),  // still good
        outcome((0.7, 1), (0.5, 0.5)),  // fell too far
        outcome((0.6, 1), (0.6, -0.1)),  // lost money
        outcome((0.9, 3), (nil, 0)),  // makes no trade
      ], metric: .totalReturn)
    let summary = ValidationSummaryDocument(report, maximumDrop: 0.15)
    #expect(summary.topN == 4)
    #expect(summary.strategiesStillGood == 1)
    #expect(abs(summary.averageTrainWinRate.value - 0.75) < 1e-12)
    #expect(abs(summary.averageValWinRate.value - 0.6) < 1e-12)
    #expect(abs(summary.averageDrop.value - 0.1) < 1e-12)
    #expect(summary.allStrategies.map(\.rank) == [1, 2, 3, 4])
    #expect(summary.allStrategies[1].returnDrop == 0.5)
    #expect(summary.allStrategies[3].valWinRate == Measure(.nan))
    #expect(summary.allStrategies[3].winRateDrop == Measure(.nan))
  }
}
