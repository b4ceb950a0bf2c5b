import Artifacts
import Backtesting
import Stores

/// The first stage: bars and strategies.
public enum Generate {
  /// Loads the market, makes the strategies and stores both, with a new record.
  ///
  /// - Parameter isShared: whether other shards of the same run may be at work in the store.
  /// - Throws: whatever the sources and options can be wrong in; nothing is stored then, and what an earlier run has
  ///   stored stays.
  static func run(
    _ configuration: Configuration, isShared: Bool = false, in workplace: Workplace
  ) throws -> (experiment: Experiment, record: RunRecord) {
    try configuration.check()
    let log = InputLog()
    let source = try workplace.showing("read bars") {
      try MarketSource.load(configuration.data, log: log)
    }
    let imports = try workplace.showing("read strategies") {
      try StrategyAssembly.Imports.read(configuration, market: source.market, log: log)
    }
    let experiment = try Experiment(
      configuration: configuration, market: source.market,
      strategies: try StrategyAssembly.strategies(
        configuration.strategies, imports: imports, hasVolume: source.market.hasVolume),
      threads: workplace.threads)

    var record = workplace.newRecord(configuration)
    record.inputs = log.summaries
    for skipped in source.report?.skipped ?? [] {
      record.excluded["rows: \(skipped.reason.rawValue)"] = skipped.rows
    }
    let wereTurned = source.report?.times.isNewestFirst ?? false
    record.data =
      source.notes
      + (imports.signals?.notes(barsWereTurned: wereTurned, direction: configuration.strategies.direction)
        ?? [])
    record.year = experiment.year
    record.continuity =
      ContinuityCounts(source.market.continuity, calendar: source.market.calendar).entries
    try workplace.removeEarlierSet(keepsInputs: isShared)
    try workplace.perform(.generate, record: &record) { writer in
      try workplace.showing("write bars and strategies") {
        try writer.put(ArtifactKeys.raw(market: source.market.name)) { append in
          try BarsTable.write(source.market, threads: workplace.threads, append: append)
        }
        try writer.put(
          ArtifactKeys.strategies,
          json: StrategiesDocument(experiment.strategies, recipe: configuration.strategies))
      }
    }
    workplace.interruption.keeps(.beginning)
    return (experiment, record)
  }

  /// The experiment of a store, with `configuration` in place of what its stages after the first were told.
  ///
  /// - Throws: ``ConfigurationError/stale(key:reason:stage:)`` if the store's artifacts do not hold.
  static func load(
    _ configuration: Configuration, record: RunRecord, in workplace: Workplace
  ) throws -> Experiment {
    try configuration.check()
    guard let raw = record.artifacts.keys.first(where: { $0.hasPrefix("raw/") }) else {
      throw ConfigurationError.stale(
        key: "raw/", reason: "the record names no bars", stage: Stage.generate.rawValue)
    }
    let file = String(raw.dropFirst("raw/".count))
    let market = try MarketReader().read(
      try workplace.read(raw, of: .generate, record: record), file: file
    ).market
    let document = try JSONDocument.decode(
      StrategiesDocument.self,
      from: try workplace.read(ArtifactKeys.strategies, of: .generate, record: record),
      document: ArtifactKeys.strategies)
    return try Experiment(
      configuration: configuration, market: market,
      strategies: try document.strategies(hasVolume: market.hasVolume), threads: workplace.threads)
  }
}

extension Market {
  /// Whether any bar tells a volume.
  var hasVolume: Bool { volume.contains { $0 > 0 } }
}
