/// How a file writes its times. A file keeps to one: a switch in its middle is a fault, since a lost zone or a day
/// read as a month would pass unseen.
enum TimeStyle: Equatable, Sendable {
  /// `2017-08-17`, with year, month and day in this order.
  case yearFirst
  /// `17.08.2017`, `8/17/2017`, `17-08-17`: three numbers whose order the whole file has to settle.
  case threeNumbers
  /// `17-Aug-2017`, `Aug 17, 2017`.
  case namedMonth
  /// `2017-08`, `Aug 2017`, `2017M08`.
  case month
  /// `2017Q3`.
  case quarter
  /// `2017-W33`.
  case week
  /// `2017-W33-4`.
  case weekDate
  /// `20170817`.
  case compact
  /// `20170817040000`, with or without a separator before the time.
  case compactClock
  /// A count since 1970 in seconds to nanoseconds, whose size tells the unit.
  case epoch
  /// A number that is smaller: a year, a month as `201708`, or days since some day.
  case count
  /// As `--time-format` says.
  case pattern
}

/// The order of the three numbers of a date.
public enum DateOrder: Int, Sendable, CaseIterable {
  case dayFirst
  case monthFirst
  case yearFirst

  /// The name under which `--time-format` knows it.
  var option: String {
    switch self {
    case .dayFirst: "dmy"
    case .monthFirst: "mdy"
    case .yearFirst: "ymd"
    }
  }

  var words: String {
    switch self {
    case .dayFirst: "day first"
    case .monthFirst: "month first"
    case .yearFirst: "year first"
    }
  }
}
