import Stores

extension ShardRun {
  /// A shard of repeated trials.
  ///
  /// - Parameter resumes: whether an interrupted shard is continued, behind the last trial that is whole.
  /// - Throws: whatever the sources and options can be wrong in, `Interrupted`, `StoreError`.
  public static func trials(
    _ configuration: TrialsConfiguration, _ shard: Shard, resumes: Bool, in workplace: Workplace
  ) throws -> Report {
    let start = workplace.clock()
    let claim = try workplace.claim(shard)
    defer { withExtendedLifetime(claim) {} }
    let log = InputLog()
    let plan = try TrialPlan(configuration, log: log)
    let configuration = plan.configuration
    var run = workplace.newRecord(configuration.sweep)
    run.trials = configuration.trials
    run.inputs = log.summaries
    run.data = plan.notes
    let shardPlan = ShardPlan(.trials, shards: shard.count, record: run)
    let trials = shard.share(of: configuration.trials.count)
    let record: ShardRecord
    if resumes, let whole = try whole(shard, shardPlan, trials, in: workplace.store) {
      record = whole
    } else {
      let journal = try TrialsJournal(
        configuration, inputs: log.summaries, trials: trials, key: shard.folder + "trials.partial.csv",
        resumes: resumes, in: workplace.store)
      var writer = try ShardWriter(shardPlan, shard, in: workplace.store)
      try Trials.runTrials(plan, trials, to: journal, in: workplace)
      try writer.put(shard.trialsKey) { append in
        let table = try journal.table()
        while case let chunk = try table(), !chunk.isEmpty { try append(chunk) }
      }
      record = try writer.finish(trials, run, market: plan.markets.name)
      try journal.remove()
    }
    return Report(
      record, unit: "trials", total: configuration.trials.count, seconds: workplace.clock() - start)
  }

  /// The record of a shard that is there and whole, of this plan and these trials.
  private static func whole(
    _ shard: Shard, _ plan: ShardPlan, _ trials: Range<Int>, in store: any ArtifactStore
  ) throws -> ShardRecord? {
    guard try store.head(shard.recordKey) != nil,
      let record = try? ShardRecord(bytes: try store.get(shard.recordKey), key: shard.recordKey),
      record.plan == plan, record.shard == shard,
      record.first == trials.lowerBound, record.end == trials.upperBound,
      try record.parts.allSatisfy({ try store.head($0.key) == $0.value })
    else { return nil }
    return record
  }
}

extension Shard {
  /// The key of the table of its trials.
  fileprivate var trialsKey: String { folder + "trials.csv" }
}

extension Merge {
  /// Merges the tables of trials.
  static func trials(
    _ shards: ShardSet, since start: Double, in workplace: Workplace
  ) throws -> TrialsReport {
    let first = shards.members[0].record
    var configuration = TrialsConfiguration()
    configuration.sweep = shards.plan.options
    configuration.trials = shards.plan.trials ?? TrialsOptions()
    var record = workplace.newRecord(configuration.sweep)
    record.trials = configuration.trials
    record.inputs = first.run.inputs
    record.data = first.run.data
    record.shards = shards.plan.shards
    try shards.checkShares { $0.share(of: configuration.trials.count) }
    for member in shards.members { try member.checkTrials(configuration) }
    return try Trials.finish(
      configuration, market: first.market ?? "", record, since: start, in: workplace
    ) {
      var left = shards.members[...]
      return {
        // Every table begins with the names of columns, and a shard without trials has nothing else.
        while let member = left.popFirst() {
          let table = try member.get(member.shard.trialsKey)
          let isFirst = member.shard.number == 1
          let rows = isFirst ? table : Array(table.dropFirst(TrialsTable.header.count))
          if !rows.isEmpty { return rows }
        }
        return []
      }
    }
  }
}

extension ShardSet.Member {
  /// - Throws: ``ShardError/damaged(_:key:reason:)`` unless its table is that of its trials, whatever its checksum says.
  fileprivate func checkTrials(_ configuration: TrialsConfiguration) throws {
    let share = shard.share(of: configuration.trials.count)
    var table = [try get(shard.trialsKey)]
    do {
      _ = try TrialsFigures(configuration, first: share.lowerBound, trials: share.count) {
        table.popLast() ?? []
      }
    } catch let damage as TrialsFigures.Damage {
      throw ShardError.damaged(
        shard, key: shard.trialsKey, reason: "is damaged in row \(damage.row)")
    }
  }
}
