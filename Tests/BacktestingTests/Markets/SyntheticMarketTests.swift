import Backtesting
import Testing

@Suite struct SyntheticMarketTests {
  static let models = ["random-walk", "garch", "regimes", "bootstrap"]

  /// The market of a model; a bootstrap draws from a random walk.
  static func market(_ text: String, count: Int, seed: UInt64 = 1, edge: Double = 0) throws -> Market {
    let source = try SyntheticMarket(model: SyntheticModel("random-walk"), count: 3000, seed: 99)
    return try SyntheticMarket(model: SyntheticModel(text), count: count, seed: seed, edge: edge)
      .market(resampling: source.market())
  }

  static func returns(_ market: Market) -> [Double] {
    zip(market.close.dropFirst(), market.close).map { $0 / $1 - 1 }
  }

  @Test(
    arguments: models + ["random-walk:volatility=0.2", "garch:alpha=0.099,volatility=0.2"], [-0.1, 0, 0.1])
  func barsAreSound(model: String, edge: Double) throws {
    let market = try Self.market(model, count: 2000, edge: edge)
    #expect(market.count == 2000)
    for bar in 0..<market.count {
      let (low, high) = (market.low[bar], market.high[bar])
      #expect(low > 0 && high.isFinite)
      #expect(low <= market.open[bar] && low <= market.close[bar])
      #expect(high >= market.open[bar] && high >= market.close[bar])
      #expect(market.volume[bar] > 0 && market.volume[bar].isFinite)
    }
    #expect(market.timestamps.first == 946_684_800_000_000)
    #expect(market.calendar.barsPerYear == 365.25 && market.continuity.gaps.isEmpty)
  }

  @Test(arguments: models)
  func seedsDecide(model: String) throws {
    let market = try Self.market(model, count: 500)
    #expect(try Self.market(model, count: 500) == market)
    #expect(try Self.market(model, count: 500, seed: 2) != market)
    #expect(try Self.market(model, count: 800)[0..<500] == market)
  }

  /// Statistical: fixed seeds, five standard errors of the mean over 40,000 bars.
  @Test(
    arguments: ["random-walk", "garch:alpha=0.05", "regimes:calm-drift=0,wild-drift=0"], [0, 0.002, -0.004])
  func followingTheLastBarEarnsTheEdge(model: String, edge: Double) throws {
    let returns = Self.returns(try Self.market(model, count: 40_000, edge: edge))
    let earned = zip(returns, returns.dropFirst()).map { $0 > 0 ? $1 : $0 < 0 ? -$1 : 0 }
    let (mean, deviation) = moments(earned)
    #expect(abs(mean - edge) < 5 * deviation / Double(earned.count).squareRoot())
  }

  @Test func randomWalkHasItsVolatilityAndDrift() throws {
    let returns = Self.returns(try Self.market("random-walk:volatility=0.02,drift=0.001", count: 20_000))
    let (mean, deviation) = moments(returns)
    #expect(abs(mean - 0.001) < 5 * 0.02 / 20_000.0.squareRoot())
    #expect(abs(deviation / 0.02 - 1) < 5 / 40_000.0.squareRoot())
    #expect(abs(correlation(returns.map { $0 * $0 })) < 5 / 20_000.0.squareRoot())
  }

  /// Statistical: the variance of clustered returns converges slowly, hence the tenth.
  @Test func garchClustersAroundItsVolatility() throws {
    let returns = Self.returns(try Self.market("garch:alpha=0.1,beta=0.8,volatility=0.03", count: 40_000))
    let (_, deviation) = moments(returns)
    #expect(abs(deviation / 0.03 - 1) < 0.1)
    // The autocorrelation of squares at lag 1 is α(1 - αβ - β²)/(1 - 2αβ - β²) = 0.14.
    #expect(abs(correlation(returns.map { $0 * $0 }) - 0.14) < 0.05)
    #expect(abs(correlation(returns)) < 0.02)
  }

  @Test func regimesMixTheirVariancesByTheirLengths() throws {
    let returns = Self.returns(
      try Self.market("regimes:calm-drift=0,wild-drift=0,calm-length=30,wild-length=10", count: 40_000))
    let (_, deviation) = moments(returns)
    let expected = (0.75 * 0.02 * 0.02 + 0.25 * 0.06 * 0.06).squareRoot()
    #expect(abs(deviation / expected - 1) < 0.08)
    // λ·Var(σ²)/Var(r²) with λ = 1 - 1/30 - 1/10, the chance that the state is remembered.
    #expect(abs(correlation(returns.map { $0 * $0 }) - 0.1926) < 0.05)
  }

  /// Each bar of the bootstrap is one of the source; runs of neighbours have the mean length that was asked for.
  @Test(arguments: [1.0, 5, 40])
  func bootstrapRepeatsBlocksOfItsSource(block: Double) throws {
    let source = try Self.market("garch", count: 1000, seed: 5)
    let model = SyntheticModel.bootstrap(meanBlockLength: block)
    let market = try SyntheticMarket(model: model, count: 20_000, seed: 1).market(resampling: source)
    // The volume of a bar tells which one it is.
    let positions = Dictionary(uniqueKeysWithValues: source.volume.enumerated().map { ($1, $0) })
    let drawn = try market.volume.map { try #require(positions[$0]) }
    #expect(!drawn.contains(0))
    for bar in stride(from: 1, to: 20_000, by: 41) {
      let original = source.high[drawn[bar]] / source.close[drawn[bar] - 1]
      #expect(abs(market.high[bar] / market.close[bar - 1] / original - 1) < 1e-14)
    }
    let blocks = 1 + zip(drawn, drawn.dropFirst()).count { $1 != $0 % 999 + 1 }
    // A new block happens to continue the old one once in 999.
    let expected = 20_000 / block * (1 - 1 / 999.0)
    #expect(abs(Double(blocks) - expected) < 5 * expected.squareRoot() + 1)
  }

  @Test func whatCannotBeMadeIsRefused() throws {
    let model = try SyntheticModel("bootstrap")
    #expect(throws: SyntheticMarketError.badCount(found: 1, range: SyntheticMarket.countRange)) {
      try SyntheticMarket(model: model, count: 1, seed: 1)
    }
    #expect(throws: SyntheticMarketError.self) {
      try SyntheticMarket(model: model, count: 10, seed: 1, edge: .nan)
    }
    #expect(throws: SyntheticMarketError.sourceTooShort(bars: 0, needed: 2)) {
      try SyntheticMarket(model: model, count: 10, seed: 1).market()
    }
    let error = #expect(throws: SyntheticMarketError.self) {
      try Self.market("random-walk:drift=0.1", count: 5000)
    }
    guard case .priceOutOfRange = error else {
      Issue.record("a price of 1.1⁵⁰⁰⁰ was not refused")
      return
    }
  }

  private func moments(_ values: [Double]) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
    return (mean, variance.squareRoot())
  }

  /// The autocorrelation at lag 1.
  private func correlation(_ values: [Double]) -> Double {
    let (mean, deviation) = moments(values)
    let products = zip(values, values.dropFirst()).reduce(0) { $0 + ($1.0 - mean) * ($1.1 - mean) }
    return products / Double(values.count - 1) / (deviation * deviation)
  }
}
