import Artifacts
import Backtesting

/// `results/validation_results.json`: the winner on both segments.
struct ValidationResultsDocument: Codable {
  let strategyID: String
  let trainingPerformance: PerformanceDocument
  let validationPerformance: PerformanceDocument
  /// Training less validation.
  let performanceDrop: [String: Measure]
  let verdict: VerdictDocument
  /// By the classic checks, whatever the verdict goes by.
  let overfittingDetected: Bool
  let overfittingReasons: [String]
  /// The rule that made the reasons.
  let overfittingRule: VerdictRule
  /// Absent where the winner was not chosen by its win rate.
  let luck: LuckDocument?
  let deflatedSharpe: DeflationDocument
  /// Absent where the bars have no opens.
  let otherFill: OtherFillDocument?

  enum CodingKeys: String, CodingKey {
    case luck, verdict
    case overfittingRule = "overfitting_rule"
    case otherFill = "other_fill"
    case deflatedSharpe = "deflated_sharpe"
    case strategyID = "strategy_id"
    case trainingPerformance = "training_performance"
    case validationPerformance = "validation_performance"
    case performanceDrop = "performance_drop"
    case overfittingDetected = "overfitting_detected"
    case overfittingReasons = "overfitting_reasons"
  }

  init(_ report: ValidationReport) {
    let winner = report.winner
    strategyID = winner.name
    trainingPerformance = PerformanceDocument(winner.training)
    validationPerformance = PerformanceDocument(winner.validation)
    performanceDrop = Dictionary(
      uniqueKeysWithValues: [Metric.winRate, .totalReturn, .sharpeRatio].map {
        ($0.rawValue, Measure(winner.drop(of: $0)))
      })
    overfittingDetected = !report.reasons.isEmpty
    overfittingReasons = report.reasons
    overfittingRule = .classic
    verdict = VerdictDocument(report.verdict)
    luck = report.luck.isCompared ? LuckDocument(report.luck) : nil
    deflatedSharpe = report.figures.deflatedSharpe
    otherFill = report.figures.otherFill
  }
}

/// What luck alone gives the best of the sweep.
struct LuckDocument: Codable {
  let strategies: Int
  let medianTrades: Int
  let probability: Measure
  let basis: String
  let expectedBestWinRate: Measure
  let expectedBestWinRateInThisMarket: Measure

  enum CodingKeys: String, CodingKey {
    case strategies, probability, basis
    case medianTrades = "median_trades"
    case expectedBestWinRate = "expected_best_win_rate"
    case expectedBestWinRateInThisMarket = "expected_best_win_rate_in_this_market"
  }

  init(_ luck: Luck) {
    strategies = luck.strategies
    medianTrades = luck.medianTrades
    probability = Measure(luck.probability)
    basis = luck.basis
    expectedBestWinRate = Measure(luck.expectedBest)
    expectedBestWinRateInThisMarket = Measure(luck.expectedBestInThisMarket)
  }
}

/// The winner's Sharpe ratio, deflated for the number of strategies.
struct DeflationDocument: Codable, Sendable {
  /// A probability.
  let deflatedSharpe: Measure
  /// A probability.
  let probabilisticSharpe: Measure
  let convention: String
  let trials: Int
  let trialsUndefined: Int
  let returns: Int
  let sharpePerReturn: Measure
  let benchmarkSharpePerReturn: Measure
  let varianceAcrossTrials: Measure

  enum CodingKeys: String, CodingKey {
    case convention, trials, returns
    case deflatedSharpe = "deflated_sharpe_ratio"
    case probabilisticSharpe = "probabilistic_sharpe_ratio"
    case trialsUndefined = "trials_undefined"
    case sharpePerReturn = "sharpe_per_return"
    case benchmarkSharpePerReturn = "benchmark_sharpe_per_return"
    case varianceAcrossTrials = "variance_across_trials"
  }
}

