import Backtesting
import Kernels

/// One way to run a sample of strategies, as the argument of a test.
public struct EngineCase: Sendable, CustomStringConvertible {
  public let sample: StrategySample
  public let direction: Direction
  public let fill: Fill
  public let hasStops: Bool
  public let costBasisPoints: Double
  public let convention: Convention

  public init(
    _ sample: StrategySample, _ direction: Direction = .long, fill: Fill = .close, hasStops: Bool = false,
    costBasisPoints: Double = 0, convention: Convention = .portfolio
  ) {
    self.sample = sample
    self.direction = direction
    self.fill = fill
    self.hasStops = hasStops
    self.costBasisPoints = costBasisPoints
    self.convention = convention
  }

  public var description: String {
    "\(sample.rawValue), \(direction.rawValue), fill \(fill.rawValue), stops \(hasStops), \(costBasisPoints) bp, "
      + convention.rawValue
  }

  /// Every sample, long and long-short: plain; with costs and stops; that filled at the next open; and costs of each
  /// trade, with stops and without.
  public static let all = StrategySample.allCases.flatMap { sample in
    Direction.allCases.flatMap { direction in
      [
        EngineCase(sample, direction),
        EngineCase(sample, direction, hasStops: true, costBasisPoints: 10),
        EngineCase(sample, direction, fill: .nextOpen, hasStops: true, costBasisPoints: 10),
        EngineCase(sample, direction, costBasisPoints: 10, convention: .perTrade),
        EngineCase(sample, direction, hasStops: true, costBasisPoints: 10, convention: .perTrade),
      ]
    }
  }

  /// The strategies, with given signals for `signalCount` bars.
  public func strategies(signalCount: Int) throws(StrategyError) -> StrategySet {
    try sample.strategies(direction: direction, hasStops: hasStops, signalCount: signalCount)
  }

  /// The backtest of this case over `segments` of `market`.
  public func backtest(
    _ market: Market, segments: [Segment], precision: Precision, kernel: KernelChoice = .fused,
    threads: Int = 1
  ) -> Backtest {
    Backtest(
      market: market, segments: segments, fill: fill, costBasisPoints: costBasisPoints,
      convention: convention, precision: precision,
      kernel: kernel, threads: threads)
  }
}
