import Backtesting

/// Where bars are missing, as every command counts and says it.
///
/// A gap is one that the calendar does not explain: weekdays on which an exchange is closed, sessions shorter than usual
/// and holes of more than two months are counted on their own.
struct ContinuityCounts: Sendable {
  let gaps: Int
  let missingBars: Int
  let barsOffGrid: Int
  let closedWeekdays: Int
  let shortSessions: Int
  let holes: Int

  init(_ continuity: MarketContinuity, calendar: TradingCalendar) {
    func bars(_ kind: MarketContinuity.Kind) -> Int {
      continuity.gaps(kind).reduce(0) { $0 + $1.missingBars }
    }
    gaps = continuity.gaps(.missing).count
    missingBars = bars(.missing)
    barsOffGrid = continuity.barsOffGrid
    closedWeekdays = bars(.holiday) / max(1, calendar.barsPerSession)
    shortSessions = continuity.gaps(.shortSession).count
    holes = continuity.gaps(.hole).count
  }

  /// The counts that a record has.
  init(_ entries: [String: Int]) {
    gaps = entries["gaps"] ?? 0
    missingBars = entries["missing_bars"] ?? 0
    barsOffGrid = entries["bars_off_grid"] ?? 0
    closedWeekdays = entries["closed_weekdays"] ?? 0
    shortSessions = entries["short_sessions"] ?? 0
    holes = entries["holes"] ?? 0
  }

  /// The counts as a record has them.
  var entries: [String: Int] {
    [
      "gaps": gaps, "missing_bars": missingBars, "bars_off_grid": barsOffGrid,
      "closed_weekdays": closedWeekdays, "short_sessions": shortSessions, "holes": holes,
    ]
  }

  var gapWords: String {
    "\(Figures.count(gaps)), with \(Figures.count(missingBars, "bar", "bars")) missing in all"
  }

  var offGridWords: String { Figures.count(barsOffGrid, "bar", "bars") }

  /// `nil` where nothing was closed.
  var closedWords: String? {
    if closedWeekdays == 0, shortSessions == 0 { return nil }
    return "\(Figures.count(closedWeekdays, "weekday", "weekdays")) without a bar, as on holidays; "
      + "\(Figures.count(shortSessions, "session", "sessions")) shorter than usual"
  }
}
