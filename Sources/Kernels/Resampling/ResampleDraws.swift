import CResampleKernel

/// How often each of some resamples draws each bar.
public struct ResampleDraws: Sendable {
  /// Bytes that the draws of a resample of `bars` bars take. Where they have changes these come on top: two numbers of
  /// four bytes for each run that does not adjoin another.
  public static func bytesPerResample(bars: Int) -> Int { stride(bars: bars) * MemoryLayout<Int16>.stride }

  /// The numbers of `count` resamples in batches, the draws of each of which take up to `limit` bytes, or what the fewest
  /// take that are summed side by side.
  public static func batches(of count: Int, bars: Int, limit: Int) -> [Range<Int>] {
    let groups = limit / (rows * bytesPerResample(bars: bars))
    let length = max(groups, 1) * rows
    return Swift.stride(from: 0, to: count, by: length).map { $0..<min($0 + length, count) }
  }

  /// Bars that are drawn from.
  public let bars: Int
  /// Resamples.
  public let count: Int
  /// A row of ``stride`` numbers for each resample, and rows of zeros up to whole groups of ``rows``.
  let cells: [Int16]
  /// What one resample draws of one chunk at most.
  let mostOfChunk: Int
  /// Where the draws of each resample change; `nil` where blocks are so short that products over all bars are faster.
  let changes: DrawChanges?

  /// Resamples that are summed side by side.
  static let rows = Int(FLUKE_RESAMPLE_ROWS)
  private static let chunk = Int(FLUKE_RESAMPLE_CHUNK)

  /// Bars with their padding.
  var stride: Int { Self.stride(bars: bars) }

  static func stride(bars: Int) -> Int {
    let parts = Int(FLUKE_RESAMPLE_PARTS)
    return (bars + parts - 1) / parts * parts
  }

  /// - Parameters:
  ///   - meanRun: how long runs are on average, about; it decides what is faster, and nothing else.
  ///   - forEachRun: calls its second argument with the ranges of bars that the resample of this number draws.
  /// - Precondition: the ranges are in bounds and hold no more than `bars` bars in all; no bar is
  ///   drawn, and no bar is the first of a run, more than 32,767 times.
  public init(
    bars: Int, count: Int, meanRun: Double, threads: Int,
    forEachRun: @Sendable (_ number: Int, _ body: (Range<Int>) -> Void) -> Void
  ) {
    let stride = Self.stride(bars: bars)
    let rows = (count + Self.rows - 1) / Self.rows * Self.rows
    let hasChanges = DrawChanges.areFaster(meanRun: meanRun, bars: bars)
    var cells: [Int16] = []
    let facts = DisjointSlots.fill(count: count, repeating: Facts()) { facts in
      cells = DisjointSlots.fill(count: rows * stride, repeating: 0) { cells in
        Workers.forEach(items: count, threads: threads, makeState: {}) { _, number in
          let ofResample = unsafe cells.withSlots(number * stride..<number * stride + bars) { row in
            // Where a run begins one more is drawn than on the bar before, where it has ended one less.
            forEachRun(number) { run in
              precondition(run.lowerBound >= 0 && run.upperBound <= bars, "bars that are there")
              // One that begins after the last bar would be written behind it.
              if run.isEmpty { return }
              unsafe row[run.lowerBound] += 1
              if run.upperBound < bars { unsafe row[run.upperBound] -= 1 }
            }
            return unsafe Facts(addingUp: row, hasChanges: hasChanges)
          }
          facts.write(ofResample, at: number)
        }
      }
    }
    self.bars = bars
    self.count = count
    self.cells = cells
    mostOfChunk = facts.reduce(0) { max($0, $1.mostOfChunk) }
    changes = hasChanges ? DrawChanges(facts.map(\.changes)) : nil
  }

  /// Sets `times` to how often resample `number` draws each bar.
  ///
  /// - Precondition: a resample that is there, and room for all bars.
  public func read(_ number: Int, into times: inout [Double]) {
    precondition(number >= 0 && number < count && times.count == bars, "a resample, and room for its bars")
    let row = number * stride
    for bar in 0..<bars { times[bar] = Double(cells[row + bar]) }
  }

  /// What is known of one resample.
  private struct Facts {
    var mostOfChunk = 0
    var changes = DrawChanges.OfResample()

    init() {}

    /// Makes draws of the differences from bar to bar that `row` holds.
    init(addingUp row: UnsafeMutableBufferPointer<Int16>, hasChanges: Bool) {
      if hasChanges {
        for bar in row.indices where unsafe row[bar] != 0 { changes.append(Int(unsafe row[bar]), at: bar) }
      }
      var drawn = Int16(0)
      var ofAll = 0
      for first in Swift.stride(from: 0, to: row.count, by: ResampleDraws.chunk) {
        var ofChunk = 0
        for bar in first..<min(first + ResampleDraws.chunk, row.count) {
          drawn += unsafe row[bar]
          unsafe row[bar] = drawn
          ofChunk += Int(drawn)
        }
        mostOfChunk = max(mostOfChunk, ofChunk)
        ofAll += ofChunk
      }
      // The error of a sum of steps grows with the bars that are drawn.
      precondition(ofAll <= row.count, "no more bars than there are")
      if hasChanges { changes.append(-Int(drawn), at: row.count) }
    }
  }
}
