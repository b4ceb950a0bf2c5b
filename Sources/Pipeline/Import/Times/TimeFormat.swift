/// What `--time-format` says of a file's times.
enum TimeFormat: Sendable, Equatable {
  /// Dates of three numbers in this order.
  case order(DateOrder)
  /// A count since 1970, of any size.
  case epoch(EpochUnit)
  /// Days since some day.
  case days(DayOrigin)
  /// Years or parts of them as one number.
  case period(PeriodNumber)
  /// No times: the column numbers the rows.
  case rows
  /// Text as a pattern of `strptime` describes it.
  case pattern(TimePattern)

  /// The names that are understood besides patterns.
  static let names: [String] =
    DateOrder.allCases.map(\.option) + EpochUnit.allCases.map(\.rawValue) + DayOrigin.allCases.map(\.rawValue)
    + PeriodNumber.allCases.map(\.rawValue) + ["rows"]

  /// The format of this name or pattern.
  ///
  /// - Throws: ``ConfigurationError``.
  init(_ text: String) throws(ConfigurationError) {
    let name = text.lowercased()
    if let order = DateOrder.allCases.first(where: { $0.option == name }) {
      self = .order(order)
    } else if let unit = EpochUnit(rawValue: name) {
      self = .epoch(unit)
    } else if let origin = DayOrigin(rawValue: name) {
      self = .days(origin)
    } else if let period = PeriodNumber(rawValue: name) {
      self = .period(period)
    } else if name == "rows" {
      self = .rows
    } else if let pattern = TimePattern(text) {
      self = .pattern(pattern)
    } else {
      throw .unknownName(
        option: "time-format", found: text, known: Self.names + ["a pattern such as %Y-%m-%d"])
    }
  }

  /// The name under which it is asked for.
  var option: String {
    switch self {
    case .order(let order): order.option
    case .epoch(let unit): unit.rawValue
    case .days(let origin): origin.rawValue
    case .period(let period): period.rawValue
    case .rows: "rows"
    case .pattern(let pattern): pattern.text
    }
  }
}
