import CResampleKernel

/// How often each of some resamples draws each bar.
public struct ResampleDraws: Sendable {
  /// Bytes that a resample of `bars` bars takes.
  public static func bytesPerResample(bars: Int) -> Int { stride(bars: bars) * MemoryLayout<Int16>.stride }

  /// Bars that are drawn from.
  public let bars: Int
  /// Resamples.
  public let count: Int
  /// A row of ``stride`` numbers for each resample, and rows of zeros up to whole groups of ``rows``.
  let cells: [Int16]
  /// What one resample draws of one chunk at most.
  let mostOfChunk: Int

  /// Resamples that are summed side by side.
  static let rows = Int(FLUKE_RESAMPLE_ROWS)
  private static let chunk = Int(FLUKE_RESAMPLE_CHUNK)

  /// Bars with their padding.
  var stride: Int { Self.stride(bars: bars) }

  static func stride(bars: Int) -> Int {
    let parts = Int(FLUKE_RESAMPLE_PARTS)
    return (bars + parts - 1) / parts * parts
  }

  /// - Parameter forEachRun: calls its second argument with the ranges of bars that the resample of this number draws.
  /// - Precondition: the ranges are in bounds, and no bar is drawn more than 32,767 times.
  public init(
    bars: Int, count: Int, threads: Int,
    forEachRun: @Sendable (_ number: Int, _ body: (Range<Int>) -> Void) -> Void
  ) {
    let stride = Self.stride(bars: bars)
    let rows = (count + Self.rows - 1) / Self.rows * Self.rows
    var cells: [Int16] = []
    let most = DisjointSlots.fill(count: count, repeating: 0) { most in
      cells = DisjointSlots.fill(count: rows * stride, repeating: 0) { cells in
        Workers.forEach(items: count, threads: threads) {
          Array(repeating: Int16(0), count: stride)
        } body: { row, number in
          for bar in row.indices { row[bar] = 0 }
          // Where a run begins one more is drawn than on the bar before, where it has ended one less.
          forEachRun(number) { run in
            row[run.lowerBound] += 1
            if run.upperBound < bars { row[run.upperBound] -= 1 }
          }
          var (drawn, ofChunk, largest) = (Int16(0), 0, 0)
          for bar in 0..<bars {
            if bar % Self.chunk == 0 { ofChunk = 0 }
            drawn += row[bar]
            row[bar] = drawn
            ofChunk += Int(drawn)
            largest = max(largest, ofChunk)
          }
          most.write(largest, at: number)
          cells.write(row, from: number * stride)
        }
      }
    }
    self.bars = bars
    self.count = count
    self.cells = cells
    mostOfChunk = most.max() ?? 0
  }
}
