import Backtesting
import Kernels
import Statistics

/// The best of the sweep, and its probability of backtest overfitting, against those of the same sweep on shuffled bars.
struct PermutationFinding: Sendable {
  /// The best of the sweep against the best on shuffled bars.
  let test: PermutationTest
  /// The probability of backtest overfitting on these, or why that is not known.
  let band: Result<OverfittingNullBand, Absence>

  /// What a permutation leaves of some strategies.
  struct Permuted: Sendable {
    /// The best metric, more is better; NaN where there is none.
    let best: Double
    /// The sums of the strategies that are ranked, where it is cross-validated.
    let sums: PartContents.RankedSums?
  }

  private static let unasked = Absence("not asked for; give --permutations N", isWanted: false)

  /// Strategies times permutations of which sums by block are made: some tens of megabytes where shards keep them.
  static let mostCrossValidated = 1 << 18

  /// How the sums of permutations are cross-validated, or why they are not: a function of the run alone, so that shards
  /// agree on it.
  static func plan(_ experiment: Experiment) -> Result<CrossValidationPlan, Absence> {
    let statistics = experiment.configuration.statistics
    guard statistics.permutations > 0 else { return .failure(unasked) }
    guard statistics.crossValidated == .training else {
      return .failure(Absence("validation bars are not shuffled; leave out --cscv-on all", isWanted: false))
    }
    guard experiment.strategies.count * statistics.permutations <= mostCrossValidated else {
      return .failure(
        Absence(
          "more than \(Figures.count(mostCrossValidated)) strategies on all shuffled bars together",
          isWanted: false))
    }
    return CrossValidationPlan.make(experiment)
  }

  /// Optimises the whole sweep again on every permutation of the training bars.
  ///
  /// - Parameters:
  ///   - best: of the sweep itself; asked for only where a test was.
  ///   - permuted: part by part what each permutation has left, where it was found elsewhere.
  /// - Returns: why there is none, where none was asked for.
  static func find(
    _ experiment: Experiment, best: @autoclosure () -> Double, permuted: [[Permuted]]? = nil, threads: Int,
    progress: RunProgress
  ) -> Result<PermutationFinding, Absence> {
    let permutations = experiment.configuration.statistics.permutations
    guard permutations > 0 else { return .failure(unasked) }
    let plan = Self.plan(experiment)
    var bests: [Double] = []
    var probabilities: [Double] = []
    for number in 0..<permutations where !progress.isCancelled() {
      let parts =
        permuted?.map { $0[number] }
        ?? Self.permuted(
          experiment, experiment.prepared.blocks, permutations: number..<number + 1, threads: threads,
          progress: progress)
      // The larger one, and a number before none.
      bests.append(parts.reduce(.nan) { Double.maximum($0, $1.best) })
      if case .success(let plan) = plan {
        probabilities.append(
          probability(of: parts.compactMap(\.sums), plan, strategies: experiment.strategies.count, threads))
      }
    }
    let sign = experiment.configuration.selectionMetric.isHigherBetter ? 1.0 : -1
    return .success(
      PermutationFinding(
        test: PermutationTest(observed: sign * best(), permuted: bests),
        band: plan.map { _ in OverfittingNullBand(permutations: probabilities) }))
  }

  /// The probability of backtest overfitting of strategies in parts; NaN where too few are ranked.
  private static func probability(
    of parts: [PartContents.RankedSums], _ plan: CrossValidationPlan, strategies: Int, _ threads: Int
  ) -> Double {
    let ranked = parts.reduce(0) { $0 + $1.strategies }
    let blocks = plan.crossValidated(ranked, of: strategies) { shape, body in
      var seams = BlockSumsSeams(shape)
      for part in parts { seams.take(strategies: part.strategies, values: part.values, body) }
    }
    guard case .success(let found) = blocks,
      let overfitting = try? BacktestOverfitting(
        found.shape, metric: found.metric, threads: threads, forEachPart: found.forEachPart),
      overfitting.undefinedShare < 1
    else { return .nan }
    return overfitting.probability
  }

  /// What some blocks of strategies leave on each of some permutations.
  static func permuted(
    _ experiment: Experiment, _ blocks: Range<Int>, permutations: Range<Int>, threads: Int,
    progress: RunProgress
  ) -> [Permuted] {
    let configuration = experiment.configuration
    let metric = configuration.selectionMetric
    let sign = metric.isHigherBetter ? 1.0 : -1
    let selection = Selection(metric: metric, minimumTrades: configuration.selection.minimumTrades)
    let market = experiment.market[experiment.training.bars]
    let plan = Self.plan(experiment)
    var permuted: [Permuted] = []
    for number in permutations where !progress.isCancelled() {
      let shuffled = market.permuted(seed: configuration.strategies.seed, number: number)
      // Cut as the training bars are, so that blocks are theirs.
      let backtest = Backtest(
        market: shuffled, segments: [experiment.training], like: experiment.backtest, threads: threads)
      let tallies = SweepTallies(
        PreparedStrategies(experiment.strategies, under: backtest), plan: plan, blocks: blocks)
      let performances = tallies.table.tallies.map { experiment.performance($0) }
      let winner = selection.best(
        1, values: performances.map { $0[metric] }, trades: performances.map(\.trades)
      ).first
      permuted.append(
        Permuted(
          best: winner.map { sign * performances[$0][metric] } ?? .nan,
          sums: tallies.sums.map { PartContents.RankedSums(strategies: $0.strategies, values: $0.values) }))
      progress.advance()
    }
    return permuted
  }
}
