import Kernels

/// How the mean returns of all strategies vary together with that of one of them, when returns depend on those before.
///
/// Formula: ωⱼw = Σ x̃ⱼ[t]·(x̃w[t] + Σ κᵢ·(x̃w[t-i] + x̃w[t+i])) / T with x̃ less its mean, bars counted in a circle and
/// κᵢ = (1 - i/T)·(1-p)ⁱ: the covariance of √T times the means of a stationary bootstrap resample, without drawing any.
///
/// Shapes and units: by strategy, in squared returns; ωww is the ω² of ``MeanReturn``. Over the two ω it is the
/// correlation of the means, and to first order that of the Sharpe ratios.
///
/// Edge cases: NaN for a strategy with a return that is not finite. Lags beyond T, whose weight is below (1-p)ᵀ, count.
///
/// Reference: Politis & Romano 1994, "The stationary bootstrap", lemma 1, for two series.
public enum LongRunCovariance {
  /// The covariances of all strategies with `strategy`.
  ///
  /// - Parameters:
  ///   - benchmark: returns by bar that are subtracted from every strategy's.
  ///   - meanBlockLength: 1/p, in bars.
  /// - Precondition: a strategy that is there, and a benchmark for each bar.
  public static func all<Returns: ReturnSource>(
    of returns: Returns, with strategy: Int, benchmark: [Double]? = nil, meanBlockLength: Double,
    threads: Int = 1
  ) -> [Double] {
    precondition((0..<returns.strategies).contains(strategy), "a strategy that is there")
    precondition(benchmark.map { $0.count == returns.bars } ?? true, "a benchmark for each bar")
    let bars = returns.bars
    let one = DisjointSlots.fill(count: bars, repeating: 0.0) { slots in
      returns.forEachTile(Returns.tiles(of: [strategy]), threads: threads, makeState: {}) { _, tile in
        slots.write(tile.column(strategy - tile.firstStrategy), from: 0)
      }
    }
    let excess = benchmark.map { zip(one, $0).map { $0 - $1 } } ?? one
    let weights = smoothed(excess, meanBlockLength: meanBlockLength)
    let ofBenchmark = benchmark.map { zip($0, weights).reduce(0) { $0 + $1.0 * $1.1 } } ?? 0
    return DisjointSlots.fill(count: returns.strategies, repeating: .nan) { slots in
      returns.forEachTile(threads: threads) {
        Array(repeating: 0.0, count: returns.tileWidth)
      } body: { sums, tile in
        MatrixProduct.multiplyTransposed(
          tile.values, columns: tile.columns, by: weights, rows: 0..<1, depth: bars, into: &sums)
        for lane in 0..<tile.count {
          let covariance = (sums[lane] - ofBenchmark) / Double(bars)
          slots.write(covariance.isFinite ? covariance : .nan, at: tile.firstStrategy + lane)
        }
      }
    }
  }

  /// x̃[t] + Σ κᵢ·(x̃[t-i] + x̃[t+i]): sums to 0, so that the other series need not be centred.
  static func smoothed(_ series: [Double], meanBlockLength: Double) -> [Double] {
    let count = series.count
    let mean = ReturnMoments(series).mean
    let centred = series.map { $0 - mean }
    let q = 1 - 1 / meanBlockLength
    var result = centred
    func add(_ bars: some Sequence<Int>) {
      // Σ qⁱ·x̃ and Σ i·qⁱ·x̃ of the bars before; the first circle warms them up.
      var (sum, weighted) = (0.0, 0.0)
      for circle in 0..<2 {
        for bar in bars {
          if circle == 1 { result[bar] += sum - weighted / Double(count) }
          weighted = q * (weighted + sum + centred[bar])
          sum = q * (sum + centred[bar])
        }
      }
    }
    add(0..<count)
    add((0..<count).reversed())
    return result
  }
}
