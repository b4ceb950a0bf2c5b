import Artifacts
import Backtesting
import Stores

/// Shards to the artifacts of the whole run, with the same bytes as if it had been run in one go, but for `run.json`.
///
/// Nothing is held bar by bar, and of every strategy a few numbers. What only some strategies are needed for (the winner,
/// the ones validated, the samples of dependence and block length, model confidence sets) is made again from their
/// numbers; steps of the stepwise test after the first run those parts again of which a strategy was rejected.
public enum Merge {
  /// What became of the shards.
  public enum Report: Sendable {
    case sweep(SweepReport)
    /// So many strategies were backtested.
    case backtest(strategies: Int)
    case trials(TrialsReport)
  }

  /// Merges the shards in `sources`.
  ///
  /// - Parameters:
  ///   - needsVerdict: whether the run has to be one that says whether skill is shown.
  ///   - workplace: where the artifacts go.
  /// - Throws: ``ShardError`` unless the shards are all there, once, whole, and of one run, before anything is written;
  ///   what stages throw.
  public static func run(
    _ sources: [NamedStore], needsVerdict: Bool = false, in workplace: Workplace
  ) throws -> Report {
    let start = workplace.clock()
    let claim = try workplace.claim()
    defer { withExtendedLifetime(claim) {} }
    let shards = try workplace.showing("read shards") {
      try ShardSet(in: sources, threads: workplace.threads, interruption: workplace.interruption)
    }
    let differences = shards.plan.differences(from: workplace.newRecord(shards.plan.options))
    guard differences.isEmpty else { throw ShardError.otherMachine(differs: differences) }
    guard !needsVerdict || shards.plan.command == .sweep else {
      throw ConfigurationError.notTogether(
        option: "fail-unless-skill",
        with: "shards of `fluke \(shards.plan.command.rawValue)`, which has no verdict",
        remedy: "remove it")
    }
    switch shards.plan.command {
    case .sweep: return .sweep(try sweep(shards, since: start, largestPart: nil, in: workplace))
    case .backtest: return .backtest(strategies: try backtest(shards, in: workplace))
    case .trials: return .trials(try trials(shards, since: start, in: workplace))
    }
  }

  /// - Parameter largestPart: what the shards were told.
  static func sweep(
    _ shards: ShardSet, since start: Double, largestPart: Int?, in workplace: Workplace
  ) throws -> SweepReport {
    let (experiment, record) = try generated(shards, in: workplace)
    return try Sweep.run(experiment, record: record, since: start, in: workplace) {
      try workplace.showing("merge") { try shards.parts(of: experiment, largestPart: largestPart) }
    }
  }

  private static func backtest(_ shards: ShardSet, in workplace: Workplace) throws -> Int {
    var (experiment, record) = try generated(shards, in: workplace)
    _ = try BacktestStage.run(experiment, record: &record, in: workplace) {
      try shards.parts(of: experiment)
    }
    try workplace.save(record)
    return experiment.strategies.count
  }

  /// The experiment of the shards, from the bars and strategies that the first of them has stored, and a record of what
  /// they were made from.
  private static func generated(
    _ shards: ShardSet, in workplace: Workplace
  ) throws -> (experiment: Experiment, record: RunRecord) {
    let first = shards.members[0]
    var record = workplace.newRecord(shards.plan.options)
    record.inputs = first.record.run.inputs
    record.excluded = first.record.run.excluded
    record.continuity = first.record.run.continuity
    record.year = first.record.run.year
    record.data = first.record.run.data
    record.artifacts = first.record.run.artifacts
    record.stages = first.record.run.stages
    record.shards = shards.plan.shards
    let source = Workplace(
      store: first.place.store, threads: workplace.threads, library: workplace.library,
      interruption: workplace.interruption, clock: workplace.clock, now: workplace.now,
      watch: workplace.watch)
    let experiment = try Generate.load(record.options, record: record, in: source)
    let prepared = experiment.prepared
    try shards.checkShares { prepared.strategies(in: $0.share(of: prepared.blocks.count)) }
    // Bars and strategies stay: where the shards are, they are theirs.
    try workplace.removeEarlierSet(keepsInputs: true)
    for key in record.artifacts.keys.sorted() {
      // Where the shards are, it is there already.
      if try workplace.store.head(key) == record.artifacts[key] { continue }
      let bytes = try source.read(key, of: .generate, record: record)
      try workplace.store.put(key, bytes)
    }
    return (experiment, record)
  }
}