extension DeflationDocument {
  init(_ sharpe: SharpeFinding, _ deflation: DeflationFinding, trials: Int) {
    let headline = deflation.headline
    deflatedSharpe = Measure(headline.probability)
    probabilisticSharpe = Measure(sharpe.probabilistic[headline.convention] ?? .nan)
    convention = headline.convention.rawValue
    self.trials = trials
    trialsUndefined = deflation.undefined
    returns = sharpe.estimate.bars
    sharpePerReturn = Measure(sharpe.estimate.sharpePerBar)
    benchmarkSharpePerReturn = Measure(headline.benchmarkPerBar)
    varianceAcrossTrials = Measure(deflation.varianceAcrossTrials)
  }

  /// The same by key, for a document that tells more of it.
  var members: [String: JSONValue] {
    let numbers: [CodingKeys: Measure] = [
      .deflatedSharpe: deflatedSharpe, .probabilisticSharpe: probabilisticSharpe,
      .sharpePerReturn: sharpePerReturn, .benchmarkSharpePerReturn: benchmarkSharpePerReturn,
      .varianceAcrossTrials: varianceAcrossTrials,
    ]
    let counts: [CodingKeys: Int] = [.trials: trials, .trialsUndefined: trialsUndefined, .returns: returns]
    var members = [CodingKeys.convention.rawValue: JSONValue.text(convention)]
    for (key, number) in numbers { members[key.rawValue] = .number(number.value) }
    for (key, count) in counts { members[key.rawValue] = .integer(count) }
    return members
  }
}

/// `results/validation_summary.json`: the best strategies side by side.
struct ValidationSummaryDocument: Codable {
  struct Row: Codable {
    let rank: Int
    let strategyID: String
    let parameters: [String: Measure]
    let trainWinRate: Measure
    let valWinRate: Measure
    let winRateDrop: Measure
    let trainReturn: Measure
    let valReturn: Measure
    let returnDrop: Measure
    let trainSharpe: Measure
    let valSharpe: Measure
    let sharpeDrop: Measure

    enum CodingKeys: String, CodingKey {
      case rank, parameters
      case strategyID = "strategy_id"
      case trainWinRate = "train_win_rate"
      case valWinRate = "val_win_rate"
      case winRateDrop = "win_rate_drop"
      case trainReturn = "train_return"
      case valReturn = "val_return"
      case returnDrop = "return_drop"
      case trainSharpe = "train_sharpe"
      case valSharpe = "val_sharpe"
      case sharpeDrop = "sharpe_drop"
    }
  }

  let topN: Int
  let averageTrainWinRate: Measure
  let averageValWinRate: Measure
  let averageDrop: Measure
  /// Of the top N, those whose win rate did not fall by more than the bound and whose return was positive in validation.
  let strategiesStillGood: Int
  let allStrategies: [Row]

  enum CodingKeys: String, CodingKey {
    case topN = "top_n"
    case averageTrainWinRate = "average_train_win_rate"
    case averageValWinRate = "average_val_win_rate"
    case averageDrop = "average_drop"
    case strategiesStillGood = "strategies_still_good"
    case allStrategies = "all_strategies"
  }

  init(_ report: ValidationReport, maximumDrop: Double) {
    func average(_ value: (Outcome) -> Double) -> Measure {
      let values = report.outcomes.map(value).filter { !$0.isNaN }
      return Measure(values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count))
    }
    topN = report.outcomes.count
    averageTrainWinRate = average(\.training.winRate)
    averageValWinRate = average(\.validation.winRate)
    averageDrop = average { $0.drop(of: .winRate) }
    strategiesStillGood = report.outcomes.count {
      $0.drop(of: .winRate) <= maximumDrop && $0.validation.totalReturn > 0
    }
    allStrategies = report.outcomes.enumerated().map { index, outcome in
      Row(
        rank: index + 1, strategyID: outcome.name, parameters: outcome.parameters,
        trainWinRate: Measure(outcome.training.winRate), valWinRate: Measure(outcome.validation.winRate),
        winRateDrop: Measure(outcome.drop(of: .winRate)),
        trainReturn: Measure(outcome.training.totalReturn),
        valReturn: Measure(outcome.validation.totalReturn),
        returnDrop: Measure(outcome.drop(of: .totalReturn)),
        trainSharpe: Measure(outcome.training.sharpeRatio),
        valSharpe: Measure(outcome.validation.sharpeRatio),
        sharpeDrop: Measure(outcome.drop(of: .sharpeRatio)))
    }
  }
}
