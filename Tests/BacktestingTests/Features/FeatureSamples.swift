import FoundationEssentials
import Kernels

@testable import Backtesting

extension Feature {
  /// Every case at short and long periods, and the defaults.
  static let samples: [Feature] =
    rules + linearDefaults + [
      .scaledMomentum(period: 3, volatility: 2), .scaledMomentum(period: 50, volatility: 7),
      .scaledSimpleMovingAverage(period: 2, volatility: 30),
      .scaledExponentialMovingAverage(period: 2, volatility: 30), .scaledRelativeStrength(period: 3),
      .scaledMACD(fast: 1, slow: 2, signal: 2, volatility: 2), .commodityChannel(period: 2),
      .trendStrength(period: 2), .directionalBalance(period: 2), .aroon(period: 1), .moneyFlow(period: 1),
      .rangeRatio(fast: 1, slow: 2), .volatilityRatio(fast: 2, slow: 3), .volumeRatio(fast: 3, slow: 50),
      .body(period: 1), .closeLocation(period: 1),
    ]

  /// The features of the rule grids at short and long periods.
  static let rules: [Feature] = [
    .simpleMovingAverage(period: 1), .simpleMovingAverage(period: 20), .simpleMovingAverage(period: 200),
    .exponentialMovingAverage(period: 1), .exponentialMovingAverage(period: 26), .momentum(period: 1),
    .momentum(period: 90), .relativeStrength(period: 2), .relativeStrength(period: 14),
    .bollinger(period: 2), .bollinger(period: 20), .donchian(period: 1), .donchian(period: 55),
    .macdGap(period: 1, signal: 2), .macdGap(period: 26, signal: 9), .stochastic(period: 1, smoothing: 1),
    .stochastic(period: 14, smoothing: 3),
  ]
}

extension Market {
  /// A market in which every bar moves, as any real one that is traded: open, high, low and close differ.
  static func randomWalk(seed: UInt64, count: Int) -> Market {
    var stream = RandomStream(seed: seed, purpose: .market)
    var (open, high, low, close, volume): ([Double], [Double], [Double], [Double], [Double]) =
      ([], [], [], [], [])
    var price = 100.0
    for _ in 0..<count {
      open.append(price * (0.995 + 0.01 * stream.uniform()))
      price *= 0.96 + 0.081 * stream.uniform()
      close.append(price)
      high.append(max(open.last!, price) * (1 + 0.02 * stream.uniform()))
      low.append(min(open.last!, price) * (1 - 0.02 * stream.uniform()))
      volume.append(1 + 1_000 * stream.uniform())
    }
    return Market(
      name: "random-walk", timestamps: (0..<count).map { Int64($0) * 86_400_000_000 }, open: open, high: high,
      low: low, close: close, volume: volume)
  }

  /// A market of bars that all stand at one price.
  static func still(price: Double, count: Int) -> Market {
    let column = [Double](repeating: price, count: count)
    return Market(
      name: "still", timestamps: (0..<count).map { Int64($0) * 86_400_000_000 }, open: column, high: column,
      low: column, close: column, volume: column)
  }

  /// The market with the bars from `bar` on given new prices and volumes by `change`.
  func changed(from bar: Int, _ change: (Double) -> Double) -> Market {
    func altered(_ column: [Double]) -> [Double] { column[..<bar] + column[bar...].map(change) }
    return Market(
      name: name, timestamps: timestamps, open: altered(open), high: altered(high), low: altered(low),
      close: altered(close), volume: altered(volume))
  }
}

/// The bits of a column, all undefined values alike.
func bits(_ column: some Sequence<Double>) -> [UInt64] {
  column.map { $0.isNaN ? Double.nan.bitPattern : $0.bitPattern }
}

/// Reads the files that scripts/make-talib-fixtures.py wrote.
enum Fixture {
  /// The first 1,200 daily bars of BTC/USDT.
  static func bars() throws -> Market {
    let rows = try rows(of: "talib-bars.csv")
    let columns = (1...5).map { field in rows.map { Double($0[field])! } }
    return Market(
      name: "btc-1d", timestamps: rows.indices.map { Int64($0) * 86_400_000_000 }, open: columns[0],
      high: columns[1], low: columns[2], close: columns[3], volume: columns[4])
  }

  /// The sampled values of one indicator, by its periods such as `12/26/9`.
  static func values(_ indicator: String) throws -> [String: [(bar: Int, value: Double)]] {
    var result: [String: [(bar: Int, value: Double)]] = [:]
    for row in try rows(of: "talib-values.csv") where row[0] == indicator {
      result[row[1], default: []].append((Int(row[2])!, Double(row[3]) ?? .nan))
    }
    return result
  }

  /// The fields of the lines after the comments and the header.
  private static func rows(of file: String) throws -> [[String]] {
    let path = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    let text = try String(contentsOfFile: "/\(path)/Fixtures/\(file)", encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }
}
