import Kernels

/// One look at all strategies and all resamples, from which the tests for data snooping are read off.
///
/// The returns are made once, for the Reality Check, superior predictive ability and the first step of the stepwise
/// test together; again for each batch of resamples, where the draws of all would not fit into `drawLimit`. The same
/// bits for any number of threads, any limit and on any machine.
public struct DataSnooping<Returns: ReturnSource>: Sendable {
  /// T, below which log log T, and so the consistent p-value, is not defined.
  public static var fewestBars: Int { 3 }
  /// The error of screened sums is bounded up to these.
  public static var mostBars: Int { ScreenedTile.mostBars }

  /// The mean return of each strategy, less the benchmark's.
  public let means: [MeanReturn]
  /// The best strategies, and the best of each resample.
  public let maxima: SnoopingMaxima
  let resampled: ResampledMaxima<Returns>

  /// - Parameters:
  ///   - benchmark: returns by bar that are subtracted from every strategy's; without it doing nothing is the
  ///     benchmark.
  ///   - firstStrategy: the number in the whole sweep of the first strategy of `returns`.
  ///   - drawLimit: bytes that the draws of resamples may take at a time, 64 MB unless said.
  ///   - drawn: those draws, where other looks need them too.
  /// - Throws: ``StatisticsError`` where bars, resamples and benchmark do not fit.
  public init(
    _ returns: Returns, benchmark: [Double]? = nil, resamples: Resamples, threads: Int = 1,
    firstStrategy: Int = 0, drawLimit: Int? = nil, drawn: DrawnResamples? = nil
  ) throws(StatisticsError) {
    guard returns.bars >= Self.fewestBars else {
      throw .fewBars(found: returns.bars, needed: Self.fewestBars)
    }
    guard returns.bars <= Self.mostBars else {
      throw .manyBars(found: returns.bars, most: Self.mostBars)
    }
    guard resamples.bars == returns.bars else {
      throw .otherBars("resamples", found: resamples.bars, needed: returns.bars)
    }
    let benchmark = benchmark ?? []
    guard benchmark.isEmpty || benchmark.count == returns.bars else {
      throw .otherBars("benchmark", found: benchmark.count, needed: returns.bars)
    }
    if let bar = benchmark.firstIndex(where: { !$0.isFinite }) { throw .undefinedBenchmark(bar: bar) }
    precondition(drawn.map { $0.resamples == resamples } ?? true, "draws of these resamples")
    resampled = ResampledMaxima(
      returns: returns, benchmark: benchmark,
      drawn: drawn ?? DrawnResamples(resamples, threads: threads, limit: drawLimit), threads: threads)
    let layers = SnoopingSubset.Layers.all
    let whole = NullStatistic.allCases.filter { null in !layers.contains { $0.null == null } }
    let (means, rows) = resampled.measure(
      whole.map { MaximaRows($0) } + layers.map { $0.rows(firstStrategy: firstStrategy) })
    self.means = means
    var left = rows[...]
    var values = NullStatistic.allCases.map { _ in [Double]() }
    var ofSubsets = SnoopingSubset.allCases.map { _ in [Double]() }
    for null in whole { values[null.rawValue] = left.removeFirst() }
    for layers in layers {
      var largest = left.removeFirst()
      for subset in layers.subsets {
        ofSubsets[subset] = largest
        largest = zip(largest, left.removeFirst()).map { max($0, $1) }
      }
      values[layers.null.rawValue] = largest
    }
    maxima = SnoopingMaxima(
      resamples: resamples, means: means, firstStrategy: firstStrategy, values: values,
      subsets: zip(SnoopingSubset.allCases, ofSubsets).map {
        SubsetMaxima($0, means: means, firstStrategy: firstStrategy, maxima: $1)
      })
  }

  /// The maxima of each resample over the strategies for which `isIncluded`, by looking at `returns` again, whose means
  /// are known.
  ///
  /// - Precondition: a mean for each strategy; resamples and benchmark are those of the first look.
  public static func maxima(
    _ statistic: NullStatistic, of returns: Returns, benchmark: [Double]? = nil, resamples: Resamples,
    means: [MeanReturn], drawn: DrawnResamples? = nil, threads: Int = 1, isIncluded: @Sendable (Int) -> Bool
  ) -> [Double] {
    precondition(means.count == returns.strategies, "a mean for each strategy")
    precondition(drawn.map { $0.resamples == resamples } ?? true, "draws of these resamples")
    return ResampledMaxima(
      returns: returns, benchmark: benchmark ?? [],
      drawn: drawn ?? DrawnResamples(resamples, threads: threads), threads: threads
    ).maxima(statistic, means: means, isIncluded: isIncluded)
  }

  /// White's test.
  public var realityCheck: RealityCheck { RealityCheck(maxima) }

  /// Hansen's test.
  public var superiorAbility: SuperiorAbility { SuperiorAbility(maxima) }
}
