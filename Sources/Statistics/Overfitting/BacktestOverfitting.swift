/// Combinatorially symmetric cross-validation: how often choosing the best strategy in sample fails out of
/// sample.
///
/// Formula: time is cut into S blocks. For every choice of S/2 of them as the sample, the best strategy there
/// has the rank r among all N on the other half, ω = r/(N+1) and the logit λ = log(ω/(1-ω)). The probability
/// of backtest overfitting is the share of splits with λ ≤ 0.
///
/// Shapes and units: ``BlockSums`` of N strategies, in which each keeps its own order of time. All C(S, S/2)
/// splits count (12,870 for S = 16; the paper prints 12,780, a slip).
///
/// Null hypothesis: none is tested. Less is better: 0 where the best in sample is always above the median
/// outside, near ½ for strategies without skill, up to 1 where it is always below. On one data set without
/// skill its standard deviation is near 0.14, so it never stands alone.
///
/// Edge cases: ties take their average rank, the best among equals is the first. Where a strategy is idle or without
/// variance in one half of a split, its metric is 0 there, what an account in cash earns, and is counted; if it ranked last,
/// whoever traded at all would be above the median. Strategies that are idle throughout do not belong here: they are no
/// alternatives, and enough of them on one side of the others decide the median. Columns must not be centred before: that
/// forces the probability to 1.
///
/// Reference: Bailey, Borwein, López de Prado & Zhu 2017, "The probability of backtest overfitting", section
/// 3.
public struct BacktestOverfitting: Equatable, Sendable {
  /// S.
  public let blocks: Int
  /// N.
  public let strategies: Int
  /// The oldest bars that were dropped, because the bars are not a multiple of the blocks.
  public let droppedBars: Int
  /// One outcome a split, in ascending order of the blocks in sample read as a number.
  public let splits: SplitOutcomes
  /// The share of splits in which the selected strategy did no better outside than the median.
  public let probability: Double
  /// The share of splits in which the selected strategy's metric is below zero outside.
  public let probabilityOfLoss: Double
  /// Out of sample regressed on in sample.
  public let degradation: Degradation
  /// The selected strategies against all of them, out of sample; made when it is first asked for, as trials never do.
  public var dominance: StochasticDominance {
    onceDominance.value {
      StochasticDominance(selected: splits.outOfSample, average: splits.meanOutOfSample)
    }
  }
  private let onceDominance = Once<StochasticDominance>()

  /// Cross-validates the selection by `metric` on all splits, with the same bits for any number of threads and by
  /// either kernel.
  ///
  /// - Precondition: the sums hold the quantities of the metric, in its order.
  public init(
    _ sums: BlockSums, metric: some SplitMetric, kernel: CrossValidationKernel = .fused, threads: Int = 1
  ) {
    self.init(
      sums.shape, droppedBars: sums.droppedBars,
      splits: Self.outcomes(sums, metric: metric, kernel: kernel, threads: threads))
  }

  /// Cross-validates strategies whose sums are not in memory at once, to the bits that they would have if they were.
  ///
  /// - Parameters:
  ///   - shape: of all parts.
  ///   - forEachPart: hands out the parts in the order of their strategies, again each time it is called: twice for up to
  ///     16 blocks, more often for more.
  /// - Precondition: the sums hold the quantities of the metric, in its order.
  /// - Throws: what `forEachPart` throws.
  public init(
    _ shape: BlockSumsShape, metric: some SplitMetric, kernel: CrossValidationKernel = .fused,
    threads: Int = 1, forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows {
    self.init(
      shape, droppedBars: 0,
      splits: try Self.outcomes(
        shape, metric: metric, kernel: kernel, threads: threads, forEachPart: forEachPart))
  }

  /// The splits alone.
  static func outcomes(
    _ sums: BlockSums, metric: some SplitMetric, kernel: CrossValidationKernel, threads: Int
  ) -> SplitOutcomes {
    outcomes(sums.shape, metric: metric, kernel: kernel, threads: threads) { $0(sums) }
  }

  private static func outcomes(
    _ shape: BlockSumsShape, metric: some SplitMetric, kernel: CrossValidationKernel, threads: Int,
    forEachPart: (_ body: (BlockSums) -> Void) throws -> Void
  ) rethrows -> SplitOutcomes {
    precondition(shape.quantities == metric.quantities, "the sums are those of the metric")
    guard let metric = metric as? any BuiltInMetric else {
      return try BlockCrossValidation(shape, metric: metric)
        .outcomes(threads: threads, forEachPart: forEachPart)
    }
    guard kernel == .fused, let form = metric.form else {
      return try metric.referenceOutcomes(shape, threads: threads, forEachPart: forEachPart)
    }
    return try FusedCrossValidation(shape, form: form).outcomes(threads: threads, forEachPart: forEachPart)
  }

  private init(_ shape: BlockSumsShape, droppedBars: Int, splits: SplitOutcomes) {
    blocks = shape.blocks
    strategies = shape.strategies
    self.droppedBars = droppedBars
    self.splits = splits
    probability = Double(splits.overfit(strategies: shape.strategies)) / Double(splits.count)
    probabilityOfLoss = Double(splits.outOfSample.count { $0 < 0 }) / Double(splits.count)
    degradation = Degradation(inSample: splits.inSample, outOfSample: splits.outOfSample)
  }

  /// The logit of each split.
  public var logits: [Double] { Array(splits.logits(strategies: strategies)) }

  /// How often a strategy's metric was undefined out of sample, over all splits.
  public var undefined: Int { splits.undefined }

  /// ``undefined`` as a share of all values that were ranked: where it is not small, luck alone is not near ½.
  public var undefinedShare: Double { Double(undefined) / (Double(splits.count) * Double(strategies)) }

  /// The probability that choosing at random has: ½, and (N + 1)/2N for odd N, since the median itself counts as overfit.
  /// Strategies that idle or lose for certain take it elsewhere: see ``OverfittingNullBand``.
  public var probabilityByChance: Double { Double((strategies + 1) / 2) / Double(strategies) }

  /// The splits whose selected strategy has no metric on one of its sides, where it counts as 0.
  public var undefinedSelections: Int { splits.undefinedSelections }
}
