import Artifacts
import Backtesting
import Statistics

/// The parts that split, resample or choose again.
extension OverfittingDocument {
  func crossValidation(_ finding: CrossValidationFinding) -> JSONValue {
    let overfitting = finding.overfitting
    return [
      "metric": .text(finding.metric),
      "metric_unit": finding.isPerReturn ? .text("per \(report.unit), not annualised") : .null,
      "remark": finding.remark.map { .text($0) } ?? .null,
      "blocks": .integer(overfitting.blocks),
      "bars_in_block": .integer(finding.barsInBlock),
      "dropped_bars": .integer(finding.droppedBars),
      "splits": .integer(overfitting.splits.count),
      "strategies": .integer(overfitting.strategies),
      "probability_of_backtest_overfitting": .number(overfitting.probability),
      "probability_by_chance": .number(overfitting.probabilityByChance),
      "probability_of_loss": .number(finding.probabilityOfLoss),
      "degradation": [
        "slope": .number(overfitting.degradation.slope),
        "intercept": .number(overfitting.degradation.intercept),
        "determination": .number(overfitting.degradation.determination),
      ],
      "stochastic_dominance": [
        "first_order": .flag(overfitting.dominance.isFirstOrder),
        "second_order": .flag(overfitting.dominance.isSecondOrder),
      ],
      "undefined_values": .integer(overfitting.undefined),
      "undefined_share": .number(overfitting.undefinedShare),
      "splits_with_undefined_selection": .integer(overfitting.undefinedSelections),
    ]
  }

  func snooping(_ finding: SnoopingFinding) -> JSONValue {
    let names = { (strategies: [Int]) -> JSONValue in
      .list(strategies.prefix(Self.mostNames).map { .text(report.name($0)) })
    }
    return [
      "benchmark": .text(finding.benchmark),
      "resamples": .integer(finding.resamples),
      "scheme": "stationary",
      "mean_block_length": .number(finding.blockLength),
      "strategies_tested": .integer(finding.tested),
      "strategies_undefined": .integer(finding.undefined),
      "strategies_without_variance": .integer(finding.withoutVariance),
      "reality_check": [
        "best": finding.realityCheck.best.map { .text(report.name($0)) } ?? .null,
        "statistic": .number(finding.realityCheck.statistic),
        "p_value": .number(finding.realityCheck.pValue),
      ],
      "superior_predictive_ability": [
        "best": finding.superiorAbility.best.map { .text(report.name($0)) } ?? .null,
        "statistic": .number(finding.superiorAbility.statistic),
        "p_value_lower": .number(finding.superiorAbility.lower),
        "p_value_consistent": .number(finding.superiorAbility.consistent),
        "p_value_upper": .number(finding.superiorAbility.upper),
      ],
      "stepwise": [
        "level": .number(finding.stepwise.level),
        "rejected": .integer(finding.stepwise.rejected.count),
        "steps": .list(finding.stepwise.steps.map { .integer($0.count) }),
        "critical_values": .list(finding.stepwise.criticalValues.map { .number($0) }),
        "first_rejected": names(finding.stepwise.rejected),
        "least_p_value": .number(finding.stepwise.pValues.filter { !$0.isNaN }.min() ?? .nan),
      ],
      "stepdown": stepdown(finding),
      "sharpe_bounds": bounds(finding.bounds),
      "luck_of_the_best": luck(finding),
      "luck_curve": .list(finding.luckCurve.points.map(point)),
      "model_confidence_set": value(finding.confidenceSet) { set in
        let members = finding.members(set, level: finding.stepwise.level)
        return [
          "level": .number(finding.stepwise.level), "statistic": "maximum",
          "size": .integer(members.count), "first_members": names(members),
        ]
      },
    ]
  }

  /// The strategies' own p-values; those of all stand in the table of strategies.
  private func stepdown(_ finding: SnoopingFinding) -> JSONValue {
    let winner = finding.winner
    return [
      "errors": "pre-whitened where larger",
      "winner_p_value": .number(winner.pValue),
      "winner_adjusted_by": .text(winner.isBonferroni ? "bonferroni over all tried" : "stepdown"),
      "winner_sharpe_annualized": .number(winner.sharpePerBar * annual),
      "winner_standard_error_annualized": .number(winner.standardErrorPerBar * annual),
      "best": finding.stepdown.leaders.first.map { .text(report.name($0)) } ?? .null,
      "exact": .integer(finding.stepdown.leaders.count),
    ]
  }

  private func bounds(_ bounds: WinnerBounds) -> JSONValue {
    return [
      "level": .number(bounds.level),
      "simultaneous_annualized": .number(bounds.simultaneous * annual),
      "conditional": value(bounds.conditional) { found in
        [
          "bound_annualized": .number(found.bound * annual),
          "hybrid_annualized": .number(found.hybrid * annual),
          "median_annualized": .number(found.median * annual),
        ]
      },
    ]
  }

  /// In standard errors, and as Sharpe ratios of the winner.
  private func luck(_ finding: SnoopingFinding) -> JSONValue {
    func figures(_ errors: Double) -> JSONValue {
      [
        "standard_errors": .number(errors),
        "sharpe_annualized": .number(finding.winner.sharpePerBar(standardErrors: errors) * annual),
      ]
    }
    return ["mean": figures(finding.luck.mean), "quantile_95": figures(finding.luck.quantile(0.95))]
  }

  private func point(_ point: LuckCurve.Point) -> JSONValue {
    [
      "strategies": .integer(point.strategies), "mean": .number(point.mean),
      "quantile_05": .number(point.lower), "quantile_95": .number(point.upper),
    ]
  }

  /// Of many strategies these are named: a reader looks for a few, a program reads the table.
  private static let mostNames = 100

  func folds(_ finding: FoldFinding) -> JSONValue {
    func ranges(_ ranges: [Range<Int>]) -> JSONValue {
      .list(ranges.map { [.integer($0.lowerBound), .integer($0.upperBound)] })
    }
    return [
      "embargo_bars": .integer(finding.embargo),
      "remark":
        "positions run on through the bounds of folds; changing from one winner's position to the next one's costs nothing",
      "distinct_winners": .integer(finding.distinctWinners),
      "folds": .list(
        finding.folds.map { fold in
          [
            "winner": .text(report.name(fold.selected)),
            "training_bars": ranges(fold.split.training),
            "test_bars": ranges(fold.split.test),
            "training_performance": PerformanceDocument(fold.training).json,
            "test_performance": PerformanceDocument(fold.test).json,
          ]
        }),
      "paths": .list(finding.paths.map { PerformanceDocument($0).json }),
    ]
  }

  func permutation(_ test: PermutationTest) -> JSONValue {
    [
      "permutations": .integer(test.permutations),
      "observed": .number(test.observed),
      "at_least_as_good": .integer(test.atLeastAsGood),
      "undefined": .integer(test.undefined),
      "p_value": .number(test.pValue),
      "smallest_p_value": .number(test.smallestPValue),
    ]
  }

  /// The probability of backtest overfitting on shuffled bars.
  func nullBand(_ band: OverfittingNullBand) -> JSONValue {
    let observed = (try? report.crossValidation.get().overfitting.probability) ?? .nan
    return [
      "permutations": .integer(band.probabilities.count),
      "undefined": .integer(band.undefined),
      "mean": .number(band.mean),
      "standard_deviation": .number(band.standardDeviation),
      "quantile_05": .number(band.quantile(0.05)),
      "quantile_95": .number(band.quantile(0.95)),
      "p_value_of_skill": .number(band.skill(observed)),
      "p_value_of_overfitting": .number(band.overfitting(observed)),
    ]
  }
}
