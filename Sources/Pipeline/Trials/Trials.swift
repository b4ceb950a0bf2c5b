import Artifacts
import Backtesting
import Kernels
import Statistics
import Stores

/// One experiment again and again, each time with strategies and, by option, bars of its own: distributions instead of
/// one draw.
public enum Trials {
  /// Trials that are handed to workers at a time, so that few rows ever wait for those before them.
  private static let trialsAtATime = 1_024

  /// Runs the trials and stores their table, summary and plots.
  ///
  /// Interrupted, it leaves what is whole to be continued, and ends in the same bytes.
  ///
  /// - Parameter resumes: whether to continue an interrupted run, where there is one.
  /// - Throws: whatever the sources and options can be wrong in, `Interrupted`, `StoreError`, `ChartError`.
  public static func run(
    _ configuration: TrialsConfiguration, resumes: Bool = false, in workplace: Workplace
  ) throws -> TrialsReport {
    let start = workplace.clock()
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    let log = InputLog()
    let plan = try workplace.showing("read bars") { try TrialPlan(configuration, log: log) }
    let configuration = plan.configuration
    let journal = try TrialsJournal(
      configuration, inputs: log.summaries, resumes: resumes, in: workplace.store)
    try runTrials(plan, 0..<configuration.trials.count, to: journal, in: workplace)
    var record = workplace.newRecord(configuration.sweep)
    record.trials = configuration.trials
    record.inputs = log.summaries
    record.data = plan.notes
    let report = try finish(
      configuration, market: plan.markets.name, record, since: start, in: workplace
    ) { try journal.table() }
    // Last of all: until here a run that is cut short can be continued.
    try journal.remove()
    return report
  }

  /// Makes the artifacts of all trials from their table.
  ///
  /// - Parameter table: begins to hand the table out, in chunks of which an empty one is the end.
  static func finish(
    _ configuration: TrialsConfiguration, market: String, _ record: RunRecord, since start: Double,
    in workplace: Workplace, table: () throws -> () throws -> [UInt8]
  ) throws -> TrialsReport {
    let figures = try workplace.showing("summary") {
      try TrialsFigures(configuration, trials: configuration.trials.count, refill: try table())
    }
    let summary = TrialsSummary(configuration, market: market, figures)
    try workplace.removeEarlierSet()
    var writer = StageWriter(store: workplace.store)
    try writer.put(ArtifactKeys.trials) { append in
      let table = try table()
      while case let chunk = try table(), !chunk.isEmpty { try append(chunk) }
    }
    try writer.put(ArtifactKeys.trialsSummary, json: summary.json)
    try workplace.showing("pictures") {
      try TrialsPlots(configuration, summary, figures).pictures.draw(
        to: &writer, threads: workplace.threads, interruption: workplace.interruption)
    }
    var record = record
    record.artifacts = writer.written
    let seconds = workplace.clock() - start
    record.stages["trials"] = RunRecord.StageEntry(
      finished: workplace.now(), seconds: (seconds * 1_000).rounded() / 1_000, threads: workplace.threads)
    try workplace.save(record)
    return TrialsReport(summary: summary, record: record, seconds: seconds)
  }

  /// Runs those of some trials that the journal does not have.
  static func runTrials(
    _ plan: TrialPlan, _ trials: Range<Int>, to journal: TrialsJournal, in workplace: Workplace
  ) throws {
    let interruption = workplace.interruption
    let hasMarketSeed = plan.configuration.market != .fixed
    interruption.keeps(.progress)
    let progress = RunProgress { interruption.isRequested || journal.hasFailed }
    for _ in 0..<journal.kept { progress.advance() }
    workplace.watch("trials", trials.count, progress)
    for first in stride(from: trials.lowerBound + journal.kept, to: trials.upperBound, by: trialsAtATime) {
      Workers.forEach(
        items: min(trialsAtATime, trials.upperBound - first), threads: workplace.threads,
        isCancelled: progress.isCancelled
      ) {
        0
      } body: { _, item in
        let rows = Result {
          TrialsTable.lines(
            try plan.rows(trial: first + item, interruption: interruption), hasMarketSeed: hasMarketSeed)
        }
        journal.add(rows, trial: first + item)
        progress.advance()
      }
    }
    workplace.watch("", 0, progress)
    try interruption.check()
    try journal.check()
  }
}

/// What repeated trials found, for a person or a program.
public struct TrialsReport: Sendable {
  /// Of every cell.
  public let summary: TrialsSummary
  /// What stands in `run.json`.
  public let record: RunRecord
  /// From the first bar read to the last artifact written.
  public let seconds: Double
}
