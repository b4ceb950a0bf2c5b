import Artifacts
import Backtesting
import Statistics

/// `results/overfitting.json`: every statistic of overfitting, or why it is not there.
///
/// Sharpe ratios are per return unless their name says `annualized`. Undefined is null.
struct OverfittingDocument {
  let report: OverfittingReport

  /// From a Sharpe ratio per return to that of a year.
  var annual: Double { report.periodsPerYear.squareRoot() }

  var json: JSONValue {
    [
      "strategies": .integer(report.strategies),
      "trials": .integer(report.trials),
      "strategies_not_eligible": .integer(report.ineligible),
      "strategies_never_traded": .integer(report.neverTraded),
      "winner": .text(report.winner),
      "return_unit": .text(report.unit),
      "periods_per_year": .number(report.periodsPerYear),
      "sharpe_ratio": sharpe,
      "trade_returns": trades,
      "other_fill": value(report.otherFill) { OtherFillDocument($0, name: report.name).json },
      "deflated_sharpe": deflated,
      "minimum_backtest_length": backtestLength,
      "expected_sharpe": expectedSharpe,
      "false_discovery_by_prior": falseDiscovery,
      "sharpe_differences": sharpeDifferences,
      "effective_trials": value(report.dependence, dependence),
      "multiple_testing": multiplicity,
      "cross_validation": value(report.crossValidation, crossValidation),
      "data_snooping": value(report.snooping, snooping),
      "walk_forward": value(report.walkForward, folds),
      "combinatorial_purged_cross_validation": value(report.combinatorial, folds),
      "bar_permutation": value(report.permutation, permutation),
      "null_band": value(report.nullBand, nullBand),
    ]
  }

  /// What was found, or why nothing was.
  func value<Finding>(
    _ result: Result<Finding, Absence>, _ json: (Finding) -> JSONValue
  ) -> JSONValue {
    switch result {
    case .success(let finding): json(finding)
    case .failure(let absence): ["not_computed": .text(absence.reason)]
    }
  }

  private var sharpe: JSONValue {
    let sharpe = report.sharpe
    func byConvention(_ values: [ProbabilisticSharpeConvention: Double]) -> JSONValue {
      .object(
        Dictionary(
          uniqueKeysWithValues: ProbabilisticSharpeConvention.allCases.map {
            ($0.rawValue, .number(values[$0] ?? .nan))
          }))
    }
    return [
      "benchmark": .text(sharpe.benchmark),
      "tested_against_annualized": .number(sharpe.thresholdAnnualized),
      "return_unit": .text(sharpe.unit),
      "before_benchmark": [
        "return_unit": .text(report.unit),
        "sharpe_annualized": .number(sharpe.annualizedBeforeBenchmark),
        "standard_error_autocorrelated_annualized": .number(sharpe.standardErrorBeforeBenchmark),
      ],
      "returns": .integer(sharpe.estimate.bars),
      "sharpe_per_return": .number(sharpe.estimate.sharpePerBar),
      "sharpe_annualized": .number(sharpe.annualized),
      "skewness": .number(sharpe.estimate.skewness),
      "kurtosis": .number(sharpe.estimate.kurtosis),
      "autocorrelation": .number(sharpe.estimate.autocorrelation),
      "standard_error_per_return": .number(sharpe.standardError),
      "standard_error_autocorrelated_per_return": .number(sharpe.standardErrorAutocorrelated),
      "standard_error_lags": .integer(sharpe.lags),
      "probabilistic_sharpe_ratio": byConvention(sharpe.probabilistic),
      "minimum_track_record_returns": byConvention(sharpe.minimumTrackRecord),
      "minimum_track_record_confidence": .number(0.95),
      "minimum_track_record_remark": trackRecordRemark,
    ]
  }

  private var trackRecordRemark: JSONValue {
    let (sharpe, threshold) = (report.sharpe.estimate.sharpePerBar, report.sharpe.thresholdPerReturn)
    if sharpe > threshold { return .null }
    let bound = Figures.short(report.sharpe.thresholdAnnualized)
    return sharpe.isNaN
      ? "undefined, as the Sharpe ratio is"
      : .text("undefined: the Sharpe ratio is not above \(bound), so no record is long enough")
  }

