import Backtesting
import Testing

@Suite struct TradingCalendarTests {
  @Test(arguments: [
    (minutes: 1, barsPerYear: 525_960.0), (5, 105_192), (60, 8766), (240, 2191.5), (1440, 365.25),
    (4320, 121.75), (10_080, 52),
  ])
  func marketsThatNeverCloseHaveDaysOf24Hours(minutes: Int, barsPerYear: Double) {
    let timestamps = MarketTimes.grid(minutes: minutes, count: 30 * 1440 / minutes + 40)
    let calendar = TradingCalendar(timestamps: timestamps)
    #expect(calendar.barsPerYear == barsPerYear)
    #expect(calendar.medianSpacing == Int64(minutes) * MarketTimes.minute)
    #expect(minutes > 1440 || calendar.tradesAtWeekends)
  }

  @Test(arguments: [(minutes: 5, perSession: 78), (30, 13), (60, 7), (390, 1)])
  func sessionsCountTheirBars(minutes: Int, perSession: Int) {
    let timestamps = MarketTimes.sessions(minutes: minutes, weeks: 8)
    let calendar = TradingCalendar(timestamps: timestamps)
    #expect(!calendar.tradesAtWeekends && calendar.hasSessions)
    #expect(calendar.barsPerSession == perSession)
    #expect(calendar.barsPerYear == 252 * Double(perSession))
  }

  @Test func aWeekThatOpensOnSundayEveningIsNoMarketOfTheWeekend() {
    let calendar = TradingCalendar(timestamps: MarketTimes.currencyWeeks(12))
    #expect(!calendar.tradesAtWeekends)
    #expect(calendar.yearRule == .currencies)
    #expect(abs(calendar.barsPerYear - 120 * 365.25 / 7) < 1e-9)
  }

  @Test(arguments: [(months: 1, barsPerYear: 12.0), (3, 4), (12, 1)])
  func monthsAreMonthsThoughTheirLengthsDiffer(months: Int, barsPerYear: Double) {
    let lengths: [Int64] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var timestamps: [Int64] = [0]
    for period in 0..<40 {
      let days = (0..<months).reduce(0) { $0 + lengths[(period * months + $1) % 12] }
      timestamps.append(timestamps[period] + days * TradingCalendar.day)
    }
    #expect(TradingCalendar(timestamps: timestamps).barsPerYear == barsPerYear)
  }

  @Test func outagesDoNotChangeTheYear() {
    var timestamps = MarketTimes.grid(minutes: 60, count: 2000)
    timestamps.removeSubrange(300..<340)
    timestamps.removeSubrange(900..<901)
    #expect(TradingCalendar(timestamps: timestamps).barsPerYear == 8766)
  }

  @Test(arguments: [[], [0], [-5]] as [[Int64]])
  func fewerThanTwoBarsHaveNoYear(timestamps: [Int64]) {
    #expect(TradingCalendar(timestamps: timestamps).barsPerYear.isNaN)
  }

  @Test func datesBefore1970HaveTheirWeekdays() {
    // 1969-12-01 was a Monday: 31 days before a Thursday.
    let monday = -31 * TradingCalendar.day
    let timestamps = MarketTimes.sessions(minutes: 390, weeks: 4, monday: monday)
    let calendar = TradingCalendar(timestamps: timestamps)
    #expect(calendar.barsPerYear == 252)
    #expect(MarketContinuity(timestamps: timestamps, calendar: calendar).gaps.isEmpty)
  }
}
