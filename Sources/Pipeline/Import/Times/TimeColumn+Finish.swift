import Artifacts

extension TimeColumn {
  /// The times of all rows; leaves nothing behind.
  ///
  /// - Parameter leavesOutRows: whether rows that break the order are left out, as few as possible, instead of ending
  ///   the reading.
  /// - Throws: ``TimeFault``.
  mutating func finish(leavingOutRows leavesOutRows: Bool = false) throws(TimeFault) -> FileTimes {
    precondition(!times.isEmpty, "a file has a row")
    if case .order(let order)? = settings.format, style != .threeNumbers {
      throw .unusedFormat(column: column.name, found: example, format: order.option)
    }
    try addClocks()
    let format = try settle()
    let order = RowOrder(times)
    let report = TimesReport(
      format: format, isNewestFirst: order.isNewestFirst, isPlain: style == .yearFirst && zoneNames.isEmpty)
    var found = FileTimes(timestamps: [], report: report)
    swap(&found.timestamps, &times)
    guard let row = order.firstFault else { return found }
    guard leavesOutRows else {
      throw .row(line: lines[row], fault(found.timestamps, row, isNewestFirst: order.isNewestFirst))
    }
    leaveOut(&found)
    return found
  }

  /// Leaves out the rows that break the order.
  private func leaveOut(_ found: inout FileTimes) {
    let times = found.timestamps
    let isNewestFirst = found.report.isNewestFirst
    let kept = RowOrder.longestRun(times, isDescending: isNewestFirst)
    var next = 0
    for row in times.indices {
      if next < kept.count, kept[next] == row {
        next += 1
      } else {
        let isRepeated = next > 0 && times[kept[next - 1]] == times[row]
        found.faults.append(
          (
            lines[row],
            isRepeated
              ? .timeRepeated(column: column.name, found: written(times[row]))
              : .timeBackwards(column: column.name, found: written(times[row]))
          ))
      }
    }
    found.kept = kept
    found.timestamps = kept.map { times[$0] }
  }

  private func fault(_ times: [Int64], _ row: Int, isNewestFirst: Bool) -> RowFault {
    let found = written(times[row])
    if times[row] == times[row - 1] { return .timeRepeated(column: column.name, found: found) }
    return isNewestFirst
      ? .timeForwards(column: column.name, found: found) : .timeBackwards(column: column.name, found: found)
  }

  /// A time for messages: the day alone where the file gives no more.
  private func written(_ moment: Int64) -> String {
    let text = CivilTime.iso8601(microseconds: moment)
    return hasClock || style == .epoch ? text : String(text.prefix { $0 != "T" })
  }

  /// Adds the times of day that a column of their own gives as numbers.
  private mutating func addClocks() throws(TimeFault) {
    if clockNumbers.isEmpty { return }
    let clocks = clockNumbers.microseconds
    if let row = clocks.firstIndex(of: -1), let clockColumn {
      throw .row(line: lines[row], .unknownTime(column: clockColumn.name, found: clockNumbers.text(row)))
    }
    for row in times.indices {
      times[row] += clocks[row]
      for index in others.indices { others[index][row] += clocks[row] }
    }
  }

  /// Settles what was left open; how the times are written, in words.
  private mutating func settle() throws(TimeFault) -> String {
    var isLate = !clockNumbers.isEmpty
    var words = self.words
    switch style {
    case .count:
      words = try settleCount()
      isLate = hasClock
    case .epoch where mayBeHours:
      for row in times.indices {
        guard let moment = TimeCell.compactMoment(times[row] / 1_000_000, digits: 10) else { continue }
        times[row] = moment.midnight + moment.clock
      }
      words = "times as yyyymmddhh"
      hasClock = true
      isLate = true
    case .threeNumbers: words = try settleOrder()
    default: break
    }
    guard !hasZone, hasClock else { return words }
    guard let home = zones.home else {
      return style == .epoch && !mayBeHours ? words : words + " without a zone, taken as UTC"
    }
    if isLate {
      var local: [Int64] = []
      swap(&local, &times)
      times.reserveCapacity(local.count)
      for clock in local { times.append(Self.moment(clock, home, after: times)) }
    }
    return style == .epoch && !mayBeHours ? words : words + ", converted to UTC from the zone given"
  }

