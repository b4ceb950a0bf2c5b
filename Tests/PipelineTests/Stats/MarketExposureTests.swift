import Artifacts
import Backtesting
import Kernels
import TestSupport
import Testing

@testable import Pipeline

/// Returns less each strategy's own exposure to the market, which is read off the returns.
@Suite struct MarketExposureTests {
  private func positions(_ exposure: MarketExposure) -> [Double]? {
    if case .positions(let positions) = exposure { positions } else { nil }
  }

  private func slope(_ exposure: MarketExposure) -> Double? {
    if case .slope(let slope) = exposure { slope } else { nil }
  }

  private func market(_ bars: Int, deviation: Double = 0.01, seed: UInt64 = 1) -> [Double] {
    var random = SeededGenerator(seed: seed)
    return (0..<bars).map { _ in 0.0005 + deviation * random.normal() }
  }

  /// Exact, for positions of -1, 0 and 1 without costs, in full and rounded to six and to four decimals.
  @Test(arguments: [0.0, 1e6, 1e4]) func fullPositionsAreFound(decimals: Double) throws {
    var random = SeededGenerator(seed: 2)
    let market = market(800)
    for share in [0.1, 0.5, 0.9] {
      var positions: [Double] = []
      for _ in market {
        positions.append(random.uniform(0...1) < share ? 1 : random.uniform(0...1) < 0.2 ? -1 : 0)
      }
      let returns = zip(positions, market).map { position, earned in
        decimals == 0 ? position * earned : (position * earned * decimals).rounded() / decimals
      }
      let found = try #require(self.positions(MarketExposure(returns, market: market)))
      // Bars on which the market hardly moves tell nothing and have the position before: there are few.
      let others = zip(found, positions).count { $0 != $1 }
      #expect(others <= (decimals == 1e4 ? 40 : 2), "\(share)")
    }
  }

  /// Statistical: positions of any size, within four standard errors of the slope.
  @Test func otherwiseByLeastSquares() throws {
    var random = SeededGenerator(seed: 3)
    let market = market(2_000)
    let returns = market.map { 0.37 * $0 + 0.002 * random.normal() + 0.001 }
    let slope = try #require(self.slope(MarketExposure(returns, market: market)))
    #expect(abs(slope - 0.37) <= 4 * 0.002 / (0.01 * 2_000.0.squareRoot()))
    #expect(MarketExposure(market.map { _ in 0 }, market: market) == .positions(market.map { _ in 0 }))
    #expect(MarketExposure(market, market: market.map { _ in 0 }) == .slope(0))
  }

  /// Costs fall on the bars of trades alone and leave the positions of the others.
  @Test func aFewCostsChangeNothing() throws {
    let market = market(500)
    let positions = market.indices.map { $0 / 50 % 2 == 0 ? 1.0 : 0 }
    let returns = market.indices.map { positions[$0] * market[$0] - ($0 % 50 == 0 ? 0.001 : 0) }
    let found = try #require(self.positions(MarketExposure(returns, market: market)))
    // The bar of each entry has the position before it.
    #expect(market.indices.allSatisfy { $0 % 50 == 0 || found[$0] == positions[$0] })
  }

  /// The test of a sweep against exposure, and of its returns with the bars that it was made on.
  @Test(arguments: [Direction.long, .longShort]) func agreesWithASweep(direction: Direction) throws {
    let options = Configuration.fewCrosses.with {
      $0.backtest.kernel = .reference
      $0.backtest.feeBasisPoints = 0
      $0.backtest.train = 1
      $0.selection.metric = .sharpeRatio
      $0.strategies.direction = direction
      $0.statistics.benchmark = .exposure
    }
    let sweep = try MeasuredSweep(options)
    let paths = sweep.paths
    let text = StatsSample.file(
      (0..<300).map { bar in paths.map { $0.netReturns[bar] } },
      names: paths.indices.map { sweep.experiment.strategies.name(of: $0) })
    let own = try sweep.document()
    let stats = try StatsSample.run(text) {
      $0.data = options.data
      $0.periodsPerYear = sweep.experiment.barsPerYear
      $0.resamples = options.statistics.resamples
      $0.seed = options.strategies.seed
    }
    #expect(try stats.json.text("data_snooping.benchmark") == "exposure")
    for path in ["reality_check.p_value", "superior_predictive_ability.p_value_consistent"] {
      let expected = try own.number("data_snooping.\(path)")
      // The first bar, which earns nothing there, is one more here, and no resample's order depends on it.
      #expect(abs(try stats.json.number("data_snooping.\(path)") - expected) <= 0.06, "\(path)")
    }
    #expect(
      stats.report.text(directory: "").contains {
        $0.contains("each strategy's own exposure to the market of ")
      })
  }

  private static func bars(_ days: [Int], time: Int64 = 0) -> Market {
    let closes = days.map { 100 + Double($0) }
    return Market(
      name: "m", timestamps: days.map { Int64($0) * 86_400_000_000 + time }, open: closes, high: closes,
      low: closes,
      close: closes, volume: closes.map { _ in 0 })
  }

  private static func returns(_ text: String) throws -> ImportedReturns {
    try ReturnsReader().read(Array(text.utf8), file: "returns.csv")
  }

  /// By time, by day, or by number.
  @Test func barsAreJoined() throws {
    let day: Int64 = 86_400_000_000
    let dated = try Self.returns("Date,a\n1970-01-03,0.1\n1970-01-05,0.1\n1970-01-06,0.2\n")
    let expected = [102.0 / 101 - 1, 104.0 / 102 - 1, 105.0 / 104 - 1]
    #expect(try MarketReturns(Self.bars(Array(0..<9)), name: "m", for: dated).values == expected)
    #expect(
      try MarketReturns(Self.bars(Array(0..<9), time: day / 2), name: "m", for: dated).values == expected)
    #expect(try MarketReturns(Self.bars(Array(2..<9)), name: "m", for: dated).values[0] == 0)
    let plain = try Self.returns("a\n0.1\n0.2\n0.3\n")
    let changes: [Double] = [101.0 / 100 - 1, 102.0 / 101 - 1, 103.0 / 102 - 1]
    #expect(try MarketReturns(Self.bars([0, 1, 2]), name: "m", for: plain).values == [0] + changes[..<2])
    #expect(try MarketReturns(Self.bars([0, 1, 2, 3]), name: "m", for: plain).values == changes)
    #expect(throws: ReturnsFault.marketCount(market: "m", found: 3, needed: 9)) {
      try MarketReturns(Self.bars(Array(0..<9)), name: "m", for: plain)
    }
    #expect(throws: ReturnsFault.marketTime(market: "m", bar: 2, time: 4 * day)) {
      try MarketReturns(Self.bars([0, 1, 2, 3, 5, 6]), name: "m", for: dated)
    }
  }
}
