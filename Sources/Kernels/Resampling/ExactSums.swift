import CResampleKernel

/// The sums of a narrow tile's strategies over resamples, all of them in `Double`: for few strategies, of which nearly
/// every one may be the best of a resample, and for histories so long that a tile of ``ScreenedTile/width`` would fill
/// memory.
///
/// A wrapper of the C kernel, with the bits of the sums that a ``ScreenedTile`` makes of its candidates.
public struct ExactSums: ~Copyable {
  /// Resamples whose sums exist at once, at most.
  public static let mostResamples = 16 * ResampleDraws.rows

  /// Strategies of a tile.
  public let width: Int
  private let draws: ResampleDraws
  private let columns: AlignedBuffer<Double>
  private let parts: AlignedBuffer<Double>

  /// Memory for tiles of `width` strategies that are resampled by `draws`.
  public init(_ draws: ResampleDraws, width: Int) {
    precondition(width >= 0 && draws.bars >= 1, "a tile of bars")
    self.draws = draws
    self.width = width
    columns = AlignedBuffer(zeros: width * Int(FLUKE_RESAMPLE_CHUNK))
    parts = AlignedBuffer(zeros: width * Self.mostResamples * Int(FLUKE_RESAMPLE_PARTS))
  }

  /// Sets `sums` to those over some resamples: a row for each strategy, with a number for each of `resamples`.
  ///
  /// - Parameter returns: bars × ``width``.
  /// - Precondition: at most ``mostResamples`` of those that there are, and room for as many sums.
  public mutating func sum(_ returns: [Double], over resamples: Range<Int>, into sums: inout [Double]) {
    precondition(returns.count == draws.bars * width, "a tile of these bars")
    precondition(resamples.lowerBound >= 0 && resamples.upperBound <= draws.count, "resamples of these")
    precondition(resamples.count <= Self.mostResamples && sums.count >= width * resamples.count, "room")
    unsafe sums.withUnsafeMutableBufferPointer { sums in
      unsafe draws.cells.withUnsafeBufferPointer { cells in
        guard let sums = sums.baseAddress, let cells = cells.baseAddress else { return }
        unsafe fluke_resample_sum_exactly(
          draws.bars, width, returns, draws.stride, cells + resamples.lowerBound * draws.stride,
          resamples.count, columns.base, parts.base, sums)
      }
    }
  }
}
