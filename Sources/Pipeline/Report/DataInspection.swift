import Artifacts
import Backtesting

/// What there is to know of some bars before they are used.
public struct DataInspection: Sendable {
  /// The bars.
  public let market: Market
  let report: ImportReport?
  let calendar: TradingCalendar
  let continuity: MarketContinuity
  let counts: ContinuityCounts

  /// Reads or makes the bars of `options`.
  ///
  /// - Throws: ``ImportError``, ``ConfigurationError``, `SyntheticMarketError`.
  public init(_ options: DataOptions) throws {
    let source = try MarketSource.load(options)
    market = source.market
    report = source.report
    calendar = source.market.calendar
    continuity = MarketContinuity(timestamps: source.market.timestamps, calendar: calendar)
    counts = ContinuityCounts(continuity, calendar: calendar)
  }

  /// Appends the bars as CSV, piece by piece.
  ///
  /// - Throws: what `append` throws.
  public func write(threads: Int, append: (_ bytes: [UInt8]) throws -> Void) throws {
    try BarsTable.write(market, threads: threads, append: append)
  }

  /// What else there is to say of the bars.
  var notes: [DataNote] {
    (report?.notes ?? [])
      + [CloseLevel.note(market), LargeMoves.note(market, most: 10, showsLargest: true)].compactMap { $0 }
  }

  /// The findings, a line each.
  public var text: [String] {
    var lines = [
      "market         \(market.name)",
      "bars           \(Figures.count(market.count)) from \(market.time(0)) to \(market.time(market.count - 1))",
    ]
    if let report { lines.append("times          \(report.times.words)") }
    lines += [
      "spacing        \(calendar.spacingWords)",
      "a year         \(calendar.yearWords)",
      "close          "
        + NumberFormat.range(
          Figures.price(market.close.min() ?? .nan), Figures.price(market.close.max() ?? .nan)),
    ]
    if market.hasTimes { lines += gapLines }
    lines += notes.map { $0.topic.padded(to: 15) + $0.text }
    for skipped in report?.skipped ?? [] {
      lines.append(
        "left out       \(Figures.count(skipped.rows, "row", "rows")): \(skipped.reason.rawValue), the first in line \(skipped.firstLine)"
      )
    }
    return lines
  }

  /// What is missing: gaps one by one, holidays and short sessions in one line, long holes as warnings.
  private var gapLines: [String] {
    let missing = continuity.gaps(.missing)
    var lines = ["gaps           \(counts.gapWords); \(counts.offGridWords) off the grid"]
    let shown = 10
    for gap in missing.prefix(shown) {
      lines.append("               \(Figures.count(gap.missingBars)) after \(market.time(gap.lastBar))")
    }
    if missing.count > shown {
      lines.append("               and \(Figures.count(missing.count - shown)) more")
    }
    if let closed = counts.closedWords { lines.append("closed         \(closed)") }
    for hole in continuity.gaps(.hole) {
      let years = Double(hole.to - hole.from) / (365.25 * Double(TradingCalendar.day))
      lines.append(
        "warning        no bars from \(Figures.day(hole.from)) to \(Figures.day(hole.to)) (\(Figures.rounded(years)) years), "
          + "which count as one step; test the parts alone")
    }
    if case .mixed(let change) = calendar.yearRule {
      lines.append(
        "warning        the spacing changes at bar \(Figures.count(change.bar + 1)), on \(Figures.day(change.time)); "
          + "annual figures mix both, test the parts alone")
    }
    return lines
  }
}
