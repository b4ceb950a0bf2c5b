import Artifacts

extension TimeColumn {
  /// The time of the current record as `--time-format` says it is written; `nil` where the option leaves the reading
  /// of cells as it is.
  func given(
    _ format: TimeFormat, _ scanner: borrowing DelimitedScanner
  ) throws(RowFault) -> TimeCell? {
    if case .order = format { return nil }
    let place = scanner.fields[column.index]
    let source = TimeText(scanner.bytes.span, from: place.start, to: place.end)
    guard let found = Self.given(format, source) else {
      throw .otherThanFormat(column: column.name, found: text(scanner, column), format: format.option)
    }
    return found
  }

  private static func given(_ format: TimeFormat, _ source: TimeText) -> TimeCell? {
    if case .pattern(let pattern) = format {
      guard let found = pattern.read(source) else { return nil }
      return TimeCell(local: found.microseconds, hasClock: pattern.hasClock, zone: found.zone)
    }
    guard let number = TimeNumber(source) else { return nil }
    switch format {
    case .epoch(let unit):
      return unit.microseconds(number).map { TimeCell(local: $0, hasClock: true, zone: .offset(0)) }
    case .days(let origin):
      guard number.whole.magnitude < 10_000_000 else { return nil }
      return TimeCell(local: number.dayMicroseconds - origin.epoch, hasClock: !number.isWhole, zone: .none)
    case .period(let period):
      guard number.isWhole, let day = period.firstDay(number.whole) else { return nil }
      return TimeCell(local: Int64(day) * CivilTime.microsecondsPerDay, hasClock: false, zone: .none)
    case .rows: return TimeCell(rowNumber: number)
    case .order, .pattern: return nil
    }
  }
}
