import Artifacts
import Backtesting
import Kernels
import TestSupport
import Testing

@testable import Pipeline

/// The winner filled at the price at which the run does not fill.
@Suite struct OtherFillTests {
  /// A random walk whose closes are bid or ask by chance; opens are the walk itself.
  private static func bounce(_ seed: UInt64, spread: Double = 0.02) -> String {
    var generator = SeededGenerator(seed: seed)
    var price = 100.0
    var text = "timestamp,open,high,low,close,volume\n"
    for day in 0..<420 {
      let open = price
      price *= 1 + generator.uniform(-0.01...0.01)
      let close = price * (1 + (generator.uniform() < 0.5 ? -spread : spread) / 2)
      text += "\(1_500_000_000 + day * 86_400),\(open),\(max(open, close)),\(min(open, close)),\(close),1\n"
    }
    return text
  }

  private func sweep(
    _ path: String, _ change: (inout Configuration) -> Void = { _ in }
  ) throws -> MeasuredSweep {
    var configuration = Configuration()
    configuration.data.source = path
    configuration.strategies.family = .rsi
    configuration.strategies.parameters = ["period": "2,3", "entry": "20:40:10", "exit": "45:65:10"]
    configuration.statistics.blocks = 8
    configuration.statistics.resamples = 0
    change(&configuration)
    return try MeasuredSweep(configuration)
  }

