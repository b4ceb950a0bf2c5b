import TestSupport
import Testing

@testable import Artifacts

/// What the pictures of cross-validation and deflation say, and where they put it.
struct OverfittingPlotsTests {
  private static let overfit: UInt32 = 0xE69F00
  private static let sound: UInt32 = 0x56B4E9

  // MARK: Logits

  @Test func noBetterThanTheMedianCountsAsOverfit() {
    let plot = LogitHistogram(logits: [-1, 0, 0, 2, 3, .nan], strategies: 7)
    #expect(
      plot.finding
        == "In 60.0\u{A0}% of 5 splits the in-sample winner was no better than the median out of sample")
  }

  private static let sides: [([Double], Set<UInt32>)] = [
    ([-3, -1, 0, 0], [overfit]), ([0.01, 2, 3], [sound]), ([0], [overfit]), ([-2, 2], [overfit, sound]),
  ]

  @Test(arguments: sides)
  func barsTurnAtZero(logits: [Double], colours: Set<UInt32>) throws {
    let canvas = try Canvas()
    LogitHistogram(logits: logits, strategies: 9).draw(on: canvas)
    let seen = canvas.colours(columns: 100..<1_590, rows: 770..<772)
    #expect(seen.intersection([Self.overfit, Self.sound]) == colours)
  }

  @Test func theNullBandIsQuoted() {
    let null = LogitHistogram.NullBand(mean: 0.476, deviation: 0.14)
    let logits = [-1.0, 1, 1, 1]
    let quoted = LogitHistogram(logits: logits, strategies: 9, null: null).subtitle
    #expect(quoted.contains("PBO 0.25, without skill 0.48 ± 0.14 (standard deviation)"))
    let unknown = LogitHistogram(logits: logits, strategies: 9).subtitle
    #expect(unknown.contains("PBO 0.25.") && !unknown.contains("without skill"))
  }

  // MARK: Degradation

  @Test func lossesAreCountedAmongKnownOutcomes() {
    let plot = InSampleVersusOutOfSample(
      metric: "Sharpe ratio", format: .plain, inSample: [2, 3, .nan, 1, 2], outOfSample: [-1, 0, -2, 1, .nan])
    #expect(plot.finding == "In 50.0\u{A0}% of 4 splits the in-sample winner loses money out of sample")
  }

  /// A win rate is never below zero: what it is on average says more.
  @Test func whatIsNeverNegativeHasNoLoss() throws {
    let plot = InSampleVersusOutOfSample(
      metric: "win rate", format: .percent, inSample: [0.7, 0.6, .nan], outOfSample: [0.5, 0.52, 0.1],
      isSigned: false)
    #expect(
      plot.finding
        == "The in-sample winner’s win rate is 65.0\u{A0}% in sample and 51.0\u{A0}% out of sample, on average over "
        + "2 splits")
    let signed = InSampleVersusOutOfSample(
      metric: plot.metric, format: plot.format, inSample: plot.inSample, outOfSample: plot.outOfSample,
      title: plot.finding)
    #expect(try plot.png() != signed.png())
  }

  /// Values are multiplied when they are looked at.
  @Test func scaledValuesHaveThePictureOfTheirProducts() throws {
    let (inside, outside) = ([1.1, 2.3, .nan, 3.7], [-0.3, 0.7, 1, .infinity])
    func picture(_ inside: [Double], _ outside: [Double], scale: Double) throws -> [UInt8] {
      try InSampleVersusOutOfSample(
        metric: "Sharpe ratio", format: .plain, inSample: inside, outOfSample: outside, scale: scale
      ).png()
    }
    let products = try picture(inside.map { $0 * 15.7 }, outside.map { $0 * 15.7 }, scale: 1)
    #expect(try picture(inside, outside, scale: 15.7) == products)
    #expect(try picture(inside, outside, scale: 1) != products)
  }

  /// By hand: outside = 3 - 0.5 · in sample.
  @Test func theLineIsWrittenOut() {
    let xs: [Double] = [1, 2, 4, .nan]
    let plot = InSampleVersusOutOfSample(
      metric: "Sharpe ratio", format: .plain, inSample: xs, outOfSample: xs.map { 3 - 0.5 * $0 })
    let line = LeastSquares([1, 2, 4], [2.5, 2, 1])
    let text = plot.subtitle(shown: 3, outside: 0, line: line)
    #expect(text.contains("out of sample ≈ 3.00 − 0.50 × in sample, R² 1.00"))
    #expect(text.hasSuffix("1 split with an undefined value left out"))
  }

  @Test func belowZeroIsShaded() throws {
    let canvas = try Canvas()
    InSampleVersusOutOfSample(
      metric: "Sharpe ratio", format: .plain, inSample: [1, 2, 3], outOfSample: [1, -1, 0.5]
    ).draw(on: canvas)
    func isShaded(_ row: Int) -> Bool {
      canvas.colours(columns: 200..<1_560, rows: row..<(row + 1)).contains { $0 >> 16 > ($0 & 0xFF) + 20 }
    }
    #expect(isShaded(770) && isShaded(600))
    #expect(!isShaded(300))
  }

  // MARK: Dominance

  @Test(arguments: [
    (true, true, "Choosing the winner was better than choosing at random, at every level (first order)"),
    (
      false, true,
      "Choosing the winner was better than choosing at random for whoever is averse to risk (second order)"
    ),
    (false, false, "Choosing the winner was not clearly better than choosing at random"),
  ])
  func dominanceIsNamedByItsOrder(isFirstOrder: Bool, isSecondOrder: Bool, words: String) {
    let plot = DominanceCurves(
      metric: "Sharpe ratio", format: .plain, points: [], isFirstOrder: isFirstOrder,
      isSecondOrder: isSecondOrder, splits: 70)
    #expect(plot.finding == words)
  }

  @Test(arguments: [
    (
      [-0.1, -0.2, 0.3, 0.4],
      "better on average than choosing at random, not at every level: it fails up to 0.02"
    ),
    ([0.1, -0.2, -0.3, -0.4], "worse on average than choosing at random"),
    ([0.1, 0.2, 0.3, 0.4], "better on average than choosing at random, not at every level"),
  ])
  func whereTheSecondOrderFailsIsNamed(integrals: [Double], words: String) {
    let points = zip([0.01, 0.02, 0.5, 1], integrals).map { share, integral in
      DominanceCurves.Point(value: share, selected: share, average: share / 2, integral: integral)
    }
    let plot = DominanceCurves(
      metric: "Sharpe ratio", format: .plain, points: points, isFirstOrder: false, isSecondOrder: false,
      splits: 70)
    #expect(plot.finding == "Choosing the winner did " + words)
  }

  @Test func aPointWithoutAnIntegralIsLeftOutOfTheCurves() throws {
    func picture(_ points: [DominanceCurves.Point]) throws -> [UInt32] {
      let canvas = try Canvas()
      DominanceCurves(
        metric: "x", format: .plain, points: points, isFirstOrder: true, isSecondOrder: true, splits: 2
      ).draw(on: canvas)
      return (300..<800).map { canvas.pixel(column: 2 * $0 - 400, row: $0) }
    }
    func points(_ rows: [(Double, Double, Double, Double)]) -> [DominanceCurves.Point] {
      rows.map { DominanceCurves.Point(value: $0.0, selected: $0.1, average: $0.2, integral: $0.3) }
    }
    // One is left out of each, as the subtitle says and the place of the curves depends on its length.
    let whole = try picture(points([(0, 0, 0.5, 0), (0.5, 0.2, 0.7, .nan), (1, 1, 1, 0.5)]))
    #expect(try whole == picture(points([(0, 0, 0.5, 0), (0.5, 0.9, 0.1, .nan), (1, 1, 1, 0.5)])))
    #expect(try whole == picture(points([(.nan, 0, 1, 0), (0, 0, 0.5, 0), (1, 1, 1, 0.5)])))
    #expect(try whole != picture(points([(0, 0, 0.9, 0), (0.5, 0.2, 0.7, .nan), (1, 1, 1, 0.5)])))
  }

  // MARK: Deflation

  /// 1 - log₁₀(N)/4 is 0.75 at ten trials.
  @Test(arguments: [2, 3, 5, 9])
  func theCrossingLiesOnTheLineOverLogarithms(points count: Int) throws {
    let curve = (0..<count).map { step in
      let decades = 4 * Double(step) / Double(count - 1)
      return DeflatedSharpeCurve.Point(trials: DecimalPowers.power(decades), value: 1 - decades / 4)
    }
    let plot = DeflatedSharpeCurve(curve: curve, all: curve[count - 1], effective: [], bound: 0.75)
    let crossing = try #require(plot.crossing)
    #expect(Tolerance.rounding(absolute: 1e-12).accepts(crossing / 10, 1))
    #expect(DeflatedSharpeCurve(curve: curve, all: curve[0], effective: [], bound: -1).crossing == nil)
    #expect(DeflatedSharpeCurve(curve: curve, all: curve[0], effective: [], bound: 2).crossing == nil)
  }

  @Test(arguments: [
    (
      10_000, 0.516,
      "Counting all 10,000 trials, luck may explain the winner: deflated Sharpe ratio 0.52, below 0.95"
    ),
    (
      10, 0.951,
      "Counting all 10 trials, luck hardly explains the winner: deflated Sharpe ratio 0.951, not below 0.950"
    ),
    (
      1, 0.95,
      "Counting one trial, luck hardly explains the winner: deflated Sharpe ratio 0.95, not below 0.95"
    ),
    (.nan, 0.95, "The deflated Sharpe ratio by the number of trials"),
  ])
  func deflationIsJudgedByTheBound(trials: Double, value: Double, finding: String) {
    let all = DeflatedSharpeCurve.Point(trials: trials, value: value)
    #expect(DeflatedSharpeCurve(curve: [], all: all, effective: []).finding == finding)
  }

  // MARK: Luck of the best

  @Test(arguments: [
    (1.0, "The winner’s Sharpe ratio of 1.00 is within what luck gives the best of 8 strategies, up to 1.50"),
    (1.5, "The winner’s Sharpe ratio of 1.50 is within what luck gives the best of 8 strategies, up to 1.50"),
    (2.0, "The winner’s Sharpe ratio of 2.00 is above what luck gives the best of 8 strategies, up to 1.50"),
    (.nan, "The best of 8 strategies gains a Sharpe ratio of 0.90 by luck"),
  ])
  func theWinnerIsComparedWithLuck(winner: Double, finding: String) {
    let points = [
      LuckOfTheBestCurve.Point(strategies: 1, mean: 0, lower: -1, upper: 1),
      LuckOfTheBestCurve.Point(strategies: 8, mean: 0.9, lower: 0.4, upper: 1.5),
    ]
    #expect(LuckOfTheBestCurve(points: points, winner: winner, benchmark: "cash").finding == finding)
    #expect(
      LuckOfTheBestCurve(points: [], winner: winner, benchmark: "cash").finding
        == "Nothing is known of the luck of the best")
  }

  /// The winner is a dot where all strategies are, and its height follows its figure.
  @Test func theWinnerStandsAtTheEndOfTheCurve() throws {
    func picture(_ winner: Double) throws -> Canvas {
      let canvas = try Canvas()
      let points = [1, 10, 100].map {
        LuckOfTheBestCurve.Point(strategies: $0, mean: Double($0) / 50, lower: 0, upper: 3)
      }
      LuckOfTheBestCurve(points: points, winner: winner, benchmark: "cash", title: "t").draw(on: canvas)
      return canvas
    }
    let vermillion: UInt32 = 0xD55E00
    #expect(try picture(2.8).colours(columns: 1_450..<1_590, rows: 200..<800).contains(vermillion))
    #expect(try !picture(.nan).colours(columns: 1_450..<1_590, rows: 200..<800).contains(vermillion))
    #expect(try !picture(2.8).colours(columns: 300..<1_300, rows: 400..<800).contains(vermillion))
  }

  // MARK: Spectrum

  @Test(arguments: [(1_000, 4_000, 2.25), (4, 4, 4), (9, 1, 16)])
  func noiseReachesTheUpperEdge(strategies: Int, bars: Int, edge: Double) {
    let plot = EigenvalueSpectrum(eigenvalues: Array(repeating: 1, count: strategies), bars: bars)
    #expect(plot.upperEdge == edge)
  }

  @Test func eigenvaluesAboveTheEdgeAreCounted() {
    let plot = EigenvalueSpectrum(eigenvalues: [5, 4.01, 4, 0.5, .nan], bars: 5)
    #expect(plot.finding == "2 of 5 eigenvalues exceed what many even, independent returns would reach")
  }

  @Test func theTitleSpansTheEffectiveNumbers() {
    func finding(_ numbers: [Double]) -> String {
      let effective = numbers.map { EigenvalueSpectrum.EffectiveNumber(name: "some", value: $0) }
      return EigenvalueSpectrum(eigenvalues: [2, 1, 0], bars: 9, effective: effective).finding
    }
    #expect(finding([2.25, 1, .nan, 1.5]) == "3 strategies vary like 1 to 2.25 independent ones")
    #expect(finding([1.5]) == "3 strategies vary like 1.5 independent ones")
  }
}
