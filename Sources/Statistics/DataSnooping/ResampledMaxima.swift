import Kernels
import Synchronization

/// The largest values of statistics over many strategies, for each resample, by one look at the strategies.
///
/// Where the draws of all resamples would be large they come in batches, and there is a look for each.
struct ResampledMaxima<Returns: ReturnSource>: Sendable {
  let returns: Returns
  /// Subtracted from every strategy's returns; empty for none.
  let benchmark: [Double]
  let drawn: DrawnResamples
  let threads: Int

  private var resamples: Resamples { drawn.resamples }

  /// The mean of every strategy, and the maxima of each row over those that take part in it: of all rows one after the
  /// other.
  func measure(_ rows: [MaximaRows]) -> (means: [MeanReturn], maxima: [[Double]]) {
    let batches = drawn.batches
    let undefined = MeanReturn(bars: returns.bars, sum: .nan, longRunDeviation: .nan)
    var maxima = Array(repeating: [Double](), count: rows.reduce(0) { $0 + $1.count })
    let means = DisjointSlots.fill(count: returns.strategies, repeating: undefined) { slots in
      look(nil, rows, batches[0], into: &maxima) { worker, tile, values in
        worker.columns.measure(values, bars: returns.bars, meanBlockLength: resamples.meanBlockLength)
        return (0..<tile.count).map { lane in
          let mean = worker.columns.mean(lane, of: values, bars: returns.bars)
          slots.write(mean, at: tile.firstStrategy + lane)
          return mean
        }
      }
    }
    for batch in batches.dropFirst() {
      look(nil, rows, batch, into: &maxima) { _, tile, _ in
        Array(means[tile.firstStrategy..<tile.firstStrategy + tile.count])
      }
    }
    return (means, maxima)
  }

  /// The maxima over the strategies for which `isIncluded`, whose means are known.
  func maxima(
    _ null: NullStatistic, means: [MeanReturn], isIncluded: @Sendable (Int) -> Bool
  ) -> [Double] {
    let tiles = Returns.tiles(of: (0..<returns.strategies).filter(isIncluded))
    var maxima = [[Double]()]
    for batch in drawn.batches {
      look(tiles, [MaximaRows(null)], batch, into: &maxima) { _, tile, _ in
        (tile.firstStrategy..<tile.firstStrategy + tile.count).map { isIncluded($0) ? means[$0] : nil }
      }
    }
    return maxima[0]
  }

  /// The statistic of every strategy in every resample, strategy by strategy, with the bits that it has where it is the
  /// largest; -∞ for one that takes no part. The means are known.
  ///
  /// All sums are wanted, so none are screened. Few strategies are one tile, of which threads take some columns each.
  func values(_ null: NullStatistic, means: [MeanReturn]) -> [Double] {
    let count = resamples.count
    // Of long histories a narrow tile is all that there should be in memory.
    let width = min(8, returns.tileWidth)
    let pieces = (returns.tileWidth + width - 1) / width
    return DisjointSlots.fill(count: returns.strategies * count, repeating: -.infinity) { slots in
      for batch in drawn.batches {
        let draws = drawn.draws(of: batch)
        returns.forEachTile(threads: threads, makeState: {}) { _, tile in
          Workers.forEach(items: pieces, threads: threads) {
            Piece(draws, width: width)
          } body: { piece, number in
            for lane in piece.lanes(number, of: tile, less: benchmark) {
              let strategy = tile.firstStrategy + lane
              guard let term = null.term(means[strategy]) else { continue }
              slots.write(
                piece.values(lane % width, term), from: strategy * count + batch.lowerBound)
            }
          }
        }
      }
    }
  }

  /// Some columns of a tile, and their sums over all resamples of a batch.
  private struct Piece: ~Copyable {
    private let count: Int
    private let width: Int
    private let bars: Int
    private var columns: [Double] = []
    private var exact: ExactSums
    /// Of some resamples at a time.
    private var panel: [Double]
    /// By column, then by resample.
    private var sums: [Double]

    init(_ draws: ResampleDraws, width: Int) {
      count = draws.count
      self.width = width
      bars = draws.bars
      exact = ExactSums(draws, width: width)
      panel = Array(repeating: 0, count: width * ExactSums.mostResamples)
      sums = Array(repeating: 0, count: width * draws.count)
    }

    /// Sums the columns of piece `number`, and returns their places in the tile.
    mutating func lanes(_ number: Int, of tile: ReturnTile, less benchmark: [Double]) -> Range<Int> {
      let first = number * width
      let lanes = min(first, tile.count)..<min(first + width, tile.count)
      guard !lanes.isEmpty else { return lanes }
      let isWhole = tile.columns == width && benchmark.isEmpty
      if !isWhole { fill(lanes, of: tile, less: benchmark) }
      for from in stride(from: 0, to: count, by: ExactSums.mostResamples) {
        let resamples = from..<min(from + ExactSums.mostResamples, count)
        exact.sum(isWhole ? tile.values : columns, over: resamples, into: &panel)
        for column in 0..<width {
          for place in 0..<resamples.count {
            sums[column * count + from + place] = panel[column * resamples.count + place]
          }
        }
      }
      return lanes
    }