  @Test(arguments: Convention.allCases, [0.0, 2])
  func itIsWhatARunWithThatFillGives(convention: Convention, fee: Double) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Self.bounce(1), as: "bounce.csv")
    for fill in Fill.allCases {
      let run = try sweep(path) {
        $0.backtest.convention = convention
        $0.backtest.feeBasisPoints = fee
        $0.backtest.fill = fill
      }
      let found = try run.report().otherFill.get()
      let other = try sweep(path) {
        $0.backtest.convention = convention
        $0.backtest.feeBasisPoints = fee
        $0.backtest.fill = fill == .close ? .nextOpen : .close
      }
      let paths = other.paths
      func performance(_ strategy: Int, _ segment: Int) -> Performance {
        other.experiment.performance(other.experiment.tally(paths[strategy], segment: segment))
      }
      #expect(found.fill != fill)
      #expect(Self.areEqual(found.training, performance(run.winner, 0)))
      #expect(Self.areEqual(try #require(found.validation), performance(run.winner, 1)))
      let own = run.paths[run.winner]
      #expect(
        found.ownSharpe == run.experiment.performance(run.experiment.tally(own, segment: 0)).sharpeRatio)
      #expect(found.top == 10)
      let best = run.ranking.map { performance($0, 0).sharpeRatio }.max()
      #expect(found.bestSharpe == best)
      #expect(found.best.map { performance($0, 0).sharpeRatio } == best)

      // The last decision of training earns at the close alone.
      let differences = (1..<293).map { own.netReturns[$0] - paths[run.winner].netReturns[$0] }
      let n = Double(differences.count)
      let mean = differences.reduce(0, +) / n
      let deviation = (differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)).squareRoot()
      #expect(run.experiment.training.bars == 0..<294)
      #expect(abs(found.difference - mean / deviation * n.squareRoot()) < 1e-9)
    }
  }

  /// Undefined is equal to undefined.
  private static func areEqual(_ one: Performance, _ other: Performance) -> Bool {
    Metric.allCases.allSatisfy { one[$0] == other[$0] || (one[$0].isNaN && other[$0].isNaN) }
  }

  @Test(arguments: 1...4) func aSpreadThatIsEarnedIsAReason(seed: Int) throws {
    let folder = try TemporaryFolder()
    let run = try sweep(try folder.write(Self.bounce(UInt64(seed)), as: "bounce.csv"))
    let report = try run.report()
    let figures = OverfittingFigures(report)
    let found = try #require(figures.otherFill)
    #expect(found.sharpeInstead.value > 5 && found.standardErrors.value > 4)
    #expect(found.sharpe.value < found.sharpeInstead.value / 2)
    let reason = try #require(found.reason)
    #expect(
      reason.hasPrefix("Filled at the next open instead of the close that decides, the winner's training"))
    let row = try #require(report.rows(DetectionOptions()).first { $0.name == "one open later" })
    #expect(row.value == Figures.decimals(found.sharpe.value, 3))
    #expect(row.reading.contains(": the profit needs the very close that decides"))
    // What the stages after it read is the same.
    let stored = try JSONDocument.decode(
      OverfittingFigures.self, from: JSONDocument.encode(OverfittingDocument(report: report).json),
      document: "overfitting.json")
    #expect(stored.otherFill?.reason == found.reason)
    #expect(
      try JSONDocument.encode(stored.otherFill?.json ?? .null) == JSONDocument.encode(found.json))
  }

  @Test func withoutASpreadThereIsNone() throws {
    let folder = try TemporaryFolder()
    let run = try sweep(try folder.write(Self.bounce(5, spread: 0), as: "walk.csv"))
    let found = try #require(OverfittingFigures(try run.report()).otherFill)
    #expect(found.reason == nil)
  }

  @Test(arguments: Fill.allCases) func coinsOnAMarketThatNeverClosesHaveNone(fill: Fill) throws {
    for seed in 1...20 {
      let run = try MeasuredSweep(
        Configuration().with {
          $0.strategies.count = 40
          $0.strategies.seed = UInt64(seed)
          $0.strategies.buyProbability = seed % 2 == 0 ? 0.5 : 0.03
          $0.statistics.blocks = 0
          $0.backtest.fill = fill
          $0.selection.top = 1
        })
      let path = run.experiment.backtest.path(of: run.winner, in: run.experiment.strategies)
      let found = try OtherFillFinding.find(run.experiment, ranking: run.ranking, own: path).get()
      let document = OtherFillDocument(found) { "\($0)" }
      #expect(document.reason == nil)
      // Opens are about the closes before.
      if seed % 2 == 0 { #expect(abs(document.sharpe.value - document.sharpeInstead.value) < 0.5) }
    }
  }

  /// Own and other Sharpe ratio, the difference in standard errors, and what the reason ends with.
  static let bounds: [(Double, Double, Double, String?)] = [
    (7.1, -1.4, 9, "is -1.400 instead of 7.100, below the bound of 0 for one above 1."),
    (1.2, -0.1, 0.5, "below the bound of 0 for one above 1."),
    (1, -0.1, 0.5, nil), (0.9, -0.1, 2.9, nil),
    (
      0.9, -0.1, 3.2, "less than half, and the difference of 3.2 standard errors is above the bound of 3."
    ),
    (4, 1.9, 3.1, "standard errors is above the bound of 3."), (4, 1.9, 3, nil), (4, 2.1, 9, nil),
    (-1, -4, 9, nil), (.nan, -4, 9, nil), (4, .nan, 9, nil), (4, 1, .nan, nil),
  ]

  @Test(arguments: bounds) func whatCountsAsAReason(
    own: Double, other: Double, errors: Double, end: String?
  ) throws {
    for fill in Fill.allCases {
      let finding = OtherFillFinding(
        fill: fill, training: Self.performance(sharpe: other), validation: nil, ownSharpe: own,
        difference: errors, top: 1, best: nil, bestSharpe: .nan)
      let document = OtherFillDocument(finding) { "\($0)" }
      #expect((document.reason == nil) == (end == nil))
      #expect(document.reason.map { $0.hasSuffix(end ?? "") } ?? true)
      #expect(document.row.name == (fill == .close ? "at the same close" : "one open later"))
      #expect(document.row.reading.contains("the profit needs") == (end != nil))
    }
  }

  @Test(arguments: [
    (4.0, 2.1, 9.0, "Sharpe 2.10", "needs ≥ 2.00, half of 4.00: its Sharpe ratio does not hang on the fill"),
    (
      4, 1.999, 3.1, "Sharpe 1.999",
      "needs ≥ 2.000, half of 4.00, or a fall of ≤ 3 standard errors, here 3.1: "
        + "its Sharpe ratio hangs on the fill"
    ),
    (
      0.9, -0.1, 2.96, "Sharpe -0.10",
      "needs ≥ 0.45, half of 0.90, or a fall of ≤ 3 standard errors, here 2.96: "
        + "its Sharpe ratio does not hang on the fill"
    ),
    (7.1, -1.4, 9, "Sharpe -1.40", "needs ≥ 0: its Sharpe ratio hangs on the fill"),
    (-1, -4, 9, "Sharpe -4.00", "needs nothing: no profit to lose"),
    (.nan, -4, 9, "–", "needs half of its own"),
  ]) func theCheckSaysItsNumbers(
    own: Double, other: Double, errors: Double, figure: String, requirement: String
  ) {
    let finding = OtherFillFinding(
      fill: .nextOpen, training: Self.performance(sharpe: other), validation: nil, ownSharpe: own,
      difference: errors, top: 1, best: nil, bestSharpe: .nan)
    let check = OtherFillDocument(finding) { "\($0)" }.check
    #expect(check.figure == figure && check.requirement == requirement)
  }

  /// Two returns with this ratio of mean to deviation; none where it is undefined.
  private static func performance(sharpe: Double) -> Performance {
    var tally = Tally(bars: 2)
    if !sharpe.isNaN {
      tally.barsInMarket = 2
      tally.sum = 2 * sharpe
      tally.sumOfSquares = (sharpe - 1) * (sharpe - 1) + (sharpe + 1) * (sharpe + 1)
    }
    return Performance(tally, convention: .perTrade, barsPerYear: 1)
  }

  @Test func closesAloneHaveNoOpensToFillAt() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 9)
    var price = 50.0
    let rows = (0..<200).map { day in
      price *= 1 + generator.uniform(-0.02...0.02)
      return "\(1_500_000_000 + day * 86_400),\(price)\n"
    }
    let run = try sweep(try folder.write("time,close\n" + rows.joined(), as: "closes.csv"))
    let json = try run.document()
    #expect(
      try json.at("other_fill.not_computed") == "the bars have closes alone, and no opens to fill at")
    let report = try run.report()
    #expect(OverfittingFigures(report).otherFill == nil)
    #expect(!report.rows(DetectionOptions()).contains { $0.name == "one open later" })
  }
}
