import Backtesting
import Kernels
import Stores

/// One share of a run: what it leaves is made to the artifacts of the whole run by ``Merge``.
public enum ShardRun {
  /// What a shard did.
  public struct Report: Sendable {
    /// Which one it is.
    public let shard: Shard
    /// What it is a share of: strategies, or trials.
    public let unit: String
    /// How many of them were its own.
    public let count: Int
    /// How many there are.
    public let total: Int
    /// What it left, in bytes.
    public let bytes: Int
    /// How long it took.
    public let seconds: Double

    /// What was done, in one line.
    public var text: String {
      "\(shard): \(Figures.count(count)) of \(Figures.count(total)) \(unit), \(Figures.count(bytes)) bytes in "
        + "\(shard.folder), \(Figures.decimals(seconds, 2)) s"
    }

    init(_ record: ShardRecord, unit: String, total: Int, seconds: Double) {
      shard = record.shard
      self.unit = unit
      count = record.end - record.first
      self.total = total
      bytes = record.parts.values.reduce(0) { $0 + $1.size }
      self.seconds = seconds
    }
  }

  /// A shard of a sweep: bars, strategies, and all that is found out strategy by strategy.
  ///
  /// - Parameter resumes: whether parts that an interrupted run has left are kept.
  /// - Throws: what the first stage throws, `Interrupted`, `StoreError`.
  public static func sweep(
    _ configuration: Configuration, _ shard: Shard, resumes: Bool, in workplace: Workplace
  ) throws -> Report {
    try sweep(configuration, shard, resumes: resumes, largestPart: nil, in: workplace)
  }

  /// - Parameter largestPart: the most blocks of a part, in place of what is sensible.
  static func sweep(
    _ configuration: Configuration, _ shard: Shard, resumes: Bool, largestPart: Int?, in workplace: Workplace
  ) throws -> Report {
    let start = workplace.clock()
    let claim = try workplace.claim(shard)
    defer { withExtendedLifetime(claim) {} }
    let (experiment, run) = try Generate.run(configuration, isShared: true, in: workplace)
    let record = try self.run(
      .sweep, experiment, run, shard, resumes: resumes, largestPart: largestPart, in: workplace)
    return Report(
      record, unit: "strategies", total: experiment.strategies.count, seconds: workplace.clock() - start)
  }

  /// Does the work of one shard on `experiment`.
  static func run(
    _ command: ShardPlan.Command, _ experiment: Experiment, _ run: RunRecord, _ shard: Shard, resumes: Bool,
    largestPart: Int?, in workplace: Workplace
  ) throws -> ShardRecord {
    var writer = try ShardWriter(
      ShardPlan(command, shards: shard.count, record: run), shard, resumes: resumes, in: workplace.store)
    workplace.interruption.keeps(.progress)
    let cut = ShardParts(experiment, shard: shard, largestPart: largestPart)
    let work = ShardWork(experiment, shard, cut, in: workplace)
    let found = try work.putTallies(&writer)
    if command == .sweep { try work.putFindings(&writer, standing: found.standing) }
    return try writer.finish(work.strategies, run, ranked: found.ranked)
  }

  /// A shard of the second stage, from what a store holds.
  ///
  /// - Parameters:
  ///   - resumes: whether parts that an interrupted run has left are kept.
  ///   - change: changes the remembered options, or refuses to.
  /// - Throws: what stages throw.
  public static func backtest(
    _ shard: Shard, resumes: Bool, in workplace: Workplace, changing change: StageCommands.Change
  ) throws -> Report {
    let start = workplace.clock()
    let claim = try workplace.claim(shard)
    defer { withExtendedLifetime(claim) {} }
    var run = try workplace.loadRecord()
    try change(&run.options)
    let experiment = try Generate.load(run.options, record: run, in: workplace)
    run.forget(from: .backtest)
    let record = try self.run(
      .backtest, experiment, run, shard, resumes: resumes, largestPart: nil, in: workplace)
    return Report(
      record, unit: "strategies", total: experiment.strategies.count,
      seconds: workplace.clock() - start)
  }
}
