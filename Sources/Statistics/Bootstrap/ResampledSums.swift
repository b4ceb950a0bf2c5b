import Kernels

/// The sum of every strategy's returns over every resample, a panel of resamples and a tile of strategies at a
/// time.
///
/// The sum of strategy j over resample b is Σ w[b,t]·x[t,j], with w how often b draws bar t, so all of them are
/// one matrix product, of which a panel × tile exists at once. Where the weights would be large, resamples come
/// in batches and the tiles are made again for each.
struct ResampledSums<Returns: ReturnSource>: Sendable {
  let returns: Returns
  let resamples: Resamples
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
    let width = ResampleWeights.panelWidth(bars: returns.bars)
    for batch in ResampleWeights.batches(of: resamples) {
      let weights = ResampleWeights(resamples, batch: batch, threads: threads)
      let panels = weights.panels(width: width)
      returns.forEachTile(threads: threads) {
        Array(repeating: 0, count: ReturnTile.width * width)
      } body: { sums, tile in
        for panel in panels {
          MatrixProduct.multiplyTransposed(
            tile.values, columns: ReturnTile.width,
            by: weights.values, rows: panel.lowerBound..<panel.lowerBound + width, depth: returns.bars,
            into: &sums)
          body(
            sums,
            Panel(
              firstStrategy: tile.firstStrategy, count: tile.count,
              resamples: batch.lowerBound + panel.lowerBound..<batch.lowerBound + panel.upperBound,
              stride: width))
        }
      }
    }
  }
}
