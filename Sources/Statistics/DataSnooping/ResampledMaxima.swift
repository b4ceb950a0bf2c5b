import Kernels
import Synchronization

/// The largest values of statistics over many strategies, for each resample, by one look at the strategies.
///
/// Where the draws of all resamples would be large they come in batches, and there is a look for each.
struct ResampledMaxima<Returns: ReturnSource>: Sendable {
  let returns: Returns
  /// Subtracted from every strategy's returns; empty for none.
  let benchmark: [Double]
  let resamples: Resamples
  let threads: Int
  /// The most that the draws of a batch may take, in bytes.
  let drawLimit: Int

  /// The mean of every strategy, and the maxima over all of them.
  func measure(_ statistics: [NullStatistic]) -> (means: [MeanReturn], maxima: [[Double]]) {
    let batches = batches
    let undefined = MeanReturn(bars: returns.bars, sum: .nan, longRunDeviation: .nan)
    var maxima = Array(repeating: [Double](), count: statistics.count)
    let means = DisjointSlots.fill(count: returns.strategies, repeating: undefined) { slots in
      look(nil, statistics, batches[0], into: &maxima) { worker, tile, values in
        worker.columns.measure(values, bars: returns.bars, meanBlockLength: resamples.meanBlockLength)
        return (0..<tile.count).map { lane in
          let mean = worker.columns.mean(lane, of: values, bars: returns.bars)
          slots.write(mean, at: tile.firstStrategy + lane)
          return mean
        }
      }
    }
    for batch in batches.dropFirst() {
      look(nil, statistics, batch, into: &maxima) { _, tile, _ in
        Array(means[tile.firstStrategy..<tile.firstStrategy + tile.count])
      }
    }
    return (means, maxima)
  }

  /// The maxima over the strategies for which `isIncluded`, whose means are known.
  func maxima(
    _ statistics: [NullStatistic], means: [MeanReturn], isIncluded: @Sendable (Int) -> Bool
  ) -> [[Double]] {
    let tiles = Returns.tiles(of: (0..<returns.strategies).filter(isIncluded))
    var maxima = Array(repeating: [Double](), count: statistics.count)
    for batch in batches {
      look(tiles, statistics, batch, into: &maxima) { _, tile, _ in
        (tile.firstStrategy..<tile.firstStrategy + tile.count).map { isIncluded($0) ? means[$0] : nil }
      }
    }
    return maxima
  }

  private var batches: [Range<Int>] {
    ResampleDraws.batches(of: resamples.count, bars: resamples.bars, limit: drawLimit)
  }

  private struct Worker: ~Copyable {
    var lessBenchmark: [Double] = []
    var columns: ColumnStatistics
    var screened: ScreenedTile
    var maxima: [Double]
  }

  /// Appends the maxima of a batch; `means` are those of a tile, `nil` for a strategy that takes no part.
  private func look(
    _ tiles: [Int]?, _ statistics: [NullStatistic], _ batch: Range<Int>, into maxima: inout [[Double]],
    means: @Sendable (inout Worker, ReturnTile, _ values: [Double]) -> [MeanReturn?]
  ) {
    let draws = ResampleDraws(resamples, batch: batch, threads: threads)
    let shared = SharedMaxima(count: statistics.count * batch.count)
    returns.forEachTile(tiles, threads: threads) {
      Worker(
        columns: ColumnStatistics(width: returns.tileWidth),
        screened: ScreenedTile(draws, width: returns.tileWidth, statistics: statistics.count),
        maxima: Array(repeating: -.infinity, count: statistics.count * batch.count))
    } body: { worker, tile in
      if !benchmark.isEmpty {
        TileRows.subtract(benchmark, from: tile.values, width: tile.columns, into: &worker.lessBenchmark)
      }
      let values = benchmark.isEmpty ? tile.values : worker.lessBenchmark
      let ofTile = means(&worker, tile, values)
      worker.screened.load(values)
      worker.screened.set(ofTile, statistics)
      shared.exchange(&worker.maxima)
      worker.screened.raise(&worker.maxima)
      shared.exchange(&worker.maxima)
    }
    let found = shared.values
    for row in maxima.indices { maxima[row] += found[row * batch.count..<(row + 1) * batch.count] }
  }
}

extension ScreenedTile {
  /// Gives those strategies of a tile their parts that have a mean. Of equal ones the first stands for all, since
  /// none can be told to be below another before their sums are made.
  fileprivate mutating func set(_ means: [MeanReturn?], _ statistics: [NullStatistic]) {
    var different: [Int] = []
    for (lane, mean) in means.enumerated() {
      guard let mean, mean.isDefined else { continue }
      if different.contains(where: { means[$0] == mean && areEqual($0, lane) }) { continue }
      different.append(lane)
      for (row, statistic) in statistics.enumerated() {
        if let term = statistic.term(mean) { set(term, row, lane) }
      }
    }
  }
}

/// Maxima that several workers raise; which of them comes first makes no difference to a maximum.
private final class SharedMaxima: Sendable {
  private let shared: Mutex<[Double]>

  init(count: Int) {
    shared = Mutex(Array(repeating: -.infinity, count: count))
  }

  var values: [Double] { shared.withLock { $0 } }

  /// Raises these maxima to those of all workers, and the other way round: the higher they are, the less can reach them.
  func exchange(_ maxima: inout [Double]) {
    shared.withLock { shared in
      for index in maxima.indices {
        let larger = max(maxima[index], shared[index])
        maxima[index] = larger
        shared[index] = larger
      }
    }
  }
}
