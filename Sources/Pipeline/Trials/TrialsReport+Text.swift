import Artifacts
import Backtesting
import Statistics

extension TrialsReport {
  /// What the trials found, for a terminal, a line an entry.
  ///
  /// - Parameter directory: where the artifacts are.
  public func text(directory: String) -> [String] {
    let configuration = summary.configuration
    let cell = summary.headline
    var lines = [
      "Fluke trials: \(Figures.count(configuration.trials.count, "time", "times")) \(Figures.count(cell.cell.strategies)) "
        + "\(configuration.sweep.strategies.family.rawValue) \(cell.cell.strategies == 1 ? "strategy" : "strategies") on "
        + "\(summary.market), \(bars)"
        + (configuration.trials.edges == [0] ? "" : ", edge \(basisPoints(cell.cell))"), "",
      "  Means over all trials ± their 95 % margin of error.", "",
    ]
    if let notes = record.data, !notes.isEmpty {
      lines += notes.map { Figures.entry($0.topic, $0.text) } + [""]
    }
    lines += OverfittingReport.Row.lines(rows(cell) + sizeRows(cell) + edgeRows(cell))
    if cell.withoutWinner > 0 {
      lines.append(
        "  \(Figures.count(cell.withoutWinner, "trial", "trials")) without a strategy that could be chosen")
    }
    lines += [
      "", "  artifacts  \(directory), \(record.artifacts.count) files and \(RunRecord.key)",
      "  time       \(Figures.decimals(seconds, 2)) s",
    ]
    return lines
  }

  private var bars: String {
    switch summary.configuration.market {
    case .fixed: "the same bars each time"
    case .synthetic: "new bars each time"
    case .bootstrap: "resampled each time"
    case .permutation: "shuffled each time"
    }
  }

  private func basisPoints(_ cell: TrialCell) -> String { "\(Figures.short(cell.edgeBasisPoints)) bp a bar" }

  private var isLongOnly: Bool { summary.configuration.sweep.strategies.direction == .long }

  private func rows(_ cell: TrialsSummary.Cell) -> [OverfittingReport.Row] {
    let metric = summary.configuration.sweep.selectionMetric
    var rows: [OverfittingReport.Row] = []
    if cell.figures[.drop]!.count > 0 {
      rows.append(fall(of: metric, cell))
      rows.append(
        OverfittingReport.Row(
          name: "  it falls in", value: percent(cell.fell.share),
          reading: "of \(Figures.count(cell.fell.trials, "trial", "trials"))"
            + " (95 %: \(NumberFormat.range(percent(cell.fell.lower), percent(cell.fell.upper))))"))
      rows.append(
        mean(
          "Sharpe in validation", cell, .validationSharpe, 3,
          "the winner's, annualised, on bars it had not seen"))
    }
    rows += luckRows(cell)
    if cell.figures[.pbo]!.count > 0 {
      rows.append(
        mean("PBO", cell, .pbo, 3, "probability of backtest overfitting; chance gives about 0.5"))
    }
    let bound = summary.configuration.sweep.detection.minimumDeflatedSharpe
    rows.append(mean("deflated Sharpe", cell, .deflatedSharpe, 3, "DSR; convincing from \(bound)"))
    return rows + passedRows(cell)
  }

  /// What the winner loses of the metric that chose it; a share of one in percentage points.
  private func fall(of metric: Metric, _ cell: TrialsSummary.Cell) -> OverfittingReport.Row {
    let name = "fall of \(metric.label)"
    let reading = "the winner's, from training to validation"
    guard metric.format == .percent else { return mean(name, cell, .drop, 3, reading) }
    let found = cell.figures[.drop]!
    func points(_ value: Double) -> String { Figures.decimals(100 * value, 1) }
    let error = found.mean - found.lower
    return OverfittingReport.Row(
      name: name, value: points(found.mean) + (error.isFinite ? " ± \(points(error))" : "") + " points",
      reading: "\(reading); \(points(found.quantiles.first ?? .nan)) to "
        + "\(points(found.quantiles.last ?? .nan)) in 90 % of trials"
        + (found.quantiles.contains { $0 < 0 } ? "; below 0 it rises" : ""))
  }

  private func mean(
    _ name: String, _ cell: TrialsSummary.Cell, _ figure: TrialFigure, _ digits: Int, _ reading: String
  ) -> OverfittingReport.Row {
    let found = cell.figures[figure]!
    let error = found.mean - found.lower
    return OverfittingReport.Row(
      name: name,
      value: Figures.decimals(found.mean, digits)
        + (error.isFinite ? " ± \(Figures.decimals(error, digits))" : ""),
      reading: "\(reading); \(Figures.decimals(found.quantiles.first ?? .nan, digits)) to "
        + "\(Figures.decimals(found.quantiles.last ?? .nan, digits)) in 90 % of trials")
  }

  private func luckRows(_ cell: TrialsSummary.Cell) -> [OverfittingReport.Row] {
    let count = Figures.count(cell.cell.strategies)
    return [
      mean("best Sharpe of \(count)", cell, .bestSharpe, 3, "annualised, in training"),
      OverfittingReport.Row(
        name: "  by theory", value: Figures.decimals(cell.luck.expectedBest, 3),
        reading: "mean of all, \(Figures.decimals(cell.luck.mean, 3)), plus "
          + "\(Figures.decimals(cell.luck.exact, 3)) for the best of \(count) independent ones by luck"),
    ]
  }

  /// Criteria that were asked for.
  private var criteria: [TrialCriterion] {
    TrialCriterion.allCases.filter { criterion in
      summary.headline.passed[criterion]!.trials > 0 || criterion == .noReason
    }
  }

  private func passedRows(_ cell: TrialsSummary.Cell) -> [OverfittingReport.Row] {
    let heading = OverfittingReport.Row(
      name: "winners that pass", value: "", reading: cell.truth.meaning(isLongOnly: isLongOnly))
    return [heading]
      + criteria.map { criterion in
        let passed = cell.passed[criterion]!
        return OverfittingReport.Row(
          name: "  " + criterion.title(summary.configuration.sweep.detection), value: percent(passed.share),
          reading: "of \(Figures.count(passed.trials, "trial", "trials"))"
            + " (95 %: \(NumberFormat.range(percent(passed.lower), percent(passed.upper))))")
      }
  }

  private func percent(_ share: Double) -> String {
    share.isNaN ? "–" : "\(Figures.decimals(100 * share, 1)) %"
  }

  /// The other numbers of strategies.
  private func sizeRows(_ headline: TrialsSummary.Cell) -> [OverfittingReport.Row] {
    summary.cells.filter {
      $0.cell.edge == headline.cell.edge && $0.cell.strategies != headline.cell.strategies
    }.flatMap(luckRows)
  }

  /// The other edges.
  private func edgeRows(_ headline: TrialsSummary.Cell) -> [OverfittingReport.Row] {
    summary.cells.filter {
      $0.cell.strategies == headline.cell.strategies && $0.cell.edge != headline.cell.edge
    }.map { cell in
      let shares = criteria.map { criterion in
        "\(criterion.name) \(percent(cell.passed[criterion]!.share))"
      }
      return OverfittingReport.Row(
        name: "edge \(basisPoints(cell.cell))", value: cell.truth == .plantedEdge ? "power" : "",
        reading: shares.joined(separator: ", "))
    }
  }
}
