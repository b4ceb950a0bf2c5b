import Glibc
import Kernels

/// The mean return of a bar.
public struct MeanMetric: BuiltInMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.sum] }
  var form: SplitForm? { .perBar(isCost: false) }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    sum(0) / bars
  }
}

/// One quantity a bar, such as exposure; with its sign turned where less is better, such as turnover.
public struct PerBarMetric: BuiltInMetric {
  /// The sum of a block that the metric is made of.
  public let quantities: [BlockQuantity]
  /// Whether less is better.
  public let isCost: Bool
  var form: SplitForm? { quantities[0].multiplies ? nil : .perBar(isCost: isCost) }

  /// `quantity` over the bars.
  public init(_ quantity: BlockQuantity, isCost: Bool = false) {
    quantities = [quantity]
    self.isCost = isCost
  }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    (isCost ? 0 - sum(0) : sum(0)) / bars
  }
}

/// One quantity as it is, such as the number of trades or the plain sum of returns.
public struct TotalMetric: BuiltInMetric {
  /// The sum of a block that the metric is made of.
  public let quantities: [BlockQuantity]
  var form: SplitForm? { quantities[0].multiplies ? nil : .total }

  /// All of `quantity`.
  public init(_ quantity: BlockQuantity) {
    quantities = [quantity]
  }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    sum(0)
  }
}

/// One quantity over another, undefined where that is not positive: rates of winning, profit factors.
public struct RatioMetric: BuiltInMetric {
  /// The sums of a block that the metric is made of.
  public let quantities: [BlockQuantity]
  var form: SplitForm? { quantities.contains { $0.multiplies } ? nil : .ratio }

  /// `numerator` over `denominator`.
  public init(_ numerator: BlockQuantity, over denominator: BlockQuantity) {
    quantities = [numerator, denominator]
  }

  /// Trades won over trades closed.
  public static let winRateOfTrades = RatioMetric(.tradesWon, over: .tradesClosed)
  /// Winning bars over bars in the market.
  public static let winRateOfBars = RatioMetric(.winningBars, over: .barsInMarket)
  /// Gross profit over gross loss of the trades.
  public static let profitFactor = RatioMetric(.grossProfit, over: .grossLoss)
  /// The profit of the bars won over the loss of the bars lost.
  public static let profitFactorOfBars = RatioMetric(.profitOfBars, over: .lossOfBars)
  /// The mean net return of a trade.
  public static let expectancy = RatioMetric(.profitOfTrades, over: .tradesClosed)
  /// The mean net return of a bar in the market.
  public static let expectancyOfBars = RatioMetric(.sum, over: .barsInMarket)

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let denominator = sum(1)
    return (sum(0) / denominator).defined(where: denominator .> 0)
  }
}

/// The compounded total return, 0.1 for ten per cent.
public struct TotalReturnMetric: BuiltInMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.growth] }
  var form: SplitForm? { .growth }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    sum(0) - 1
  }
}

/// Growth a year, 0.1 for ten per cent: the order of ``TotalReturnMetric`` in other figures.
public struct AnnualGrowthMetric: BuiltInMetric {
  /// How many bars make a year.
  public let barsPerYear: Double
  public var quantities: [BlockQuantity] { [.growth] }

  /// - Parameter barsPerYear: how many bars make a year.
  public init(barsPerYear: Double) {
    self.barsPerYear = barsPerYear
  }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    sum(0).mapped { pow($0, barsPerYear / bars) } - 1
  }
}
