import Kernels

/// How often each of some resamples draws each bar, found out once for several looks at returns.
///
/// Where that would take more than 64 MB it is found out again for each look, a batch of resamples at a time; no bit
/// depends on which.
public struct DrawnResamples: Sendable {
  /// Which bars are drawn.
  public let resamples: Resamples
  /// Of all resamples, where they are kept.
  let all: ResampleDraws?
  /// The resamples of each batch.
  let batches: [Range<Int>]
  private let threads: Int

  /// Draws from all bars of `resamples`.
  ///
  /// - Parameter limit: bytes that draws may take at a time, 64 MB unless said.
  public init(_ resamples: Resamples, threads: Int = 1, limit: Int? = nil) {
    self.resamples = resamples
    self.threads = threads
    batches = ResampleDraws.batches(
      of: resamples.count, bars: resamples.bars, limit: limit ?? Resamples.drawLimit)
    all = batches.count == 1 ? ResampleDraws(resamples, batch: batches[0], threads: threads) : nil
  }

  /// Whether they were few enough to be kept: then looks at the same time take no more memory than one after the other.
  public var areKept: Bool { all != nil }

  /// The draws of a batch.
  func draws(of batch: Range<Int>) -> ResampleDraws {
    all ?? ResampleDraws(resamples, batch: batch, threads: threads)
  }
}
