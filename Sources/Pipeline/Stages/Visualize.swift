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
    luck: LuckFigures?, columns: SweepColumns, record: inout RunRecord, in workplace: Workplace
  ) throws {
    try workplace.perform(.visualize, record: &record) { writer in
      var pictures: [Picture] = []
      if let validation { pictures = Self.pictures(of: validation, experiment, columns) }
      pictures +=
        OverfittingPlots(
          report: overfitting, detection: experiment.configuration.detection, luck: luck,
          context: PictureContext.of(experiment, bars: .training),
          crossValidated: PictureContext.of(
            experiment, bars: experiment.configuration.statistics.crossValidated)
        ).pictures
      try workplace.showing("pictures") {
        try pictures.draw(
          to: &writer, threads: workplace.threads, interruption: workplace.interruption)
      }
    }
  }

  private static func pictures(
    of report: ValidationReport, _ experiment: Experiment, _ columns: SweepColumns
  ) -> [Picture] {
    let histogram = histogram(experiment, report: report, columns)
    let comparison = comparison(experiment, winner: report.winner)
    let equityCurves = equityCurves(experiment, winner: report.winner)
    let metric = experiment.configuration.selectionMetric
    let context = PictureContext.of(experiment)
    let trainVersusValidation = TrainVersusValidation(
      metric: metric.label, format: metric.format,
      training: columns.training.values, validation: columns.validation, winner: report.winner.strategy)
    return [
      Picture(key: ArtifactKeys.winRateHistogram) { try histogram.png(context: context) },
      Picture(key: ArtifactKeys.performanceComparison) { try comparison.png(context: context) },
      Picture(key: ArtifactKeys.equityCurves) { try equityCurves.png(context: context) },
      Picture(key: ArtifactKeys.trainVersusValidation) { try trainVersusValidation.png(context: context) },
    ]
  }

  /// A coin's win rate is known in advance, that of a rule is not; and luck has its say only where the winner is the best
  /// by win rate.
  private static func histogram(
    _ experiment: Experiment, report: ValidationReport, _ columns: SweepColumns
  ) -> WinRateHistogram {
    let metric = experiment.configuration.selectionMetric
    let isPerTrade = experiment.configuration.convention == .perTrade
    let isCoin = experiment.configuration.isClassic
    let unit = isPerTrade ? "bars" : "trades"
    let (share, later) = (report.winner.training.winRate, report.winner.validation.winRate)
    let title =
      "The winner by \(metric.label) wins \(NumberFormat.percent.text(share)) of its \(unit) in training"
      + (later.isFinite ? " and \(NumberFormat.percent.text(later)) in validation" : "")
    return WinRateHistogram(
      winRates: columns.winRates, expected: isCoin ? report.luck.probability : .nan, best: share,
      unseen: later, bestByLuck: isCoin && metric == .winRate ? report.luck.best : .nan, unit: unit,
      note: note(of: columns.training.trades, unit: unit), title: metric == .winRate ? nil : title)
  }

  /// Of fewer trades than this a win rate takes a few values only, which stand out in a histogram.
  private static let fewTrades = 5.0

  /// How many trades win rates are made of.
  private static func note(of trades: [Double], unit: String) -> String {
    let counts = trades.filter { $0 > 0 }.sorted()
    guard !counts.isEmpty else { return "" }
    let few = counts.count { $0 < fewTrades }
    return "each over \(Figures.count(Int(counts[counts.count / 2]))) \(unit) (median)"
      + (few > 0 ? "; \(Figures.count(few)) of them over fewer than \(Figures.short(fewTrades))" : "")
  }

  private static func comparison(_ experiment: Experiment, winner: Outcome) -> PerformanceComparison {
    let isPerTrade = experiment.configuration.convention == .perTrade
    func bars(_ performance: Performance, isHeld: Bool = false) -> PerformanceComparison.Performance {
      // Who holds has one trade, of which a win rate says nothing, unless every bar counts as one.
      PerformanceComparison.Performance(
        winRate: isHeld && !isPerTrade ? .nan : performance.winRate, annualGrowth: performance.cagr,
        sharpeRatio: performance.sharpeRatio)
    }
    let path = experiment.holdingPath
    let held = (0...1).map {
      bars(experiment.performance(experiment.tally(path, segment: $0)), isHeld: true)
    }
    return PerformanceComparison(
      strategy: experiment.title(of: winner.strategy), training: bars(winner.training),
      validation: bars(winner.validation), held: (held[0], held[1]),
      unit: isPerTrade ? "bars held" : "all bars")
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
      validation: segment(validation), isNumbered: !experiment.market.hasTimes)
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
