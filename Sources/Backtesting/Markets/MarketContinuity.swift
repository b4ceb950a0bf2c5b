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
  }

  /// In the order of time.
  public let gaps: [Gap]
  /// Bars whose opening time is off the phase that most bars have.
  ///
  /// The grid is the median spacing, but no coarser than an hour, as daylight saving moves sessions by hours.
  public let barsOffGrid: Int

  /// The missing bars of all gaps.
  public var missingBars: Int { gaps.reduce(0) { $0 + $1.missingBars } }

  /// The continuity of bars with these opening times under the calendar that was made of them.
  ///
  /// A gap is a distance of at least one and a half times the median spacing. A market with sessions may also be
  /// closed between them as long as it usually is: as the median closure from a date to another without a Saturday
  /// between, or with one. What is longer counts as a gap, so that holidays are reported too.
  public init(timestamps: [Int64], calendar: TradingCalendar) {
    let spacing = calendar.medianSpacing
    guard spacing > 0 else {
      gaps = []
      barsOffGrid = 0
      return
    }
    let closures = calendar.hasSessions ? Closures(timestamps) : nil
    gaps = (1..<timestamps.count).compactMap { index in
      let from = timestamps[index - 1]
      let to = timestamps[index]
      let missing =
        if let closures {
          closures.missingBars(from: from, to: to, calendar: calendar)
        } else {
          Self.bars(in: to - from, spacing: spacing) - 1
        }
      return missing > 0 ? Gap(lastBar: index - 1, from: from, to: to, missingBars: missing) : nil
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
    let overnight: Int64
    let weekend: Int64

    init(_ timestamps: [Int64]) {
      var distances: [[Int64]] = [[], []]
      for (from, to) in zip(timestamps, timestamps.dropFirst()) where Self.dates(from, to) > 0 {
        distances[Self.spansSaturday(from, to) ? 1 : 0].append(to - from)
      }
      overnight = TradingCalendar.median(distances[0])
      weekend = TradingCalendar.median(distances[1])
    }

    func missingBars(from: Int64, to: Int64, calendar: TradingCalendar) -> Int {
      let spacing = calendar.medianSpacing
      guard Self.dates(from, to) > 0 else { return bars(in: to - from, spacing: spacing) - 1 }
      let first = TradingCalendar.date(of: from) + 1
      let skipped = (first..<TradingCalendar.date(of: to)).count { TradingCalendar.isWeekday(date: $0) }
      if skipped > 0 { return skipped * calendar.barsPerSession }
      let usual = Self.spansSaturday(from, to) ? weekend : overnight
      return bars(in: max(0, to - from - usual), spacing: spacing)
    }

    /// The number of midnights between two times.
    private static func dates(_ from: Int64, _ to: Int64) -> Int64 {
      TradingCalendar.date(of: to) - TradingCalendar.date(of: from)
    }

    /// Whether a Saturday lies between the dates of two bars, or is the later one.
    private static func spansSaturday(_ from: Int64, _ to: Int64) -> Bool {
      let first = TradingCalendar.date(of: from) + 1
      return dates(from, to) >= 7
        || (first...TradingCalendar.date(of: to)).contains { TradingCalendar.isSaturday(date: $0) }
    }

    private func bars(in distance: Int64, spacing: Int64) -> Int {
      MarketContinuity.bars(in: distance, spacing: spacing)
    }
  }
}

extension Market {
  /// When this market trades, as its timestamps say.
  public var calendar: TradingCalendar { TradingCalendar(timestamps: timestamps) }

  /// Where bars of this market are missing.
  public var continuity: MarketContinuity { MarketContinuity(timestamps: timestamps, calendar: calendar) }
}
