import Artifacts
import Backtesting
import Stores

/// What there is to know of some bars before they are used.
public struct DataInspection: Sendable {
  /// The bars.
  public let market: Market
  private let report: ImportReport?

  /// Reads or makes the bars of `options`.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``, `SyntheticMarketError`.
  public init(_ options: DataOptions) throws {
    let source = try MarketSource.load(options)
    market = source.market
    report = source.report
  }

  /// Writes the bars to `path` as CSV.
  ///
  /// - Throws: `StoreError`, `Interrupted`.
  public func write(to path: String, threads: Int, interruption: Interruption) throws {
    try AtomicFile.replace(path: path, interruption: interruption) { append in
      try BarsTable.write(market, threads: threads, append: append)
    }
  }

  /// The findings, a line each.
  public var text: [String] {
    let calendar = market.calendar
    let continuity = market.continuity
    func time(_ bar: Int) -> String { CivilTime.iso8601(microseconds: market.timestamps[bar]) }
    var lines = [
      "market         \(market.name)",
      "bars           \(Figures.count(market.count)) from \(time(0)) to \(time(market.count - 1))",
      "spacing        \(Figures.short(Double(calendar.medianSpacing) / 1e6)) s (median), "
        + "\(Figures.short(calendar.barsPerYear)) bars a year",
      "close          \(market.close.min() ?? .nan) to \(market.close.max() ?? .nan)",
      "gaps           \(continuity.gaps.count), \(Figures.count(continuity.missingBars)) bars missing; "
        + "\(Figures.count(continuity.barsOffGrid)) bars off the grid",
    ]
    let shown = 10
    for gap in continuity.gaps.prefix(shown) {
      lines.append(
        "               \(Figures.count(gap.missingBars)) after \(time(gap.lastBar))")
    }
    if continuity.gaps.count > shown {
      lines.append("               and \(continuity.gaps.count - shown) more")
    }
    for skipped in report?.skipped ?? [] {
      lines.append(
        "left out       \(Figures.count(skipped.rows)) rows: \(skipped.reason.rawValue), the first in line \(skipped.firstLine)"
      )
    }
    return lines
  }
}
