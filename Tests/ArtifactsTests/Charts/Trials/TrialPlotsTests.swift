import TestSupport
import Testing

@testable import Artifacts

/// What the pictures of repeated trials say.
struct TrialPlotsTests {
  // MARK: Drop

  @Test(arguments: [
    (1.234, NumberFormat.plain, "falls by 1.23"), (-0.5, .plain, "rises by 0.50"),
    (0.0612, .percent, "falls by 6.1 percentage points"),
  ])
  func aDropSaysItsDirection(mean: Double, format: NumberFormat, words: String) {
    let plot = DropDistribution(
      metric: "Sharpe ratio, annualised", format: format, drops: [1, 0, -1, 2, .nan], mean: Estimate(mean))
    let expected =
      "The winner’s Sharpe ratio \(words) on average from training to validation; "
      + "in 50.0\u{A0}% of 4 trials it falls"
    #expect(plot.finding == expected)
  }

  @Test func aDropWithoutAMeanStillCounts() {
    let plot = DropDistribution(
      metric: "win rate", format: .percent, drops: [0.1], mean: Estimate(.nan))
    #expect(
      plot.finding == "The winner’s win rate from training to validation: in 100.0\u{A0}% of 1 trial it falls"
    )
  }

  // MARK: Best Sharpe ratio

  @Test func theoryIsQuotedForTheSameNumberOnly() {
    func finding(_ strategies: Double) -> String {
      BestSharpeVersusStrategies(
        measured: [
          .init(strategies: 500, mean: 1.6, lower: 1, upper: 2, trials: 9),
          .init(strategies: 900, mean: .nan, lower: 1, upper: 2, trials: 9),
        ],
        expected: [.init(strategies: strategies, sharpeRatio: 1.62)]
      ).finding
    }
    #expect(
      finding(500) == "The best of 500 reaches a Sharpe ratio of 1.60 on average; luck alone would reach 1.62"
    )
    #expect(finding(501) == "The best of 500 reaches a Sharpe ratio of 1.60 on average")
  }

  // MARK: Probabilities of overfitting

  /// Of 0, 0.01, … 1 the quantiles are themselves.
  @Test func theNullBandHoldsNineTenths() {
    let null = (0...100).map { Double($0) / 100 }.shuffled(with: 41)
    #expect(
      OverfittingProbabilities(null: null + [.nan]).finding
        == "Without skill PBO lies between 0.05 and 0.95 in 90 % of trials")
    let planted = OverfittingProbabilities.Planted(name: "2 bp", probabilities: [0.1, 0.3])
    #expect(
      OverfittingProbabilities(null: [0.4, 0.5], planted: planted).finding
        == "Without skill PBO is 0.45 on average; with 2 bp it is 0.20 on average")
    #expect(
      OverfittingProbabilities(null: [], planted: planted).finding
        == "Probability of overfitting: with 2 bp it is 0.20 on average")
  }

  /// Bins of 0.05: one of two trials shares its bin.
  @Test func theOverlapOfTwoHistogramsIsComputed() {
    #expect(OverfittingProbabilities.overlap([0.1, 0.9], [0.12, 0.4]) == 0.5)
    #expect(OverfittingProbabilities.overlap([0.1], [0.9]) == 0)
    #expect(OverfittingProbabilities.overlap([0.1, 0.7], [0.7, 0.1]) == 1)
  }

  @Test func probabilitiesStandInTheirBins() throws {
    func colours(_ null: [Double], columns: Range<Int>) throws -> Set<UInt32> {
      let canvas = try Canvas()
      OverfittingProbabilities(null: null).draw(on: canvas)
      return canvas.colours(columns: columns, rows: 700..<702)
    }
    // The axis goes from 0 to 1 whatever the values.
    #expect(try colours([0.1, 0.2], columns: 200..<600).contains(0x56B4E9))
    #expect(try !colours([0.1, 0.2], columns: 1_000..<1_500).contains(0x56B4E9))
    #expect(try colours([0.9, 1], columns: 1_000..<1_560).contains(0x56B4E9))
  }

  // MARK: Power

  private func power(_ criteria: [(String, [Double])], edges: [Double] = [0, 1, 2.5]) -> PowerCurve {
    PowerCurve(
      edges: edges, criteria: criteria.map { .init(name: $0, found: $1.map { Estimate($0) }) }, trials: 100)
  }

  @Test func aCriterionThatFindsWhatIsNotThereIsNotPraised() {
    let plot = power([("PBO", [0.6, 0.9, 1]), ("SPA", [0.05, 0.4, 0.8])])
    #expect(plot.finding == "An edge of 2.5 basis points a bar is found in 80.0\u{A0}% of trials, by SPA")
    #expect(
      power([("PBO", [0.6, 0.9, 1])]).finding == "No criterion keeps to 5.0\u{A0}% of trials without an edge")
  }

  /// 7 of 100 is within chance of 5 %, when the interval says so.
  @Test func anIntervalThatReachesTheLevelKeepsIt() {
    let found = [Estimate(0.07, lower: 0.03, upper: 0.14), Estimate(0.9)]
    let plot = PowerCurve(edges: [0, 1], criteria: [.init(name: "DSR", found: found)], trials: 100)
    #expect(plot.finding == "An edge of 1 basis point a bar is found in 90.0\u{A0}% of trials, by DSR")
  }

  @Test func weakPowerIsSaidToBeWeak() {
    #expect(
      power([("SPA", [0, 0.1, 0.3]), ("DSR", [0, 0, 0.2])]).finding
        == "An edge of 2.5 basis points a bar is found in no more than 30.0\u{A0}% of trials, by SPA")
    #expect(power([("SPA", [0])], edges: [0]).finding == "How often an edge is found where there is none")
  }
}

extension Array {
  fileprivate func shuffled(with seed: UInt64) -> [Element] {
    var generator = SeededGenerator(seed: seed)
    return shuffled(using: &generator)
  }
}
