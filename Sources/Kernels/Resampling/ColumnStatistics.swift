/// What is needed of each column of a tile before it is resampled: its sum, its range, and the variance that the
/// stationary bootstrap gives to its mean.
///
/// Columns stand side by side and every loop runs over them last, so several are done at once, each in the order of
/// its own bars.
public struct ColumnStatistics: Sendable {
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
  private static let leastWeight = 0x1p-160
  private var means: [Double]
  /// Σ qⁱ·y[t-i] and Σ i·qⁱ·y[t-i] over i in 1..<T, at the bar t that is next.
  private var decayed: [Double]
  private var aged: [Double]

  /// Memory for tiles of `width` columns.
  public init(width: Int) {
    let zeros = Array(repeating: 0.0, count: width)
    self.width = width
    (sums, lowest, highest, variances) = (zeros, zeros, zeros, zeros)
    (means, decayed, aged) = (zeros, zeros, zeros)
  }

  /// Finds sums and ranges of a tile, bars × ``width``.
  ///
  /// - Precondition: at least one bar.
  public mutating func measureSums(of values: [Double], bars: Int) {
    precondition(bars >= 1 && values.count >= bars * width, "a tile of bars")
    let width = width
    for lane in 0..<width {
      sums[lane] = 0
      lowest[lane] = values[lane]
      highest[lane] = values[lane]
    }
    unsafe values.withUnsafeBufferPointer { values in
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        unsafe lowest.withUnsafeMutableBufferPointer { lowest in
          unsafe highest.withUnsafeMutableBufferPointer { highest in
            for bar in 0..<bars {
              for lane in 0..<width {
                let value = unsafe values[bar * width + lane]
                unsafe sums[lane] += value
                unsafe lowest[lane] = value < lowest[lane] ? value : lowest[lane]
                unsafe highest[lane] = value > highest[lane] ? value : highest[lane]
              }
            }
          }
        }
      }
    }
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
    for lane in 0..<width {
      means[lane] = sums[lane] / Double(bars)
      (decayed[lane], aged[lane], variances[lane]) = (0, 0, 0)
    }
    let farthest = startRecursion(values, bars: bars, q: q)
    run(values, bars: bars, q: q, farthest: farthest)
    for lane in 0..<width { variances[lane] /= Double(bars) }
  }

  /// Sets the sums that belong to bar 0, and returns q^(T-1).
  private mutating func startRecursion(_ values: [Double], bars: Int, q: Double) -> Double {
    let width = width
    var power = 1.0
    for distance in 1..<max(bars, 1) {
      power *= q
      // What is so far back has no weight any more, not even against the rounding of what is near.
      if power < Self.leastWeight { return 0 }
      let row = (bars - distance) * width
      let agedPower = Double(distance) * power
      unsafe values.withUnsafeBufferPointer { values in
        for lane in 0..<width {
          let value = unsafe values[row + lane] - means[lane]
          decayed[lane] += power * value
          aged[lane] += agedPower * value
        }
      }
    }
    return power
  }

  private mutating func run(_ values: [Double], bars: Int, q: Double, farthest: Double) {
    let width = width
    let share = 1 / Double(bars)
    let agedFarthest = Double(bars) * farthest
    unsafe values.withUnsafeBufferPointer { values in
      unsafe means.withUnsafeBufferPointer { means in
        unsafe decayed.withUnsafeMutableBufferPointer { decayed in
          unsafe aged.withUnsafeMutableBufferPointer { aged in
            unsafe variances.withUnsafeMutableBufferPointer { variances in
              for bar in 0..<bars {
                let row = bar * width
                let following = bar + 1 < bars ? row + width : 0
                for lane in 0..<width {
                  let value = unsafe values[row + lane] - means[lane]
                  let next = unsafe values[following + lane] - means[lane]
                  let (near, old) = unsafe (decayed[lane], aged[lane])
                  unsafe variances[lane] += value * (value + 2 * (near - old * share))
                  unsafe decayed[lane] = q * (value + near - farthest * next)
                  unsafe aged[lane] = q * (old + near + value - agedFarthest * next)
                }
              }
            }
          }
        }
      }
    }
  }
}
