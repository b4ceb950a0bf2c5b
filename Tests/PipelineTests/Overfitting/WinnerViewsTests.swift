import Artifacts
import Backtesting
import Glibc
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What the winner's Sharpe ratio means by assumption, and beside others.
@Suite struct WinnerViewsTests {
  private static let tolerance = Tolerance.rounding(absolute: 1e-9)
  /// Strategies of which some are a little good.
  private static let rows = StatsSample.noise(bars: 250, strategies: 6, seed: 9).map { row in
    row.enumerated().map { $1 + 0.0003 * Double($0) }
  }

  private static func normalTail(_ z: Double) -> Double { erfc(z / 2.0.squareRoot()) / 2 }

  /// p·p₀/(p·p₀ + P₁·p₁), with the variances of López de Prado, Lipton & Zoonekynd 2025 written out.
  @Test func falseDiscoveryByPrior() throws {
    let (report, json, _) = try StatsSample.run(StatsSample.file(Self.rows)) { $0.periodsPerYear = 256 }
    let estimate = report.overfitting.sharpe.estimate
    let (r, skill) = (estimate.autocorrelation, 1.0 / 16)
    let square = r * r / (1 - r * r)
    func error(_ sharpe: Double) -> Double {
      let first = (1 + r) / (1 - r)
      let second = (1 + r / (1 - r) + square) * estimate.skewness * sharpe
      let third = (1 + 2 * square) * (estimate.kurtosis - 1) / 4 * sharpe * sharpe
      return ((first - second + third) / 250).squareRoot()
    }
    let p = Self.normalTail(estimate.sharpePerBar / error(0))
    let ofSkilled = Self.normalTail((estimate.sharpePerBar - skill) / error(skill))
    let path = "false_discovery_by_prior"
    #expect(Self.tolerance.accepts(try json.number("\(path).p_value"), p))
    #expect(try json.number("\(path).skilled_sharpe_annualized") == 1)
    let power = try json.number("\(path).power")
    for (place, prior) in [0.01, 0.05, 0.1].enumerated() {
      let found = "\(path).priors.\(place)"
      #expect(try json.number("\(found).prior_share_of_skill") == prior)
      let observed = p * (1 - prior) / (p * (1 - prior) + ofSkilled * prior)
      #expect(
        Self.tolerance.accepts(try json.number("\(found).observed_false_discovery_rate"), observed))
      let planned = 0.05 * (1 - prior) / (0.05 * (1 - prior) + power * prior)
      #expect(Self.tolerance.accepts(try json.number("\(found).planned_false_discovery_rate"), planned))
    }
    #expect(report.overfitting.rows(DetectionOptions()).contains { $0.name == "false discovery" })
  }

  /// m + max(0, 1 - s²/V)·(SR - m), from the returns.
  @Test func expectedOutOfSample() throws {
    let (report, json, _) = try StatsSample.run(StatsSample.file(Self.rows)) { $0.periodsPerYear = 256 }
    let sharpes = (0..<6).map { column in ReturnMoments(Self.rows.map { $0[column] }).sharpePerBar }
    let mean = sharpes.reduce(0, +) / 6
    let variance = sharpes.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 5
    let squaredError = sharpes.reduce(0) { $0 + (1 + $1 * $1 / 2) / 250 } / 6
    let correlation = try json.number("effective_trials.average_correlation")
    let kept = max(0, 1 - (1 - max(0, correlation)) * squaredError / variance)
    let best = try #require(sharpes.max())
    #expect(Self.tolerance.accepts(try json.number("expected_sharpe.kept_share"), kept))
    #expect(Self.tolerance.accepts(try json.number("expected_sharpe.mean_annualized"), 16 * mean))
    let expected = 16 * (mean + kept * (best - mean))
    #expect(Self.tolerance.accepts(try json.number("expected_sharpe.expected_annualized"), expected))
    #expect(report.overfitting.rows(DetectionOptions()).contains { $0.name == "expected Sharpe" })
  }

  /// Beside the second, which is no copy of the winner, and beside a benchmark where there is one.
  @Test func differences() throws {
    let rows = Self.rows.map { $0 + [2 * $0[5]] }
    let names = StatsSample.names(7)
    let sharpes = (0..<7).map { column -> Double in
      let moments = ReturnMoments(rows.map { $0[column] })
      return moments.mean / moments.populationVariance.squareRoot()
    }
    let (_, json, _) = try StatsSample.run(StatsSample.file(rows)) { $0.periodsPerYear = 256 }
    let winner = try #require(names.firstIndex(of: try json.text("winner")))
    let second = try #require(names.firstIndex(of: try json.text("sharpe_differences.second.less")))
    let others = sharpes.indices.filter { abs(sharpes[$0] - sharpes[winner]) > 1e-12 }
    #expect(others.allSatisfy { sharpes[$0] <= sharpes[second] } && others.contains(second))
    let difference = 16 * (sharpes[winner] - sharpes[second])
    let path = "sharpe_differences.second"
    #expect(Self.tolerance.accepts(try json.number("\(path).difference_annualized"), difference))
    let error = try json.number("\(path).standard_error_annualized")
    #expect(
      Self.tolerance.accepts(try json.number("\(path).p_value"), 2 * Self.normalTail(difference / error)))
    #expect(try json.text("sharpe_differences.market.not_computed") == "no market is known")
    let beside = try StatsSample.run(StatsSample.file(rows)) { $0.benchmark = "a" }.json
    #expect(try beside.text("sharpe_differences.market.less") == "a")
  }

  /// The market of a sweep is held by someone who is always long.
  @Test func sweepsAreComparedWithTheirMarket() throws {
    let sweep = try MeasuredSweep(.fewCrosses)
    let found = try sweep.report().views.market.get()
    let held = ReturnMoments(sweep.experiment.holding)
    let winner = ReturnMoments(Array(sweep.paths[sweep.winner].netReturns[sweep.experiment.training.bars]))
    func sharpe(_ moments: ReturnMoments) -> Double { moments.mean / moments.populationVariance.squareRoot() }
    #expect(Self.tolerance.accepts(found.difference.differencePerBar, sharpe(winner) - sharpe(held)))
    #expect(found.name == "holding the market")
  }

  /// One observation a trade, and in the table where they are few.
  @Test(arguments: Convention.allCases) func trades(convention: Convention) throws {
    let sweep = try MeasuredSweep(Configuration.fewCrosses.with { $0.backtest.convention = convention })
    let (report, json) = (try sweep.report(), try sweep.document())
    guard convention == .portfolio else {
      #expect(report.trades == nil)
      #expect(try json.text("trade_returns.not_computed").hasPrefix("the winner's trades are not known"))
      return
    }
    let found = try #require(report.trades)
    let tally = sweep.experiment.tally(sweep.paths[sweep.winner], segment: 0)
    let count = Double(tally.tradesClosed)
    #expect(found.trades == tally.tradesClosed)
    #expect(Self.tolerance.accepts(found.mean, (tally.grossProfit - tally.grossLoss) / count))
    let t = found.estimate.sharpePerBar * count.squareRoot()
    #expect(found.pValue == StudentDistribution(degreesOfFreedom: count - 1).survival(t))
    #expect(try json.count("trade_returns.trades") == found.trades)
    #expect(try json.number("trade_returns.probabilistic_sharpe_ratio") == found.probabilistic)
    let isShown = report.rows(DetectionOptions()).contains { $0.name == "  by trade" }
    #expect(isShown == (found.trades < 30))
  }

  /// Three trades by hand: SciPy's t, and a normal tail.
  @Test func threeTrades() {
    let found = TradeFinding([0.02, -0.01, 0.05])
    #expect(Tolerance.published(decimals: 9).accepts(found.pValue, 0.183772234))
    #expect(Tolerance.published(decimals: 9).accepts(found.mean, 0.02))
    #expect(TradeFinding([0.02]).pValue.isNaN && TradeFinding([]).probabilistic.isNaN)
  }

  /// Every figure that asks for more than 0 asks for more by as much.
  @Test func sharpeBenchmark() throws {
    let text = StatsSample.file(Self.rows)
    func run(_ bound: Double?) throws -> (report: StatsReport, json: JSONValue) {
      let (report, json, _) = try StatsSample.run(text) {
        $0.periodsPerYear = 256
        $0.sharpeBenchmark = bound
      }
      return (report, json)
    }
    let (plain, bound, high) = (try run(nil), try run(0.5), try run(40))
    let estimate = plain.report.overfitting.sharpe.estimate
    let psr = "sharpe_ratio.probabilistic_sharpe_ratio.2012"
    #expect(try bound.json.number(psr) == estimate.probability(above: 0.5 / 16))
    #expect(try bound.json.number("sharpe_ratio.tested_against_annualized") == 0.5)
    for place in 0..<3 {
      let path = "deflated_sharpe.views.\(place).benchmark_sharpe_per_return"
      let (before, after) = (try plain.json.number(path), try bound.json.number(path))
      #expect(Self.tolerance.accepts(after, before + 0.5 / 16), "\(place)")
    }
    #expect(
      try bound.json.number("deflated_sharpe.deflated_sharpe_ratio")
        < plain.json.number("deflated_sharpe.deflated_sharpe_ratio"))
    #expect(try high.json.at("sharpe_ratio.minimum_track_record_returns.2012") == .null)
    #expect(try high.json.text("sharpe_ratio.minimum_track_record_remark").contains("not above 40"))
    let reading = bound.report.overfitting.rows(DetectionOptions())
      .first { $0.name == "probabilistic Sharpe" }?.reading
    #expect(reading?.contains("is above 0.5, ignoring") == true)
    // The verdict is of skill, which asks for more than 0.
    #expect(plain.report.verdict.outcome == high.report.verdict.outcome)
  }
}
