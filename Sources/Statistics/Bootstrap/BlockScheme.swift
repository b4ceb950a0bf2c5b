/// How a resample of the bars is put together from blocks, so that dependence over time survives within them.
public enum BlockScheme: Equatable, Sendable {
  /// Blocks from anywhere on the circle of bars, their lengths geometric with this mean; the resample is
  /// stationary. Politis & Romano 1994.
  case stationary(meanBlockLength: Double)
  /// Blocks of one length from anywhere on the circle of bars. Politis & Romano 1992.
  case circular(blockLength: Int)
  /// Blocks of one length that do not run over the last bar, so that bars near the ends are drawn less often and a
  /// resample's expected mean is not quite the sample's. Künsch 1989.
  case movingBlocks(blockLength: Int)

  /// The expected length of a block in bars.
  public var meanBlockLength: Double {
    switch self {
    case .stationary(let length): length
    case .circular(let length), .movingBlocks(let length): Double(length)
    }
  }
}
