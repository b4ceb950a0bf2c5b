import Artifacts
import Backtesting

/// What a summary says of the bars.
extension SweepReport {
  /// The bars and how long they last.
  var marketLines: [String] {
    let market = experiment.market
    let years = Double(market.count) / experiment.barsPerYear
    return [
      Figures.entry(
        "bars",
        "\(Figures.count(market.count)) from \(market.day(0)) to \(market.day(market.count - 1)), "
          + "\(Figures.decimals(years, 1)) years")
    ]
  }

  /// What the market lacks, and what of it was not used.
  var continuityLines: [String] {
    let gaps = record.continuity["gaps"] ?? 0
    let offGrid = record.continuity["bars_off_grid"] ?? 0
    var lines: [String] = []
    if gaps > 0 {
      lines.append(
        Figures.entry(
          "gaps",
          "\(Figures.count(gaps)), with \(Figures.count(record.continuity["missing_bars"] ?? 0)) bars missing in all"
        ))
    }
    if offGrid > 0 { lines.append(Figures.entry("off the grid", Figures.count(offGrid, "bar", "bars"))) }
    for (reason, rows) in record.excluded.sorted(by: { $0.key < $1.key })
    where !reason.hasPrefix(Select.excluded) {
      lines.append(Figures.entry("left out", "\(Figures.count(rows)) (\(reason))"))
    }
    return lines
  }
}
