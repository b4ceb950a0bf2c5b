/// What the bars' own timestamps say about when a market trades, and so how many bars make a year.
public struct TradingCalendar: Sendable, Equatable {
  /// One day in microseconds, the unit of a market's timestamps.
  public static let day: Int64 = 86_400_000_000

  /// The median distance of two neighbouring bars in microseconds; 0 for fewer than two bars.
  public let medianSpacing: Int64
  /// The most common distance of two neighbouring bars where most are of a grid, otherwise the median; 0 for fewer
  /// than two bars.
  public let spacing: Int64
  /// Whether most steps are of one length.
  public let isRegular: Bool
  /// Whether at least half of the bars are there that a market without a weekend has on Saturdays.
  ///
  /// Sunday does not count, since the week of many markets begins on its evening, but for its morning where bars span no
  /// Saturday. Bars that span neither say nothing, and count as those of a market that closes at weekends.
  public let tradesAtWeekends: Bool
  /// The median number of bars of the dates that have any; a date ends where the market is closed.
  public let barsPerSession: Int
  /// What is added to a time so that no session runs over a midnight.
  let sessionShift: Int64
  /// How the bars of a year were counted.
  public let yearRule: YearRule
  /// How many bars make a year, for annualising; NaN where no rule fits.
  ///
  /// Periods of the calendar have their number: 12 months, 52 weeks. A market that never closes has 365.25 days, an
  /// exchange 252 sessions. All else is bars over elapsed time.
  public let barsPerYear: Double

  /// Whether a stretch of the day has no bars.
  private let closesDaily: Bool
  /// The days of the week on which the market is open, Sunday 0.
  private let openWeekdays: [Int]

  /// Whether it is a market that closes between its sessions or on days of the week, with bars of a day or less.
  public var hasSessions: Bool {
    (!tradesAtWeekends || closesDaily || yearRule == .sixDays) && isDailyOrFaster
  }

  /// How many of these dates are of days of the week on which the market is open.
  func openDays(_ dates: Range<Int64>) -> Int {
    dates.count { openWeekdays.contains(Self.weekday(of: $0)) }
  }

  /// Daily bars that shift with daylight saving are still daily, so the border lies at a day and a half.
  private var isDailyOrFaster: Bool { spacing < Self.day * 3 / 2 }

  /// The calendar of bars with these opening times, which are strictly increasing.
  public init(timestamps: [Int64]) {
    let isNumbered = Self.areNumbers(timestamps)
    guard let first = timestamps.first, let last = timestamps.last, timestamps.count > 1, !isNumbered else {
      medianSpacing = 0
      spacing = 0
      isRegular = false
      tradesAtWeekends = false
      barsPerSession = timestamps.count
      sessionShift = 0
      openWeekdays = []
      closesDaily = false
      yearRule = isNumbered ? .numbered : .none
      barsPerYear = isNumbered ? Self.assumedBarsPerYear : .nan
      return
    }
    let steps = BarSteps(timestamps)
    let week = TradingWeek(timestamps, step: steps.spacing)
    medianSpacing = steps.median
    isRegular = steps.isRegular
    spacing = steps.spacing
    let saturdayBars = timestamps.count { Self.isSaturday(date: Self.date(of: $0 + week.shift)) }
    let saturdayTime = Self.saturdayTime(from: first, to: last + steps.median)
    // Where bars are irregular or left out, Saturdays have as many as other days.
    let isUsual = saturdayBars * 14 >= timestamps.count && week.openDays.contains(6)
    tradesAtWeekends =
      saturdayTime > 0
      ? isUsual || Int64(saturdayBars) * steps.median * 2 >= saturdayTime
      : week.isOpenOnSundayMornings(timestamps, step: steps.spacing)
    barsPerSession = Int(Self.median(week.barsPerDate.map { Int64($0) }))
    sessionShift = week.shift
    closesDaily = week.closesDaily
    // Less than two weeks may lack a day by chance.
    openWeekdays =
      last - first < 13 * Self.day ? Array(Set(week.openDays).union(1...5)) : week.openDays
    let year = BarsOfYear(
      timestamps, steps: steps, week: week, barsPerSession: barsPerSession,
      tradesAtWeekends: tradesAtWeekends, seesWeekend: saturdayTime > 0)
    yearRule = year.rule
    barsPerYear = year.bars
  }

  /// The bars of a year where nothing tells them: the days of an exchange.
  public static let assumedBarsPerYear = 252.0

  /// Whether these are not times but the numbers of bars, from 0 or of a later part, as a microsecond each: what stands for
  /// times that are not known.
  ///
  /// No market has a bar a microsecond from the first minutes of 1970 on.
  public static func areNumbers(_ timestamps: [Int64]) -> Bool {
    guard let first = timestamps.first, let last = timestamps.last, timestamps.count > 1 else { return false }
    return (0..<mostNumbers).contains(first) && last - first == Int64(timestamps.count - 1)
  }

  /// More bars than fit into any machine.
  private static let mostNumbers: Int64 = 1_000_000_000

  /// The UTC date of a timestamp, as the number of days since 1970-01-01.
  static func date(of timestamp: Int64) -> Int64 {
    // Rounds down, before 1970 as well.
    timestamp >= 0 ? timestamp / day : (timestamp + 1) / day - 1
  }

  /// The day of the week of a date, Sunday 0; day 0 was a Thursday.
  static func weekday(of date: Int64) -> Int { Int(modulo(date + 4, 7)) }

  static func isSaturday(date: Int64) -> Bool { weekday(of: date) == 6 }

  /// The remainder in 0 ..< `divisor`, of negative numbers as well.
  static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// The middle value, the lower one of two; 0 for none.
  static func median(_ values: [Int64]) -> Int64 {
    values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
  }

  private static func saturdayTime(from start: Int64, to end: Int64) -> Int64 {
    let week = 7 * day
    // Saturdays start two days after the epoch, and then every week.
    func upTo(_ time: Int64) -> Int64 {
      let sinceSaturday = time - 2 * day
      let remainder = modulo(sinceSaturday, week)
      return (sinceSaturday - remainder) / week * day + min(remainder, day)
    }
    return upTo(end) - upTo(start)
  }
}
