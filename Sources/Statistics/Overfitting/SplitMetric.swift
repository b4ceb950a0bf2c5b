import Glibc

/// A figure of merit that is a function of sums over blocks, so that every union of blocks has it at once.
///
/// More is better; undefined is NaN.
public protocol SplitMetric: Sendable {
  /// The quantities it is made of.
  var quantities: [BlockQuantity] { get }
  /// The figure of eight strategies over a union of blocks.
  ///
  /// It must be a function of its arguments lane by lane, the same for every lane.
  ///
  /// - Parameters:
  ///   - bars: the bars of the union.
  ///   - sum: the sums over the union, by the index in ``quantities``.
  func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double>
}

extension SIMD8<Double> {
  /// These numbers, NaN where `isDefined` does not hold.
  @inline(__always)
  func defined(where isDefined: SIMDMask<MaskStorage>) -> Self {
    Self(repeating: .nan).replacing(with: self, where: isDefined)
  }
}

/// The mean return of a bar.
public struct MeanMetric: SplitMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.sum] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    sum(0) / bars
  }
}

/// Mean over standard deviation (n - 1) of all bars, not annualised; undefined without deviation.
public struct SharpeMetric: SplitMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.sum, .sumOfSquares] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    // One division and one root a strategy: the reciprocals are those of all lanes.
    let reciprocal = 1 / bars
    let mean = sum(0) * reciprocal
    let meanSquare = sum(1) * reciprocal
    let spread = meanSquare - mean * mean
    let variance = spread * (bars / (bars - 1))
    // What is below the rounding of its terms is no variance.
    return (mean / variance.squareRoot()).defined(
      where: spread .> meanSquare * ReturnMoments.roundingOfSpread)
  }
}

/// Mean over standard deviation (n) of the bars in the market alone, not annualised; undefined without
/// deviation.
public struct SharpeOfTradesMetric: SplitMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.barsInMarket, .sum, .sumOfSquares] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let count = sum(0)
    let mean = sum(1) / count
    let meanSquare = sum(2) / count
    let spread = meanSquare - mean * mean
    return (mean / spread.squareRoot()).defined(where: spread .> meanSquare * ReturnMoments.roundingOfSpread)
  }
}

/// Mean over downside deviation √(Σmin(x, 0)²/n), not annualised; undefined without a loss.
public struct SortinoMetric: SplitMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.sum, .sumOfSquaredLosses] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let losses = sum(1) / bars
    return (sum(0) / bars / losses.squareRoot()).defined(where: losses .> 0)
  }
}

/// The compounded total return, 0.1 for ten per cent.
public struct TotalReturnMetric: SplitMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.logarithmOfGrowth] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    var logarithm = sum(0)
    for lane in 0..<logarithm.scalarCount { logarithm[lane] = expm1(logarithm[lane]) }
    return logarithm
  }
}

/// One quantity over another, undefined where that is not positive: rates of winning, profit factors.
public struct RatioMetric: SplitMetric {
  /// The sums of a block that the metric is made of.
  public let quantities: [BlockQuantity]

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

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let denominator = sum(1)
    return (sum(0) / denominator).defined(where: denominator .> 0)
  }
}
