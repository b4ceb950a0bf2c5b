import Backtesting
import Kernels
import Statistics

/// The work of a shard: the passes over its strategies, part by part.
struct ShardWork {
  let experiment: Experiment
  let shard: Shard
  let cut: ShardParts
  let workplace: Workplace
  private let rules: PartRules
  private let progress: RunProgress

  init(_ experiment: Experiment, _ shard: Shard, _ cut: ShardParts, in workplace: Workplace) {
    self.experiment = experiment
    self.shard = shard
    self.cut = cut
    self.workplace = workplace
    rules = PartRules(experiment)
    let interruption = workplace.interruption
    progress = RunProgress { interruption.isRequested }
  }

  /// The strategies of the shard.
  var strategies: Range<Int> {
    experiment.prepared.strategies(in: shard.share(of: experiment.prepared.blocks.count))
  }

  /// Puts the tallies, and what cross-validation needs.
  ///
  /// - Returns: how many strategies are ranked, and which may be chosen.
  func putTallies(_ writer: inout ShardWriter) throws -> (ranked: Int, standing: StandingStrategies) {
    let blocks = cut.blocks(experiment, shard)
    workplace.watch("backtest", blocks.reduce(0) { $0 + $1.count }, progress)
    defer { workplace.watch("", 0, progress) }
    let convention = experiment.configuration.convention
    var ranked = 0
    var trades: [Double] = []
    for blocks in blocks {
      let strategies = experiment.prepared.strategies(in: blocks)
      var made: SweepTallies?
      func tallies() throws -> SweepTallies {
        if let made { return made }
        let tallies = SweepTallies(experiment, blocks: blocks, progress: progress)
        // What was cut short is not whole.
        try workplace.interruption.check()
        made = tallies
        return tallies
      }
      let kept = try writer.put(.tallies, strategies, rules: rules) {
        PartContents.sections(try tallies().table)
      }
      if case .success = CrossValidationPlan.make(experiment) {
        let kept = try writer.put(.blockSums, strategies, rules: rules) {
          try tallies().sums.map { PartContents.sections($0) } ?? []
        }
        ranked += try kept.map(PartContents.ranked) ?? tallies().ranked.count
      }
      let table =
        try kept.map { PartContents.table($0, strategies, timeline: experiment.backtest.timeline) }
        ?? tallies().table
      trades += strategies.map { Double(table.tally(of: $0, segment: 0).trades(convention)) }
      if made == nil { for _ in blocks { progress.advance() } }
    }
    return (ranked, StandingStrategies(trades, from: strategies.lowerBound, of: experiment))
  }

  /// Puts all else that is found out strategy by strategy.
  ///
  /// - Parameter standing: which strategies of the shard may be chosen.
  func putFindings(_ writer: inout ShardWriter, standing: StandingStrategies) throws {
    try putResamples(&writer, standing)
    for (kind, part) in [(FoldKind.walkForward, PartKind.walkForward), (.combinatorial, .combinatorial)] {
      guard case .success(let plan) = FoldFinding.plan(kind, experiment) else { continue }
      let sweep = FoldSweep(experiment, splits: plan.splits, threads: workplace.threads)
      for blocks in cut.blocks(experiment, shard) {
        try writer.put(part, experiment.prepared.strategies(in: blocks), rules: rules) {
          let winners = sweep.winners(in: blocks, progress: progress)
          try workplace.interruption.check()
          return PartContents.sections(winners)
        }
      }
    }
    let blocks = shard.share(of: experiment.prepared.blocks.count)
    for permutations in cut.permutations(experiment) where !blocks.isEmpty {
      try writer.put(.permutations, permutations, rules: rules) {
        let permuted = PermutationFinding.permuted(
          experiment, blocks, permutations: permutations, threads: workplace.threads, progress: progress)
        try workplace.interruption.check()
        return PartContents.sections(permuted)
      }
    }
  }

  private func putResamples(_ writer: inout ShardWriter, _ standing: StandingStrategies) throws {
    let plan = MeasurePlan(experiment.configuration, threads: workplace.threads)
    guard plan.resamples > 0 else { return }
    let returns = SweepReturns(tested: experiment, interruption: workplace.interruption)
    // Where nothing can be resampled, the stage that measures will say why.
    let resamples = try? plan.resamples(
      of: returns, benchmark: experiment.benchmark, sample: LengthSample.find(experiment))
    guard let resamples else { return }
    let tested = SomeReturns(returns) { standing.contains($0) }
    let blocks = cut.blocks(experiment, shard)
    let done = RunProgress()
    workplace.watch("resample", blocks.reduce(0) { $0 + $1.count }, done)
    defer { workplace.watch("", 0, done) }
    for blocks in blocks {
      try workplace.interruption.check()
      let isResampled = try put(blocks, tested, resamples, plan, &writer)
      guard isResampled else { return }
      for _ in blocks { done.advance() }
    }
  }

  private func put(
    _ blocks: Range<Int>, _ returns: SomeReturns<SweepReturns>, _ resamples: Resamples, _ plan: MeasurePlan,
    _ writer: inout ShardWriter
  ) throws -> Bool {
    do {
      try writer.put(.resamples, experiment.prepared.strategies(in: blocks), rules: rules) {
        let part = try SnoopingFinding.part(
          blocks, of: returns, benchmark: experiment.benchmark, resamples: resamples, threads: plan.threads)
        try workplace.interruption.check()
        return PartContents.sections(part)
      }
      return true
    } catch is StatisticsError {
      // It is the same for every part, and the stage that measures will say it.
      return false
    }
  }
}
