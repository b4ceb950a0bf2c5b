import Backtesting
import Testing

@Suite struct MarketContinuityTests {
  private func continuity(_ timestamps: [Int64]) -> MarketContinuity {
    MarketContinuity(timestamps: timestamps, calendar: TradingCalendar(timestamps: timestamps))
  }

  @Test(arguments: [
    MarketTimes.grid(minutes: 5, count: 4000), MarketTimes.grid(minutes: 1440, count: 400),
    MarketTimes.sessions(minutes: 5, weeks: 6), MarketTimes.sessions(minutes: 390, weeks: 20),
    MarketTimes.currencyWeeks(10), [], [7],
  ])
  func wholeMarketsHaveNoGap(timestamps: [Int64]) {
    let whole = continuity(timestamps)
    #expect(whole.gaps.isEmpty && whole.barsOffGrid == 0 && whole.missingBars == 0)
  }

  /// Removing any bars within a market that never closes is found, bar by bar.
  @Test(arguments: [1, 2, 30], [1, 24, 100])
  func everyMissingBarIsFound(length: Int, first: Int) throws {
    var timestamps = MarketTimes.grid(minutes: 60, count: 1000)
    let from = timestamps[first - 1]
    let to = timestamps[first + length]
    timestamps.removeSubrange(first..<(first + length))
    timestamps.remove(at: 500)
    let found = continuity(timestamps)
    #expect(found.gaps.count == 2)
    let gap = try #require(found.gaps.first)
    #expect(gap.lastBar == first - 1 && gap.from == from && gap.to == to && gap.missingBars == length)
    #expect(found.missingBars == length + 1)
  }

  @Test func holidaysOfSessionMarketsAreGaps() {
    var days = MarketTimes.sessions(minutes: 390, weeks: 20)
    days.remove(at: 17)  // A Wednesday.
    days.remove(at: 9)  // A Friday.
    #expect(continuity(days).gaps.map(\.missingBars) == [1, 1])
    days.removeSubrange(30..<40)
    #expect(continuity(days).gaps.map(\.missingBars) == [1, 1, 10])
  }

  @Test func missingPartsOfSessionsAreGaps() {
    var bars = MarketTimes.sessions(minutes: 5, weeks: 6)
    bars.removeSubrange((3 * 78 - 12)..<(3 * 78))  // Wednesday closes an hour early.
    #expect(continuity(bars).gaps.map(\.missingBars) == [12])
    bars.removeSubrange(700..<703)
    #expect(continuity(bars).gaps.map(\.missingBars) == [12, 3])
  }

  @Test func barsOffTheGridAreCounted() {
    var timestamps = MarketTimes.grid(minutes: 60, count: 1000)
    for index in 100..<143 { timestamps[index] += 28 * MarketTimes.minute }
    let found = continuity(timestamps)
    #expect(found.barsOffGrid == 43)
    #expect(found.gaps.isEmpty)
  }

  @Test func daylightSavingIsNotOffTheGrid() {
    var timestamps = MarketTimes.sessions(minutes: 390, weeks: 20)
    for index in 40..<100 { timestamps[index] -= MarketTimes.hour }
    let found = continuity(timestamps)
    #expect(found.barsOffGrid == 0 && found.gaps.isEmpty)
  }
}
