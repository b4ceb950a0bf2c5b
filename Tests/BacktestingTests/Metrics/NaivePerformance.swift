import Glibc
import Kernels
import TestSupport

@testable import Backtesting

/// Every metric from a strategy's whole path, by the textbook formulas in two passes.
struct NaivePerformance {
  let values: [Metric: Double]

  /// - Parameters:
  ///   - path: through one segment, `bars`, with returns between closes.
  ///   - barsPerYear: P below.
  init(
    _ path: ReferenceKernel.Path, earned: [Double], cost: Double, bars: Range<Int>, convention: Convention,
    barsPerYear: Double
  ) {
    let all = bars.map { path.netReturns[$0] }
    let inMarket = bars.dropFirst().filter { path.positions[$0 - 1] != 0 }
    let isPerTrade = convention == .perTrade
    let x =
      isPerTrade
      ? TradeObservations.of(
        segment: 0, positions: path.positions, earned: earned, cost: cost,
        timeline: Timeline(segments: [Segment(name: "all", bars: bars)])) : all
    let trades =
      isPerTrade ? x : Self.trades(positions: path.positions, earned: earned, cost: cost, bars: bars)
    let n = Double(x.count)
    let mean = Self.sum(x) / n
    func moment(_ power: Int) -> Double {
      Self.sum(x.map { value in (0..<power).reduce(1) { product, _ in product * (value - mean) } }) / n
    }
    let deviation = (moment(2) * (isPerTrade ? 1 : n / (n - 1))).squareRoot()
    let equity = all.reduce(into: [1.0]) { $0.append($0.last! * (1 + $1)) }
    let drawdown = equity.indices.map { 1 - equity[$0] / equity[...$0].max()! }.max()!
    let growthAYear = pow(equity.last!, barsPerYear / Double(all.count))
    let changes = Self.sum(
      bars.map { Double(abs(path.positions[$0] - ($0 == bars.lowerBound ? 0 : path.positions[$0 - 1]))) })
    let profit = Self.sum(trades.filter { $0 > 0 })
    let loss = -Self.sum(trades.filter { $0 < 0 })
    values = [
      .winRate: Double(trades.count { $0 > 0 }) / Double(trades.count),
      .totalReturn: isPerTrade ? Self.sum(x) : equity.last! - 1,
      .sharpeRatio: mean / deviation * barsPerYear.squareRoot(),
      .maximumDrawdown: drawdown,
      .trades: Double(trades.count),
      .cagr: growthAYear - 1,
      .volatility: deviation * barsPerYear.squareRoot(),
      .sortinoRatio: mean / (Self.sum(x.map { min($0, 0) * min($0, 0) }) / n).squareRoot()
        * barsPerYear.squareRoot(),
      .calmarRatio: (growthAYear - 1) / drawdown,
      .profitFactor: profit / loss,
      .expectancy: Self.sum(trades) / Double(trades.count),
      .exposure: Double(inMarket.count) / Double(all.count),
      .turnover: changes * barsPerYear / Double(all.count),
      .skewness: moment(3) / pow(moment(2), 1.5),
      .kurtosis: moment(4) / (moment(2) * moment(2)),
    ]
  }

  /// The net return of each stretch of one position that is not 0.
  private static func trades(
    positions: [Int], earned: [Double], cost: Double, bars: Range<Int>
  ) -> [Double] {
    var trades: [Double] = []
    var growth = 1.0
    for bar in bars where positions[bar] != 0 {
      let isFirst = bar == bars.lowerBound || positions[bar - 1] != positions[bar]
      growth *= 1 + Double(positions[bar]) * earned[bar + 1] - (isFirst ? cost : 0)
      if positions[bar + 1] != positions[bar] {
        trades.append(growth * (1 - cost) - 1)
        growth = 1
      }
    }
    return trades
  }

  private static func sum(_ values: [Double]) -> Double { values.reduce(0, +) }
}
