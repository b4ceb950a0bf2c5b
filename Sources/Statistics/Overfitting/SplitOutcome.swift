import Glibc

/// What one split of the blocks into two halves showed: who was best in sample, and how that strategy did
/// outside.
public struct SplitOutcome: Equatable, Sendable {
  /// The blocks in sample: bit b stands for block b.
  public let inSampleBlocks: UInt32
  /// The strategy that was best in sample; of equals the first.
  public let selected: Int
  /// The metric of the selected strategy in sample; 0 where it is undefined.
  public let inSample: Double
  /// The metric of the selected strategy out of sample; 0 where it is undefined.
  public let outOfSample: Double
  /// Whether the metric of the selected strategy is defined on both sides.
  public let isDefined: Bool
  /// The strategies that did worse out of sample than the selected one.
  public let worseOutOfSample: Int
  /// The strategies that did the same out of sample, the selected one included: as far as rounding tells, so that
  /// leveraged copies of one strategy are equals.
  public let equalOutOfSample: Int
  /// The mean of the metric out of sample over all strategies, with 0 for those for which it is undefined.
  public let meanOutOfSample: Double
  /// The strategies whose metric is undefined out of sample.
  public let undefinedOutOfSample: Int

  /// The rank of the selected strategy out of sample, from 1, the worst, to N; the average rank among equals.
  public var rank: Double { Self.rank(worse: worseOutOfSample, equal: equalOutOfSample) }

  /// log(ω/(1-ω)) of the relative rank ω = rank/(N+1) among `strategies`; positive when better than the
  /// median.
  public func logit(strategies: Int) -> Double { Self.logit(rank: rank, strategies: strategies) }

  /// Whether the selected strategy did no better out of sample than the median: its logit is at most 0.
  public func isOverfit(strategies: Int) -> Bool {
    Self.isOverfit(worse: worseOutOfSample, equal: equalOutOfSample, strategies: strategies)
  }

  static func rank(worse: Int, equal: Int) -> Double { Double(worse) + Double(equal + 1) / 2 }

  static func logit(rank: Double, strategies: Int) -> Double {
    log(rank / (Double(strategies + 1) - rank))
  }

  static func isOverfit(worse: Int, equal: Int, strategies: Int) -> Bool {
    2 * worse + equal <= strategies
  }
}
