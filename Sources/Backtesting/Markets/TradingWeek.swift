/// On which days of the week and at which hours a market has bars.
struct TradingWeek {
  /// What is added to a time so that no session runs over a midnight, where a market closes once a day.
  let shift: Int64
  /// Whether a stretch of the day has no bars.
  let closesDaily: Bool
  /// Bars by weekday, Sunday first, of shifted dates.
  private let weekdays: [Int]
  /// Bars of each shifted date that has any, in their order.
  let barsPerDate: [Int]
  /// The shifted dates that have bars.
  let dates: [Int64]

  /// - Parameter step: the most common step, beside which a closure has to show.
  init(_ timestamps: [Int64], step: Int64) {
    let shift = Self.shift(timestamps, step: step)
    closesDaily = shift.closesDaily
    var weekdays = Array(repeating: 0, count: 7)
    var counts: [Int] = []
    var dates: [Int64] = []
    for timestamp in timestamps {
      let date = TradingCalendar.date(of: timestamp + shift.shift)
      weekdays[TradingCalendar.weekday(of: date)] += 1
      if date == dates.last {
        counts[counts.count - 1] += 1
      } else {
        counts.append(1)
        dates.append(date)
      }
    }
    self.shift = shift.shift
    self.weekdays = weekdays
    self.barsPerDate = counts
    self.dates = dates
  }

  /// The days of the week with at least a fifth of the bars of the busiest, Sunday 0.
  var openDays: [Int] {
    let busiest = weekdays.max() ?? 0
    return (0..<7).filter { weekdays[$0] * 5 >= busiest && weekdays[$0] > 0 }
  }

  /// Whether bars go through weekends: a closure from Friday to Sunday holds a whole day in any zone, so that more than
  /// strays on Saturdays and on Sundays are none of a market that has one.
  var goesThroughWeekends: Bool {
    let all = weekdays.reduce(0, +)
    return weekdays[6] * 100 >= all && weekdays[0] * 100 >= all
  }

  /// Whether a market without a daily closure has bars for five hours of Sunday mornings, by UTC: where weekends are closed,
  /// they last beyond in every zone.
  func isOpenOnSundayMornings(_ timestamps: [Int64], step: Int64) -> Bool {
    let hour = TradingCalendar.day / 24
    guard !closesDaily, step <= hour else { return false }
    let bars = timestamps.count {
      TradingCalendar.weekday(of: TradingCalendar.date(of: $0)) == 0
        && TradingCalendar.modulo($0, TradingCalendar.day) < 10 * hour
    }
    return Int64(bars) * step >= 5 * hour
  }

  /// The share of dates of open days of the week without a bar, stretches of weeks left out.
  var missingDays: Double {
    var missing = 0
    let open = Set(openDays)
    func isOpen(_ date: Int64) -> Bool { open.contains(TradingCalendar.weekday(of: date)) }
    for (last, next) in zip(dates, dates.dropFirst()) where next - last <= 20 {
      missing += (last + 1..<next).count { isOpen($0) }
    }
    let present = dates.count { isOpen($0) }
    return present == 0 ? 0 : Double(missing) / Double(present + missing)
  }

  /// The middle of the longest stretch of the day without bars, as what has to be added to bring it to midnight; 0 if
  /// midnight lies in it already, or no stretch is free that is longer than the step.
  private static func shift(_ timestamps: [Int64], step: Int64) -> (shift: Int64, closesDaily: Bool) {
    let slots = 48
    let slot = TradingCalendar.day / Int64(slots)
    var bars = Array(repeating: 0, count: slots)
    for timestamp in timestamps {
      bars[Int(TradingCalendar.modulo(timestamp, TradingCalendar.day) / slot)] += 1
    }
    let busiest = bars.max() ?? 0
    let isFree = bars.map { $0 * 50 < busiest }
    var best = (length: 0, start: 0)
    for start in 0..<slots where isFree[start] && !isFree[(start + slots - 1) % slots] {
      var length = 0
      while length < slots, isFree[(start + length) % slots] { length += 1 }
      if length > best.length { best = (length, start) }
    }
    guard Int64(best.length) * slot * 2 >= 3 * step, best.length > 0 else { return (0, false) }
    // Midnight within the free stretch, or at its ends, needs no shift.
    if best.start + best.length >= slots || best.start == 0 { return (0, true) }
    return (TradingCalendar.day - (Int64(best.start) + Int64(best.length / 2)) * slot, true)
  }
}
