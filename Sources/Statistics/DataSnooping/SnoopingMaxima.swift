/// What the tests for data snooping need of any number of strategies: the best of them, and the best of each
/// resample.
///
/// Parts of a sweep that were resampled alike merge exactly, in any order and grouping; memory does not grow with
/// the number of strategies.
public struct SnoopingMaxima: Equatable, Sendable {
  /// A strategy and its statistic.
  public struct Leader: Equatable, Sendable {
    /// Its number in the whole sweep.
    public let strategy: Int
    /// What it leads by.
    public let statistic: Double

    /// See the properties of the same names.
    public init(strategy: Int, statistic: Double) {
      self.strategy = strategy
      self.statistic = statistic
    }

    /// The larger statistic, of equals the lower number.
    static func better(_ one: Leader?, _ other: Leader?) -> Leader? {
      guard let one, let other else { return one ?? other }
      if one.statistic != other.statistic { return one.statistic > other.statistic ? one : other }
      return one.strategy <= other.strategy ? one : other
    }
  }

  /// The resamples that the maxima belong to.
  public let resamples: Resamples
  /// The strategy with the largest √T·mean; `nil` without any.
  public let bestMean: Leader?
  /// The strategy with the largest √T·mean/ω; `nil` without any that has variance.
  public let bestStudentised: Leader?
  /// The strategies that were looked at.
  public let strategies: Int
  /// The strategies that were left out of everything, because a return is not a finite number.
  public let undefined: Int
  /// The strategies that were left out of what is studentised, because their returns are all equal.
  public let withoutVariance: Int
  /// The same over some of the strategies, in the order of ``SnoopingSubset/allCases``; none where they were not kept.
  public let subsets: [SubsetMaxima]
  /// By ``NullStatistic``, then by resample; -∞ without any strategy.
  private let values: [[Double]]

  /// - Parameters:
  ///   - firstStrategy: the number in the whole sweep of the strategy that `means` begins with.
  ///   - values: the maxima, by ``NullStatistic`` and resample.
  ///   - subsets: those over some strategies, where they were kept.
  /// - Precondition: as many rows as there are statistics, and as many maxima in each as there are resamples.
  public init(
    resamples: Resamples, means: [MeanReturn], firstStrategy: Int, values: [[Double]],
    subsets: [SubsetMaxima] = []
  ) {
    precondition(values.count == NullStatistic.allCases.count, "a row for each statistic")
    precondition(subsets.isEmpty || subsets.map(\.subset) == SnoopingSubset.allCases, "a row for each subset")
    let rows = values + subsets.map(\.maxima)
    precondition(rows.allSatisfy { $0.count == resamples.count }, "a maximum for each resample")
    var bestMean: Leader?
    var bestStudentised: Leader?
    for (index, mean) in means.enumerated() where mean.isDefined {
      let number = firstStrategy + index
      bestMean = .better(bestMean, Leader(strategy: number, statistic: mean.scaledMean))
      guard mean.hasVariance else { continue }
      bestStudentised = .better(bestStudentised, Leader(strategy: number, statistic: mean.statistic))
    }
    let undefined = means.count { !$0.isDefined }
    self.init(
      resamples: resamples, bestMean: bestMean, bestStudentised: bestStudentised, strategies: means.count,
      undefined: undefined, withoutVariance: means.count { !$0.hasVariance } - undefined, subsets: subsets,
      values: values)
  }

  private init(
    resamples: Resamples, bestMean: Leader?, bestStudentised: Leader?, strategies: Int, undefined: Int,
    withoutVariance: Int, subsets: [SubsetMaxima], values: [[Double]]
  ) {
    self.resamples = resamples
    self.bestMean = bestMean
    self.bestStudentised = bestStudentised
    self.strategies = strategies
    self.undefined = undefined
    self.withoutVariance = withoutVariance
    self.subsets = subsets
    self.values = values
  }

  /// The largest value over all strategies, for each resample.
  public func maxima(_ statistic: NullStatistic) -> [Double] { values[statistic.rawValue] }

  /// The maxima over the strategies of both.
  ///
  /// - Throws: ``StatisticsError/differentResamples``.
  public func merged(with other: SnoopingMaxima) throws(StatisticsError) -> SnoopingMaxima {
    guard resamples == other.resamples else { throw .differentResamples }
    return SnoopingMaxima(
      resamples: resamples, bestMean: .better(bestMean, other.bestMean),
      bestStudentised: .better(bestStudentised, other.bestStudentised),
      strategies: strategies + other.strategies, undefined: undefined + other.undefined,
      withoutVariance: withoutVariance + other.withoutVariance,
      // What one of the two has not kept is not known of both.
      subsets: zip(subsets, other.subsets).map { $0.merged(with: $1) },
      values: zip(values, other.values).map { zip($0, $1).map { max($0, $1) } })
  }

  /// (1 + the resamples whose largest value is at or above `observed`) / (B + 1).
  func pValue(_ statistic: NullStatistic, observed: Double) -> Double {
    guard !observed.isNaN else { return .nan }
    return Double(1 + maxima(statistic).count { $0 >= observed }) / Double(resamples.count + 1)
  }
}
