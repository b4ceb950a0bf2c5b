import Artifacts
import Backtesting
import FoundationEssentials
import Kernels
import Statistics
import Stores

/// The statistics of overfitting on returns that were made elsewhere.
public enum StatsRun {
  /// Reads the returns, measures, and stores `results/overfitting.json`, the plots and `run.json`.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``, `Interrupted`, `StoreError`, `ChartError`.
  public static func run(_ options: StatsOptions, in workplace: Workplace) throws -> StatsReport {
    let start = workplace.clock()
    try options.check()
    let log = InputLog()
    let returns = try TriedReturns.read(options, log: log)
    let trials = options.trials ?? returns.strategiesInFile
    guard trials >= returns.strategiesInFile, trials <= Configuration.mostStrategies else {
      throw ConfigurationError.outOfRange(
        option: "trials", found: "\(trials)",
        needed: "\(returns.strategiesInFile), the strategies in the file, to \(Configuration.mostStrategies)")
    }
    try workplace.interruption.check()
    let year = Year(options, returns)
    let evidence = Evidence(
      returns, options: options, trials: trials, periodsPerYear: year.periods, threads: workplace.threads)
    let plan = MeasurePlan(
      resamples: options.resamples, blockLength: options.blockLength, seed: options.seed,
      threads: workplace.threads)
    let overfitting = try OverfittingReport(evidence, plan: plan) { try workplace.interruption.check() }
    let report = StatsReport(
      file: InputFile.name(ofPath: options.returns), bars: returns.matrix.bars,
      strategies: returns.matrix.strategies, emptyBars: returns.emptyBars,
      undefinedStrategies: returns.undefinedStrategies, copies: returns.copies,
      yearSource: year.source, overfitting: overfitting,
      reasons: OverfittingFigures(overfitting).reasons(options.detection),
      json: document(overfitting, returns, year))
    try store(report, options: options, inputs: log.summaries, start: start, in: workplace)
    return report
  }

  /// Periods a year, and how they are known.
  private struct Year {
    let periods: Double
    let source: StatsReport.YearSource

    init(_ options: StatsOptions, _ returns: TriedReturns) {
      if let given = options.periodsPerYear {
        (periods, source) = (given, .given)
        return
      }
      let inferred = returns.timestamps.map { TradingCalendar(timestamps: $0).barsPerYear } ?? .nan
      (periods, source) = inferred.isFinite ? (inferred, .timestamps) : (252, .assumed)
    }
  }

  private static func document(
    _ overfitting: OverfittingReport, _ returns: TriedReturns, _ year: Year
  ) -> JSONValue {
    guard
      case .object(var members) = OverfittingDocument(report: overfitting).json
    else { return .null }
    members["periods_per_year_source"] = .text(year.source.rawValue)
    members["data"] = [
      "bars": .integer(returns.matrix.bars),
      "empty_bars_left_out": .integer(returns.emptyBars),
      "strategies_in_file": .integer(returns.strategiesInFile),
      "strategies_with_undefined_returns_left_out": .integer(returns.undefinedStrategies.count),
      "strategies_that_copy_an_earlier_one": .integer(returns.copies),
    ]
    return .object(members)
  }

  private static func store(
    _ report: StatsReport, options: StatsOptions, inputs: [String: ArtifactSummary], start: Double,
    in workplace: Workplace
  ) throws {
    var writer = StageWriter(store: workplace.store)
    try writer.put(ArtifactKeys.overfitting, json: report.json)
    try OverfittingPlots(report: report.overfitting, detection: options.detection).pictures
      .draw(to: &writer, threads: workplace.threads, interruption: workplace.interruption)
    let record = StatsRecord(
      command: "stats", options: options, environment: workplace.newRecord(Configuration()), inputs: inputs,
      artifacts: writer.written, finished: workplace.now(),
      seconds: ((workplace.clock() - start) * 1_000).rounded() / 1_000)
    try workplace.store.put(RunRecord.key, try JSONDocument.encode(record))
  }
}

/// `run.json` of a run on returns that were made elsewhere.
private struct StatsRecord: Encodable {
  let format = RunRecord.currentFormat
  let command: String
  let options: StatsOptions
  let versions: [String: String]
  let host: [String: String]
  let openBLASCore: String
  let threads: Int
  let inputs: [String: ArtifactSummary]
  let artifacts: [String: ArtifactSummary]
  let finished: String
  let seconds: Double

  enum CodingKeys: String, CodingKey {
    case format, command, options, versions, host, threads, inputs, artifacts, finished, seconds
    case openBLASCore = "openblas_core"
  }

  init(
    command: String, options: StatsOptions, environment: RunRecord, inputs: [String: ArtifactSummary],
    artifacts: [String: ArtifactSummary], finished: String, seconds: Double
  ) {
    self.command = command
    self.options = options
    versions = environment.versions
    host = environment.host
    openBLASCore = environment.openBLASCore
    threads = environment.threads
    self.inputs = inputs
    self.artifacts = artifacts
    self.finished = finished
    self.seconds = seconds
  }
}
