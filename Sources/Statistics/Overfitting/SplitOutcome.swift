import Glibc

/// What one split of the blocks into two halves showed: who was best in sample, and how that strategy did
/// outside.
public struct SplitOutcome: Equatable, Sendable {
  /// The blocks in sample: bit b stands for block b.
  public let inSampleBlocks: UInt32
  // There are millions of these with many blocks: numbers of strategies take half of what they could.
  private let selectedNumber: UInt32
  private let worseCount: UInt32
  private let equalCount: UInt32
  private let undefinedCount: UInt32
  /// The metric of the selected strategy in sample; 0 where it is undefined.
  public let inSample: Double
  /// The metric of the selected strategy out of sample; 0 where it is undefined.
  public let outOfSample: Double
  /// Whether the metric of the selected strategy is defined on both sides.
  public let isDefined: Bool
  /// The mean of the metric out of sample over all strategies, with 0 for those for which it is undefined.
  public let meanOutOfSample: Double

  init(
    inSampleBlocks: UInt32, selected: Int, inSample: Double, outOfSample: Double, isDefined: Bool,
    worseOutOfSample: Int, equalOutOfSample: Int, meanOutOfSample: Double, undefinedOutOfSample: Int
  ) {
    self.inSampleBlocks = inSampleBlocks
    selectedNumber = UInt32(selected)
    self.inSample = inSample
    self.outOfSample = outOfSample
    self.isDefined = isDefined
    worseCount = UInt32(worseOutOfSample)
    equalCount = UInt32(equalOutOfSample)
    self.meanOutOfSample = meanOutOfSample
    undefinedCount = UInt32(undefinedOutOfSample)
  }

  /// The strategy that was best in sample; of equals the first.
  public var selected: Int { Int(selectedNumber) }
  /// The strategies that did worse out of sample than the selected one.
  public var worseOutOfSample: Int { Int(worseCount) }
  /// The strategies that did the same out of sample, the selected one included.
  public var equalOutOfSample: Int { Int(equalCount) }
  /// The strategies whose metric is undefined out of sample.
  public var undefinedOutOfSample: Int { Int(undefinedCount) }

  /// The rank of the selected strategy out of sample, from 1, the worst, to N; the average rank among equals.
  public var rank: Double { Double(worseOutOfSample) + Double(equalOutOfSample + 1) / 2 }

  /// log(ω/(1-ω)) of the relative rank ω = rank/(N+1) among `strategies`; positive when better than the
  /// median.
  public func logit(strategies: Int) -> Double {
    log(rank / (Double(strategies + 1) - rank))
  }

  /// Whether the selected strategy did no better out of sample than the median: its logit is at most 0.
  public func isOverfit(strategies: Int) -> Bool {
    2 * worseOutOfSample + equalOutOfSample <= strategies
  }
}
