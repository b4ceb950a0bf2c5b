import Artifacts
import Backtesting
import Glibc
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// `results/overfitting.json` by hand, from the figures of `results/training_performance.csv` alone.
@Suite struct OverfittingReportTests {
  /// What the artifacts of a sweep say.
  struct Artifacts {
    let overfitting: JSONValue
    let validation: JSONValue
    let best: JSONValue
    /// The columns of the table by name.
    let columns: [String: [Double]]
    let names: [String]

    init(_ configuration: Configuration) throws {
      let store = MemoryStore()
      _ = try Sweep.run(configuration, in: .test(store))
      overfitting = try .read("results/overfitting.json", in: store)
      validation = try .read("results/validation_results.json", in: store)
      best = try .read("results/best_strategy.json", in: store)
      var scanner = try DelimitedScanner(
        try store.get("results/training_performance.csv"), separator: UInt8(ascii: ","))
      _ = try scanner.next()
      let header = scanner.fields.indices.map { scanner.text($0) }
      var columns: [String: [Double]] = [:]
      var names: [String] = []
      while try scanner.next() {
        names.append(scanner.text(0))
        for field in 1..<header.count {
          columns[header[field], default: []].append(scanner.number(field) ?? .nan)
        }
      }
      self.columns = columns
      self.names = names
    }

