import Artifacts
import Backtesting
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// The verdict of sweeps and of tables of returns, and where it stands in documents.
@Suite struct SkillDecisionTests {
  private static let momentum = Configuration.fewCrosses.with {
    $0.data.bars = 600
    $0.strategies.family = .momentum
    $0.strategies.parameters = ["lookback": "1,5,20,50", "threshold": "0", "exit": "0"]
    $0.backtest.feeBasisPoints = 0
    $0.selection.minimumTrades = 1
    $0.selection.metric = .sharpeRatio
    $0.statistics.resamples = 200
  }

  /// An edge of a deviation a bar is found by any figure.
  @Test(arguments: VerdictRule.allCases) func aPlantedEdgeIsShown(rule: VerdictRule) throws {
    let store = MemoryStore()
    let report = try Sweep.run(
      Self.momentum.with {
        $0.data.edge = 0.03
        $0.detection.rule = rule
      }, in: .test(store))
    let found = try report.overfitting.snooping.get()
    #expect(found.winner.pValue == 1.0 / 201)
    #expect(report.verdict.rule == rule)
    if rule == .stepdown {
      #expect(report.verdict.isShown, "\(report.verdict.text)")
      #expect(report.verdict.deciding.map(\.name) == ["winner's p-value", "PBO"])
    }
    let json = try JSONValue.read("results/validation_results.json", in: store)
    #expect(try json.text("verdict.skill") == report.verdict.words)
    #expect(try json.text("verdict.rule") == rule.rawValue)
    #expect(try json.at("verdict.level") == (rule == .stepdown ? .number(0.05) : .null))
    #expect(try json.text("overfitting_rule") == "classic")
    #expect(try json.at("overfitting_detected") == .flag(!report.verdict.reasons.isEmpty))
  }

  /// The stage that validates decides by what the stage that measured has stored.
  @Test func theStoredFiguresDecide() throws {
    let store = MemoryStore()
    let report = try Sweep.run(Self.momentum, in: .test(store))
    let figures = try JSONDocument.decode(
      OverfittingFigures.self, from: try store.get("results/overfitting.json"), document: "overfitting.json")
    #expect(figures.winnerPValue == (try report.overfitting.snooping.get().winner.pValue))
    let bounds = DetectionOptions()
    #expect(
      SkillDecision(figures, bounds, trades: 40)
        == SkillDecision(OverfittingFigures(report.overfitting), bounds, trades: 40))
  }

  @Test(arguments: [0.001, 0.02, 0.999]) func theLevelIsThatOfAllTests(level: Double) throws {
    var bounds = DetectionOptions()
    bounds.level = level
    let rows = StatsSample.noise(bars: 200, strategies: 5)
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows)) {
      $0.detection = bounds
      $0.resamples = 400
    }
    #expect(report.verdict.level == level)
    #expect(try json.number("verdict.level") == level)
    #expect(try json.number("data_snooping.stepwise.level") == level)
    #expect(try json.number("data_snooping.sharpe_bounds.level") == level)
    let pValue = try json.number("data_snooping.stepdown.winner_p_value")
    #expect((report.verdict.outcome == .notShown) || pValue <= level)
  }

  /// Of an odd number chance has more than a half, since the median itself counts as overfit.
  @Test(arguments: [4, 5]) func thePBOIsComparedWithChance(strategies: Int) throws {
    let rows = StatsSample.noise(bars: 200, strategies: strategies)
    let (report, json, _) = try StatsSample.run(StatsSample.file(rows))
    let chance = strategies == 4 ? 0.5 : 0.6
    #expect(try json.number("cross_validation.probability_by_chance") == chance)
    #expect(try json.number("cross_validation.undefined_share") == 0)
    let figures = OverfittingFigures(report.overfitting)
    #expect(SkillDecision(figures, DetectionOptions(), trades: 40).maximumPBO == chance)
    #expect(report.verdict.deciding.last?.requirement.hasPrefix("needs ≤ \(chance): ") == true)
  }

  /// The best 20 of 2,000 without skill, by a file that holds no more of them.
  @Test(arguments: 1...4) func theBestOfMoreThatWereTried(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let columns = (0..<2_000).map { _ in (0..<250).map { _ in 0.01 * random.normal() } }
    let sharpes = columns.map { ReturnMoments($0).sharpePerBar }
    let best = sharpes.indices.sorted { sharpes[$0] > sharpes[$1] }.prefix(20)
    let rows = (0..<250).map { bar in best.map { columns[$0][bar] } }
    func verdict(trials: Int?) throws -> (Verdict, Double) {
      let (report, json, _) = try StatsSample.run(StatsSample.file(rows)) { $0.trials = trials }
      return (report.verdict, try json.number("data_snooping.stepdown.winner_p_value"))
    }
    let (_, alone) = try verdict(trials: nil)
    let (among, ofAll) = try verdict(trials: 2_000)
    // Of these 20 it is the best by far more than luck; of 2,000 one had to be.
    #expect(alone <= 0.05 && ofAll > 0.05)
    #expect(!among.isShown)
    #expect(try verdict(trials: 20).1 == alone)
  }

  @Test(arguments: [0, 1, -0.1, .nan]) func aLevelIsBetween0And1(level: Double) {
    let options = Configuration.fewCrosses.with { $0.detection.level = level }
    #expect(throws: ConfigurationError.self) { try options.check() }
  }

  /// Records of before there was a choice have neither.
  @Test func optionsOfEarlierRecordsAreRead() throws {
    let text =
      #"{"maximumDrop": 0.2, "minimumDeflatedSharpe": 0.9, "maximumPBO": 0.4, "maximumSPAPValue": 0.1}"#
    let options = try JSONDocument.decode(DetectionOptions.self, from: Array(text.utf8), document: "run.json")
    #expect(options.level == 0.05 && options.rule == .stepdown && options.maximumPBO == 0.4)
    var asked = options
    asked.level = 0.01
    asked.rule = .classic
    let bytes = try JSONDocument.encode(asked)
    #expect(try JSONDocument.decode(DetectionOptions.self, from: bytes, document: "run.json") == asked)
  }
}
