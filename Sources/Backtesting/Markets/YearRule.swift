/// How the number of bars a year follows from a market's times.
public enum YearRule: Sendable, Equatable {
  /// Bars of a period of the calendar, so many a year: 52 weeks, 12 months, 4 quarters.
  case periods(name: String, perYear: Double)
  /// A bar every step of a market that never closes: 365.25 days.
  case neverCloses
  /// 252 days on which an exchange is open, each with so many bars.
  case exchange(barsPerSession: Int)
  /// Open around the clock in times that show no weekend, so that it may be closed then or not: taken for 252 days with
  /// so many bars each, a guess; `otherwise` is the bars of a year without a closure.
  case unseenWeekend(barsPerSession: Int, otherwise: Double)
  /// Weekdays without an exchange's holidays: bars over elapsed time.
  case weekdays
  /// Weeks from Sunday evening to Friday without a pause: bars over elapsed time.
  case currencies
  /// Six days a week: bars over elapsed time.
  case sixDays
  /// Bars are left out where nothing was traded, or closing hours are none of a week: bars over elapsed time.
  case sparse
  /// Steps of every length, as of tick, volume and dollar bars: bars over elapsed time.
  case irregular
  /// One spacing up to some bar and another from there on: bars over elapsed time.
  case mixed(SpacingChange)
  /// Bars are numbered, as their times are not known: 252 a year, an assumption.
  case numbered
  /// No rule fits.
  case none

  /// A change of the spacing in the middle of a file.
  public struct SpacingChange: Sendable, Equatable {
    /// The most common spacing before, in microseconds.
    public let before: Int64
    /// The most common spacing afterwards.
    public let after: Int64
    /// The first bar of the other spacing.
    public let bar: Int
    /// The opening time of that bar, in microseconds since 1970.
    public let time: Int64
  }

  /// Its name in documents.
  public var identifier: String {
    switch self {
    case .periods(let name, _): name
    case .neverCloses: "never_closes"
    case .exchange: "exchange_sessions"
    case .unseenWeekend: "weekend_unseen"
    case .weekdays: "weekdays"
    case .currencies: "currency_week"
    case .sixDays: "six_days_a_week"
    case .sparse: "bars_left_out"
    case .irregular: "irregular"
    case .mixed: "mixed_spacings"
    case .numbered: "assumed"
    case .none: "none"
    }
  }

  /// Why the number is what it is, in words.
  public var words: String {
    switch self {
    case .periods(let name, _): "\(name) bars"
    case .neverCloses: "the market never closes, 365.25 days"
    case .exchange(1): "weekdays, 252 days of an exchange"
    case .exchange(let bars): "252 days of an exchange with \(bars) bars each"
    case .unseenWeekend(let bars, _):
      "a guess of 252 days with \(bars) bars each, as no weekend is in the file"
    case .weekdays: "weekdays with hardly a holiday, bars over elapsed time"
    case .currencies: "open without a pause from Sunday evening to Friday, bars over elapsed time"
    case .sixDays: "six days a week, bars over elapsed time"
    case .sparse: "many steps have no bar, bars over elapsed time"
    case .irregular: "steps of every length, bars over elapsed time"
    case .mixed: "two spacings in one file, bars over elapsed time; test the parts alone"
    case .numbered: "assumed, as the bars have no times"
    case .none: "no rule fits the steps"
    }
  }
}
