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
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    try options.check()
    let log = InputLog()
    let returns = try workplace.showing("read returns") { try TriedReturns.read(options, log: log) }
    let trials = options.trials ?? returns.strategiesInFile
    guard trials >= returns.strategiesInFile, trials <= Configuration.mostStrategies else {
      throw ConfigurationError.outOfRange(
        option: "trials", found: "\(trials)",
        needed: "\(returns.strategiesInFile), the strategies in the file, to \(Configuration.mostStrategies)")
    }
    try workplace.interruption.check()
    let year = try Year(options, returns)
    let evidence = Evidence(
      returns, options: options, trials: trials, periodsPerYear: year.periods, threads: workplace.threads)
    var plan = MeasurePlan(
      resamples: options.resamples, blockLength: options.blockLength, seed: options.seed,
      threads: workplace.threads, level: options.detection.level)
    plan.show = { work, body in try workplace.showing(work, body) }
    let overfitting = try OverfittingReport(evidence, plan: plan) { try workplace.interruption.check() }
    let input = StatsInput(returns, capital: options.capital)
    let verdict = overfitting.verdict(options.detection)
    let report = StatsReport(
      file: InputFile.name(ofPath: options.returns), bars: returns.matrix.bars,
      strategies: returns.matrix.strategies, input: input,
      yearSource: year.source, yearRule: year.rule, times: returns.times,
      held: returns.input.isMoney
        ? nil : HeldReturns(returns.matrix.column(evidence.winner), periodsPerYear: year.periods),
      overfitting: overfitting, bounds: options.detection,
      verdict: verdict, json: document(overfitting, verdict, input, year))
    let context = PictureContext.of(
      file: report.file, timestamps: returns.timestamps, bars: report.bars, strategies: report.strategies,
      trials: trials)
    try store(
      report, options: options, context: context, inputs: log.summaries, start: start, in: workplace)
    return report
  }

  /// Periods a year, and how they are known.
  private struct Year {
    let periods: Double
    let source: StatsReport.YearSource
    /// The rule by which the times give them.
    let rule: YearRule?

    init(_ options: StatsOptions, _ returns: TriedReturns) throws(ConfigurationError) {
      if let given = options.periodsPerYear {
        (periods, source, rule) = (given, .given, nil)
        return
      }
      guard let timestamps = returns.timestamps, timestamps.count > 1 else {
        (periods, source, rule) = (TradingCalendar.assumedBarsPerYear, .assumed, nil)
        return
      }
      let calendar = TradingCalendar(timestamps: timestamps)
      guard calendar.barsPerYear.isFinite else {
        throw .noYear(option: "periods-per-year", steps: Figures.spacing(calendar.medianSpacing))
      }
      (periods, source, rule) = (calendar.barsPerYear, .timestamps, calendar.yearRule)
    }
  }

  private static func document(
    _ overfitting: OverfittingReport, _ verdict: Verdict, _ input: StatsInput, _ year: Year
  ) -> JSONValue {
    guard
      case .object(var members) = OverfittingDocument(report: overfitting).json
    else { return .null }
    members["periods_per_year_source"] = .text(year.source.rawValue)
    members["periods_per_year_rule"] = year.rule.map { .text($0.identifier) } ?? .null
    members["data"] = input.json
    members["verdict"] = VerdictDocument(verdict).json
    return .object(members)
  }

  private static func store(
    _ report: StatsReport, options: StatsOptions, context: String, inputs: [String: ArtifactSummary],
    start: Double, in workplace: Workplace
  ) throws {
    try workplace.removeEarlierSet()
    var writer = StageWriter(store: workplace.store)
    try writer.put(ArtifactKeys.overfitting, json: report.json)
    try writer.put(ArtifactKeys.strategyTests) { append in
      try StrategyTestsTable.write(report.overfitting, threads: workplace.threads, append: append)
    }
    try workplace.showing("pictures") {
      try OverfittingPlots(
        report: report.overfitting, detection: options.detection,
        luck: OverfittingFigures(report.overfitting).luck, context: context, crossValidated: context
      )
      .pictures.draw(to: &writer, threads: workplace.threads, interruption: workplace.interruption)
    }
    let record = StatsRecord(
      command: "stats", options: options, environment: workplace.newRecord(Configuration()), inputs: inputs,
      artifacts: writer.written, finished: workplace.now(),
      seconds: ((workplace.clock() - start) * 1_000).rounded() / 1_000)
    try workplace.seal(try JSONDocument.encode(record), naming: writer.written.keys)
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
