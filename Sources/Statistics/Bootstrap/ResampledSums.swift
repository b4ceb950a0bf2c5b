import Kernels

/// The sum of every strategy's returns over every resample, a panel of resamples and a tile of strategies at a
/// time.
///
/// The sum of strategy j over resample b is Σ w[b,t]·x[t,j], with w how often b draws bar t, so all of them are
/// one matrix product, of which a panel × tile exists at once. Where the weights would be large, resamples come
/// in batches and the tiles are made again for each.
///
/// Of few strategies over so many bars that even the narrowest panel is large, sums are made one by one: draws take a
/// quarter of what weights do.
struct ResampledSums<Returns: ReturnSource>: Sendable {
  let returns: Returns
  let resamples: Resamples
  /// The draws of all of them, where they are there already.
  var drawn: ResampleDraws?
  let threads: Int

  /// The sums of one tile over one panel.
  struct Panel {
    /// The strategy in the first row.
    let firstStrategy: Int
    /// Strategies of the tile.
    let count: Int
    /// The resamples of the panel.
    let resamples: Range<Int>
    /// Cells between the rows of two strategies.
    let stride: Int

    /// The cells of the strategy in row `lane`.
    func cells(_ lane: Int) -> Range<Int> { lane * stride..<lane * stride + resamples.count }
  }

  /// Calls `body` for each tile and panel, in no particular order.
  ///
  /// - Parameter body: gets the sums, in which a strategy has a row of its own.
  func forEachPanel(_ body: @Sendable (_ sums: [Double], Panel) -> Void) {
    if returns.tileWidth < ReturnTile.width, ReturnTile.isLarge(bars: returns.bars) {
      forEachExactPanel(body)
    } else {
      forEachProduct(body)
    }
  }

  private func forEachProduct(_ body: @Sendable (_ sums: [Double], Panel) -> Void) {
    let width = ResampleWeights.panelWidth(bars: returns.bars)
    for batch in ResampleWeights.batches(of: resamples) {
      let weights = ResampleWeights(resamples, batch: batch, drawn: drawn, threads: threads)
      let panels = weights.panels(width: width)
      returns.forEachTile(threads: threads) {
        ProductWorker(sums: Array(repeating: 0, count: ReturnTile.width * width))
      } body: { worker, tile in
        for panel in panels {
          MatrixProduct.multiplyTransposed(
            worker.wide(tile), columns: ReturnTile.width,
            by: weights.values, rows: panel.lowerBound..<panel.lowerBound + width, depth: returns.bars,
            into: &worker.sums)
          body(
            worker.sums,
            Panel(
              firstStrategy: tile.firstStrategy, count: tile.count,
              resamples: batch.lowerBound + panel.lowerBound..<batch.lowerBound + panel.upperBound,
              stride: width))
        }
      }
    }
  }

  private struct ProductWorker: ~Copyable {
    var sums: [Double]
    private var padded: (number: Int, values: [Double])?

    init(sums: [Double]) { self.sums = sums }

    /// The values of a tile with all columns: the bits of a product depend on its shape.
    mutating func wide(_ tile: ReturnTile) -> [Double] {
      if tile.columns == ReturnTile.width { return tile.values }
      if let padded, padded.number == tile.number { return padded.values }
      var values = Array(repeating: 0.0, count: tile.values.count / tile.columns * ReturnTile.width)
      TileRows.copy(
        tile.values, columns: tile.columns, from: 0, count: tile.columns, to: &values, width: ReturnTile.width
      )
      padded = (tile.number, values)
      return values
    }
  }

  private func forEachExactPanel(_ body: @Sendable (_ sums: [Double], Panel) -> Void) {
    let batches = ResampleDraws.batches(
      of: resamples.count, bars: returns.bars, limit: ResampleWeights.limit)
    for batch in batches {
      let draws = ResampleDraws(resamples, batch: batch, threads: threads)
      returns.forEachTile(threads: threads) {
        ExactSums(draws, width: returns.tileWidth)
      } body: { exact, tile in
        for first in Swift.stride(from: 0, to: batch.count, by: ExactSums.mostResamples) {
          let panel = first..<min(first + ExactSums.mostResamples, batch.count)
          var sums = Array(repeating: 0.0, count: tile.columns * panel.count)
          exact.sum(tile.values, over: panel, into: &sums)
          body(
            sums,
            Panel(
              firstStrategy: tile.firstStrategy, count: tile.count,
              resamples: batch.lowerBound + panel.lowerBound..<batch.lowerBound + panel.upperBound,
              stride: panel.count))
        }
      }
    }
  }
}

extension ResampleDraws {
  /// The draws of the resamples of a batch.
  init(_ resamples: Resamples, batch: Range<Int>, threads: Int) {
    self.init(
      bars: resamples.bars, count: batch.count, meanRun: resamples.meanBlockLength, threads: threads
    ) { number, body in
      resamples.forEachRun(of: batch.lowerBound + number, body)
    }
  }
}
