import Backtesting
import Benchmarking
import Statistics

/// Everything that is measured: what `fluke bench` measures, and more.
enum SuiteCases {
  /// All cases. Processes come first, while this one is still small: see ``ChildProcess``.
  ///
  /// - Parameters:
  ///   - fluke: the program whose processes are timed.
  ///   - folder: for what they write.
  static func all(fluke: String, folder: String) -> [BenchmarkCase] {
    let processes = ProcessCases(fluke: fluke, folder: folder)
    let standard = BenchmarkCase.standard(strategies: BacktestCase.standardStrategies)
    // `snooping-500` is the same and more.
    return processes.all + standard.filter { $0.name != "spa" } + scaling + statistics + [
      BenchmarkCase(name: "reading") { [try TableCases.reading(bars: 1_000_000, folder: folder, in: $0)] },
      BenchmarkCase(name: "writing") { try TableCases.writing(rows: 1_000_000, in: $0) },
    ]
  }

  /// Few repeats, for what takes seconds.
  static let patient = Stopwatch.Effort(fewest: 3, most: 5, seconds: 1)

  /// Backtests of more strategies, of more bars, and on more threads.
  private static var scaling: [BenchmarkCase] {
    let standard = BacktestCase.market(bars: BacktestCase.standardBars)
    let strategies = [1_000, 10_000, 100_000, 1_000_000].flatMap { count in
      [
        scaling("coinflip-\(count)") { .coinFlips(count, standard) },
        scaling("linear-32-\(count)") { .linear(features: 32, count, standard) },
      ]
    }
    // 200,000 bars are those of the fastest engine that others publish figures of.
    let bars = [2_500, 25_000, 200_000, 250_000].flatMap { bars in
      [
        scaling("sma-cross-of-\(bars)-bars") { .grid(.smaCross, 10_000, BacktestCase.market(bars: bars)) },
        scaling("linear-32-of-\(bars)-bars") {
          .linear(features: 32, 10_000, BacktestCase.market(bars: bars))
        },
      ]
    }
    let threads = [
      scaling("sma-cross-threads", onEveryNumberOfThreads: true) { .grid(.smaCross, 50_000, standard) },
      scaling("linear-32-threads", onEveryNumberOfThreads: true) {
        .linear(features: 32, 50_000, standard)
      },
    ]
    return strategies + bars + threads
  }

  private static func scaling(
    _ name: String, onEveryNumberOfThreads: Bool = false, _ make: @escaping @Sendable () -> BacktestCase
  ) -> BenchmarkCase {
    BenchmarkCase(name: "scaling-\(name)") { setting in
      let threads = onEveryNumberOfThreads ? setting.steps : [setting.threads]
      // Of ratios between numbers of threads a few repeats are not enough.
      let effort = onEveryNumberOfThreads ? setting.stopwatch.effort : patient
      let setting = setting.with(effort: effort, precisions: [.single])
      return try make().records(.scaling, threads: threads, in: setting)
    }
  }

  /// Cross-validation by size and by metric, and the tests for data snooping.
  private static var statistics: [BenchmarkCase] {
    let sizes = [500, 10_000, 100_000].map { count in
      splits("cscv-\(count)", SharpeMetric(), strategies: count)
    }
    let metrics: [(String, any SplitMetric)] = [
      ("sharpe-of-trades", SharpeOfTradesMetric()), ("sortino", SortinoMetric()), ("mean", MeanMetric()),
      ("total-return", TotalReturnMetric()), ("win-rate", RatioMetric.winRateOfBars),
    ]
    return sizes + metrics.map { splits("cscv-\($0)", $1, strategies: 1_000) }
      + [
        splits("cscv-reference", SharpeMetric(), strategies: 1_000, kernel: .reference),
        snooping(500), snooping(2_000), snooping(10_000), models(100), models(1_000),
      ]
  }

  private static func splits(
    _ name: String, _ metric: any SplitMetric, strategies: Int, kernel: CrossValidationKernel = .fused
  ) -> BenchmarkCase {
    BenchmarkCase(name: name) {
      try CrossValidationCase(name: name, metric: metric, strategies: strategies, kernel: kernel)
        .records(in: $0)
    }
  }

  /// Reality Check and superior predictive ability, the stepwise test, the length of blocks.
  private static func snooping(_ strategies: Int) -> BenchmarkCase {
    BenchmarkCase(name: "snooping-\(strategies)") { setting in
      let setting = setting.with(effort: patient, precisions: setting.precisions)
      let item = SnoopingCase(strategies: strategies)
      let (returns, resamples) = (try item.returns(), try item.resamples())
      let threads = setting.threads
      return try item.records(in: setting) + [
        try item.record("spa-and-stepm", threads: threads, in: setting) {
          let found = try DataSnooping(returns, resamples: resamples, threads: threads)
          let test = try found.stepwise(level: 0.05)
          precondition(!test.rejected.isEmpty, "two have some skill")
        },
        item.record("block-length", threads: threads, in: setting) {
          precondition(BlockLength.ofSweep(returns, threads: threads).stationary > 0, "a length")
        },
      ]
    }
  }

  private static func models(_ strategies: Int) -> BenchmarkCase {
    BenchmarkCase(name: "mcs-\(strategies)") { setting in
      let setting = setting.with(effort: patient, precisions: setting.precisions)
      let item = SnoopingCase(strategies: strategies)
      let (returns, resamples) = (try item.returns(), try item.resamples())
      return try ModelConfidenceSet.Statistic.allCases.map { statistic in
        try item.record("mcs-\(statistic)", threads: setting.threads, in: setting) {
          let found = try ModelConfidenceSet(
            returns, statistic, resamples: resamples, threads: setting.threads)
          precondition(!found.members(level: 0.1).isEmpty, "a best model")
        }
      }
    }
  }
}
