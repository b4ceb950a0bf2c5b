import Backtesting
import Kernels
import Statistics

extension ShardSet {
  /// A part and the shard that has it.
  private struct Place: Sendable {
    let member: Member
    let blocks: Range<Int>
    let strategies: Range<Int>
  }

  /// What the shards of a sweep have left, read whenever it is asked for.
  ///
  /// - Throws: ``ShardError/damaged(_:key:reason:)`` if a part is missing from a record.
  func parts(of experiment: Experiment, largestPart: Int? = nil) throws -> SweepParts {
    let places = members.flatMap { member in
      ShardParts(experiment, shard: member.shard, largestPart: largestPart)
        .blocks(experiment, member.shard).map { blocks in
          Place(member: member, blocks: blocks, strategies: experiment.prepared.strategies(in: blocks))
        }
    }
    try checkKeys(places, experiment, largestPart)
    let (digest, timeline, rules) = (digest, experiment.backtest.timeline, PartRules(experiment))
    let tallies = TallyParts(
      places.map { place in
        TallyParts.Part(strategies: place.strategies) {
          PartContents.table(
            try place.member.sections(.tallies, place.strategies, plan: digest, rules: rules),
            place.strategies,
            timeline: timeline)
        }
      })
    return SweepParts(
      tallies: tallies, blocks: blockSums(places, experiment, rules),
      findings: self.plan.command == .sweep ? findings(places, experiment, largestPart, rules) : nil)
  }

  /// The sums of the strategies that are ranked, in whole groups whatever parts have.
  private func blockSums(
    _ places: [Place], _ experiment: Experiment, _ rules: PartRules
  ) -> Result<Evidence.CrossValidated, Absence> {
    let digest = digest
    let ranked = members.reduce(0) { $0 + ($1.record.ranked ?? 0) }
    let first = members[0].shard
    let unequal = ShardError.damaged(
      first, key: first.recordKey,
      reason: "and those of the other shards name other numbers of ranked strategies than their parts")
    return CrossValidationPlan.make(experiment).flatMap { plan in
      plan.crossValidated(ranked, of: experiment.strategies.count) { shape, body in
        let fetches = places.map { place in
          { @Sendable in
            PartContents.blockSums(
              try place.member.sections(.blockSums, place.strategies, plan: digest, rules: rules))
          }
        }
        var seams = BlockSumsSeams(shape)
        var left = ranked
        try FetchedParts.forEach(fetches, threads: experiment.backtest.threads) {
          left -= $0.strategies
          guard left >= 0 else { throw unequal }
          seams.take(strategies: $0.strategies, values: $0.values, body)
        }
        guard left == 0 else { throw unequal }
      }
    }
  }

  private func findings(
    _ places: [Place], _ experiment: Experiment, _ largestPart: Int?, _ rules: PartRules
  ) -> SweepParts.Findings {
    let digest = digest
    let isResampled = hasResamples
    return SweepParts.Findings(
      resampled: { resamples in
        guard isResampled else { return nil }
        return try places.map { place in
          PartContents.snoopingPart(
            try place.member.sections(.resamples, place.strategies, plan: digest, rules: rules),
            place.strategies, resamples
          )
        }
      },
      foldWinners: { kind in
        try places.map { place in
          let part = kind == .walkForward ? PartKind.walkForward : .combinatorial
          return PartContents.winners(
            try place.member.sections(part, place.strategies, plan: digest, rules: rules))
        }
      },
      permuted: {
        try members.filter { $0.record.first < $0.record.end }.map { member in
          try ShardParts(experiment, shard: member.shard, largestPart: largestPart)
            .permutations(experiment).flatMap {
              PartContents.permuted(
                try member.sections(.permutations, $0, plan: digest, rules: rules), rules.permutedShape)
            }
        }
      })
  }

  /// Whether shards could resample.
  private var hasResamples: Bool {
    members.contains { $0.record.parts.keys.contains { $0.contains("/\(PartKind.resamples.name)-") } }
  }

  /// Each shard has the parts that it has to have.
  private func checkKeys(_ places: [Place], _ experiment: Experiment, _ largestPart: Int?) throws {
    var kinds: [PartKind] = [.tallies]
    if case .success = CrossValidationPlan.make(experiment) { kinds.append(.blockSums) }
    if plan.command == .sweep {
      if hasResamples { kinds.append(.resamples) }
      if case .success = FoldFinding.plan(.walkForward, experiment) { kinds.append(.walkForward) }
      if case .success = FoldFinding.plan(.combinatorial, experiment) { kinds.append(.combinatorial) }
    }
    var needed: [(Member, PartHeader)] = places.flatMap { place in
      kinds.map { (place.member, PartHeader(kind: $0, plan: digest, range: place.strategies)) }
    }
    for member in members where plan.command == .sweep && member.record.first < member.record.end {
      let cut = ShardParts(experiment, shard: member.shard, largestPart: largestPart)
      needed += cut.permutations(experiment).map {
        (member, PartHeader(kind: .permutations, plan: digest, range: $0))
      }
    }
    for (member, header) in needed where member.record.parts[header.key(in: member.shard)] == nil {
      throw ShardError.damaged(
        member.shard, key: member.shard.recordKey, reason: "names no \(header.key(in: member.shard))")
    }
  }
}
