/// A number that a trial has in each of its cells; its raw value names it in artifacts.
public enum TrialFigure: String, CaseIterable, Sendable {
  /// The winner's metric that selects.
  case trainingMetric = "training_metric"
  case validationMetric = "validation_metric"
  /// Training less validation.
  case drop
  case trainingWinRate = "training_win_rate"
  case validationWinRate = "validation_win_rate"
  case trainingReturn = "training_total_return"
  case validationReturn = "validation_total_return"
  /// Annualised, as every Sharpe ratio here.
  case trainingSharpe = "training_sharpe_ratio"
  case validationSharpe = "validation_sharpe_ratio"
  /// How many reasons there are to call the winner overfitted.
  case reasons = "overfitting_reasons"
  case pbo = "probability_of_backtest_overfitting"
  case probabilityOfLoss = "probability_of_loss"
  /// By all strategies, in the convention of 2012.
  case deflatedSharpe = "deflated_sharpe_ratio"
  /// Of the hypothesis that the winner's mean return is 0, two-sided, for itself.
  case pValue = "p_value"
  /// The same for the best of all strategies.
  case bonferroniPValue = "bonferroni_p_value"
  /// The consistent one, where it was asked for.
  case spaPValue = "spa_p_value"
  /// The winner's own step-down p-value, where resamples were asked for.
  case winnerPValue = "stepdown_p_value"
  /// 1 where the verdict by the step-down rule is that skill is shown, otherwise 0; undefined without resamples.
  case skill = "skill_shown"
  /// The best Sharpe ratio of all strategies in training, whatever selects.
  case bestSharpe = "best_sharpe_ratio"
  /// The mean over the strategies.
  case meanSharpe = "mean_sharpe_ratio"
  /// √V: the standard deviation (n - 1) across the strategies.
  case sharpeDeviation = "sharpe_ratio_deviation"
  /// √V·E[max of N]: what theory expects of the best of so many without skill, by the usual approximation.
  case expectedMaximumSharpe = "expected_maximum_sharpe_ratio"
}
