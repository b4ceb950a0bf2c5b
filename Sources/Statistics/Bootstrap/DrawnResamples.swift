import Kernels

/// How often each of some resamples draws each bar, found out once for several looks at returns.
///
/// Where that would take more than 64 MB it is found out again for each look, a batch of resamples at a time; no bit
/// depends on which.
public struct DrawnResamples: Sendable {
  /// Which bars are drawn.
  public let resamples: Resamples
  /// Of all resamples, where they are kept.
  private let all: ResampleDraws?
  /// The resamples of each batch.
  let batches: [Range<Int>]
  private let threads: Int

  /// Draws from all bars of `resamples`.
  ///
  /// - Parameter limit: bytes that draws may take at a time, 64 MB unless said.
  public init(_ resamples: Resamples, threads: Int = 1, limit: Int? = nil) {
    let most = max(1, (limit ?? Resamples.drawLimit) / ResampleDraws.bytesPerResample(bars: resamples.bars))
    self.resamples = resamples
    self.threads = threads
    batches = stride(from: 0, to: resamples.count, by: most).map {
      $0..<min($0 + most, resamples.count)
    }
    all = batches.count == 1 ? Self.draws(resamples, batches[0], threads: threads) : nil
  }

  /// The draws of a batch.
  func draws(of batch: Range<Int>) -> ResampleDraws {
    all ?? Self.draws(resamples, batch, threads: threads)
  }

  private static func draws(_ resamples: Resamples, _ batch: Range<Int>, threads: Int) -> ResampleDraws {
    ResampleDraws(
      bars: resamples.bars, count: batch.count, meanRun: resamples.meanBlockLength, threads: threads
    ) { number, body in
      resamples.forEachRun(of: batch.lowerBound + number, body)
    }
  }
}
