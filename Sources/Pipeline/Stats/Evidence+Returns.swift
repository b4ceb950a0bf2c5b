import Kernels
import Statistics

extension Evidence {
  /// What returns that were made elsewhere tell, of which the best by Sharpe ratio is the winner.
  ///
  /// - Parameter trials: at least the strategies of the file.
  init(_ returns: TriedReturns, options: StatsOptions, trials: Int, periodsPerYear: Double, threads: Int) {
    let matrix = returns.matrix
    let sharpes = DisjointSlots.fill(count: matrix.strategies, repeating: Double.nan) { slots in
      matrix.forEachColumn(threads: threads) {
        slots.write(ReturnMoments($1).sharpePerBar, at: $0)
      }
    }
    // The first of the best; where no Sharpe ratio is defined, the first.
    let best = sharpes.indices.filter { !sharpes[$0].isNaN }.reduce(Int?.none) { best, index in
      best.map { sharpes[index] > sharpes[$0] ? index : $0 } ?? index
    }
    let winner = best ?? 0
    strategies = matrix.strategies
    self.trials = trials
    self.winner = winner
    let names = returns.names
    name = { names[$0] }
    winnerReturns = matrix.column(winner)
    winnerMoments = ReturnMoments(winnerReturns)
    winnerSharpePerReturn = sharpes[winner]
    sharpesPerReturn = sharpes
    returnCounts = Array(repeating: matrix.bars, count: matrix.strategies)
    unit = "bar"
    self.periodsPerYear = periodsPerYear
    self.returns = matrix
    tested = returns.benchmark.market.map { HedgedReturns(matrix, market: $0) } ?? matrix
    ineligible = returns.idleStrategies.count
    neverTraded = ineligible
    eligible = nil
    lengthSample = { nil }
    benchmark = returns.benchmark.returns
    benchmarkName = returns.benchmark.name
    isComparedWithMore = returns.benchmark.market != nil || returns.benchmark.returns != nil
    isChosenByTestedSharpe = !isComparedWithMore
    let (market, series) = (returns.benchmark.market, returns.benchmark.returns)
    let heldName =
      market == nil ? returns.benchmark.name : OverfittingReport.meaning(of: SweepBenchmark.market.rawValue)
    held = (market ?? series).map { ($0, heldName) }
    sharpeBenchmark = options.sharpeBenchmark ?? 0
    blocks = Self.blocks(of: matrix, count: options.blocks, threads: threads)
  }

  /// The strategies that trade on bars that are cross-validated: not only on the oldest ones, which fill no block.
  private static func trading(_ matrix: ReturnMatrix, afterFirst dropped: Int) -> ReturnMatrix {
    let trades = TriedReturns.trades(matrix, from: dropped)
    let kept = trades.indices.filter { trades[$0] }
    guard kept.count < matrix.strategies else { return matrix }
    let values = (0..<matrix.bars).flatMap { bar in
      kept.lazy.map { matrix.values[bar * matrix.strategies + $0] }
    }
    return (try? ReturnMatrix(bars: matrix.bars, strategies: kept.count, values: values)) ?? matrix
  }

  private static func blocks(
    of matrix: ReturnMatrix, count: Int, threads: Int
  ) -> Result<CrossValidated, Absence> {
    guard count > 0 else { return .failure(Absence("switched off by --blocks 0")) }
    let metric = SharpeMetric()
    // Fewer bars than blocks are told for what they are.
    let matrix = matrix.bars < count ? matrix : trading(matrix, afterFirst: matrix.bars % count)
    do throws(StatisticsError) {
      let sums = try BlockSums(matrix, blocks: count, quantities: metric.quantities, threads: threads)
      return .success(
        CrossValidated(
          shape: BlockSumsShape(
            barsInBlock: sums.barsInBlock, strategies: sums.strategies, quantities: sums.quantities),
          metric: metric, metricName: SplitMetricName.sharpeRatio.rawValue, remark: nil,
          droppedBars: sums.droppedBars
        ) { $0(sums) })
    } catch {
      return .failure(Absence("\(error)"))
    }
  }
}
