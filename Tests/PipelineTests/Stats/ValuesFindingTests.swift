import Glibc
import Statistics
import TestSupport
import Testing

@testable import Pipeline

/// What numbers are told apart by, on a gallery of each kind: those that people bring as returns pass in silence.
@Suite struct ValuesFindingTests {
  private struct Gallery {
    var random: SeededGenerator
    let bars: Int
    let strategies: Int

    mutating func noise(_ deviation: Double, mean: Double = 0) -> [[Double]] {
      (0..<bars).map { _ in (0..<strategies).map { _ in mean + deviation * random.normal() } }
    }

    /// With now and then something else.
    mutating func mixed(_ share: Double, _ rare: (inout SeededGenerator) -> Double, _ usual: Double)
      -> [[Double]]
    {
      (0..<bars).map { _ in
        (0..<strategies).map { _ in
          random.uniform(0...1) < share ? rare(&random) : usual * (1 + 0.3 * random.normal())
        }
      }
    }
  }

  private static func finding(_ rows: [[Double]], periods: Double = 252) throws -> ValuesFinding {
    let matrix = try ReturnMatrix(bars: rows.count, strategies: rows[0].count, values: rows.flatMap { $0 })
    return try ValuesFinding(matrix, names: rows[0].indices.map { "s\($0)" }, periodsPerYear: periods)
  }

  private static func levels(_ rows: [[Double]], _ add: (Double, Double) -> Double, from start: Double)
    -> [[Double]]
  {
    var level = Array(repeating: start, count: rows[0].count)
    return rows.map { row in
      for column in row.indices { level[column] = add(level[column], row[column]) }
      return level
    }
  }

  /// Rates of a money market, which rise slowly from one bar to the next.
  private static func rates(bars: Int, strategies: Int) -> [[Double]] {
    (0..<bars).map { bar -> [Double] in
      (0..<strategies).map { strategy -> Double in 1e-4 + 1e-6 * Double(bar) + 1e-8 * Double(strategy) }
    }
  }

  private static func scaled(_ rows: [[Double]], _ change: (Double) -> Double) -> [[Double]] {
    rows.map { $0.map(change) }
  }

  static let shapes = [(24, 1), (24, 12), (60, 3), (250, 1), (250, 30), (1_000, 5)]

