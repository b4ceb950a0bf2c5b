import Kernels

/// How often each resample of a batch draws each bar, as the factor of matrix products.
///
/// Resamples stand in panels of one width that depends on the number of bars alone, and the last panel is padded
/// with rows of zeros: every product has the same shape, hence the same bits, however the panels are batched.
struct ResampleWeights: Sendable {
  /// What a batch may take, in bytes.
  static let limit = 64 << 20
  /// Wide enough that packing a tile for each panel costs little; twice the width gains 4 %.
  private static let widestPanel = 256
  private static let narrowestPanel = 16

  /// The first resample of the batch.
  let first: Int
  /// Resamples without the padding.
  let count: Int
  /// A row of ``Resamples/bars`` numbers for each resample.
  let values: [Double]

  /// The width of every panel for histories of `bars` bars.
  static func panelWidth(bars: Int) -> Int {
    var width = widestPanel
    while width > narrowestPanel, width * bars * MemoryLayout<Double>.stride > limit { width /= 2 }
    return width
  }

  /// The batches of `resamples` that stay below the limit, of a panel at least.
  static func batches(of resamples: Resamples) -> [Range<Int>] {
    let panel = panelWidth(bars: resamples.bars)
    let panels = max(1, limit / (panel * resamples.bars * MemoryLayout<Double>.stride))
    return stride(from: 0, to: resamples.count, by: panels * panel).map {
      $0..<min($0 + panels * panel, resamples.count)
    }
  }

  /// The panels of the batch, as ranges of its rows without the padding.
  func panels(width: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: width).map { $0..<min($0 + width, count) }
  }

  /// - Parameter drawn: the draws of all resamples, where they are there already.
  init(_ resamples: Resamples, batch: Range<Int>, drawn: ResampleDraws? = nil, threads: Int) {
    let bars = resamples.bars
    let width = Self.panelWidth(bars: bars)
    first = batch.lowerBound
    count = batch.count
    let rows = (batch.count + width - 1) / width * width
    values = DisjointSlots.fill(count: rows * bars, repeating: 0) { slots in
      Workers.forEach(items: batch.count, threads: threads) {
        Array(repeating: 0.0, count: bars)
      } body: { row, item in
        if let drawn {
          drawn.read(batch.lowerBound + item, into: &row)
        } else {
          for bar in 0..<bars { row[bar] = 0 }
          resamples.forEachRun(of: batch.lowerBound + item) { for bar in $0 { row[bar] += 1 } }
        }
        slots.write(row, from: item * bars)
      }
    }
  }
}
