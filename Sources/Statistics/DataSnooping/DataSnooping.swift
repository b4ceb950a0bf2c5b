import Kernels
import Synchronization

/// One look at all strategies and all resamples, from which the tests for data snooping are read off.
///
/// The returns are made twice: once for every strategy's mean and its deviation, once to be resampled (again for
/// each batch of resamples, where the weights would not fit into `weightLimit`). The Reality Check, superior
/// predictive ability and the first step of the stepwise test share the second. The same bits for any number of
/// threads and any limit.
public struct DataSnooping<Returns: ReturnSource>: Sendable {
  /// T, below which log log T, and so the consistent p-value, is not defined.
  public static var fewestBars: Int { 3 }

  /// The mean return of each strategy, less the benchmark's.
  public let means: [MeanReturn]
  /// The best strategies, and the best of each resample.
  public let maxima: SnoopingMaxima
  let sums: ResampledSums<Returns>

  /// - Parameters:
  ///   - benchmark: returns by bar that are subtracted from every strategy's; without it doing nothing is the
  ///     benchmark.
  ///   - firstStrategy: the number in the whole sweep of the first strategy of `returns`.
  ///   - weightLimit: bytes that the resamples' weights may take at a time, 64 MB unless said.
  /// - Throws: ``StatisticsError`` where bars, resamples and benchmark do not fit.
  public init(
    _ returns: Returns, benchmark: [Double]? = nil, resamples: Resamples, threads: Int = 1,
    firstStrategy: Int = 0, weightLimit: Int? = nil
  ) throws(StatisticsError) {
    guard returns.bars >= Self.fewestBars else {
      throw .fewBars(found: returns.bars, needed: Self.fewestBars)
    }
    guard resamples.bars == returns.bars else {
      throw .otherBars("resamples", found: resamples.bars, needed: returns.bars)
    }
    let benchmark = benchmark ?? []
    guard benchmark.isEmpty || benchmark.count == returns.bars else {
      throw .otherBars("benchmark", found: benchmark.count, needed: returns.bars)
    }
    if let bar = benchmark.firstIndex(where: { !$0.isFinite }) { throw .undefinedBenchmark(bar: bar) }
    let means = MeanReturn.all(
      of: returns, benchmark: benchmark, meanBlockLength: resamples.meanBlockLength, threads: threads)
    let sums = ResampledSums(
      returns: returns, benchmark: benchmark, resamples: resamples, threads: threads,
      weightLimit: weightLimit ?? ResampleWeights.defaultLimit)
    self.means = means
    self.sums = sums
    maxima = SnoopingMaxima(
      resamples: resamples, means: means, firstStrategy: firstStrategy,
      values: sums.maxima(NullStatistic.allCases, means: means) { means[$0].isDefined })
  }

  /// The maxima of each resample over the strategies for which `isIncluded`, by looking at `returns` again, whose means
  /// are known.
  ///
  /// - Precondition: a mean for each strategy; resamples and benchmark are those of the first look.
  public static func maxima(
    _ statistic: NullStatistic, of returns: Returns, benchmark: [Double]? = nil, resamples: Resamples,
    means: [MeanReturn], threads: Int = 1, isIncluded: @Sendable (Int) -> Bool
  ) -> [Double] {
    precondition(means.count == returns.strategies, "a mean for each strategy")
    return ResampledSums(
      returns: returns, benchmark: benchmark ?? [], resamples: resamples, threads: threads,
      weightLimit: ResampleWeights.defaultLimit
    ).maxima([statistic], means: means, isIncluded: isIncluded)[0]
  }

  /// White's test.
  public var realityCheck: RealityCheck { RealityCheck(maxima) }

  /// Hansen's test.
  public var superiorAbility: SuperiorAbility { SuperiorAbility(maxima) }
}

extension ResampledSums {
  /// The largest value of each statistic over the strategies for which `isIncluded`, for each resample.
  func maxima(
    _ statistics: [NullStatistic], means: [MeanReturn], isIncluded: @Sendable (Int) -> Bool
  ) -> [[Double]] {
    let all = SharedMaxima(rows: statistics.count, resamples: resamples.count)
    let width = ResampleWeights.panelWidth(bars: returns.bars)
    forEachPanel { strategies in
      strategies.contains(where: isIncluded)
    } makeState: {
      Array(repeating: Array(repeating: -Double.infinity, count: width), count: statistics.count)
    } body: { rows, sums, panel in
      for row in rows.indices {
        for index in 0..<width { rows[row][index] = -.infinity }
        for lane in 0..<panel.count {
          let strategy = panel.firstStrategy + lane
          guard isIncluded(strategy), let term = statistics[row].term(means[strategy]) else { continue }
          ResampleRows.raise(
            &rows[row], from: 0, to: sums, panel.cells(lane), center: term.center, scale: term.scale)
        }
      }
      all.raise(to: rows, panel.resamples)
    }
    return all.values
  }
}

/// Maxima that several workers raise; which of them comes first makes no difference to a maximum.
private final class SharedMaxima: Sendable {
  private let rows: Mutex<[[Double]]>

  init(rows: Int, resamples: Int) {
    self.rows = Mutex(Array(repeating: Array(repeating: -.infinity, count: resamples), count: rows))
  }

  var values: [[Double]] { rows.withLock { $0 } }

  /// Raises the maxima of `resamples` to those of a panel.
  func raise(to panel: [[Double]], _ resamples: Range<Int>) {
    rows.withLock { rows in
      for row in panel.indices {
        ResampleRows.raise(
          &rows[row], from: resamples.lowerBound, to: panel[row], 0..<resamples.count, center: 0, scale: 1)
      }
    }
  }
}
