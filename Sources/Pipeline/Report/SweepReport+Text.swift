import Artifacts
import Backtesting

extension SweepReport {
  /// The execution summary for a terminal, a line an entry.
  ///
  /// - Parameter directory: where the artifacts are.
  public func text(directory: String) -> [String] {
    let configuration = experiment.configuration
    let strategies = experiment.strategies
    var lines = [
      "Fluke sweep: \(strategies.family.rawValue) on \(experiment.market.name), "
        + "\(Figures.count(experiment.market.count)) bars from \(date(0)) to \(date(experiment.market.count - 1))",
      "",
      Figures.entry(
        "strategies",
        "\(Figures.count(strategies.count)) generated, \(Figures.count(strategies.count)) tested on "
          + "\(Figures.count(experiment.training.bars.count)) bars"),
      Figures.entry(
        "winner",
        "\(experiment.title(of: winner)), best by \(configuration.selectionMetric.label)"
      ),
    ]
    lines += validation.map { text(of: $0) } ?? textOfTraining
    lines += [""] + overfitting.table + [""] + verdict
    lines += continuityLines
    lines.append(
      Figures.entry("artifacts", "\(directory), \(record.artifacts.count) files and \(RunRecord.key)"))
    lines.append(Figures.entry("time", Figures.decimals(seconds, 2) + " s"))
    return lines
  }

  /// The winner where no bars were left to try it on.
  private var textOfTraining: [String] {
    func line(_ title: String, _ metric: Metric, _ digits: Int) -> String {
      Figures.entry(title, "\(Figures.decimals(training[metric], digits)) in training")
    }
    return [
      line("win rate", .winRate, 4), line("total return", .totalReturn, 4),
      line("Sharpe ratio", .sharpeRatio, 3),
      Figures.entry("validation", "none: --train 1 leaves no bars unseen"),
    ]
  }

  private func text(of validation: ValidationReport) -> [String] {
    let winner = validation.winner
    var lines: [String] = []
    func both(_ title: String, _ metric: Metric, _ digits: Int) {
      let drop = winner.drop(of: metric)
      let change =
        drop.isNaN
        ? ""
        : drop >= 0
          ? ", a drop of \(Figures.decimals(drop, digits))"
          : ", a rise of \(Figures.decimals(-drop, digits))"
      lines.append(
        Figures.entry(
          title,
          "\(Figures.decimals(winner.training[metric], digits)) in training, "
            + "\(Figures.decimals(winner.validation[metric], digits)) in validation" + change))
    }
    both("win rate", .winRate, 4)
    both("total return", .totalReturn, 4)
    both("Sharpe ratio", .sharpeRatio, 3)
    if experiment.configuration.selectionMetric == .winRate { lines += text(of: validation.luck) }
    return lines
  }

  /// Whether and why the winner counts as overfitted.
  private var verdict: [String] {
    let figures = OverfittingFigures(overfitting)
    let reasons = validation?.reasons ?? figures.reasons(experiment.configuration.detection)
    return [Figures.entry("overfitting", figures.verdict(reasons: reasons))]
      + reasons.map { Figures.entry("", $0) }
  }

  private func text(of luck: Luck) -> [String] {
    var lines: [String] = []
    lines.append(
      Figures.entry(
        "luck alone",
        "best win rate of \(Figures.count(luck.strategies)) expected at "
          + "\(Figures.decimals(luck.expectedBest, 4)) (exact binomial, p = "
          + "\(Figures.decimals(luck.probability, 4)), \(luck.basis); "
          + "median \(Figures.count(luck.medianTrades)) trades)"))
    if luck.expectedBestInThisMarket.isFinite {
      lines.append(
        Figures.entry(
          "",
          "\(Figures.decimals(luck.expectedBestInThisMarket, 4)) when coins choose among the bars of this market"
        ))
    }
    return lines
  }

  private var continuityLines: [String] {
    let gaps = record.continuity["gaps"] ?? 0
    let offGrid = record.continuity["bars_off_grid"] ?? 0
    var lines: [String] = []
    if gaps > 0 {
      lines.append(
        Figures.entry(
          "gaps",
          "\(Figures.count(gaps)) in the bars, \(Figures.count(record.continuity["missing_bars"] ?? 0)) bars missing"
        ))
    }
    if offGrid > 0 { lines.append(Figures.entry("off the grid", "\(Figures.count(offGrid)) bars")) }
    for (reason, rows) in record.excluded.sorted(by: { $0.key < $1.key }) {
      lines.append(Figures.entry("left out", "\(Figures.count(rows)) (\(reason))"))
    }
    return lines
  }

  private func date(_ bar: Int) -> String {
    String(CivilTime.iso8601(microseconds: experiment.market.timestamps[bar]).prefix(10))
  }
}
