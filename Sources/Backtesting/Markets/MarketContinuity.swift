/// Where a market's bars are missing, and which do not lie on its grid.
public struct MarketContinuity: Sendable, Equatable {
  /// A stretch without bars between two neighbouring ones.
  public struct Gap: Sendable, Equatable {
    /// The index of the last bar before the gap.
    public let lastBar: Int
    /// The opening time of the last bar before the gap, in microseconds since 1970.
    public let from: Int64
    /// The opening time of the first bar after the gap, in microseconds since 1970.
    public let to: Int64
    /// How many bars are missing, at least one.
    public let missingBars: Int
    /// Why they are missing, as far as the calendar says.
    public let kind: Kind
  }

  /// Why bars are missing.
  public enum Kind: String, Sendable, CaseIterable {
    /// Bars of whole weekdays of an exchange, as on its holidays.
    case holiday
    /// An exchange opened late or closed early.
    case shortSession = "short_session"
    /// The file has none for more than two months.
    case hole
    /// None of these.
    case missing
  }

  /// In the order of time.
  public let gaps: [Gap]
  /// Bars whose opening time is off the phase that most bars have.
  ///
  /// The grid is the median spacing, but no coarser than an hour, as daylight saving moves sessions by hours.
  public let barsOffGrid: Int

  /// The gaps of a kind.
  public func gaps(_ kind: Kind) -> [Gap] { gaps.filter { $0.kind == kind } }

  /// The missing bars of all gaps.
  public var missingBars: Int { gaps.reduce(0) { $0 + $1.missingBars } }

  /// The continuity of bars with these opening times under the calendar that was made of them.
  ///
  /// A gap is a distance of at least one and a half times the median spacing. A market with sessions may also be
  /// closed between them as long as it usually is: as the median closure over the same number of midnights. What is longer counts as a gap, of which holidays are a kind. Bars of irregular steps, as of
  /// ticks, or of two spacings have no grid from which any could be missing.
  public init(timestamps: [Int64], calendar: TradingCalendar) {
    let spacing = calendar.spacing
    var isMixed = false
    if case .mixed = calendar.yearRule { isMixed = true }
    guard spacing > 0, !isMixed, calendar.isRegular || timestamps.count < 30 else {
      gaps = []
      barsOffGrid = 0
      return
    }
    let closures = calendar.hasSessions ? Closures(timestamps, calendar) : nil
    gaps = (1..<timestamps.count).compactMap { index in
      let from = timestamps[index - 1]
      let to = timestamps[index]
      let (missing, kind) =
        closures?.missingBars(from: from, to: to)
        ?? (Self.bars(in: to - from, spacing: spacing) - 1, .missing)
      guard missing > 0 else { return nil }
      let isHole = to - from > max(60 * TradingCalendar.day, 3 * spacing)
      return Gap(
        lastBar: index - 1, from: from, to: to, missingBars: missing, kind: isHole ? .hole : kind)
    }
    barsOffGrid = Self.barsOffGrid(timestamps, grid: min(spacing, TradingCalendar.day / 24))
  }

  /// The nearest number of spacings in a distance.
  private static func bars(in distance: Int64, spacing: Int64) -> Int {
    Int((distance + spacing / 2) / spacing)
  }

  private static func barsOffGrid(_ timestamps: [Int64], grid: Int64) -> Int {
    var bars: [Int64: Int] = [:]
    for timestamp in timestamps {
      bars[TradingCalendar.modulo(timestamp, grid), default: 0] += 1
    }
    return timestamps.count - (bars.values.max() ?? 0)
  }

  /// How long a market with sessions is usually closed.
  private struct Closures {
    /// The usual closure by the number of midnights in it.
    let usual: [Int64: Int64]
    let calendar: TradingCalendar

    init(_ timestamps: [Int64], _ calendar: TradingCalendar) {
      self.calendar = calendar
      var distances: [Int64: [Int64]] = [:]
      for (from, to) in zip(timestamps, timestamps.dropFirst()) {
        let (first, last) = Self.dates(from, to, calendar)
        // A week is closed nowhere.
        guard last > first, last - first < 7, calendar.openDays(first + 1..<last) == 0 else { continue }
        distances[last - first, default: []].append(to - from)
      }
      usual = distances.mapValues { TradingCalendar.median($0) }
    }

    func missingBars(from: Int64, to: Int64) -> (Int, Kind) {
      let (first, last) = Self.dates(from, to, calendar)
      let spacing = calendar.spacing
      guard last > first else {
        return (MarketContinuity.bars(in: to - from, spacing: spacing) - 1, .missing)
      }
      let skipped = calendar.openDays(first + 1..<last)
      // The longest holidays of an exchange take a week of weekdays, and some days more in a few years.
      if skipped > 0 { return (skipped * calendar.barsPerSession, skipped <= 7 ? .holiday : .missing) }
      let closed = usual[last - first] ?? 0
      return (MarketContinuity.bars(in: max(0, to - from - closed), spacing: spacing), .shortSession)
    }

    /// The dates of two bars, where a date ends when the market is closed.
    private static func dates(
      _ from: Int64, _ to: Int64, _ calendar: TradingCalendar
    ) -> (first: Int64, last: Int64) {
      (
        TradingCalendar.date(of: from + calendar.sessionShift),
        TradingCalendar.date(of: to + calendar.sessionShift)
      )
    }
  }
}

extension Market {
  /// When this market trades, as its timestamps say.
  public var calendar: TradingCalendar { TradingCalendar(timestamps: timestamps) }

  /// Where bars of this market are missing.
  public var continuity: MarketContinuity { MarketContinuity(timestamps: timestamps, calendar: calendar) }
}
