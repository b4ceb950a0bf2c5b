import CResampleKernel

/// What is needed of each column of a tile before it is resampled: its sum, its range, and the variance that the
/// stationary bootstrap gives to its mean.
///
/// Columns stand side by side and several are done at once, each in the order of its own bars. The bits of one do not
/// depend on how many they are.
public struct ColumnStatistics: Sendable {
  /// The columns that are done at once; fewer, and those that are left, take as long.
  public static let columnsAtOnce = Int(FLUKE_COLUMNS)
  /// A power of the chance that a block goes on below which it has no weight, not even against the rounding of what is
  /// near.
  private static let leastWeight = 0x1p-160

  /// Columns of the tile.
  public let width: Int
  /// The sum of each column.
  public private(set) var sums: [Double]
  /// The least value of each column.
  public private(set) var lowest: [Double]
  /// The largest value of each column.
  public private(set) var highest: [Double]
  /// ω², for each column; see ``measureVariance(of:bars:meanBlockLength:)``.
  public private(set) var variances: [Double]

  /// Memory for tiles of `width` columns.
  public init(width: Int) {
    precondition(width > 0, "columns of a tile")
    let zeros = Array(repeating: 0.0, count: width)
    self.width = width
    (sums, lowest, highest, variances) = (zeros, zeros, zeros, zeros)
  }

  /// Finds sums and ranges of a tile, bars × ``width``.
  ///
  /// - Precondition: at least one bar.
  public mutating func measureSums(of values: [Double], bars: Int) {
    precondition(bars >= 1 && values.count >= bars * width, "a tile of bars")
    unsafe fluke_column_sums(bars, width, values, &sums, &lowest, &highest)
  }

  /// Finds ω², the variance of √T times the mean of a stationary bootstrap resample, of a tile whose sums are
  /// known.
  ///
  /// With y the column less its mean, q = 1 - 1/meanBlockLength and bars counted in a circle, ω² is
  /// Σ y[t]·(y[t] + 2·Σ (1 - i/T)·qⁱ·y[t-i]) / T. The inner sum follows from that of the bar before, so the cost is
  /// linear in T; errors of the recursion decay by q a bar.
  public mutating func measureVariance(of values: [Double], bars: Int, meanBlockLength: Double) {
    precondition(bars >= 1 && values.count >= bars * width, "a tile of bars")
    precondition(meanBlockLength >= 1, "blocks of a bar or more")
    let q = 1 - 1 / meanBlockLength
    var (reach, power) = (0, 1.0)
    while reach < bars - 1, power >= Self.leastWeight {
      power *= q
      reach += 1
    }
    let farthest = power < Self.leastWeight ? 0 : power
    unsafe fluke_column_variances(bars, width, values, sums, q, reach, farthest, &variances)
  }
}
