import Kernels

/// The Sharpe ratios of many strategies over the same bars.
public enum SharpeRatios {
  /// The Sharpe ratio per bar of each strategy.
  ///
  /// Formula: the mean over the standard deviation (n - 1) of x - b, with b the benchmark's returns.
  ///
  /// Shapes and units: by strategy, per bar.
  ///
  /// Edge cases: NaN for a strategy with a return that is not finite, and without variance as ``MeanReturn`` has it.
  ///
  /// - Parameter benchmark: returns by bar that are subtracted from every strategy's.
  /// - Precondition: a benchmark for each bar.
  public static func all(
    of returns: some ReturnSource, benchmark: [Double]? = nil, threads: Int = 1
  ) -> [Double] {
    let bars = returns.bars
    precondition(benchmark.map { $0.count == bars } ?? true, "a benchmark for each bar")
    // Of blocks of one bar, ω is the deviation with n.
    let scale = (Double(bars - 1) / Double(bars)).squareRoot()
    return DisjointSlots.fill(count: returns.strategies, repeating: Double.nan) { slots in
      returns.forEachTile(threads: threads) {
        Worker(columns: ColumnStatistics(width: returns.tileWidth))
      } body: { worker, tile in
        if let benchmark {
          TileRows.subtract(benchmark, from: tile.values, width: tile.columns, into: &worker.excess)
        }
        let values = benchmark == nil ? tile.values : worker.excess
        worker.columns.measure(values, bars: bars, meanBlockLength: 1)
        for lane in 0..<tile.count {
          let mean = worker.columns.mean(lane, of: values, bars: bars)
          let isDefined = mean.hasVariance && bars > 1
          slots.write(
            isDefined ? mean.mean / mean.longRunDeviation * scale : .nan, at: tile.firstStrategy + lane)
        }
      }
    }
  }

  private struct Worker: ~Copyable {
    var excess: [Double] = []
    var columns: ColumnStatistics
  }
}
