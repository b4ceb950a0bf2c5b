import Backtesting
import Kernels

/// The winner filled at the other price: one open later where it is filled at the close that decides, at that close where it
/// is filled at the next open.
///
/// A rule that decides on a close and deals at the same close earns what no order can, such as the spread of closes that
/// are a bid or an offer by chance.
public struct OtherFillFinding: Sendable {
  /// The other fill.
  public let fill: Fill
  /// The winner's performance under it, by the reference kernel.
  public let training: Performance
  /// The same on unseen bars; `nil` where there are none.
  public let validation: Performance?
  /// The winner's training Sharpe ratio under its own fill.
  public let ownSharpe: Double
  /// The mean difference of the net returns of the training decisions, own fill less other, in its standard errors.
  ///
  /// It is the t statistic of pairs, √n · mean(d)/deviation(d), d of every decision that both fills earn. NaN where all
  /// differences are alike.
  public let difference: Double
  /// How many of the best strategies were tried, the winner included.
  public let top: Int
  /// The strategy that is best by Sharpe ratio among these under the other fill; `nil` where none has one.
  public let best: Int?
  /// Its training Sharpe ratio.
  public let bestSharpe: Double
}

extension OtherFillFinding {
  /// Tries the strategies of `ranking`, the winner first.
  ///
  /// - Parameter own: the winner's path under its own fill.
  /// - Returns: nothing to find where bars have no opens of their own.
  static func find(
    _ experiment: Experiment, ranking: [Int], own: ReferenceKernel.Path, threads: Int = 1
  ) -> Result<OtherFillFinding, Absence> {
    guard experiment.market.hasOpens else {
      return .failure(Absence("the bars have closes alone, and no opens to fill at", isWanted: false))
    }
    let backtest = Backtest(
      market: experiment.market, segments: experiment.backtest.timeline.segments, like: experiment.backtest,
      fill: experiment.backtest.fill.other, threads: threads)
    let paths = DisjointSlots.fill(count: ranking.count, repeating: ReferenceKernel.Path?.none) { slots in
      Workers.forEach(items: ranking.count, threads: threads, makeState: {}) { _, place in
        slots.write(backtest.path(of: ranking[place], in: experiment.strategies), at: place)
      }
    }
    let performances = paths.compactMap { $0 }.map {
      experiment.performance(experiment.tally($0, segment: 0))
    }
    guard let winner = paths.first.flatMap({ $0 }), let training = performances.first else {
      return .failure(Absence("there is no winner"))
    }
    let best = performances.indices.filter { !performances[$0].sharpeRatio.isNaN }
      .max { performances[$0].sharpeRatio < performances[$1].sharpeRatio }
    return .success(
      OtherFillFinding(
        fill: backtest.fill, training: training,
        validation: experiment.validation.map { _ in
          experiment.performance(experiment.tally(winner, segment: 1))
        },
        ownSharpe: experiment.performance(experiment.tally(own, segment: 0)).sharpeRatio,
        difference: Self.difference(own, winner, backtest.timeline, experiment.backtest.timeline),
        top: ranking.count, best: best.map { ranking[$0] },
        bestSharpe: best.map { performances[$0].sharpeRatio } ?? .nan))
  }

  private static func difference(
    _ own: ReferenceKernel.Path, _ other: ReferenceKernel.Path, _ first: Timeline, _ second: Timeline
  ) -> Double {
    func decisions(_ timeline: Timeline) -> Int {
      timeline.stretchesOfSegment[0].map { timeline.stretches[$0].decisions.upperBound }.max() ?? 0
    }
    let bars = first.segments[0].bars.lowerBound + 1..<max(min(decisions(first), decisions(second)), 0) + 1
    let differences = bars.map { own.netReturns[$0] - other.netReturns[$0] }
    let n = Double(differences.count)
    let mean = differences.reduce(0, +) / n
    let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let error = (squares / (n - 1) / n).squareRoot()
    return error > 0 ? mean / error : .nan
  }
}

extension Fill {
  /// The other one.
  var other: Fill { self == .close ? .nextOpen : .close }
}

extension Market {
  /// Whether any bar has an open that is not its close: bars of which closes alone are known have it there.
  var hasOpens: Bool { open != close }
}
