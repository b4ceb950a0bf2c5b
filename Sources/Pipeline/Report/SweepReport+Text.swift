import Backtesting

extension SweepReport {
  /// The execution summary for a terminal, a line an entry.
  ///
  /// - Parameter directory: where the artifacts are.
  public func text(directory: String) -> [String] {
    let heading = "Fluke sweep: \(experiment.strategies.family.rawValue) on \(experiment.market.name)"
    let ending = [
      Figures.entry("artifacts", "\(directory), \(record.artifacts.count) files and \(RunRecord.key)"),
      Figures.entry("time", Figures.decimals(seconds, 2) + " s"),
    ]
    let year = Figures.entry(
      "a year", "\(Figures.rounded(experiment.barsPerYear)) bars: \(experiment.year.reason)")
    let data = (record.data ?? []).map { Figures.entry($0.topic, $0.text) }
    return [heading, ""] + marketLines + [year] + data + continuityLines + strategyLines + signalLines
      + tradingLines + winnerLines + [verdict.headline, ""] + performanceLines + luckLines + [""]
      + overfitting.table(experiment.configuration.detection)
      + [""] + verdict.lines + [""] + ending
  }

  /// The winner beside who bought and held.
  private var performanceLines: [String] {
    let table = SummaryTable(experiment, training: training, validation: validation?.winner.validation)
    return table.lines
      + (validation == nil ? [Figures.entry("validation", "none: --train 1 leaves no bars unseen")] : [])
  }
}
