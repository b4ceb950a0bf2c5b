import Kernels

/// A strategy's mean return, and how uncertain it is when returns depend on those before.
///
/// Formula: ω² = γ₀ + 2·Σ κᵢ·γᵢ over i in 1..<T, κᵢ = (1 - i/T)·(1-p)ⁱ + (i/T)·(1-p)^(T-i), with γᵢ the
/// autocovariance at lag i, divided by T. It is the variance of √T times the mean of a stationary bootstrap
/// resample, without drawing any.
///
/// Shapes and units: returns are fractions, less the benchmark's where there is one; ω is that of one bar, so the
/// mean has the standard error ω/√T. The statistic is √T·mean/ω.
///
/// Edge cases: a strategy with a return that is not finite has neither mean nor ω (NaN); one whose returns are
/// all equal, but for what ``SpreadRounding`` says rounding can make, has ω = 0, one whose squares leave the range of Double an infinite ω, and neither has a statistic.
/// Otherwise ω > 0, since κ is positive definite.
///
/// Reference: Hansen 2005, "A test for superior predictive ability", section 3 (the estimator ω̂², which follows
/// Politis & Romano 1994, lemma 1); there n is T and q is p = 1/meanBlockLength.
public struct MeanReturn: Equatable, Sendable {
  /// T.
  public let bars: Int
  /// The sum of the returns.
  public let sum: Double
  /// ω.
  public let longRunDeviation: Double

  /// What was found out before.
  ///
  /// - Parameters:
  ///   - bars: T.
  ///   - sum: of the returns; NaN where one is not finite.
  ///   - longRunDeviation: ω; NaN likewise.
  public init(bars: Int, sum: Double, longRunDeviation: Double) {
    self.bars = bars
    self.sum = sum
    self.longRunDeviation = longRunDeviation
  }

  /// The mean return of a bar.
  public var mean: Double { sum / Double(bars) }
  /// √T·mean.
  public var scaledMean: Double { sum * plainScale }
  /// √T·mean/ω; NaN without variance.
  public var statistic: Double { hasVariance ? sum * studentisedScale : .nan }
  /// Whether all returns are finite.
  public var isDefined: Bool { !sum.isNaN }
  /// Whether returns are finite and vary, by a number that is.
  public var hasVariance: Bool { longRunDeviation > 0 && longRunDeviation.isFinite }

  /// The same mean with the larger one of its own ω and that of ``LongRunVariance``: resampled blocks see less of the
  /// dependence in returns than there is.
  ///
  /// - Parameter returns: those of which it is the mean.
  public func corrected(by returns: [Double]) -> MeanReturn {
    let deviation = LongRunVariance.prewhitened(returns).squareRoot()
    guard hasVariance, deviation > longRunDeviation, deviation.isFinite else { return self }
    return MeanReturn(bars: bars, sum: sum, longRunDeviation: deviation)
  }

  /// The standard error of the Sharpe ratio per bar, so that ``statistic`` is the ratio over it: ω/(σ·√T) with the
  /// deviation σ (n - 1). Of the error of σ itself it takes no account, which changes a ratio of 0.1 by a part in 400 where
  /// returns are normal.
  ///
  /// Edge cases: NaN without variance.
  public func sharpeError(deviation: Double) -> Double {
    hasVariance && deviation > 0 ? longRunDeviation / (deviation * Double(bars).squareRoot()) : .nan
  }

  /// From a sum of returns to ``scaledMean``.
  var plainScale: Double { 1 / Double(bars).squareRoot() }
  /// From a sum of returns to ``statistic``.
  var studentisedScale: Double { 1 / (Double(bars).squareRoot() * longRunDeviation) }

  /// The mean of every strategy, with the same bits for any number of threads.
  static func all(of returns: some ReturnSource, meanBlockLength: Double, threads: Int) -> [MeanReturn] {
    let undefined = MeanReturn(bars: returns.bars, sum: .nan, longRunDeviation: .nan)
    return DisjointSlots.fill(count: returns.strategies, repeating: undefined) { slots in
      returns.forEachTile(threads: threads, makeState: { ColumnStatistics(width: returns.tileWidth) }) {
        columns, tile in
        columns.measure(tile.values, bars: returns.bars, meanBlockLength: meanBlockLength)
        for lane in 0..<tile.count {
          slots.write(columns.mean(lane, of: tile.values, bars: returns.bars), at: tile.firstStrategy + lane)
        }
      }
    }
  }
}

extension ColumnStatistics {
  /// Finds what ``mean(_:of:bars:)`` tells, of a tile.
  mutating func measure(_ values: [Double], bars: Int, meanBlockLength: Double) {
    measureSums(of: values, bars: bars)
    measureVariance(of: values, bars: bars, meanBlockLength: meanBlockLength)
  }

  /// The mean of a column of the tile of these values, which was measured.
  func mean(_ lane: Int, of values: [Double], bars: Int) -> MeanReturn {
    // A NaN or an infinity anywhere makes the sum one of them.
    guard sums[lane].isFinite else { return MeanReturn(bars: bars, sum: .nan, longRunDeviation: .nan) }
    let varies = variances[lane] > 0 && varies(lane, of: values, bars: bars)
    return MeanReturn(
      bars: bars, sum: sums[lane], longRunDeviation: varies ? variances[lane].squareRoot() : 0)
  }

  /// Whether a column has a variance beyond what rounding can make.
  private func varies(_ lane: Int, of values: [Double], bars: Int) -> Bool {
    let range = highest[lane] - lowest[lane]
    let size = max(highest[lane].magnitude, lowest[lane].magnitude)
    let count = Double(bars)
    // A variance is at least range²/(2n), and no mean square is above that of the largest value: it is seldom in doubt.
    if range * range > 2 * count * SpreadRounding.double.part(count: count) * size * size { return true }
    guard range > 0 else { return false }
    return ReturnMoments((0..<bars).map { values[$0 * width + lane] }).populationVariance > 0
  }
}
