import Backtesting
import Pipeline
import Stores

/// Bars in, tables out.
public enum TableCases {
  /// Reading `bars` bars of CSV: ISO times, open, high, low, close and volume.
  ///
  /// - Parameter folder: where the file is made; it is left there.
  /// - Throws: ``BenchmarkError`` where what is read is not what was written, what reader and writer throw.
  public static func reading(bars: Int, folder: String, in setting: Setting) throws -> CaseRecord {
    var options = DataOptions()
    // A bar of a million moves less than a day does, or the price would leave the range of numbers.
    options.source = "synthetic:random-walk:volatility=0.002"
    options.bars = bars
    let inspection = try DataInspection(options)
    let path = "\(folder)/bars.csv"
    try AtomicFile.replace(path: path, interruption: Interruption()) { append in
      try inspection.write(threads: setting.threads, append: append)
    }
    let reader = MarketReader()
    let read = try reader.read(path: path).market
    let written = inspection.market
    guard read.timestamps == written.timestamps, read.close == written.close, read.volume == written.volume
    else {
      throw BenchmarkError.differs(
        benchmark: "reading-bars", what: "the market that was read", found: "other than was written",
        expected: "the same \(bars) bars")
    }
    PeakMemory.reset()
    let sample = try setting.stopwatch.sample {
      let reading = try reader.read(path: path)
      precondition(reading.market.count == bars, "every bar")
    }
    var record = CaseRecord(
      group: .tables, name: "reading-bars", unit: "bars", work: Double(bars), threads: 1, sample: sample)
    record.sizes = ["bars": bars]
    record.peakBytes = PeakMemory.read()
    return record
  }

  /// Writing `rows` rows of the performance table, a strategy with all its metrics each, to memory that is dropped.
  ///
  /// - Throws: ``BenchmarkError`` where what is written is not what was measured, what the table throws.
  public static func writing(rows: Int, in setting: Setting) throws -> [CaseRecord] {
    try verifyTable()
    let experiment = try experiment(strategies: rows, threads: setting.threads)
    let tallies = experiment.backtest.run(experiment.strategies)
    return try setting.threadCounts.map { threads in
      PeakMemory.reset()
      let sample = try setting.stopwatch.sample {
        var bytes = 0
        try PerformanceTable.write(TallyParts(tallies), segment: 0, of: experiment, threads: threads) {
          bytes += $0.count
        }
        precondition(bytes > rows, "a row for each strategy")
      }
      var record = CaseRecord(
        group: .tables, name: "writing-performance", unit: "rows", work: Double(rows), threads: threads,
        sample: sample)
      record.sizes = ["rows": rows]
      record.peakBytes = PeakMemory.read()
      return record
    }
  }

  private static func experiment(strategies: Int, threads: Int) throws -> Experiment {
    let market = BacktestCase.market(bars: BacktestCase.standardBars)
    var configuration = Configuration()
    configuration.strategies.family = .linear
    configuration.strategies.count = strategies
    return try Experiment(
      configuration: configuration, market: market,
      strategies: BacktestCase.linear(features: 4, strategies, market).strategies, threads: threads)
  }

  /// Reads back what is written.
  private static func verifyTable() throws {
    let experiment = try experiment(strategies: 200, threads: 1)
    let tallies = experiment.backtest.run(experiment.strategies)
    var bytes: [UInt8] = []
    try PerformanceTable.write(TallyParts(tallies), segment: 0, of: experiment, threads: 1) { bytes += $0 }
    let columns = try PerformanceTable.read(bytes, metrics: Metric.allCases, of: experiment)
    for (column, metric) in zip(columns, Metric.allCases) {
      for (strategy, found) in column.enumerated() {
        let expected = experiment.performance(tallies.tally(of: strategy, segment: 0))[metric]
        guard found == expected || (found.isNaN && !expected.isFinite) else {
          throw BenchmarkError.differs(
            benchmark: "writing-performance", what: "\(metric.rawValue) of strategy \(strategy)",
            found: "\(found)", expected: "\(expected)")
        }
      }
    }
  }
}