  private var deflated: JSONValue {
    let views = report.deflation.views.map { view -> JSONValue in
      [
        "basis": .text(view.basis.rawValue),
        "trials": .number(view.deflated.trials),
        "variance_across_trials": .number(view.deflated.varianceAcrossTrials),
        "benchmark_sharpe_per_return": .number(view.deflated.benchmarkPerBar),
        "deflated_sharpe_ratio": .number(view.deflated.probability),
        "deflated_sharpe_ratio_2025": .number(view.deflated2025.probability),
      ]
    }
    let headline = report.deflation.headline
    var members = DeflationDocument(report.sharpe, report.deflation, trials: report.trials).members
    members["remark"] =
      headline.probability.isNaN && report.sharpe.estimate.sharpePerBar.isFinite
        && headline.benchmarkPerBar.isNaN
      ? "undefined: the variance across trials takes two strategies with a Sharpe ratio" : .null
    members["views"] = .list(views)
    members["trials_distinct"] = .integer(report.deflation.distinct)
    members["trials_copied"] = .integer(report.deflation.copies)
    return .object(members)
  }

  private var backtestLength: JSONValue {
    [
      "sharpe_annualized": .number(report.sharpe.annualized),
      "years": .number(report.deflation.minimumBacktestYears),
      "years_upper_bound": .number(report.deflation.minimumBacktestYearsBound),
      "years_at_hand": .number(report.deflation.years),
    ]
  }

  private func dependence(_ finding: DependenceFinding) -> JSONValue {
    let dependence = finding.dependence
    return [
      "trials": .integer(dependence.trials),
      "sample": .integer(dependence.sample),
      "left_out_of_sample": .integer(finding.leftOut),
      "bars": .integer(finding.bars),
      "average_correlation": .number(dependence.averageCorrelation),
      "average_correlation_of_distinct": .number(dependence.averageCorrelationOfDistinct),
      "mean_squared_correlation": .number(dependence.meanSquaredCorrelation),
      "root_mean_square_correlation": .number(dependence.meanSquaredCorrelation.squareRoot()),
      "remark": .text(DependenceFinding.remark),
      "by_average_correlation": .number(dependence.byAverageCorrelation),
      "by_participation": .number(dependence.byParticipation),
      "by_participation_of_sample": .number(dependence.participationOfSample),
      "by_entropy_of_sample": .number(dependence.entropyOfSample),
      "largest_eigenvalues": .list(dependence.eigenvalues.prefix(20).map { .number($0) }),
      "clusters": clusters(finding),
    ]
  }

  /// Null and empty where there is no structure: groups of noise are not to be taken for one.
  private func clusters(_ finding: DependenceFinding) -> JSONValue {
    let clusters = finding.clusters
    let found = finding.hasClusters ? clusters.clusters : []
    return [
      "sample": .integer(clusters.strategies.count),
      "count": finding.hasClusters ? .integer(clusters.trials) : .null,
      "remark": finding.hasClusters
        ? .null
        : .text("no clusters: a mean silhouette up to \(DependenceFinding.leastSilhouette) is no structure"),
      "mean_silhouette": .number(clusters.meanSilhouette),
      "variance_across_clusters": .number(
        finding.hasClusters ? clusters.varianceAcrossTrials.variance : .nan),
      "members": .list(
        found.map { cluster in
          [
            "size_in_sample": .integer(cluster.strategies.count),
            "first": .text(report.name(cluster.strategies[0])),
            "sharpe_per_bar": .number(cluster.sharpePerBar),
            "quality": .number(cluster.quality),
          ]
        }),
    ]
  }

  private var multiplicity: JSONValue {
    let finding = report.multiplicity
    let adjusted = finding.adjusted.map { adjusted in
      (
        adjusted.adjustment.rawValue,
        [
          "p_value": .number(adjusted.pValue),
          "haircut": .number(adjusted.haircut),
          "haircut_sharpe_annualized": .number(adjusted.haircutSharpeAnnualized),
          "significant_strategies": .integer(adjusted.significant),
        ] as JSONValue
      )
    }
    return [
      "tests": .integer(finding.tests),
      "hypothesis": .text("the mean return is that of \(report.sharpe.benchmark), two-sided, by Student's t"),
      "level": .number(MultiplicityFinding.level),
      "p_value": .number(finding.pValue),
      "adjusted": .object(Dictionary(uniqueKeysWithValues: adjusted)),
      "false_discovery": [
        "null_share": .number(finding.discovery.nullShare),
        "winner_q_value": .number(finding.discovery.winnerQValue),
        "discoveries": .integer(finding.discovery.discoveries),
      ],
      "hurdle_mean_return_per_year": .number(finding.hurdlePerYear),
      "mean_return_per_year": .number(finding.meanPerYear),
      "harvey_liu_zhu": value(finding.simulated) { simulated in
        [
          "correlation": .number(simulated.correlation), "p_value": .number(simulated.pValue),
          "haircut": .number(simulated.haircut),
          "haircut_sharpe_annualized": .number(simulated.haircutSharpeAnnualized),
        ]
      },
    ]
  }
}
