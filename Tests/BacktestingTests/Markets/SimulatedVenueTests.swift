import TestSupport
import Testing

@testable import Backtesting

/// The bars of a year on made-up venues.
@Suite struct SimulatedVenueTests {
  private static let day = MarketTimes.day
  private static let hour = MarketTimes.hour
  private static let minute = MarketTimes.minute
  private static let weeksPerYear = 365.25 / 7

  /// Midnights of the days that are kept, day 0 a Monday.
  private func days(_ count: Int, _ keep: (Int) -> Bool) -> [Int64] {
    var times: [Int64] = []
    for day in 0..<count where keep(day) { times.append(MarketTimes.monday + Int64(day) * Self.day) }
    return times
  }

  /// Bars of each of these days.
  private func sessions(_ days: [Int64], minutes: Int64, open: Int64, length: Int64) -> [Int64] {
    var times: [Int64] = []
    for day in days {
      var time: Int64 = 0
      while time < length {
        times.append(day + open + time)
        time += minutes * Self.minute
      }
    }
    return times
  }

  private func expect(
    _ times: [Int64], _ bars: Double, _ rule: String, within tolerance: Double = 0,
    at place: SourceLocation = #_sourceLocation
  ) {
    let calendar = TradingCalendar(timestamps: times)
    #expect(calendar.yearRule.identifier == rule, sourceLocation: place)
    #expect(
      abs(calendar.barsPerYear / bars - 1) <= tolerance, "\(calendar.barsPerYear)", sourceLocation: place)
  }

  private func isWeekday(_ day: Int) -> Bool { day % 7 < 5 }
  private func isHoliday(_ day: Int) -> Bool { day % 40 == 7 }

  @Test func exchangesHave252Days() {
    expect(days(1095) { isWeekday($0) && !isHoliday($0) }, 252, "exchange_sessions")
    expect(days(84, isWeekday), 252, "exchange_sessions")
    let open = days(365) { isWeekday($0) && !isHoliday($0) }
    let session = 390 * Self.minute
    expect(
      sessions(open, minutes: 5, open: 14 * Self.hour, length: session), 252 * 78, "exchange_sessions")
    // Sydney by UTC: a session runs over midnight.
    expect(
      sessions(open, minutes: 30, open: -Self.hour, length: 6 * Self.hour), 252 * 12, "exchange_sessions")
    // A weekend of Friday and Saturday.
    expect(
      days(500) { $0 % 7 != 4 && $0 % 7 != 5 && !isHoliday($0) }, 252, "exchange_sessions")
    expect(
      sessions(days(1, isWeekday), minutes: 1, open: 14 * Self.hour, length: session), 252 * 390,
      "exchange_sessions")
  }

  @Test func roundTheClockWithoutAWeekendIsAGuess() {
    func guess(_ times: [Int64], _ bars: Double, otherwise: Double, within tolerance: Double = 1e-12) {
      expect(times, bars, "weekend_unseen", within: tolerance)
      guard case .unseenWeekend(_, let found) = TradingCalendar(timestamps: times).yearRule else { return }
      #expect(abs(found / otherwise - 1) <= tolerance)
    }
    let whole = 24 * Self.hour
    for count in [1, 2, 3, 5] {
      guess(
        sessions(days(count, isWeekday), minutes: 15, open: 0, length: whole), 252 * 96,
        otherwise: 365.25 * 96)
    }
    guess(
      sessions(days(1, isWeekday), minutes: 2, open: Self.hour, length: 13 * Self.hour), 252 * 720,
      otherwise: 262_980)
    guess(sessions(days(4, isWeekday), minutes: 240, open: 0, length: whole), 252 * 6, otherwise: 365.25 * 6)
    // A week of currencies, and minutes of which some are missing.
    guess(MarketTimes.currencyWeeks(1), 252 * 24, otherwise: 8766)
    let thin = sessions(days(3, isWeekday), minutes: 1, open: 0, length: whole).enumerated()
      .filter { $0.offset % 17 != 5 }.map(\.element)
    guess(thin, 252 * 1440 * 16 / 17, otherwise: 525_960 * 16 / 17, within: 0.001)
    // A weekend settles it, and so do the hours of a Sunday before any week begins.
    expect(sessions(days(6) { _ in true }, minutes: 15, open: 0, length: whole), 365.25 * 96, "never_closes")
    expect(
      sessions([-1, 0, 1].map { MarketTimes.monday + $0 * Self.day }, minutes: 15, open: 0, length: whole),
      365.25 * 96,
      "never_closes")
    expect(
      sessions(days(3, isWeekday), minutes: 15, open: 0, length: 22 * Self.hour), 252 * 88,
      "exchange_sessions")
  }

  @Test func barsWithoutTimesHaveTheYearOfAnExchange() {
    expect((40..<90).map { Int64($0) }, 252, "assumed")
    #expect(!TradingCalendar.areNumbers([MarketTimes.monday, MarketTimes.monday + 1]))
    #expect(!TradingCalendar.areNumbers([0, 1, 3]))
  }

  @Test func halfDaysAndHolidaysAreNoGaps() {
    let open = days(365) { isWeekday($0) && !isHoliday($0) }
    var times: [Int64] = []
    for (index, day) in open.enumerated() {
      let length = (index % 60 == 5 ? 195 : 390) * Self.minute
      times += sessions([day], minutes: 5, open: 14 * Self.hour, length: length)
    }
    let found = MarketContinuity(timestamps: times, calendar: TradingCalendar(timestamps: times))
    #expect(found.gaps(.missing).isEmpty && found.gaps(.hole).isEmpty)
    #expect(found.gaps(.holiday).count == 6)
    #expect(found.gaps(.shortSession).count == open.indices.count { $0 % 60 == 5 })
  }

  @Test func aHoleOfYearsIsOne() {
    let times = days(3000) { isWeekday($0) && !isHoliday($0) && !(1000..<2500).contains($0) }
    expect(times, 252, "exchange_sessions")
    let found = MarketContinuity(timestamps: times, calendar: TradingCalendar(timestamps: times))
    #expect(found.gaps(.hole).count == 1)
    #expect(found.gaps(.holiday).count > 10 && found.gaps(.missing).isEmpty)
  }

  @Test func currenciesHaveBarsOverElapsedTime() {
    expect(MarketTimes.currencyWeeks(60), 120 * Self.weeksPerYear, "currency_week", within: 1e-9)
    let hours = MarketTimes.currencyWeeks(60)
    let four = stride(from: 0, to: hours.count, by: 4).map { hours[$0] }
    expect(four, 30 * Self.weeksPerYear, "currency_week", within: 1e-9)
    // Christmas and New Year alone.
    expect(days(1095) { isWeekday($0) && $0 % 364 != 359 }, 259.9, "weekdays", within: 0.001)
  }

  @Test func sixDaysAWeekAreRecognised() {
    expect(days(400) { $0 % 7 != 6 }, 6 * Self.weeksPerYear, "six_days_a_week", within: 1e-9)
    expect(days(400) { $0 % 7 != 5 }, 6 * Self.weeksPerYear, "six_days_a_week", within: 1e-9)
    let times = days(400) { $0 % 7 != 6 }
    #expect(MarketContinuity(timestamps: times, calendar: TradingCalendar(timestamps: times)).gaps.isEmpty)
  }

  @Test func outagesAreNoRestsButBarsLeftOutAre() {
    var generator = SeededGenerator(seed: 6)
    let hours = MarketTimes.grid(minutes: 60, count: 9000)
    let outages = hours.indices.filter { !(3000..<3040).contains($0) && $0 % 500 != 3 }.map { hours[$0] }
    expect(outages, 8766, "never_closes")
    for share in [0.35, 0.75] {
      let sparse = hours.filter { _ in Double.random(in: 0..<1, using: &generator) >= share }
      let elapsed = Double(sparse[sparse.count - 1] - sparse[0]) / Double(Self.day) / 365.25
      expect(sparse, Double(sparse.count - 1) / elapsed, "bars_left_out", within: 1e-12)
    }
    let thin = days(1000) { isWeekday($0) && Double.random(in: 0..<1, using: &generator) < 0.6 }
    expect(thin, 3 * Self.weeksPerYear, "bars_left_out", within: 0.05)
  }

  @Test func ticksHaveBarsOverElapsedTime() {
    var generator = SeededGenerator(seed: 7)
    var times = [MarketTimes.monday]
    for _ in 0..<5000 {
      let draw = (0..<4).reduce(1.0) { product, _ in product * Double.random(in: 0.2..<1, using: &generator) }
      times.append(times[times.count - 1] + Int64(draw * 1e10) + 1)
    }
    let elapsed = Double(times[times.count - 1] - times[0]) / Double(Self.day) / 365.25
    expect(times, 5000 / elapsed, "irregular", within: 1e-12)
    #expect(MarketContinuity(timestamps: times, calendar: TradingCalendar(timestamps: times)).gaps.isEmpty)
    // Hardly a bar on Saturdays, but some: the last days count as the others do.
    let calm = times.enumerated().filter { bar, time in
      bar % 12 == 0 || TradingCalendar.weekday(of: TradingCalendar.date(of: time)) != 6
    }.map(\.element)
    let span = Double(calm[calm.count - 1] - calm[0]) / Double(Self.day) / 365.25
    expect(calm, Double(calm.count - 1) / span, "irregular", within: 1e-12)
    // Five bars within an hour say nothing of a year.
    let few = [0, 3, 10, 11, 50].map { (minutes: Int64) in MarketTimes.monday + minutes * Self.minute }
    #expect(TradingCalendar(timestamps: few).yearRule == .none)
    #expect(TradingCalendar(timestamps: few).barsPerYear.isNaN)
  }

  /// The last business days of every so many months.
  private func monthEnds(_ count: Int, every months: Int) -> [Int64] {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var times: [Int64] = []
    var end = 0
    for month in 0..<count * months {
      end += lengths[month % 12]
      // Day 0 is a Monday.
      let last = end - 1 - max(0, (end - 1) % 7 - 4)
      if (month + 1) % months == 0 { times.append(MarketTimes.monday + Int64(last) * Self.day) }
    }
    return times
  }

  @Test(arguments: [(1, 12.0, "monthly"), (3, 4, "quarterly"), (6, 2, "half-yearly"), (12, 1, "yearly")])
  func periodsOfTheCalendarHaveTheirNumber(months: Int, bars: Double, rule: String) {
    expect(monthEnds(40, every: months), bars, rule)
  }

  @Test func weeksHaveTheirNumberThoughSomeAreMissing() {
    expect(days(700) { $0 % 7 == 4 && $0 % 210 != 25 }, 52, "weekly")
    expect(days(700) { $0 % 14 == 4 }, 26, "fortnightly")
  }

  @Test(arguments: [true, false])
  func twoSpacingsInAFileAreTold(daysComeFirst: Bool) throws {
    let daily = days(400, isWeekday)
    let hourly = sessions(days(200, isWeekday), minutes: 60, open: 14 * Self.hour, length: 7 * Self.hour)
    let times =
      daysComeFirst
      ? daily + hourly.map { $0 + 406 * Self.day } : hourly + daily.map { $0 + 203 * Self.day }
    guard case .mixed(let change) = TradingCalendar(timestamps: times).yearRule else {
      Issue.record("the change is not seen")
      return
    }
    #expect((change.before, change.after) == (daysComeFirst ? (Self.day, Self.hour) : (Self.hour, Self.day)))
    #expect(abs(change.bar - (daysComeFirst ? daily.count : hourly.count)) <= 7)
    let elapsed = Double(times[times.count - 1] - times[0]) / Double(Self.day) / 365.25
    #expect(abs(TradingCalendar(timestamps: times).barsPerYear - Double(times.count - 1) / elapsed) < 1e-6)
  }
}
