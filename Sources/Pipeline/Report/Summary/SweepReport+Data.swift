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
    let counts = ContinuityCounts(record.continuity)
    var lines: [String] = []
    if counts.gaps > 0 { lines.append(Figures.entry("gaps", counts.gapWords)) }
    if counts.barsOffGrid > 0 { lines.append(Figures.entry("off the grid", counts.offGridWords)) }
    if let closed = counts.closedWords { lines.append(Figures.entry("closed", closed)) }
    if counts.holes > 0 {
      lines.append(
        Figures.entry(
          "holes", "\(Figures.count(counts.holes)) of more than two months, each counted as one step"))
    }
    for (reason, rows) in record.excluded.sorted(by: { $0.key < $1.key })
    where !reason.hasPrefix(Select.excluded) {
      lines.append(Figures.entry("left out", "\(Figures.count(rows)) (\(reason))"))
    }
    return lines
  }
}