  @Test(arguments: shapes) func returnsPassInSilence(bars: Int, strategies: Int) throws {
    for seed in 0..<4 {
      var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: bars, strategies: strategies)
      let smooth = Self.rates(bars: bars, strategies: strategies)
      let rounded = Self.scaled(gallery.noise(0.003)) { ($0 * 1e4).rounded() / 1e4 }
      let all: [(String, [[Double]], Double)] = [
        ("days", gallery.noise(0.01, mean: 0.0005), 252), ("months", gallery.noise(0.045, mean: 0.006), 12),
        ("years", gallery.noise(0.2, mean: 0.08), 1), ("hours", gallery.noise(0.004), 8_766),
        ("minutes", gallery.noise(0.0006), 525_960), ("coins", gallery.noise(0.08), 365.25),
        ("minutes of coins", gallery.noise(0.002), 525_960), ("leverage", gallery.noise(0.15), 252),
        ("options", gallery.mixed(0.03, { -$0.uniform(0.1...0.9) }, 0.004), 252),
        ("money market", smooth, 252), ("money market by month", Self.scaled(smooth) { $0 * 10 }, 12),
        ("rounded", rounded, 252), ("hardly trades", gallery.mixed(0.02, { 0.02 * $0.normal() }, 0), 252),
        ("idle", gallery.noise(0), 252),
      ]
      for (name, rows, periods) in all {
        let found = try Self.finding(rows, periods: periods)
        #expect(found.percent == nil && found.extremes == nil, "\(name), seed \(seed)")
      }
    }
  }

  /// A loss beyond everything is told, and stays a return.
  @Test func leverageMayLoseMoreThanEverything() throws {
    var gallery = Gallery(random: SeededGenerator(seed: 3), bars: 500, strategies: 6)
    var rows = gallery.noise(0.03)
    rows[100] = rows[100].map { $0 - 1.5 }
    let found = try Self.finding(rows)
    #expect(found.percent == nil)
    #expect(found.extremes?.count == 6 && found.extremes?.bar == 100 && found.extremes?.strategy == 0)
  }

  @Test(arguments: [(60, 1), (60, 8), (250, 3), (1_000, 20)]) func percentIsTold(bars: Int, strategies: Int)
    throws
  {
    var gallery = Gallery(random: SeededGenerator(seed: 9), bars: bars, strategies: strategies)
    for (deviation, periods) in [
      (1.0, 252.0), (4.5, 12), (1, .nan), (0.8, 252), (0.3, 8_766), (0.05, 525_960),
    ] {
      #expect(
        try Self.finding(gallery.noise(deviation), periods: periods).percent != nil,
        "\(deviation) at \(periods) a year")
    }
  }

  /// Percent of a small spread is what no fractions are but those of the wildest coins.
  @Test(arguments: [
    (0.3, 252.0, true), (0.12, 252, true), (0.3, 52, true), (0.045, 12, false), (0.07, 365.25, false),
  ])
  func aSpreadAsOfPercentIsTold(deviation: Double, periods: Double, isTold: Bool) throws {
    var gallery = Gallery(random: SeededGenerator(seed: 4), bars: 400, strategies: 5)
    let rows = gallery.noise(deviation)
    let found = try Self.finding(rows, periods: periods)
    #expect(found.percent == nil && (found.spread != nil) == isTold)
    #expect(
      found.spread?.hasSuffix(" a year, taken as fractions; if they are percent, pass --values percent")
        != false)
    // Without times a year is assumed where that is said.
    let matrix = try ReturnMatrix(bars: 400, strategies: 5, values: rows.flatMap { $0 })
    let names = (0..<5).map(String.init)
    #expect(try ValuesFinding(matrix, names: names, periodsPerYear: .nan).spread == nil)
    let assumed = try ValuesFinding(matrix, names: names, periodsPerYear: .nan, assumedPeriods: periods)
    #expect((assumed.spread != nil) == isTold)
  }

  @Test(arguments: [(60, 1), (120, 3), (500, 10)]) func levelsAreRefused(bars: Int, strategies: Int) throws {
    for seed in 0..<8 {
      var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: bars, strategies: strategies)
      let returns = gallery.noise(0.01)
      let wealth = Self.levels(returns, { $0 * (1 + $1) }, from: 1)
      let levels: [(String, [[Double]], String)] = [
        ("prices", Self.scaled(wealth) { $0 * 100 }, "as prices and equity do"),
        ("equity", wealth, "as prices and equity do"),
        ("an account", Self.scaled(wealth) { $0 * 25_000 }, "as prices and equity do"),
        ("money", Self.scaled(returns) { $0 * 1e5 }, "as profits in money do"),
      ]
      for (name, rows, words) in levels {
        let fault = #expect(throws: ReturnsFault.self, "\(name)") { try Self.finding(rows) }
        let message = fault?.description ?? ""
        #expect(message.contains(words), "\(name): \(message)")
      }
    }
  }

  /// Of a random walk of few bars it takes luck to look like one: nearly all are found, and of 250 bars all.
  @Test func cumulativeReturnsAreRefused() throws {
    var found = 0
    for seed in 0..<50 {
      var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: 250, strategies: 5)
      let returns = gallery.noise(0.01)
      let walks: [[[Double]]] = [
        Self.levels(returns, { $0 + $1 }, from: 0),
        Self.levels(returns, { (1 + $0) * (1 + $1) - 1 }, from: 0),
      ]
      for walk in walks {
        do { _ = try Self.finding(walk) } catch {
          if "\(error)".contains("as cumulative returns do") { found += 1 }
        }
      }
    }
    #expect(found == 100)
  }

  /// By their shape, however small they are: sums from 0 on, and sums that change their sign.
  @Test(arguments: [1e-2, 1e-4, 1e-7]) func sumsOfAnySizeAreRefused(size: Double) throws {
    for seed in 0..<20 {
      var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: 250, strategies: 4)
      let sums = Self.levels(gallery.noise(size), { $0 + $1 }, from: 0)
      let fault = #expect(throws: ReturnsFault.self, "seed \(seed)") { try Self.finding(sums) }
      #expect(fault?.description.contains("as cumulative returns do") == true)
    }
  }

  /// AR(1) returns, those of hedge funds by month, and ones that overlap by three bars.
  @Test(arguments: [24, 60, 250, 1_000]) func persistentReturnsPassInSilence(bars: Int) throws {
    for seed in 0..<20 {
      for coefficient in [0.3, 0.5] {
        var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: bars, strategies: 3)
        let returns = Self.levels(gallery.noise(0.01), { coefficient * $0 + $1 }, from: 0)
        #expect(try Self.finding(returns, periods: 12).drift == nil, "\(coefficient), seed \(seed)")
      }
      var gallery = Gallery(random: SeededGenerator(seed: UInt64(seed)), bars: bars + 2, strategies: 3)
      let noise = gallery.noise(0.01)
      let overlapping = (0..<bars).map { bar -> [Double] in
        let (first, second, third) = (noise[bar], noise[bar + 1], noise[bar + 2])
        return first.indices.map { first[$0] + second[$0] + third[$0] }
      }
      #expect(try Self.finding(overlapping).drift == nil || bars == 24, "overlapping, seed \(seed)")
    }
  }

  /// A sum beside the returns that it is of would be the best of all; a rate beside them is small, and told.
  @Test func oneSumIsRefusedAndOneRateIsTold() throws {
    for size in [0.01, 1e-5] {
      var gallery = Gallery(random: SeededGenerator(seed: 6), bars: 500, strategies: 5)
      var rows = gallery.noise(size)
      let sums = Self.levels(rows, { $0 + $1 }, from: 0)
      for bar in rows.indices { rows[bar][3] = sums[bar][3] }
      let fault = #expect(throws: ReturnsFault.self) { try Self.finding(rows) }
      #expect(
        fault?.description
          == "s3 drifts instead of varying about a mean, as cumulative returns do, expected the return of a bar in "
          + "each cell, as a fraction; give the changes of these columns or remove them, or pass --values returns"
      )
    }
    var gallery = Gallery(random: SeededGenerator(seed: 6), bars: 500, strategies: 4)
    var rows = gallery.noise(0.01)
    let rates = Self.rates(bars: 500, strategies: 1)
    for bar in rows.indices { rows[bar][3] = rates[bar][0] }
    #expect(
      try Self.finding(rows).drift
        == "s3 drifts slowly, taken as returns; if a rate, pass --benchmark s3; if a sum, give its changes")
    #expect(
      try Self.finding(Self.rates(bars: 250, strategies: 3)).drift
        == "s0, s1, s2 drift slowly, taken as returns; if sums, pass --values summed")
  }

  /// A rate in percent beside factors in percent is no price.
  @Test func aRateInPercentIsNoPrice() throws {
    var gallery = Gallery(random: SeededGenerator(seed: 8), bars: 300, strategies: 4)
    var rows = gallery.noise(4)
    for bar in rows.indices { rows[bar][3] = 0.55 + 0.001 * Double(bar) }
    let found = try Self.finding(rows, periods: 12)
    #expect(found.percent != nil && found.drift?.hasPrefix("s3 drifts slowly") == true)
  }

  /// What is offered can be taken: a kind that the numbers cannot be of is not named.
  @Test func remediesFit() throws {
    var gallery = Gallery(random: SeededGenerator(seed: 2), bars: 400, strategies: 3)
    var returns = gallery.noise(0.01)
    // So that nothing stays above what it began with.
    returns[0] = [-0.03, -0.03, -0.03]
    let wealth = Self.levels(returns, { $0 * (1 + $1) }, from: 1)
    func remedy(_ rows: [[Double]], option: String = "values") throws -> String {
      let matrix = try ReturnMatrix(bars: rows.count, strategies: 3, values: rows.flatMap { $0 })
      do {
        _ = try ValuesFinding(
          matrix, names: ["a", "b", "c"], periodsPerYear: 252, option: option)
        return ""
      } catch { return "\(error)" }
    }
    let fractions = try remedy(Self.scaled(wealth) { $0 - 1 })
    #expect(
      fractions.contains("--values cumulative if they are compounded") && !fractions.contains("percent"))
    let percent = try remedy(Self.scaled(wealth) { 100 * ($0 - 1) })
    #expect(percent.contains("--values cumulative-percent if") && !percent.contains("cumulative if"))
    let logarithms = try remedy(Self.scaled(wealth) { log(50 * $0) })
    #expect(logarithms.contains("log-prices") && logarithms.contains("--values prices"))
    let gross = try remedy(Self.scaled(returns) { 1 + $0 }, option: "benchmark-values")
    #expect(
      gross.contains("vary about 1, as 1 plus a return does") && gross.contains("--benchmark-values gross"))
    let positions = try remedy(Self.scaled(returns) { $0 > 0.005 ? 1 : $0 < -0.005 ? -1 : 0 })
    #expect(positions.contains("all numbers are -1, 0 or 1, as positions are"))
  }

  /// One column of prices among returns would be the best of all.
  @Test func oneColumnOfPricesIsEnough() throws {
    var gallery = Gallery(random: SeededGenerator(seed: 5), bars: 120, strategies: 4)
    var rows = gallery.noise(0.01)
    for bar in rows.indices { rows[bar][2] = 84 + Double(bar % 7) }
    let fault = #expect(throws: ReturnsFault.self) { try Self.finding(rows) }
    #expect(
      fault?.description
        == "s2 never falls below 84.00, as prices and equity do, expected the return of a bar in each cell, "
        + "as a fraction; give the changes of these columns or remove them, or pass --values percent or returns"
    )
  }

  @Test(
    arguments: [
      (ReturnsValues.percent, [1.5, -2, 4], [0.015, -0.02, 0.04]),
      (.money, [1.5, -2, 4], [0.015, -0.02, 0.04]),
      (.log, [0.5, -0.25, 0], [expm1(0.5), expm1(-0.25), 0]),
      (.prices, [8, 10, 5], [.nan, 0.25, -0.5]), (.equity, [0.8, 1, 0.5], [.nan, 0.25, -0.5]),
      (.cumulative, [-0.2, 0, -0.5], [.nan, 0.25, -0.5]), (.summed, [100, 125, 75], [.nan, 0.25, -0.5]),
      (.prices, [8, .nan, 5], [.nan, .nan, .nan]), (.gross, [1.25, 0.5, 0], [0.25, -0.5, -1]),
      (.cumulativePercent, [-20, 0, -50], [.nan, 0.25, -0.5]),
      (.logPrices, [log(8), log(10), log(5)], [.nan, 0.25, -0.5]),
      // Sums that are equal but for rounding.
      (.summed, [0.3, 0.1 + 0.2, 1.3], [.nan, 0, 0.01]),
    ] as [(ReturnsValues, [Double], [Double])])
  func conversions(values: ReturnsValues, numbers: [Double], expected: [Double]) throws {
    let matrix = try ReturnMatrix(bars: 3, strategies: 1, values: numbers)
    let found = try ReturnsConversion(values: values, capital: 100).returns(matrix, names: ["a"])
    for (value, other) in zip(found.values, expected) {
      #expect(value.isNaN && other.isNaN || abs(value - other) <= 1e-15, "\(value), \(other)")
    }
  }

  @Test(arguments: [
    (ReturnsValues.prices, [8.0, 0, 5]), (.equity, [8, -1, 5]), (.cumulative, [0, -1, 0.5]),
    (.gross, [1, -0.5, 1]), (.cumulativePercent, [0, -100, 5]),
  ])
  func valuesThatAreNotOfTheKind(values: ReturnsValues, numbers: [Double]) throws {
    let matrix = try ReturnMatrix(bars: 3, strategies: 1, values: numbers)
    let fault = #expect(throws: ReturnsFault.self) {
      try ReturnsConversion(values: values).returns(matrix, names: ["a"])
    }
    #expect(fault == .notOfKind(column: "a", bar: 2, found: numbers[1], kind: values))
  }

  /// Running sums beside their column, however few there are, with the decimals that people write.
  @Test(arguments: [(10, 3), (60, 3), (10, 4), (60, 4), (400, 4), (10, 6), (60, 6), (400, 6)])
  func sumsOfAColumnBesideIt(bars: Int, decimals: Int) throws {
    let scale = pow(10, Double(decimals))
    func written(_ value: Double) -> Double { (value * scale).rounded() / scale }
    for seed: UInt64 in 0..<3 {
      var gallery = Gallery(random: SeededGenerator(seed: seed), bars: bars, strategies: 2)
      let rows = Self.scaled(gallery.noise(decimals == 3 ? 0.03 : 0.01), written)
      for add in [{ $0 + $1 }, { (1 + $0) * (1 + $1) - 1 }] as [(Double, Double) -> Double] {
        let sums = Self.scaled(Self.levels(rows, add, from: 0), written)
        let error = #expect(throws: ReturnsFault.self) {
          try Self.finding(zip(rows, sums).map { $0 + [$1[1]] })
        }
        guard case .otherValues(let found, let remedy)? = error else { return }
        #expect(found == "s2 adds up what s1 has, bar by bar, as cumulative returns do")
        #expect(remedy == "remove s2, or pass --values returns")
      }
      // Multiples and differences of a column are strategies.
      _ = try Self.finding(rows.map { [$0[0], 2 * $0[0], $0[0] - $0[1], $0[1]] })
    }
  }

  /// Returns of some columns in percent beside those of others.
  @Test(arguments: [20, 250], [1, 2]) func percentAmongFractions(bars: Int, columns: Int) throws {
    var gallery = Gallery(random: SeededGenerator(seed: 6), bars: bars, strategies: 4)
    let rows = gallery.noise(0.02).map { row in row.indices.map { $0 < columns ? 100 * row[$0] : row[$0] } }
    let error = #expect(throws: ReturnsFault.self) { try Self.finding(rows) }
    guard case .otherValues(let found, let remedy)? = error else { return }
    #expect(found.hasPrefix(columns == 1 ? "s0 varies more than 20 times" : "s0, s1 vary more than 20 times"))
    #expect(remedy == "write all columns in one unit, or pass --values returns")
    // Strategies with leverage are none.
    _ = try Self.finding(rows.map { row in row.indices.map { $0 < columns ? 0.05 * row[$0] : row[$0] } })
  }

  /// What is never below 0 beside strategies, and alone.
  @Test(arguments: [30, 250]) func whatNeverLosesIsNoReturn(bars: Int) throws {
    var gallery = Gallery(random: SeededGenerator(seed: 5), bars: bars, strategies: 2)
    let rows = gallery.noise(0.01)
    let weights = (0..<bars).map { _ in gallery.random.uniform(0...0.45) + 1e-6 }
    // Of a rolling window they hardly move from bar to bar.
    let smooth = (0..<bars).map { 0.014 + 0.003 * sin(Double($0) / 20) }
    let volatilities = (0..<bars).map { _ in 0.012 + 0.002 * gallery.random.uniform(-1...1) }
    for column in [weights, volatilities] {
      let beside = #expect(throws: ReturnsFault.self) {
        try Self.finding(zip(rows, column).map { $0 + [$1] })
      }
      guard case .otherValues(let found, _)? = beside else { return }
      #expect(found == "s2 is never below 0, as weights, volatilities and probabilities are")
    }
    #expect(throws: ReturnsFault.self) { try Self.finding(zip(rows, smooth).map { $0 + [$1] }) }
    #expect(throws: ReturnsFault.self) { try Self.finding(weights.map { [$0] }) }
    // A money market beside strategies, a strategy that hardly trades and never lost, and one that lost once.
    _ = try Self.finding(rows.indices.map { rows[$0] + [1e-4 + 1e-6 * Double($0 % 7)] })
    _ = try Self.finding(rows.indices.map { rows[$0] + [$0 % 10 == 3 ? 0.01 + 1e-4 * Double($0) : 0] })
    _ = try Self.finding(rows.indices.map { rows[$0] + [$0 == 7 ? -0.001 : weights[$0] / 10] })
  }
}
