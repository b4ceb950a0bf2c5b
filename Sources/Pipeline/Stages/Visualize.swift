import Artifacts
import Backtesting
import Kernels

/// The last stage: pictures.
public enum Visualize {
  /// Draws the plots of a sweep and stores them: those of the statistics, and where there are unseen bars, those of
  /// validation.
  ///
  /// - Throws: `ChartError` if there is no font, `Interrupted`, `StoreError`.
  static func run(
    _ experiment: Experiment, validation: ValidationReport?, overfitting: OverfittingReport,
    columns: SweepColumns, record: inout RunRecord, in workplace: Workplace
  ) throws {
    try workplace.perform(.visualize, record: &record) { writer in
      var pictures: [Picture] = []
      if let validation { pictures = Self.pictures(of: validation, experiment, columns) }
      pictures +=
        OverfittingPlots(report: overfitting, detection: experiment.configuration.detection).pictures
      try pictures.draw(
        to: &writer, threads: workplace.threads, interruption: workplace.interruption)
    }
  }

  private static func pictures(
    of report: ValidationReport, _ experiment: Experiment, _ columns: SweepColumns
  ) -> [Picture] {
    let histogram = histogram(experiment, report: report, columns)
    let comparison = comparison(experiment, winner: report.winner)
    let equityCurves = equityCurves(experiment, winner: report.winner)
    let metric = experiment.configuration.selectionMetric
    let trainVersusValidation = TrainVersusValidation(
      metric: metric.label, format: metric.format,
      training: columns.training.values, validation: columns.validation, winner: report.winner.strategy)
    return [
      Picture(key: ArtifactKeys.winRateHistogram) { try histogram.png() },
      Picture(key: ArtifactKeys.performanceComparison) { try comparison.png() },
      Picture(key: ArtifactKeys.equityCurves) { try equityCurves.png() },
      Picture(key: ArtifactKeys.trainVersusValidation) { try trainVersusValidation.png() },
    ]
  }

  /// Luck has its say only where the winner is the best by win rate.
  private static func histogram(
    _ experiment: Experiment, report: ValidationReport, _ columns: SweepColumns
  ) -> WinRateHistogram {
    let metric = experiment.configuration.selectionMetric
    let unit = experiment.configuration.convention == .perTrade ? "bars" : "trades"
    let share = NumberFormat.percent.text(report.winner.training.winRate)
    let title = "The winner by \(metric.label) wins \(share) of its \(unit)"
    let isByWinRate = metric == .winRate
    return WinRateHistogram(
      winRates: columns.winRates,
      expected: report.luck.probability,
      best: report.winner.training.winRate, bestByLuck: isByWinRate ? report.luck.expectedBest : .nan,
      title: isByWinRate && unit == "bars" ? nil : title)
  }

  private static func comparison(_ experiment: Experiment, winner: Outcome) -> PerformanceComparison {
    func bars(_ performance: Performance) -> PerformanceComparison.Performance {
      PerformanceComparison.Performance(
        winRate: performance.winRate, totalReturn: performance.totalReturn,
        sharpeRatio: performance.sharpeRatio)
    }
    return PerformanceComparison(
      strategy: experiment.title(of: winner.strategy), training: bars(winner.training),
      validation: bars(winner.validation))
  }

  private static func equityCurves(_ experiment: Experiment, winner: Outcome) -> EquityCurves {
    let path = experiment.backtest.path(of: winner.strategy, in: experiment.strategies)
    func segment(_ bars: Range<Int>) -> EquityCurves.Segment {
      var equity: [Double] = []
      for bar in bars { equity.append((equity.last ?? 1) * max(1 + path.netReturns[bar], 0)) }
      return EquityCurves.Segment(
        timestamps: Array(experiment.market.timestamps[bars]), equity: equity,
        prices: Array(experiment.market.close[bars]))
    }
    let validation = experiment.validation?.bars ?? experiment.market.count..<experiment.market.count
    return EquityCurves(
      strategy: experiment.title(of: winner.strategy), training: segment(experiment.training.bars),
      validation: segment(validation))
  }
}

extension Metric {
  /// The metric as a picture names it.
  var label: String {
    switch self {
    case .sharpeRatio: "Sharpe ratio"
    case .sortinoRatio: "Sortino ratio"
    case .calmarRatio: "Calmar ratio"
    case .cagr: "annual growth"
    case .maximumDrawdown: "maximum drawdown"
    case .trades: "number of trades"
    default: rawValue.split(separator: "_").joined(separator: " ")
    }
  }

  /// How a picture writes its values.
  var format: NumberFormat {
    switch self {
    case .winRate, .totalReturn, .maximumDrawdown, .cagr, .volatility, .expectancy, .exposure: .percent
    default: .plain
    }
  }
}
