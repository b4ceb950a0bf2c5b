import Backtesting
import Kernels
import Statistics
import Stores

/// What trials share, loaded once, so that a trial is a function of it and its number.
struct TrialPlan: Sendable {
  let configuration: TrialsConfiguration
  let markets: TrialMarkets
  private let imports: StrategyAssembly.Imports
  /// The strategies of all trials, where they are not drawn.
  private let strategies: StrategySet?

  /// Loads bars and files, and runs the first trial's assembly, so that what is wrong with options shows here.
  ///
  /// - Throws: whatever the sources and options can be wrong in.
  init(_ configuration: TrialsConfiguration, log: InputLog) throws {
    try configuration.check()
    markets = try TrialMarkets(configuration, log: log)
    let first = TrialSeeds(seed: configuration.sweep.strategies.seed, number: 0)
    let market = try markets.market(seed: first.market, edge: configuration.trials.edges[0])
    let imports = try StrategyAssembly.Imports.read(configuration.sweep, market: market, log: log)
    self.imports = imports
    let hasVolume = market.hasVolume
    let options = configuration.sweep.strategies
    strategies =
      options.isDrawn
      ? nil : try StrategyAssembly.strategies(options, imports: imports, hasVolume: hasVolume)
    var counted = configuration
    // A grid or a file has the number of strategies that it has.
    if let strategies { counted.trials.sizes = [strategies.count] }
    counted.sweep.strategies.count = counted.trials.sizes.max() ?? 1
    self.configuration = counted
    _ = try experiment(first, counted.cells[0])
  }

  /// What there is to say of the bars and of signals.
  var notes: [DataNote] {
    let direction = configuration.sweep.strategies.direction
    return markets.notes
      + (imports.signals?.notes(barsWereTurned: markets.wereTurned, direction: direction) ?? [])
  }

  /// The experiment of a trial in one cell.
  func experiment(_ seeds: TrialSeeds, _ cell: TrialCell, market: Market? = nil) throws -> Experiment {
    let sweep = configuration.sweep(seeds, cell)
    let market = try market ?? markets.market(seed: seeds.market, edge: cell.edge)
    let strategies =
      try self.strategies
      ?? StrategyAssembly.strategies(sweep.strategies, imports: imports, hasVolume: market.hasVolume)
    return try Experiment(configuration: sweep, market: market, strategies: strategies, threads: 1)
  }

  /// The rows of trial `number`, one for each cell.
  ///
  /// - Throws: `Interrupted`, what a source of bars throws.
  func rows(trial number: Int, interruption: Interruption) throws -> [TrialRow] {
    let seeds = TrialSeeds(seed: configuration.sweep.strategies.seed, number: number)
    let largest = configuration.trials.sizes.max() ?? 1
    var rows: [TrialRow] = []
    for edge in configuration.trials.edges {
      let market = try markets.market(seed: seeds.market, edge: edge)
      let all = try experiment(seeds, TrialCell(edge: edge, strategies: largest), market: market)
      let tallies = SweepTallies(all, progress: RunProgress { interruption.isRequested })
      try interruption.check()
      for size in configuration.trials.sizes {
        let cell = TrialCell(edge: edge, strategies: size)
        let trial =
          size == largest
          ? Trial(experiment: all, tallies: tallies)
          : Trial(experiment: try experiment(seeds, cell, market: market), tallies: tallies.prefix(size))
        rows.append(try trial.row(number, seeds, cell, interruption: interruption))
      }
    }
    return rows
  }
}

/// One experiment of one trial, backtested.
struct Trial {
  let experiment: Experiment
  let tallies: SweepTallies

