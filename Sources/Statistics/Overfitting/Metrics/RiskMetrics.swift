import Kernels

/// Mean over standard deviation (n - 1) of all bars, not annualised; undefined without deviation.
public struct SharpeMetric: BuiltInMetric {
  private let rounding: SpreadRounding

  /// - Parameter rounding: up to where a deviation is none, by how the sums were made.
  public init(rounding: SpreadRounding = .double) {
    self.rounding = rounding
  }

  public var quantities: [BlockQuantity] { [.sum, .sumOfSquares] }
  var form: SplitForm? { .sharpe(rounding) }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    // One division and one root a strategy: the reciprocals are those of all lanes.
    let reciprocal = 1 / bars
    let mean = sum(0) * reciprocal
    let meanSquare = sum(1) * reciprocal
    let spread = meanSquare - mean * mean
    let variance = spread * (bars / (bars - 1))
    let least = meanSquare * rounding.part(count: bars)
    return (mean / variance.squareRoot()).defined(where: spread .> least)
  }
}

/// Mean over standard deviation (n) of the bars in the market alone, not annualised; undefined without
/// deviation, which one bar does not have.
public struct SharpeOfTradesMetric: BuiltInMetric {
  private let rounding: SpreadRounding

  /// - Parameter rounding: up to where a deviation is none, by how the sums were made.
  public init(rounding: SpreadRounding = .double) {
    self.rounding = rounding
  }

  public var quantities: [BlockQuantity] { [.barsInMarket, .sum, .sumOfSquares] }
  var form: SplitForm? { .sharpeOfTrades(rounding) }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let count = sum(0)
    let reciprocal = 1 / count
    let mean = sum(1) * reciprocal
    let meanSquare = sum(2) * reciprocal
    let spread = meanSquare - mean * mean
    return (mean / spread.squareRoot())
      .defined(where: (count .> 1) .& (spread .> meanSquare * rounding.part(count: count)))
  }
}

/// Mean over downside deviation √(Σmin(x, 0)²/n), not annualised; undefined without a loss
/// beyond rounding.
public struct SortinoMetric: BuiltInMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.sum, .sumOfSquaredLosses] }
  var form: SplitForm? { .sortino }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let reciprocal = 1 / bars
    let mean = sum(0) * reciprocal
    let losses = sum(1) * reciprocal
    let least = mean * mean * SpreadRounding.ofValues
    return (mean / losses.squareRoot()).defined(where: losses .> least)
  }
}

/// The same of the bars in the market alone.
public struct SortinoOfTradesMetric: BuiltInMetric {
  public init() {}
  public var quantities: [BlockQuantity] { [.barsInMarket, .sum, .sumOfSquaredLosses] }
  var form: SplitForm? { .sortinoOfTrades }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let reciprocal = 1 / sum(0)
    let mean = sum(1) * reciprocal
    let losses = sum(2) * reciprocal
    let least = mean * mean * SpreadRounding.ofValues
    return (mean / losses.squareRoot()).defined(where: losses .> least)
  }
}

/// Standard deviation of a bar's return with its sign turned, because less is better; not annualised.
public struct VolatilityMetric: BuiltInMetric {
  /// Whether the bars in the market count alone, with n, and not all bars with n - 1.
  public let ofTrades: Bool

  private let rounding: SpreadRounding

  /// - Parameters:
  ///   - ofTrades: whether only bars in the market count.
  ///   - rounding: up to where a deviation is none, by how the sums were made.
  public init(ofTrades: Bool = false, rounding: SpreadRounding = .double) {
    self.ofTrades = ofTrades
    self.rounding = rounding
  }

  public var quantities: [BlockQuantity] { (ofTrades ? [.barsInMarket] : []) + [.sum, .sumOfSquares] }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let moments = SplitMoments(bars: bars, ofTrades: ofTrades, rounding: rounding, sum: sum)
    let correction = ofTrades ? SIMD8(repeating: 1) : moments.count / (moments.count - 1)
    return (-(moments.variance * correction).squareRoot()).defined(where: moments.count .> 1)
  }
}

/// The shape of the distribution of a bar's return, without unit; undefined without deviation.
public struct ShapeMetric: BuiltInMetric {
  /// Which standardised moment.
  public enum Moment: Sendable {
    /// The third: more is better.
    case skewness
    /// The fourth, 3 for a normal distribution, with its sign turned: less is better.
    case kurtosis
  }

  /// Which standardised moment.
  public let moment: Moment
  /// Whether the bars in the market count alone, and not all bars.
  public let ofTrades: Bool

  private let rounding: SpreadRounding

  /// - Parameter rounding: up to where a deviation is none, by how the sums were made.
  public init(_ moment: Moment, ofTrades: Bool = false, rounding: SpreadRounding = .double) {
    self.moment = moment
    self.ofTrades = ofTrades
    self.rounding = rounding
  }

  public var quantities: [BlockQuantity] {
    (ofTrades ? [.barsInMarket] : []) + [.sum, .sumOfSquares, .sumOfCubes]
      + (moment == .kurtosis ? [.sumOfFourths] : [])
  }

  @inline(__always)
  public func values(bars: Double, sum: (Int) -> SIMD8<Double>) -> SIMD8<Double> {
    let moments = SplitMoments(bars: bars, ofTrades: ofTrades, rounding: rounding, sum: sum)
    let first = ofTrades ? 1 : 0
    let mean = moments.mean
    let square = moments.meanSquare
    let cube = sum(first + 2) / moments.count
    let variance = moments.variance
    let value: SIMD8<Double>
    switch moment {
    case .skewness:
      let third = cube - 3 * mean * square + 2 * mean * mean * mean
      value = third / (variance * variance.squareRoot())
    case .kurtosis:
      let fourth = sum(first + 3) / moments.count - 4 * mean * cube + 6 * mean * mean * square
      value = -(fourth - 3 * mean * mean * mean * mean) / (variance * variance)
    }
    return value.defined(where: variance .> 0)
  }
}

/// What metrics of the spread share.
private struct SplitMoments {
  let count: SIMD8<Double>
  let mean: SIMD8<Double>
  let meanSquare: SIMD8<Double>
  /// With n; 0 where it is but rounding.
  let variance: SIMD8<Double>

  @inline(__always)
  init(bars: Double, ofTrades: Bool, rounding: SpreadRounding, sum: (Int) -> SIMD8<Double>) {
    let first = ofTrades ? 1 : 0
    count = ofTrades ? sum(0) : SIMD8(repeating: bars)
    mean = sum(first) / count
    meanSquare = sum(first + 1) / count
    let spread = meanSquare - mean * mean
    variance = spread.replacing(
      with: 0, where: (count .<= 1) .| (spread .<= meanSquare * rounding.part(count: count)))
  }
}
