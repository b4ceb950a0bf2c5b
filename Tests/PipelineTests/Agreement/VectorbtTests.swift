import Backtesting
import Kernels
import Pipeline
import TestSupport
import Testing

/// Published figures of an independent backtester, vectorbt, for 520 pairs of averages on the built-in daily bars.
@Suite("Agreement with vectorbt")
struct VectorbtTests {
  /// A sweep of the pairs, and the performance of each, in the order of the fixture.
  static func performances(_ figures: VectorbtFigures, precision: Precision, fee: Double) throws
    -> [Performance]
  {
    let market = try RealBars.daily.get()
    try #require(market.count == figures.bars.count)
    func distinct(_ values: [Double]) -> [Double] { Array(Set(values)).sorted() }
    let family = try #require(RuleFamily(.smaCross))
    let grid = try RuleGrid(
      family: family, axisValues: [distinct(figures.fast), distinct(figures.slow)], direction: .long,
      stops: .none)
    let strategies = StrategySet(family: .smaCross, columns: .grid(grid), direction: .long, stops: .none)
    let table = Backtest(
      market: market, segments: [Segment(name: "all", bars: 0..<market.count)], costBasisPoints: fee,
      precision: precision
    ).run(strategies)
    var byPair: [[Double]: Performance] = [:]
    for index in 0..<strategies.count {
      byPair[strategies.parameters(of: index)] = Performance(
        table.tally(of: index, segment: 0), convention: .portfolio, barsPerYear: figures.barsPerYear)
    }
    try #require(byPair.count >= 500)
    return try zip(figures.fast, figures.slow).map { try #require(byPair[[$0, $1]]) }
  }

  @Test("in double precision: trades equal, the rest to 1e-9 of itself", arguments: [0, 10])
  func double(fee: Double) throws {
    let figures = try VectorbtFigures.read.get()
    let expected = try #require(figures.run(fee: fee, convention: "additive"))
    let found = try Self.performances(figures, precision: .double, fee: fee)
    for (pair, performance) in found.enumerated() {
      let name = Comment("fast \(figures.fast[pair]), slow \(figures.slow[pair])")
      func near(_ found: Double, _ expected: Double) -> Bool {
        Tolerance.rounding(absolute: 1e-9 * abs(expected)).accepts(found, expected)
      }
      #expect(performance.trades == Double(expected.numTrades[pair]), name)
      #expect(performance.winRate == expected.winRate[pair], name)
      #expect(near(performance.totalReturn, expected.totalReturn[pair]), name)
      #expect(near(performance.sharpeRatio, expected.sharpeRatio[pair]), name)
      #expect(near(performance.maximumDrawdown, expected.maxDrawdown[pair]), name)
    }
  }

  /// Without costs the two conventions of costs are one.
  @Test("without costs vectorbt's own figures are those of its positions under our convention")
  func conventions() throws {
    let figures = try VectorbtFigures.read.get()
    let own = try #require(figures.run(fee: 0, convention: "vectorbt"))
    let additive = try #require(figures.run(fee: 0, convention: "additive"))
    #expect(own.numTrades == additive.numTrades)
    for (a, b) in zip(own.totalReturn, additive.totalReturn) { #expect(abs(a - b) <= 1e-9 * abs(b)) }
  }

  /// Costs of c a change, taken out of the order by vectorbt and off the next return here, differ by c·(r + 2c) a round
  /// trip to first order, r being what its first bar returned. No day of these bars moved by more than 0.4.
  @Test("at 10 bp vectorbt's own figures differ as the conventions of costs do")
  func ownCosts() throws {
    let figures = try VectorbtFigures.read.get()
    let own = try #require(figures.run(fee: 10, convention: "vectorbt"))
    let found = try Self.performances(figures, precision: .double, fee: 10)
    for (pair, performance) in found.enumerated() {
      #expect(performance.trades == Double(own.numTrades[pair]))
      let bound = Double(own.numTrades[pair]) * 0.001 * 0.402 * (1 + own.totalReturn[pair])
      #expect(abs(performance.totalReturn - own.totalReturn[pair]) <= bound)
    }
  }

  /// Bounds of TallyAgreement for n bars with u = 2⁻²⁴: growth is off by (2n + 16)·u of itself, drawdown by twice that,
  /// and with e = (n + 8)·u the mean by e·q, q² being the mean square, and the deviation d by 3/2·e·q²/d. For a Sharpe
  /// ratio of s a bar, q²/d² is 1 + s² but for a part in n.
  @Test("in single precision: trades equal, the rest within the rounding of its sums", arguments: [0, 10])
  func single(fee: Double) throws {
    let figures = try VectorbtFigures.read.get()
    let expected = try #require(figures.run(fee: fee, convention: "additive"))
    let found = try Self.performances(figures, precision: .single, fee: fee)
    let n = Double(figures.bars.count)
    let e = (n + 8) * UnitRoundoff.single * (1 + 1 / n)
    let factors = (2 * n + 16) * UnitRoundoff.single
    let annual = figures.barsPerYear.squareRoot()
    for (pair, performance) in found.enumerated() {
      let name = Comment("fast \(figures.fast[pair]), slow \(figures.slow[pair])")
      let s = expected.sharpeRatio[pair] / annual
      let sharpe = annual * e * ((1 + s * s).squareRoot() + 1.5 * abs(s) * (1 + s * s))
      let growth = factors * (1 + expected.totalReturn[pair])
      #expect(performance.trades == Double(expected.numTrades[pair]), name)
      #expect(abs(performance.totalReturn - expected.totalReturn[pair]) <= growth, name)
      #expect(abs(performance.sharpeRatio - expected.sharpeRatio[pair]) <= sharpe, name)
      #expect(
        abs(performance.maximumDrawdown - expected.maxDrawdown[pair]) <= 2 * factors, name)
    }
  }
}
