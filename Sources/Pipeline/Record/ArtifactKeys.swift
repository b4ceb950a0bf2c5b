/// The keys of artifacts, and which stage makes which.
enum ArtifactKeys {
  static let strategies = "strategies/strategies_latest.json"
  static let trainingPerformance = "results/training_performance.csv"
  static let bestStrategy = "results/best_strategy.json"
  static let overfitting = "results/overfitting.json"
  static let strategyTests = "results/strategy_tests.csv"
  static let adjustedPValues = "results/adjusted_p_values.csv"
  static let validationResults = "results/validation_results.json"
  static let validationSummaryTable = "results/validation_summary.csv"
  static let validationSummary = "results/validation_summary.json"
  static let trials = "results/trials.csv"
  /// What is whole of ``trials`` while they are run.
  static let partialTrials = "results/trials.partial.csv"
  static let trialsSummary = "results/trials_summary.json"
  static let trialsDrop = "plots/trials_drop.png"
  static let trialsBestSharpe = "plots/trials_best_sharpe.png"
  static let trialsPBO = "plots/trials_pbo.png"
  static let trialsPower = "plots/trials_power.png"
  static let winRateHistogram = "plots/win_rate_histogram.png"
  static let performanceComparison = "plots/performance_comparison.png"
  static let equityCurves = "plots/equity_curves.png"
  static let trainVersusValidation = "plots/train_vs_validation.png"
  static let logits = "plots/pbo_logits.png"
  static let degradation = "plots/in_sample_vs_out_of_sample.png"
  static let dominance = "plots/stochastic_dominance.png"
  static let deflatedSharpe = "plots/deflated_sharpe.png"
  static let luckCurve = "plots/luck_curve.png"
  static let eigenvalues = "plots/eigenvalue_spectrum.png"

  /// All keys but those of bars and strategies, and of what is still being made.
  static let fixed: Set<String> = [
    trainingPerformance, bestStrategy, overfitting, strategyTests, adjustedPValues,
    validationResults,
    validationSummaryTable,
    validationSummary, trials, trialsSummary, trialsDrop, trialsBestSharpe, trialsPBO, trialsPower,
    winRateHistogram, performanceComparison, equityCurves, trainVersusValidation, logits, degradation,
    dominance,
    deflatedSharpe, eigenvalues, luckCurve,
  ]

  /// The bars of `market`.
  static func raw(market: String) -> String { "raw/\(market).csv" }
}

extension Stage {
  /// The stage that makes the artifact of `key`.
  static func maker(of key: String) -> Stage? {
    switch key {
    case ArtifactKeys.strategies: .generate
    case _ where key.hasPrefix("raw/"): .generate
    case ArtifactKeys.trainingPerformance: .backtest
    case ArtifactKeys.bestStrategy: .select
    case ArtifactKeys.overfitting, ArtifactKeys.strategyTests: .measure
    case ArtifactKeys.validationResults, ArtifactKeys.validationSummary, ArtifactKeys.validationSummaryTable:
      .validate
    case _ where key.hasPrefix("plots/"): .visualize
    default: nil
    }
  }
}
