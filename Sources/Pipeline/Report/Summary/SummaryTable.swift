import Backtesting
import Kernels

/// The winner beside who bought and held, in training and in validation, a row a figure.
struct SummaryTable {
  /// The figures of one column.
  struct Column {
    let performance: Performance
    /// Years that the segment's bars make.
    let years: Double
  }

  let convention: Convention
  /// The winner's columns: training, then validation where there is one.
  let winner: [Column]
  /// The same of who bought and held.
  let held: [Column]

  /// Wide enough for the longest name of a row.
  private static let nameWidth = 28
  private static let columnWidth = 12

  /// Two lines of header, and a line a figure.
  var lines: [String] {
    let segments = Array(["training", "validation"].prefix(winner.count))
    let span = Self.columnWidth * winner.count
    return [
      line("", ["winner".padded(to: span - 2), "buy and hold"]), line("", segments + segments),
    ] + rows.map { name, value in line(name, (winner + held).map(value)) }
  }

  private func line(_ name: String, _ cells: [String]) -> String {
    let text =
      "  " + name.padded(to: Self.nameWidth) + cells.map { $0.padded(to: Self.columnWidth) }.joined()
    return String(text.reversed().drop { $0 == " " }.reversed())
  }

  private var rows: [(name: String, value: (Column) -> String)] {
    let isPerTrade = convention == .perTrade
    return [
      ("years", { Figures.decimals($0.years, 1) }),
      (isPerTrade ? "trades (bars held)" : "trades", { Figures.count(Int($0.performance.trades)) }),
      ("win rate", { Figures.percent($0.performance.winRate) }),
      ("growth a year, compounded", { Figures.percent($0.performance.cagr) }),
      ("maximum drawdown", { Figures.percent($0.performance.maximumDrawdown) }),
      ("time in the market", { Figures.percent($0.performance.exposure) }),
      (
        "Sharpe ratio, \(isPerTrade ? "bars held" : "all bars")",
        { Figures.decimals($0.performance.sharpeRatio, 2) }
      ),
    ]
  }
}

extension SummaryTable {
  /// The table of a winner with these performances.
  ///
  /// - Parameter validation: `nil` where no bars were left unseen.
  init(_ experiment: Experiment, training: Performance, validation: Performance?) {
    let segments = experiment.backtest.timeline.segments
    func column(_ performance: Performance, _ segment: Int) -> Column {
      Column(
        performance: performance, years: Double(segments[segment].bars.count) / experiment.barsPerYear)
    }
    convention = experiment.configuration.convention
    winner = ([training] + [validation].compactMap { $0 }).enumerated().map {
      column($1, $0)
    }
    let path = experiment.holdingPath
    held = winner.indices.map { segment in
      column(experiment.performance(experiment.tally(path, segment: segment)), segment)
    }
  }
}

extension Experiment {
  /// The path of who buys at the beginning of a segment and holds until its end, at the costs and fills of all others.
  var holdingPath: ReferenceKernel.Path {
    ReferenceKernel.run(
      scores: Array(repeating: 1, count: market.count),
      rule: PositionRule(entry: 0, exit: 0, direction: .long), returns: backtest.returns,
      cost: backtest.cost, timeline: backtest.timeline)
  }
}
