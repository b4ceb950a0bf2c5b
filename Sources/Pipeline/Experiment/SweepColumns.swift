import Backtesting
import Kernels

/// What the stages after the second look at, for each strategy of a sweep.
///
/// All of it is made in one pass over the tallies, the one that writes them out: of many strategies they are fetched from
/// shards each time that somebody goes through them.
struct SweepColumns: Sendable {
  /// What selection and its statistics look at.
  let training: TrainingColumns
  /// In training.
  let winRates: [Double]
  /// The metric that selects, in validation; empty where there is none.
  let validation: [Double]

  /// Where the columns of all strategies are written, each strategy's numbers by whoever has its tallies.
  struct Slots: Sendable {
    fileprivate let experiment: Experiment
    fileprivate let numbers: DisjointSlots<Double>

    /// Writes the numbers of one strategy, which nobody else writes.
    ///
    /// - Parameter performance: in training.
    func write(_ performance: Performance, of strategy: Int, in table: TallyTable) {
      func write(_ column: Column, _ value: Double) {
        numbers.write(value, at: column.rawValue * experiment.strategies.count + strategy)
      }
      let metric = experiment.configuration.selectionMetric
      write(.values, performance[metric])
      write(.trades, performance.trades)
      write(.sharpeRatios, performance.sharpeRatio)
      write(.winRates, performance.winRate)
      guard experiment.validation != nil else { return }
      write(.validation, experiment.performance(table.tally(of: strategy, segment: 1))[metric])
    }
  }

  /// The columns in the order in which they stand one after another; the last is there if validation is.
  private enum Column: Int, CaseIterable {
    case values, trades, sharpeRatios, winRates, validation
  }

  /// The columns that `body` writes to the slots it is given, on any threads; these must have ended when it returns.
  ///
  /// - Throws: what `body` throws.
  static func fill(_ experiment: Experiment, _ body: (Slots) throws -> Void) rethrows -> SweepColumns {
    let count = experiment.strategies.count
    let columns = Column.allCases.count - (experiment.validation == nil ? 1 : 0)
    let numbers = try DisjointSlots.fill(count: columns * count, repeating: Double.nan) {
      try body(Slots(experiment: experiment, numbers: $0))
    }
    func column(_ column: Column) -> [Double] {
      Array(numbers.dropFirst(column.rawValue * count).prefix(count))
    }
    return SweepColumns(
      training: TrainingColumns(
        values: column(.values), trades: column(.trades), sharpeRatios: column(.sharpeRatios)),
      winRates: column(.winRates), validation: column(.validation))
  }

  /// The columns alone, without the table of performance.
  ///
  /// - Throws: what fetching tallies throws.
  static func make(
    _ parts: TallyParts, of experiment: Experiment, threads: Int
  ) throws -> SweepColumns {
    try fill(experiment) { slots in
      try parts.forEachPart(threads: threads) { table in
        Workers.forEach(
          items: TilePlan.blocks(strategies: table.count), threads: threads, makeState: {}
        ) { _, block in
          let first = table.firstStrategy + block * TilePlan.strategiesPerBlock
          let end = min(first + TilePlan.strategiesPerBlock, table.strategies.upperBound)
          for strategy in first..<end {
            slots.write(
              experiment.performance(table.tally(of: strategy, segment: 0)), of: strategy, in: table)
          }
        }
      }
    }
  }
}
