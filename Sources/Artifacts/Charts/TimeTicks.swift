/// Round instants of Coordinated Universal Time, in microseconds since 1970.
enum TimeTicks {
  static let second = 1e6
  static let minute = 60 * second
  static let hour = 60 * minute
  static let day = 24 * hour
  static let month = 30.436_875 * day
  static let year = 365.242_5 * day

  /// Instants that divide `lower ... upper` by the finest of seconds, minutes, hours, days, weeks, months and years, or
  /// a usual multiple of these, that leaves at most `limit`.
  static func ticks(from lower: Double, to upper: Double, limit: Int) -> [Tick] {
    guard upper > lower, limit > 0, abs(lower) < 9e18, abs(upper) < 9e18 else { return [] }
    for step in even where (upper - lower) / step < Double(limit) + 1 {
      // Weeks begin on Monday; 5 January 1970 was one.
      let offset = step >= 7 * day ? 4 * day : 0
      let found = multiples(of: step, offset: offset, from: lower, to: upper)
      if found.count <= limit { return found }
    }
    for months in [1, 2, 3, 6] where (upper - lower) / (month * Double(months)) < Double(limit) + 1 {
      let found = starts(everyMonths: months, from: lower, to: upper)
      if found.count <= limit { return found }
    }
    var years = RoundStep(notBelow: 1)
    while true {
      if (upper - lower) / (year * years.value) < Double(limit) + 1 {
        let found = starts(everyMonths: 12 * Int(years.value), from: lower, to: upper)
        if found.count <= limit { return found }
      }
      years = years.next
    }
  }

  /// Steps of constant length.
  private static let even: [Double] =
    [1, 2, 5, 10, 15, 30].map { $0 * second } + [1, 2, 5, 10, 15, 30].map { $0 * minute }
    + [1, 2, 3, 6, 12].map { $0 * hour } + [1, 2, 7, 14].map { $0 * day }

  private static func multiples(
    of step: Double, offset: Double, from lower: Double, to upper: Double
  ) -> [Tick] {
    let first = ((lower - offset) / step).rounded(.up)
    let last = ((upper - offset) / step).rounded(.down)
    guard first <= last else { return [] }
    return (Int(first)...Int(last)).map { Tick(value: Double($0) * step + offset, step: step) }
  }

  /// First days of months, counted from January of the year 0.
  private static func starts(everyMonths months: Int, from lower: Double, to upper: Double) -> [Tick] {
    let first = CivilTime.floorDivide(monthNumber(lower), months)
    let last = CivilTime.floorDivide(monthNumber(upper), months)
    return (first...last).compactMap { index in
      let number = index * months
      let year = CivilTime.floorDivide(number, 12)
      return CivilTime.days(year: year, month: number - 12 * year + 1, day: 1)
        .map { Tick(value: Double($0) * day, step: month * Double(months)) }
    }.filter { lower <= $0.value && $0.value <= upper }
  }

  private static func monthNumber(_ instant: Double) -> Int {
    let date = CivilTime.date(days: Int((instant / day).rounded(.down)))
    return 12 * date.year + date.month - 1
  }

  /// The tick as a date, a month, a year or a time of day, whichever its step asks for.
  static func text(_ tick: Tick) -> String {
    let days = (tick.value / day).rounded(.down)
    let date = CivilTime.date(days: Int(days))
    if tick.step > 11.5 * month { return String(date.year) }
    if tick.step > 0.9 * month { return "\(months[date.month - 1]) \(date.year)" }
    if tick.step >= day { return "\(date.day) \(months[date.month - 1]) \(date.year)" }
    let seconds = Int(((tick.value - days * day) / second).rounded(.down))
    let clock = "\(twoDigits(seconds / 3_600)):\(twoDigits(seconds / 60 % 60))"
    if tick.step >= minute { return "\(date.day) \(months[date.month - 1]) \(clock)" }
    return clock + ":" + twoDigits(seconds % 60)
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  private static func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
