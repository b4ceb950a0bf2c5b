/// What the bars' own timestamps say about when a market trades, and so how many bars make a year.
public struct TradingCalendar: Sendable, Equatable {
  /// One day in microseconds, the unit of a market's timestamps.
  public static let day: Int64 = 86_400_000_000

  /// The median distance of two neighbouring bars in microseconds; 0 for fewer than two bars.
  public let medianSpacing: Int64
  /// Whether at least half of the bars are there that a market without a weekend has on Saturdays.
  ///
  /// Sunday does not count, since the week of many markets begins on its evening. Bars that span no Saturday say
  /// nothing, and count as those of a market that closes at weekends.
  public let tradesAtWeekends: Bool
  /// The median number of bars of the UTC dates that have any.
  public let barsPerSession: Int
  /// How many bars make a year, for annualising; NaN for fewer than two bars.
  ///
  /// Monthly bars make 12, quarterly 4, yearly 1, weekly 52. Otherwise a market that trades at weekends has 365.25
  /// days a year, and one that does not has 252 sessions of `barsPerSession` bars.
  public let barsPerYear: Double

  /// Whether it is a market that closes between its sessions and at weekends, with bars of a day or less.
  public var hasSessions: Bool { !tradesAtWeekends && isDailyOrFaster }

  /// Daily bars that shift with daylight saving are still daily, so the border lies at a day and a half.
  private var isDailyOrFaster: Bool { medianSpacing < Self.day * 3 / 2 }

  /// The calendar of bars with these opening times, which are strictly increasing.
  public init(timestamps: [Int64]) {
    guard let first = timestamps.first, let last = timestamps.last, timestamps.count > 1 else {
      medianSpacing = 0
      tradesAtWeekends = false
      barsPerSession = timestamps.count
      barsPerYear = .nan
      return
    }
    medianSpacing = Self.median(zip(timestamps.dropFirst(), timestamps).map { $0 - $1 })
    let saturdayBars = timestamps.count { Self.isSaturday(date: Self.date(of: $0)) }
    let saturdayTime = Self.saturdayTime(from: first, to: last + medianSpacing)
    tradesAtWeekends = saturdayTime > 0 && Int64(saturdayBars) * medianSpacing * 2 >= saturdayTime
    barsPerSession = Int(Self.median(Self.barsPerDate(timestamps)))

    let days = Double(medianSpacing) / Double(Self.day)
    switch days {
    case 6...8: barsPerYear = 52
    case 28...31: barsPerYear = 12
    case 89...92: barsPerYear = 4
    case 365...366: barsPerYear = 1
    case ..<1.5 where !tradesAtWeekends: barsPerYear = 252 * Double(barsPerSession)
    default: barsPerYear = 365.25 / days
    }
  }

  /// The UTC date of a timestamp, as the number of days since 1970-01-01.
  static func date(of timestamp: Int64) -> Int64 {
    // Rounds down, before 1970 as well.
    timestamp >= 0 ? timestamp / day : (timestamp + 1) / day - 1
  }

  /// Day 0 was a Thursday.
  static func isSaturday(date: Int64) -> Bool { modulo(date + 4, 7) == 6 }

  static func isWeekday(date: Int64) -> Bool { (1...5).contains(modulo(date + 4, 7)) }

  /// The remainder in 0 ..< `divisor`, of negative numbers as well.
  static func modulo(_ value: Int64, _ divisor: Int64) -> Int64 {
    let remainder = value % divisor
    return remainder < 0 ? remainder + divisor : remainder
  }

  /// The middle value, the lower one of two; 0 for none.
  static func median(_ values: [Int64]) -> Int64 {
    values.isEmpty ? 0 : values.sorted()[(values.count - 1) / 2]
  }

  private static func barsPerDate(_ timestamps: [Int64]) -> [Int64] {
    var counts: [Int64] = []
    var previous: Int64?
    for timestamp in timestamps {
      let date = date(of: timestamp)
      if date == previous {
        counts[counts.count - 1] += 1
      } else {
        counts.append(1)
        previous = date
      }
    }
    return counts
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
