/// How many bars make a year, and by which rule.
struct BarsOfYear {
  let rule: YearRule
  let bars: Double

  private static let daysPerYear = 365.25
  private static let daysOfExchange = 252.0

  /// Periods of the calendar: their lengths in days as they vary, and their number a year.
  private static let periods: [(name: String, days: ClosedRange<Double>, perYear: Double)] = [
    ("weekly", 6...8, 52), ("fortnightly", 13...15, 26), ("monthly", 27...34, 12),
    ("two-monthly", 57...64, 6),
    ("quarterly", 84...98, 4), ("half-yearly", 176...190, 2), ("yearly", 358...373, 1),
  ]

  init(
    _ timestamps: [Int64], steps: BarSteps, week: TradingWeek, barsPerSession: Int, tradesAtWeekends: Bool,
    seesWeekend: Bool
  ) {
    let measure = Elapsed(timestamps, step: steps.spacing)
    if let change = BarSteps.change(timestamps) {
      (rule, bars) = (.mixed(change), measure.wholePerYear)
    } else if let period = Self.period(steps) {
      (rule, bars) = period
    } else if !steps.isRegular {
      // A week shows when a market is closed; less says nothing of the year.
      (rule, bars) =
        timestamps.count >= 30 && measure.weeks >= 1
        ? (
          .irregular,
          tradesAtWeekends || week.goesThroughWeekends ? measure.perYear : measure.perYearOfWeeks
        ) : (.none, .nan)
    } else if tradesAtWeekends && !(week.openDays.count == 6 && measure.weeks >= 2)
      || Double(steps.common) >= 1.5 * Double(TradingCalendar.day)
    {
      (rule, bars) =
        measure.missingShare < 0.05
        ? (.neverCloses, Self.daysPerYear / (Double(steps.common) / Double(TradingCalendar.day)))
        : (.sparse, measure.perYear)
    } else if !seesWeekend, barsPerSession > 1, Self.isUnbroken(measure, week) {
      let perDay = measure.perYear / Self.daysPerYear
      rule = .unseenWeekend(barsPerSession: Int(perDay.rounded()), otherwise: measure.perYear)
      bars = Self.daysOfExchange * perDay
    } else {
      (rule, bars) = Self.closing(measure, steps, week, barsPerSession)
    }
  }

  private static func period(_ steps: BarSteps) -> (YearRule, Double)? {
    let day = Double(TradingCalendar.day)
    guard let period = periods.first(where: { $0.days.contains(Double(steps.median) / day) }),
      steps.share(days: period.days) >= 0.8
    else { return nil }
    // Every four weeks is no month: its steps never have another length.
    if period.perYear == 12, steps.share(days: 27.9...28.1) > 0.99, steps.count >= 6 {
      return (.periods(name: "four-weekly", perYear: 13), daysPerYear / 28)
    }
    return (.periods(name: period.name, perYear: period.perYear), period.perYear)
  }

  /// Whether no closure shows: there is none at night, or less than a day without one, which is longer than sessions of
  /// exchanges are.
  private static func isUnbroken(_ measure: Elapsed, _ week: TradingWeek) -> Bool {
    let hours = measure.weeks * 7 * 24
    return !week.closesDaily || (10..<24).contains(hours)
  }

  /// A market that is closed at weekends, or for one day of the week.
  private static func closing(
    _ measure: Elapsed, _ steps: BarSteps, _ week: TradingWeek, _ barsPerSession: Int
  ) -> (YearRule, Double) {
    if week.openDays.count == 6, measure.weeks >= 2 { return (.sixDays, measure.perYearOfWeeks) }
    let day = Double(TradingCalendar.day)
    let isDaily = barsPerSession == 1
    let isAroundTheClock = Double(barsPerSession) * Double(steps.common) >= 23.5 / 24 * day
    if !isDaily, isAroundTheClock, measure.weeks >= 1 { return (.currencies, measure.perYearOfWeeks) }
    let years = measure.weeks * 7 / daysPerYear
    // Two years without an exchange's nine holidays each are none of an exchange, and so are three months that lack
    // every eighth weekday.
    if isDaily, years >= 1.99, week.missingDays < 0.0165 { return (.weekdays, measure.perYearOfWeeks) }
    if years >= 0.25, week.missingDays > 0.12 { return (.sparse, measure.perYearOfWeeks) }
    return (.exchange(barsPerSession: barsPerSession), daysOfExchange * Double(barsPerSession))
  }
}

/// The time that bars span, without stretches in which a file has none though its market traded.
struct Elapsed {
  /// Whole weeks in it.
  let weeks: Double
  /// Bars a year over this time.
  let perYear: Double
  /// The same over whole weeks, so that it does not matter on which day of the week the bars begin and end.
  let perYearOfWeeks: Double
  /// Bars a year over all time, long stretches without bars included.
  let wholePerYear: Double
  /// The share of a grid's steps within this time that have no bar.
  let missingShare: Double

  /// The time of these bars; a stretch without any that is longer than 10 steps and two days, and more than any
  /// holidays, is an outage and left out.
  init(_ timestamps: [Int64], step: Int64) {
    let day = TradingCalendar.day
    let longest = max(10 * step, 2 * day)
    var outage: Int64 = 0
    var closed: Int64 = 0
    for bar in 1..<timestamps.count {
      let distance = timestamps[bar] - timestamps[bar - 1]
      if distance > max(longest, 20 * day) { outage += distance - step }
      if distance > longest { closed += distance - step }
    }
    let whole = timestamps[timestamps.count - 1] - timestamps[0]
    let year = 365.25 * Double(day)
    let steps = Double(timestamps.count - 1)
    wholePerYear = steps / Double(whole) * year
    let elapsed = whole - outage
    weeks = Double(elapsed + step) / Double(7 * day)
    missingShare = 1 - steps * Double(step) / Double(whole - closed)
    perYear = steps / Double(elapsed) * year
    let wholeWeeks = (elapsed + step) / (7 * day)
    if wholeWeeks >= 1, outage == 0 {
      let end = timestamps[0] + wholeWeeks * 7 * day
      let bars = timestamps.count { $0 < end }
      perYearOfWeeks = Double(bars) / Double(wholeWeeks * 7 * day) * year
    } else {
      perYearOfWeeks = perYear
    }
  }
}