    private mutating func fill(_ lanes: Range<Int>, of tile: ReturnTile, less benchmark: [Double]) {
      if columns.isEmpty { columns = Array(repeating: 0, count: bars * width) }
      for bar in 0..<bars {
        let row = bar * tile.columns
        for lane in lanes {
          let value = tile.values[row + lane]
          columns[bar * width + lane - lanes.lowerBound] = benchmark.isEmpty ? value : value - benchmark[bar]
        }
      }
    }

    /// What `term` makes of the sums of a column.
    func values(_ column: Int, _ term: ResampleTerm) -> [Double] {
      sums[column * count..<(column + 1) * count].map { ($0 - term.center) * term.scale }
    }
  }

  private struct Worker: ~Copyable {
    var lessBenchmark: [Double] = []
    var columns: ColumnStatistics
    var screened: ScreenedTile
    var maxima: [Double]
  }

  /// Calls `body` for each tile, less the benchmark, which has been loaded.
  private func forEachTile(
    _ tiles: [Int]?, _ draws: ResampleDraws, _ rows: [MaximaRows],
    body: @Sendable (inout Worker, ReturnTile, _ values: [Double]) -> Void
  ) {
    let statistics = rows.reduce(0) { $0 + $1.count }
    returns.forEachTile(tiles, threads: threads) {
      Worker(
        columns: ColumnStatistics(width: returns.tileWidth),
        screened: ScreenedTile(draws, width: returns.tileWidth, statistics: statistics),
        maxima: Array(repeating: -.infinity, count: statistics * draws.count))
    } body: { worker, tile in
      if !benchmark.isEmpty {
        TileRows.subtract(benchmark, from: tile.values, width: tile.columns, into: &worker.lessBenchmark)
      }
      let values = benchmark.isEmpty ? tile.values : worker.lessBenchmark
      worker.screened.load(values)
      body(&worker, tile, values)
    }
  }

  /// Appends the maxima of a batch; `means` are those of a tile, `nil` for a strategy that takes no part.
  private func look(
    _ tiles: [Int]?, _ rows: [MaximaRows], _ batch: Range<Int>, into maxima: inout [[Double]],
    means: @Sendable (inout Worker, ReturnTile, _ values: [Double]) -> [MeanReturn?]
  ) {
    let shared = SharedMaxima(count: maxima.count * batch.count)
    forEachTile(tiles, drawn.draws(of: batch), rows) { worker, tile, values in
      worker.screened.set(means(&worker, tile, values), rows, firstStrategy: tile.firstStrategy)
      let rows = worker.screened.statisticsTaken
      shared.exchange(rows, of: batch.count, &worker.maxima)
      worker.screened.raise(&worker.maxima)
      shared.exchange(rows, of: batch.count, &worker.maxima)
    }
    let found = shared.values
    for row in maxima.indices { maxima[row] += found[row * batch.count..<(row + 1) * batch.count] }
  }
}

/// A statistic whose largest value is kept for each resample, in rows of which each strategy takes part in one.
struct MaximaRows: Sendable {
  let null: NullStatistic
  let count: Int
  /// The row of a strategy, by its number in the returns.
  let row: @Sendable (Int, MeanReturn) -> Int

  init(
    _ null: NullStatistic, count: Int = 1, row: @escaping @Sendable (Int, MeanReturn) -> Int = { _, _ in 0 }
  ) {
    self.null = null
    self.count = count
    self.row = row
  }
}

extension ScreenedTile {
  /// Gives those strategies of a tile their parts that have a mean. Of equal ones the first stands for all, since
  /// none can be told to be below another before their sums are made.
  fileprivate mutating func set(_ means: [MeanReturn?], _ rows: [MaximaRows], firstStrategy: Int) {
    var different: [Int] = []
    for (lane, mean) in means.enumerated() {
      guard let mean, mean.isDefined else { continue }
      let equal = different.first { means[$0] == mean && areEqual($0, lane) }
      if equal == nil { different.append(lane) }
      var first = 0
      for rows in rows {
        if let term = rows.null.term(mean) {
          set(term, first + rows.row(firstStrategy + lane, mean), equal ?? lane)
        }
        first += rows.count
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

  /// Raises some rows of `count` maxima to those of all workers, and the other way round: the higher they are, the less can
  /// reach them.
  func exchange(_ rows: [Int], of count: Int, _ maxima: inout [Double]) {
    shared.withLock { shared in
      for row in rows {
        for index in row * count..<(row + 1) * count {
          let larger = max(maxima[index], shared[index])
          maxima[index] = larger
          shared[index] = larger
        }
      }
    }
  }
}