    /// A column of the table.
    func column(_ name: String) throws -> [Double] { try #require(columns[name]) }

    /// The winner's row of the table.
    var winner: Int {
      get throws { try #require(names.firstIndex(of: try overfitting.text("winner"))) }
    }
  }

  static let configurations: [(name: String, options: Configuration)] = [
    ("crosses", .fewCrosses), ("coins", .fewCoins),
    (
      "crosses, per trade, by total return",
      Configuration.fewCrosses.with {
        $0.backtest.convention = .perTrade
        $0.selection.metric = .totalReturn
      }
    ),
    (
      "crosses, some of which hardly trade",
      Configuration.fewCrosses.with { $0.selection.minimumTrades = 20 }
    ),
    (
      "copies, as no profit is ever taken",
      Configuration.fewCrosses.with { $0.strategies.takeProfit = "5,6,7" }
    ),
  ]

  /// The figures by hand.
  private struct Hand {
    let n: Double
    let t: Double
    let annual: Double
    let sharpe: Double
    let variance: Double
    let benchmark: Double
    let dispersion: Double

    init(_ artifacts: Artifacts, isPerTrade: Bool, fewestTrades: Int) throws {
      let winner = try artifacts.winner
      let sharpes = try artifacts.column("sharpe_ratio")
      n = Double(sharpes.count)
      annual = try artifacts.overfitting.number("periods_per_year").squareRoot()
      let (trades, annual) = (try artifacts.column("num_trades"), self.annual)
      t = isPerTrade ? trades[winner] : 210
      var defined: [Double] = []
      for (sharpe, trades) in zip(sharpes, trades) where !sharpe.isNaN && trades >= Double(fewestTrades) {
        // Copies count once.
        if !defined.contains(where: { abs($0 - sharpe / annual) < 1e-13 }) { defined.append(sharpe / annual) }
      }
      let mean = defined.reduce(0, +) / Double(defined.count)
      variance = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(defined.count - 1)
      sharpe = sharpes[winner] / annual
      let euler = 0.5772156649015329
      let maximum =
        (1 - euler) * NormalDistribution.quantile(1 - 1 / n)
        + euler * NormalDistribution.quantile(1 - 1 / (n * M_E))
      benchmark = variance.squareRoot() * maximum
      let skewness = try artifacts.column("skewness")[winner]
      let kurtosis = try artifacts.column("kurtosis")[winner]
      dispersion = 1 - skewness * sharpe + (kurtosis - 1) / 4 * sharpe * sharpe
    }

    /// PSR of 2012.
    func probability(above benchmark: Double) -> Double {
      NormalDistribution.cumulative((sharpe - benchmark) * ((t - 1) / dispersion).squareRoot())
    }
  }

  /// Rounding: the table's moments are those of power sums of a few hundred returns, which lose three digits at most,
  /// and what follows from them is some ten operations on numbers up to a thousand.
  private static let tolerance = Tolerance.rounding(absolute: 1e-9)

  @Test(arguments: configurations.indices) func figuresFollowFromTheTable(index: Int) throws {
    // Against cash, for the table holds returns before any benchmark is taken out.
    let configuration = Self.configurations[index].options.with { $0.statistics.benchmark = .cash }
    let artifacts = try Artifacts(configuration)
    let hand = try Hand(
      artifacts, isPerTrade: configuration.convention == .perTrade,
      fewestTrades: max(configuration.selection.minimumTrades, 1))
    let json = artifacts.overfitting
    func expect(_ path: String, _ value: Double) throws {
      let found = try json.number(path)
      #expect(Self.tolerance.accepts(found, value), "\(path): \(found), \(value)")
    }
    try #require(hand.sharpe > 0)
    try expect("sharpe_ratio.sharpe_per_return", hand.sharpe)
    try expect("sharpe_ratio.returns", hand.t)
    try expect("sharpe_ratio.probabilistic_sharpe_ratio.2012", hand.probability(above: 0))
    let z = 1.6448536269514722
    try expect(
      "sharpe_ratio.minimum_track_record_returns.2012",
      1 + hand.dispersion * (z / hand.sharpe) * (z / hand.sharpe))
    #expect(try json.at("sharpe_ratio.minimum_track_record_remark") == .null)
    try expect("deflated_sharpe.trials", hand.n)
    try expect("deflated_sharpe.variance_across_trials", hand.variance)
    try expect("deflated_sharpe.benchmark_sharpe_per_return", hand.benchmark)
    try expect("deflated_sharpe.deflated_sharpe_ratio", hand.probability(above: hand.benchmark))
    let years =
      hand.benchmark * hand.benchmark / hand.variance
      / (hand.sharpe * hand.annual * hand.sharpe * hand.annual)
    try expect("minimum_backtest_length.years", years)
    try expect("minimum_backtest_length.years_at_hand", hand.t / (hand.annual * hand.annual))
    let student = StudentDistribution(degreesOfFreedom: hand.t - 1)
    // The deviation of trades is that with n, Student's that with n - 1.
    let factor = configuration.convention == .perTrade ? ((hand.t - 1) / hand.t).squareRoot() : 1
    let p = 2 * student.survival(hand.sharpe * factor * hand.t.squareRoot())
    let adjusted = min(1, hand.n * p)
    let haircut = student.quantile(upper: adjusted / 2) / hand.t.squareRoot() / factor
    try expect("multiple_testing.p_value", p)
    try expect("multiple_testing.adjusted.bonferroni.p_value", adjusted)
    try expect("multiple_testing.adjusted.bonferroni.haircut", 1 - haircut / hand.sharpe)
    try expect("multiple_testing.adjusted.bonferroni.haircut_sharpe_annualized", haircut * hand.annual)
  }

  /// Every figure that stands in several places, and every pair that has to agree.
  @Test(arguments: configurations.indices, SweepBenchmark.allCases)
  func noFigureContradictsAnother(index: Int, benchmark: SweepBenchmark) throws {
    let configuration = Self.configurations[index].options.with { $0.statistics.benchmark = benchmark }
    let artifacts = try Artifacts(configuration)
    let (json, validation, best) = (artifacts.overfitting, artifacts.validation, artifacts.best)
    let strategies = artifacts.names.count
    // Those that did not stand for election and those that copy each other were tried, too.
    for path in ["strategies", "trials", "deflated_sharpe.trials", "multiple_testing.tests"] {
      #expect(try json.count(path) == strategies, "\(path)")
    }
    // They are no alternatives, and leave no other trace.
    let alternatives = try strategies - json.count("strategies_not_eligible")
    for path in ["effective_trials.trials", "cross_validation.strategies", "data_snooping.strategies_tested"]
    {
      #expect(try json.count(path) == alternatives, "\(path)")
    }
    #expect(
      try json.at("winner") == best.at("strategy_id") && json.at("winner") == validation.at("strategy_id"))
    guard case .object(let deflated) = try validation.at("deflated_sharpe") else {
      Issue.record("no deflated Sharpe ratio")
      return
    }
    for (key, value) in deflated { #expect(try json.at("deflated_sharpe.\(key)") == value, "\(key)") }
    for key in ["sharpe_per_return", "returns"] {
      #expect(try json.at("deflated_sharpe.\(key)") == json.at("sharpe_ratio.\(key)"))
    }
    let convention = try json.text("deflated_sharpe.convention")
    #expect(
      try json.at("deflated_sharpe.probabilistic_sharpe_ratio")
        == json.at("sharpe_ratio.probabilistic_sharpe_ratio.\(convention)"))
    #expect(try json.text("deflated_sharpe.views.0.basis") == "published")
    #expect(
      try json.at("deflated_sharpe.views.0.deflated_sharpe_ratio")
        == json.at("deflated_sharpe.deflated_sharpe_ratio"))
    #expect(
      try json.at("minimum_backtest_length.sharpe_annualized") == json.at("sharpe_ratio.sharpe_annualized"))
    // Rounding: a root that is divided by and multiplied with again, and moments of power sums against two passes.
    let paths =
      try json.text("sharpe_ratio.benchmark") == "cash"
      ? [
        ("sharpe_annualized", "sharpe_ratio"), ("skewness", "skewness"), ("kurtosis", "kurtosis"),
      ] : []
    for (path, key) in [("before_benchmark.sharpe_annualized", "sharpe_ratio")] + paths {
      #expect(
        Self.tolerance.accepts(
          try json.number("sharpe_ratio.\(path)"), try best.number("training_performance.\(key)")), "\(key)")
    }
    try checkOrder(json)
    try checkBlocks(json, bars: 210)
    try checkReasons(json, validation, configuration.detection)
  }

  /// What is above what by its meaning, and probabilities that are probabilities.
  private func checkOrder(_ json: JSONValue) throws {
    let deflated = try json.number("deflated_sharpe.deflated_sharpe_ratio")
    #expect(try deflated <= json.number("deflated_sharpe.probabilistic_sharpe_ratio"))
    let ability = "data_snooping.superior_predictive_ability.p_value_"
    #expect(try json.number(ability + "lower") <= json.number(ability + "consistent"))
    #expect(try json.number(ability + "consistent") <= json.number(ability + "upper"))
    let isLongEnough =
      try json.number("sharpe_ratio.minimum_track_record_returns.2012") <= json.number("sharpe_ratio.returns")
    #expect(try isLongEnough == (json.number("sharpe_ratio.probabilistic_sharpe_ratio.2012") >= 0.95))
    // A Sharpe ratio below the benchmark's has neither.
    let (years, bound) = (
      try json.number("minimum_backtest_length.years"),
      try json.number("minimum_backtest_length.years_upper_bound")
    )
    #expect(years <= bound || (years.isNaN && bound.isNaN))
    let trials = try json.number("trials")
    for path in ["by_average_correlation", "by_participation", "by_entropy_of_sample"] {
      #expect(try (1 - 1e-9...trials + 1e-9).contains(json.number("effective_trials.\(path)")), "\(path)")
    }
    var probabilities = 0
    for (path, value) in json.numbers() {
      let name = path.split(separator: ".").last { !$0.allSatisfy(\.isNumber) }.map(String.init) ?? ""
      guard
        name.contains("p_value") || name.contains("probability") || name.hasPrefix("deflated_sharpe_ratio")
      else { continue }
      // A win rate below zero there is none.
      #expect((0...1).contains(value) || (value.isNaN && name == "probability_of_loss"), "\(path): \(value)")
      probabilities += 1
    }
    #expect(probabilities > 15)
  }

  /// The blocks have all the bars between them.
  private func checkBlocks(_ json: JSONValue, bars: Int) throws {
    let blocks = try json.count("cross_validation.blocks")
    let inBlocks = try blocks * json.count("cross_validation.bars_in_block")
    #expect(try inBlocks + json.count("cross_validation.dropped_bars") == bars)
    #expect(try json.count("cross_validation.splits") == 70)
    #expect(try json.count("effective_trials.bars") == bars)
  }

  /// A figure beyond its bound is a reason, and no other is.
  private func checkReasons(
    _ json: JSONValue, _ validation: JSONValue, _ bounds: DetectionOptions
  ) throws {
    guard case .list(let reasons) = try validation.at("overfitting_reasons") else {
      Issue.record("no reasons")
      return
    }
    #expect(try validation.at("overfitting_detected") == .flag(!reasons.isEmpty))
    let deflated = try json.number("deflated_sharpe.deflated_sharpe_ratio")
    let pbo = try json.number("cross_validation.probability_of_backtest_overfitting")
    let spa = try json.number("data_snooping.superior_predictive_ability.p_value_consistent")
    for (start, value, isReason) in [
      ("The deflated Sharpe ratio of ", deflated, deflated < bounds.minimumDeflatedSharpe),
      ("The probability of backtest overfitting of ", pbo, pbo > bounds.maximumPBO),
      ("The p-value of superior predictive ability over ", spa, spa > bounds.maximumSPAPValue),
    ] {
      let found = reasons.compactMap { reason in
        if case .text(let text) = reason, text.hasPrefix(start) { text } else { nil }
      }
      #expect(found.count == (isReason ? 1 : 0), "\(start)\(value)")
      #expect(found.allSatisfy { $0.contains(Figures.decimals(value, 4)) })
    }
  }

  @Test func whatDidNotStandOrIsACopyCountsAsTried() throws {
    let hardly = try MeasuredSweep(Configuration.fewCrosses.with { $0.selection.minimumTrades = 20 })
    #expect(hardly.training.trades.contains { $0 < 20 } && hardly.training.trades.contains { $0 >= 20 })
    let copies = try MeasuredSweep(Configuration.fewCrosses.with { $0.strategies.takeProfit = "5,6,7" })
    #expect(copies.experiment.strategies.count == 27)
    #expect(Set(copies.paths.map(\.netReturns)).count == 9)
    #expect(try copies.report().trials == 27)
  }

  @Test func aSharpeRatioBelowZeroHasNoTrackRecordLongEnough() throws {
    let json = try Artifacts(
      Configuration.fewCrosses.with {
        $0.backtest.feeBasisPoints = 500
      }
    ).overfitting
    #expect(try json.number("sharpe_ratio.sharpe_per_return") < 0)
    for convention in ["2012", "2025"] {
      #expect(try json.at("sharpe_ratio.minimum_track_record_returns.\(convention)") == .null)
    }
    #expect(try json.text("sharpe_ratio.minimum_track_record_remark").hasPrefix("undefined: "))
    #expect(try json.at("minimum_backtest_length.years") == .null)
    #expect(try json.number("sharpe_ratio.probabilistic_sharpe_ratio.2012") < 0.5)
  }

  /// The document says no number where the table says that there are no clusters, and the same number where there are.
  @Test(arguments: [Configuration.fewCoins, .fewCrosses]) func clustersAreOneTruth(options: Configuration)
    throws
  {
    let run = try MeasuredSweep(options)
    let report = try run.report()
    let clusters = try run.document().at("effective_trials.clusters")
    let row = try #require(report.rows(DetectionOptions()).first { $0.name == "effective trials" })
    let count = try clusters.number("count")
    guard case .list(let members) = try clusters.at("members") else {
      throw ReadJSON.Missing(path: "members")
    }
    #expect(row.reading.hasSuffix("; no clusters") == count.isNaN)
    #expect(members.isEmpty == count.isNaN)
    #expect(try clusters.number("variance_across_clusters").isNaN || !count.isNaN)
    #expect(try (clusters.at("remark") == .null) == !count.isNaN)
    if !count.isNaN {
      #expect(row.reading.contains("; \(Int(count)) cluster") && members.count == Int(count))
    }
  }
}