  private mutating func settleCount() throws(TimeFault) -> String {
    let reading = counts.reading
    let numbers = TimeFault.rowNumbers(
      column: column.name, first: "\(counts.first)", last: "\(counts.final)")
    if settings.format == .rows { throw numbers }
    let isPeriod = if case .period = reading { true } else { false }
    if counts.countsRows, mayNumberRows, !isPeriod { throw numbers }
    switch reading {
    case .period(let period):
      if period == .years, counts.countsRows, mayNumberRows {
        throw .ambiguous(
          column: column.name, found: example, readings: ["a year", "the number of a row"],
          options: ["--time-format year", "--time-format rows"])
      }
      for row in times.indices {
        let day = period.firstDay(times[row] / CivilTime.microsecondsPerDay) ?? 0
        times[row] = Int64(day) * CivilTime.microsecondsPerDay
      }
      return period.words
    case .parts(let kind):
      for row in times.indices { times[row] = YearParts.midnight(times[row], kind) }
      hasClock = false
      return kind.words
    case .days(let origin):
      for row in times.indices { times[row] -= origin.epoch }
      if origin == .julian { hasClock = times.contains { $0 % CivilTime.microsecondsPerDay != 0 } }
      return origin.words
    case .ambiguous(let origins):
      throw .ambiguous(
        column: column.name, found: example, readings: origins.map(\.words),
        options: origins.map { "--time-format \($0.rawValue)" })
    case .none:
      if counts.countsRows { throw numbers }
      if counts.areHours {
        throw .noReading(
          column: column.name, found: example,
          reason: "which may be the hour of a day, expected its day as well",
          remedy: "give the day in a column of its own, or pass --time-format rows if these are no times")
      }
      if let found = counts.resemblance {
        throw .noReading(column: column.name, found: example, reason: found.reason, remedy: found.remedy)
      }
      throw .noReading(
        column: column.name, found: example,
        reason: "and no count of seconds or days, month or year gives times from 1900 to 2060 in every row, "
          + "expected dates or times",
        remedy: "say what the numbers count with --time-format")
    }
  }

  /// Chooses among the orders of three numbers that exist in every row.
  private mutating func settleOrder() throws(TimeFault) -> String {
    if orders.count > 1 {
      let readings = [times] + others
      // Orders that come to the same, as in 17-08-17, are one.
      let strict = orders.indices.filter { order in
        RowOrder(readings[order]).isStrict && !readings[..<order].contains(readings[order])
      }
      let isGiven = hasPoints && orders[0] == .dayFirst && (strict.isEmpty || strict.contains(0))
      guard strict.count == 1 || isGiven else {
        throw .ambiguous(
          column: column.name, found: example, readings: orders.map(\.words),
          options: orders.map { "--time-format \($0.option)" })
      }
      let chosen = isGiven ? 0 : strict[0]
      times = readings[chosen]
      orders = [orders[chosen]]
      others = []
    }
    return (hasClock ? "dates and times" : "dates") + ", \(orders[0].words)"
  }

  /// How the times are written.
  private var words: String {
    let zone = zoneNames.isEmpty ? "" : ", converted to UTC from \(zoneNames.joined(separator: ", "))"
    switch style {
    case .month: return "months"
    case .quarter: return "quarters"
    case .week: return "weeks, from their Mondays"
    case .compact: return hasClock ? "dates as yyyymmdd and times" : "dates as yyyymmdd"
    case .compactClock: return "times as yyyymmddhhmmss" + zone
    case .epoch: return units.map(\.rawValue).joined(separator: ", then ") + " since 1970"
    case .pattern: return "times as --time-format says" + zone
    case .count: return ""
    default: return (hasClock ? "dates and times" : "dates") + zone
    }
  }
}
