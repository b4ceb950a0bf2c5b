import Backtesting
import Kernels
import Pipeline

/// One run through a list of cases.
public struct BenchmarkRun: Sendable {
  /// What is measured, in order.
  public let cases: [BenchmarkCase]
  /// Threads at most.
  public let threads: Int
  /// Whether every case is measured in few repeats and in single precision alone.
  public let isQuick: Bool
  /// Seconds on a clock that only goes forward.
  public let clock: @Sendable () -> Double
  /// The time of day, for the record.
  public let now: @Sendable () -> String

  public init(
    cases: [BenchmarkCase], threads: Int, isQuick: Bool, clock: @escaping @Sendable () -> Double,
    now: @escaping @Sendable () -> String
  ) {
    self.cases = cases
    self.threads = threads
    self.isQuick = isQuick
    self.clock = clock
    self.now = now
  }

  /// Measures.
  ///
  /// - Parameters:
  ///   - announce: told of each case before it begins.
  ///   - check: called before each case; what it throws ends the run.
  /// - Throws: ``BenchmarkError`` where a result is not the reference's, what `check` and the cases throw.
  public func record(
    on machine: Machine, announce: (String) -> Void, check: () throws -> Void = {}
  ) throws -> BenchmarkRecord {
    // What is repeated should find its memory at hand.
    FreeMemory.keep()
    let start = clock()
    let started = now()
    let before = ProcessorTime.now
    let effort =
      isQuick
      ? Stopwatch.Effort(fewest: 3, most: 3, seconds: 0)
      : Stopwatch.Effort(fewest: 5, most: 25, seconds: 0.15)
    announce("memory")
    let setting = Setting(
      threads: threads, precisions: isQuick ? [.single] : [.single, .double],
      stopwatch: Stopwatch(clock: clock, effort: effort), secondsOfParts: isQuick ? 0.02 : 0.06,
      machine: machine)
    var records: [CaseRecord] = []
    for item in cases {
      try check()
      announce(item.name)
      records += try item.records(setting)
    }
    var record = BenchmarkRecord(
      version: Workplace.version, started: started, seconds: clock() - start, machine: machine,
      threads: threads, cases: records)
    if let before, let after = ProcessorTime.now { record.otherLoad = after.otherLoad(since: before) }
    return record
  }
}
