import Artifacts
import Backtesting
import Kernels
import Statistics
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

  private func columns(_ sharpeRatios: [Double]) -> TrainingColumns {
    let zeros = sharpeRatios.map { _ in 0.0 }
    return TrainingColumns(values: zeros, trades: zeros, sharpeRatios: sharpeRatios)
  }

  private func report(
    _ outcomes: [Outcome], metric: Metric, maximumDrop: Double = 0.15, sharpeRatios: [Double] = []
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
      outcomes: outcomes, luck: luck,
      deflation: Deflation(outcomes[0].training, training: columns(sharpeRatios), experiment: experiment),
      experiment: experiment)
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
    #expect(try report([outcome((0.55, 1), (0.5, 1))], metric: .totalReturn).reasons.isEmpty)
  }

  @Test(arguments: [(1.5, false), (0.01, true)])
  func aDeflatedSharpeRatioBelowItsBoundIsAReason(shift scale: Double, isDetected: Bool) throws {
    // As many rises as falls of 2 %, shifted up by half a per cent times `scale`.
    var tally = Tally(bars: 200)
    let returns = (0..<200).map { ($0 % 2 == 0 ? 0.02 : -0.02) + 0.005 * scale }
    tally.sum = returns.reduce(0, +)
    tally.sumOfSquares = returns.reduce(0) { $0 + $1 * $1 }
    tally.sumOfCubes = returns.reduce(0) { $0 + $1 * $1 * $1 }
    tally.sumOfFourths = returns.reduce(0) { $0 + $1 * $1 * $1 * $1 }
    tally.tradesClosed = 1
    let training = Performance(tally, convention: .portfolio, barsPerYear: 365)
    let winner = Outcome(strategy: 0, name: "s", training: training, validation: training)
    let ratios = [0.5, -0.5, 1, .nan, training.sharpeRatio]
    let report = try report([winner], metric: .sharpeRatio, sharpeRatios: ratios)
    let deflation = report.deflation
    #expect(deflation.undefined == 1)
    #expect(deflation.deflated.trials == 5)
    // The same by hand: the market of these tests has 200 bars, 365.25 a year.
    let bars = Int(200 * Configuration.crosses.backtest.train)
    #expect(deflation.returns == bars)
    let annual = 365.25.squareRoot()
    let estimate = SharpeEstimate(
      bars: bars, sharpePerBar: training.sharpeRatio / annual, skewness: training.skewness,
      kurtosis: training.kurtosis)
    let defined = ratios.filter { !$0.isNaN }.map { $0 / annual }
    let mean = defined.reduce(0, +) / 4
    let variance = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    let benchmark = variance.squareRoot() * ExpectedMaximum.approximate(trials: 5)
    #expect(abs(deflation.deflated.benchmarkPerBar - benchmark) < 1e-12)
    #expect(abs(deflation.deflated.probability - estimate.probability(above: benchmark)) < 1e-12)
    #expect(deflation.probabilisticSharpe == estimate.probability(above: 0))
    #expect(report.reasons.contains { $0.hasPrefix("The deflated Sharpe ratio of ") } == isDetected)
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
