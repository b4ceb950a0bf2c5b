import Kernels

/// The sum of every strategy's returns over every resample, a panel of resamples and a tile of strategies at a
/// time.
///
/// The sum of strategy j over resample b is Σ w[b,t]·x[t,j], with w how often b draws bar t, so all of them are
/// one matrix product, of which a panel × tile exists at once. Where the weights would be large, resamples come
/// in batches and the tiles are made again for each.
struct ResampledSums<Returns: ReturnSource>: Sendable {
  let returns: Returns
  /// Subtracted from every strategy's returns; empty for none.
  let benchmark: [Double]
  let resamples: Resamples
  let threads: Int
  /// The most that the weights of a batch may take, in bytes.
  let weightLimit: Int

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

  private struct Worker<State: ~Copyable>: ~Copyable {
    var state: State
    var lessBenchmark: [Double]
    var sums: [Double]
  }

  /// Calls `body` for each tile and panel, in no particular order.
  ///
  /// - Parameters:
  ///   - isNeeded: whether any of these strategies takes part; the product of a tile without any is left out.
  ///   - body: gets the sums, in which a strategy has a row of its own.
  func forEachPanel<State: ~Copyable>(
    isNeeded: @Sendable (Range<Int>) -> Bool, makeState: @Sendable () -> State,
    body: @Sendable (inout State, _ sums: [Double], Panel) -> Void
  ) {
    let width = ResampleWeights.panelWidth(bars: returns.bars)
    for batch in ResampleWeights.batches(of: resamples, limit: weightLimit) {
      let weights = ResampleWeights(resamples, batch: batch, threads: threads)
      let panels = weights.panels(width: width)
      returns.forEachTile(threads: threads) {
        Worker(
          state: makeState(), lessBenchmark: [],
          sums: Array(repeating: 0, count: ReturnTile.width * width))
      } body: { worker, tile in
        let first = tile.firstStrategy
        guard isNeeded(first..<first + tile.count) else { return }
        if !benchmark.isEmpty {
          TileRows.subtract(
            benchmark, from: tile.values, width: ReturnTile.width, into: &worker.lessBenchmark)
        }
        for panel in panels {
          MatrixProduct.multiplyTransposed(
            benchmark.isEmpty ? tile.values : worker.lessBenchmark, columns: ReturnTile.width,
            by: weights.values, rows: panel.lowerBound..<panel.lowerBound + width, depth: returns.bars,
            into: &worker.sums)
          body(
            &worker.state, worker.sums,
            Panel(
              firstStrategy: first, count: tile.count,
              resamples: batch.lowerBound + panel.lowerBound..<batch.lowerBound + panel.upperBound,
              stride: width))
        }
      }
    }
  }
}