  /// What it shows: selection, statistics and validation as in a sweep.
  ///
  /// - Throws: `Interrupted`.
  func row(
    _ number: Int, _ seeds: TrialSeeds, _ cell: TrialCell, interruption: Interruption
  ) throws -> TrialRow {
    let training = TrainingColumns(tallies.table, of: experiment)
    var figures = Array(repeating: Double.nan, count: TrialFigure.allCases.count)
    func row(_ winner: String?) -> TrialRow {
      TrialRow(trial: number, seeds: seeds, cell: cell, winner: winner, figures: figures)
    }
    guard let winner = try? Select.ranking(experiment, training: training).first else { return row(nil) }
    let path = experiment.backtest.path(of: winner, in: experiment.strategies)
    let evidence = Evidence(
      experiment, winner: winner, path: path, training: training, blocks: tallies.blocks,
      interruption: interruption)
    var measures = try TrialMeasures(evidence, options: experiment.configuration, interruption: interruption)
    if case .success(let found) = OtherFillFinding.find(experiment, ranking: [winner], own: path) {
      measures.overfitting.otherFill = OtherFillDocument(found, name: evidence.name)
    }
    for (figure, value) in measures.figures(evidence) { figures[figure.place] = value }
    let metric = experiment.configuration.selectionMetric
    let inTraining = experiment.performance(experiment.tally(path, segment: 0))
    figures[TrialFigure.trainingMetric.place] = inTraining[metric]
    figures[TrialFigure.trainingWinRate.place] = inTraining.winRate
    figures[TrialFigure.trainingReturn.place] = inTraining.totalReturn
    figures[TrialFigure.trainingSharpe.place] = inTraining.sharpeRatio
    let detection = experiment.configuration.detection
    // Reasons are those of the classic checks by either rule.
    let decision = SkillDecision(measures.overfitting, detection, trades: Int(inTraining.trades))
    var reasons = measures.overfitting.verdict(detection).reasons
    if experiment.validation != nil {
      let outcome = Outcome(winner, path: path, of: experiment)
      figures[TrialFigure.validationMetric.place] = outcome.validation[metric]
      figures[TrialFigure.drop.place] = outcome.drop(of: metric)
      figures[TrialFigure.validationWinRate.place] = outcome.validation.winRate
      figures[TrialFigure.validationReturn.place] = outcome.validation.totalReturn
      figures[TrialFigure.validationSharpe.place] = outcome.validation.sharpeRatio
      reasons =
        ValidationReport(
          outcomes: [outcome], luck: Luck(experiment, trades: training.trades), figures: measures.overfitting,
          experiment: experiment
        ).reasons
    }
    figures[TrialFigure.reasons.place] = Double(reasons.count)
    if !decision.winnerPValue.isNaN {
      figures[TrialFigure.skill.place] = decision.outcome.0 == .shown ? 1 : 0
    }
    return row(experiment.strategies.name(of: winner))
  }
}

/// The statistics of a trial: those of a sweep that tallies suffice for, and the test of superior predictive ability
/// where it is asked for.
struct TrialMeasures {
  let sharpe: SharpeFinding
  let deflation: DeflationFinding
  let multiplicity: MultiplicityFinding
  let crossValidation: CrossValidationFinding?
  var overfitting: OverfittingFigures

  init(_ evidence: Evidence, options: Configuration, interruption: Interruption) throws {
    let tested = TestedSample(evidence)
    sharpe = SharpeFinding(evidence, tested)
    deflation = DeflationFinding(evidence, tested, sharpe: sharpe, averageCorrelation: nil)
    multiplicity = try MultiplicityFinding(
      evidence, tested, correlation: nil, seed: options.strategies.seed)
    try interruption.check()
    crossValidation = try? OverfittingReport.crossValidation(evidence, threads: 1).get()
    try interruption.check()
    let plan = MeasurePlan(
      resamples: options.statistics.resamples, blockLength: options.statistics.blockLength,
      seed: options.strategies.seed, threads: 1)
    let decision = plan.resamples > 0 ? try? SnoopingFinding.Decision(evidence, plan: plan) : nil
    try interruption.check()
    overfitting = OverfittingFigures(
      deflatedSharpe: DeflationDocument(sharpe, deflation, trials: evidence.trials),
      pbo: crossValidation?.overfitting.probability ?? .nan,
      pboByChance: crossValidation?.overfitting.probabilityByChance ?? 0.5,
      spaPValue: decision?.superiorAbility.consistent ?? .nan,
      benchmark: evidence.benchmarkName, winnerPValue: decision?.winnerPValue ?? .nan)
  }

  func figures(_ evidence: Evidence) -> [(TrialFigure, Double)] {
    let annual = evidence.periodsPerYear.squareRoot()
    let sharpes = evidence.sharpesPerReturn.filter { !$0.isNaN }
    // The best of so many and what theory expects of it, of the same returns.
    let deviation = ReturnMoments(sharpes).variance.squareRoot()
    let expected = ExpectedMaximum.approximate(trials: Double(evidence.trials))
    let bonferroni = multiplicity.adjusted.first { $0.adjustment == .bonferroni }
    return [
      (.pbo, overfitting.pbo), (.probabilityOfLoss, crossValidation?.probabilityOfLoss ?? .nan),
      (.deflatedSharpe, deflation.headline.probability), (.pValue, multiplicity.pValue),
      (.bonferroniPValue, bonferroni?.pValue ?? .nan), (.spaPValue, overfitting.spaPValue),
      (.winnerPValue, overfitting.winnerPValue),
      (.bestSharpe, (sharpes.max() ?? .nan) * annual), (.meanSharpe, ReturnMoments(sharpes).mean * annual),
      (.sharpeDeviation, deviation * annual),
      (.expectedMaximumSharpe, (expected == 0 ? 0 : deviation * expected) * annual),
    ]
  }
}
