import Backtesting
import Kernels

extension BacktestCase {
  /// Strategies that are compared, from all over the case.
  private static let sampleSize = 16
  /// In single precision a score may lie so near to a threshold that rounding decides, and then a whole trade is another
  /// one. It happens to one strategy in a hundred or so; a kernel that is wrong differs in all.
  private static let mostTies = 2

  /// Compares strategies from all over with the reference kernel, every member of every tally.
  ///
  /// - Throws: ``BenchmarkError/differs(benchmark:what:found:expected:)``.
  func verify(_ precision: Precision, threads: Int) throws(BenchmarkError) {
    let backtest = backtest(precision, threads: threads)
    try verify(backtest.run(strategies), of: backtest)
  }

  /// Compares the tallies of `table`, which `backtest` is said to have made.
  func verify(_ table: TallyTable, of backtest: Backtest) throws(BenchmarkError) {
    let isSingle = backtest.precision == .single
    var faults: [(strategy: Int, difference: String)] = []
    for place in 0..<min(Self.sampleSize, strategies.count) {
      let strategy = place * (strategies.count - 1) / max(Self.sampleSize - 1, 1)
      let path = backtest.path(of: strategy, in: strategies)
      for (segment, stretches) in backtest.timeline.stretchesOfSegment.enumerated() {
        let differences = TallyAgreement.differences(
          table.tally(of: strategy, segment: segment), Tally.merged(path.tallies[stretches]),
          unitRoundoff: isSingle ? 0x1p-24 : 0x1p-53)
        if let first = differences.first {
          faults.append((strategy, "\(first) (segment \(segment))"))
          break
        }
      }
    }
    guard let first = faults.first, faults.count > (isSingle ? Self.mostTies : 0) else { return }
    throw .differs(
      benchmark: "\(name) in \(backtest.precision.rawValue) precision",
      what: "the tally of strategy \(first.strategy)", found: first.difference,
      expected: "agreement within rounding")
  }
}
