import Artifacts

/// A day, a month, a year or a time that the user names, with all moments in it.
struct TimeBound: Sendable, Equatable {
  /// As the user writes it.
  let text: String
  /// The first moment and the last one, in microseconds since 1970 on the clock of the file or, with a zone, of UTC.
  let first: Int64
  let last: Int64
  /// Whether the text names a zone.
  let hasZone: Bool

  /// - Throws: ``ConfigurationError``.
  init(_ text: String, option: String) throws(ConfigurationError) {
    guard let bound = Self.bound(text) else {
      throw .outOfRange(
        option: option, found: "\"\(text)\"",
        needed: "a date or a time such as 2020-01-31, 2020-01, 2020 or 2020-01-31T09:30")
    }
    self = bound
  }

  private init(_ text: String, _ first: Int64, length: Int64, hasZone: Bool = false) {
    self.text = text
    self.first = first
    last = first + length - 1
    self.hasZone = hasZone
  }

  private static func bound(_ text: String) -> TimeBound? {
    let day = CivilTime.microsecondsPerDay
    func midnight(_ year: Int, _ month: Int) -> Int64? {
      CivilTime.days(year: year + (month - 1) / 12, month: (month - 1) % 12 + 1, day: 1).map {
        Int64($0) * day
      }
    }
    let bytes = Array(text.utf8)
    if bytes.count == 4, let year = Int(text), year > 0, let first = midnight(year, 1),
      let next = midnight(year + 1, 1)
    {
      return TimeBound(text, first, length: next - first)
    }
    guard let cell = TimeCell(bytes.span, from: 0, to: bytes.count) else { return nil }
    switch (cell.day, cell.zone) {
    case (.known(let start), .none):
      if let clock = cell.clock { return TimeBound(text, start + clock, length: 1) }
      let months = cell.style == .month ? 1 : cell.style == .quarter ? 3 : 0
      if months == 0 { return TimeBound(text, start, length: day) }
      let date = CivilTime.date(days: Int(start / day))
      return midnight(date.year, date.month + months).map { TimeBound(text, start, length: $0 - start) }
    case (.known(let start), .offset(let offset)):
      return TimeBound(text, start + (cell.clock ?? 0) - offset, length: 1, hasZone: true)
    case (.number(let number), _):
      guard cell.style == .epoch, let unit = EpochUnit(sizeOf: number), let moment = unit.microseconds(number)
      else {
        return nil
      }
      return TimeBound(text, moment, length: 1, hasZone: true)
    default: return nil
    }
  }
}
