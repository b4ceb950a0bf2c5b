import Backtesting
import Kernels

/// A whole backtest to time: features, blocks, scores, tallies, of training and validation in one pass.
public struct BacktestCase: Sendable {
  /// A short name without spaces.
  public let name: String
  /// What is run.
  public let strategies: StrategySet
  /// The bars.
  public let market: Market

  public init(name: String, strategies: StrategySet, market: Market) {
    self.name = name
    self.strategies = strategies
    self.market = market
  }

  /// Strategies × bars.
  public var work: Double { Double(strategies.count) * Double(market.count) }

  /// Seven tenths of the bars to train on, the rest to validate.
  private var segments: [Segment] {
    let split = market.count * 7 / 10
    return [
      Segment(name: "training", bars: 0..<split), Segment(name: "validation", bars: split..<market.count),
    ]
  }

  func backtest(_ precision: Precision, threads: Int) -> Backtest {
    Backtest(market: market, segments: segments, precision: precision, threads: threads)
  }

  /// Verifies, and then times on each number of threads.
  ///
  /// - Parameter threads: on how many, those of the setting unless said.
  /// - Throws: ``BenchmarkError`` where a result is not the reference's.
  public func records(
    _ group: CaseRecord.Group = .backtest, threads: [Int]? = nil, in setting: Setting
  ) throws -> [CaseRecord] {
    try setting.precisions.flatMap { precision in
      try verify(precision, threads: setting.threads)
      let threads = threads ?? setting.threadCounts
      return switch precision {
      case .single: records(group, precision, as: Float.self, threads, in: setting)
      case .double: records(group, precision, as: Double.self, threads, in: setting)
      }
    }
  }

  /// Blocks on which the limit is measured.
  private static let blocksOfLimit = 8
  /// Shares of a case are shown in whole per cents.
  private static let effortOfShares = Stopwatch.Effort(fewest: 3, most: 3, seconds: 0)
  /// Rounds at most; each of them has its part of the repeats.
  private static let mostRounds = 5
  /// A round measures the limit for one of so many parts of the time of a part that is timed on its own.
  private static let partsOfLimit = 2

  /// Goes round: the limit and the case on one thread, and then both on all, again and again. What is compared is measured
  /// one right after the other.
  private func records<Scalar: KernelScalar>(
    _ group: CaseRecord.Group, _ precision: Precision, as scalar: Scalar.Type, _ threadCounts: [Int],
    in setting: Setting
  ) -> [CaseRecord] {
    let peaks = threadCounts.map { peakBytes(precision, threads: $0) }
    let rounds = min(setting.stopwatch.effort.fewest, Self.mostRounds)
    let stopwatch = setting.stopwatch.with(setting.stopwatch.effort.part(of: rounds))
    let all = Rounds.interleave(threadCounts, rounds: rounds) { threads in
      let (limit, featuresOfBlock) = limit(precision, threads: threads, as: scalar, in: setting)
      let backtest = backtest(precision, threads: threads)
      return (sample: stopwatch.sample { run(backtest) }, limit: limit, featuresOfBlock: featuresOfBlock)
    }
    return zip(all, peaks).map { measured, peak in
      let (threads, found) = measured
      var record = CaseRecord(
        group: group, name: name, unit: "strategy-bars", work: work, threads: threads,
        sample: Sample(found.flatMap(\.sample.seconds)))
      record.precision = precision
      record.sizes = [
        "strategies": strategies.count, "bars": market.count,
        "features": strategies.features.count, "features_of_a_block": found[0].featuresOfBlock,
      ]
      record.limit = TileLimit.median(of: found.map(\.limit))
      record.rounds = found.map { CaseRecord.Round($0.sample, limit: $0.limit) }
      record.featureSeconds = featureSeconds(threads: threads, as: scalar, in: setting)
      let backtest = backtest(precision, threads: threads)
      record.blockSeconds =
        setting.stopwatch.with(Self.effortOfShares).sample {
          precondition(backtest.fillBlocks(of: strategies) == strategies.count, "every strategy")
        }.median
      record.peakBytes = peak
      return record
    }
  }

  private func run(_ backtest: Backtest) {
    let table = backtest.run(strategies)
    precondition(table.count == strategies.count, "a tally for each strategy")
  }

  /// The most memory that one run takes. It is not timed: memory that was given back before has to be cleared again.
  private func peakBytes(_ precision: Precision, threads: Int) -> Int? {
    PeakMemory.reset()
    run(backtest(precision, threads: threads))
    return PeakMemory.read()
  }

  /// How fast the case could be, on tiles that are made anew: it should not have to share memory with their features.
  private func limit<Scalar: KernelScalar>(
    _ precision: Precision, threads: Int, as scalar: Scalar.Type, in setting: Setting
  ) -> (limit: TileLimit, featuresOfBlock: Int) {
    let tiles = backtest(precision, threads: setting.threads)
      .tileSample(of: strategies, count: Self.blocksOfLimit, as: scalar)
    let limit = TileLimit.measure(
      tiles, bandwidth: setting.bandwidth(threads: threads),
      side: setting.side(threads, parts: Self.partsOfLimit))
    return (limit, tiles.blocks[0].features.count)
  }

  /// Seconds to compute the features alone, which are part of the case and not of its limit.
  private func featureSeconds<Scalar: KernelScalar>(
    threads: Int, as scalar: Scalar.Type, in setting: Setting
  ) -> Double {
    let features = strategies.features
    if features.isEmpty { return 0 }
    return setting.stopwatch.with(Self.effortOfShares).sample {
      var matrix = FeatureMatrix<Scalar>(rows: features.count, of: features.count, bars: market.count)
      let sums = MarketSums(market)
      matrix.hold(Array(features.indices), threads: threads) {
        FeatureColumns.compute($0.map { features[$0] }, from: sums)
      }
      precondition(matrix.count == features.count, "a row for each feature")
    }.median
  }
}
