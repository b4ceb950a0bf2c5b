import Artifacts
import TestSupport
import Testing

@testable import Pipeline

/// What only the whole file settles.
@Suite struct TimeColumnTests {
  private static let day = CivilTime.microsecondsPerDay

  private static func days(_ first: String, _ count: Int, step: Int64 = 1) -> [Int64] {
    (0..<count).map { (TimeFile.moment(first) ?? 0) + Int64($0) * step * day }
  }

  private static func date(_ moment: Int64) -> (year: Int, month: Int, day: Int) {
    CivilTime.date(days: Int(moment / day))
  }

  @Test(arguments: ["/", "-", "."], [true, false])
  func aPartOverTwelveSettlesTheOrder(separator: String, isDayFirst: Bool) throws {
    let days = Self.days("2020-01-02", 40)
    let cells = days.map { moment in
      let date = Self.date(moment)
      return (isDayFirst ? [date.day, date.month] : [date.month, date.day]).map { "\($0)" }
        .joined(separator: separator) + separator + "\(date.year)"
    }
    let found = try TimeFile.read(cells)
    #expect(found.timestamps == days)
    #expect(found.report.words == (isDayFirst ? "dates, day first" : "dates, month first"))
  }

  @Test func withoutSuchAPartTheIncreasingOneIsTaken() throws {
    // As days of March and April the first is increasing, as months of 2020 it is not.
    let found = try TimeFile.read(["11/03/2020", "12/03/2020", "01/04/2020", "02/04/2020", "03/04/2020"])
    #expect(found.timestamps.first == TimeFile.moment("2020-03-11"))
    #expect(found.timestamps.last == TimeFile.moment("2020-04-03"))
  }

  @Test func whatStaysOpenIsRefused() throws {
    let cells = (1...12).map { "01/" + ($0 < 10 ? "0" : "") + "\($0)/2020" }
    let error = #expect(throws: TimeFault.self) { try TimeFile.read(cells) }
    #expect(error?.words.contains("--time-format dmy or --time-format mdy") == true)
    #expect(error?.words.contains("01/01/2020") == true)
    #expect(try TimeFile.read(cells, format: "dmy").timestamps[11] == TimeFile.moment("2020-12-01"))
    #expect(try TimeFile.read(cells, format: "mdy").timestamps[11] == TimeFile.moment("2020-01-12"))
  }

  @Test func yearsOfTwoDigitsMayComeFirst() throws {
    let days = Self.days("2024-01-02", 60)
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
    for order in DateOrder.allCases {
      let cells = days.map { moment -> String in
        let date = Self.date(moment)
        let parts =
          switch order {
          case .dayFirst: [date.day, date.month, date.year % 100]
          case .monthFirst: [date.month, date.day, date.year % 100]
          case .yearFirst: [date.year % 100, date.month, date.day]
          }
        return parts.map(two).joined(separator: "/")
      }
      #expect(try TimeFile.read(cells).timestamps == days, "\(order)")
    }
  }

  @Test func newestFirstIsTold() throws {
    let days = Self.days("2020-01-02", 30)
    let found = try TimeFile.read(days.reversed().map { CivilTime.iso8601(microseconds: $0) })
    #expect(found.timestamps == days.reversed())
    #expect(found.report.isNewestFirst)
    #expect(found.report.words.contains("newest first"))
  }

  @Test func aRowOutOfOrderIsNamedByItsLine() throws {
    var cells = Self.days("2020-01-02", 30).map { String(CivilTime.iso8601(microseconds: $0).prefix(10)) }
    cells[1] = "2020-01-01"
    guard
      case .row(let line, let fault)? = #expect(
        throws: TimeFault.self, performing: { try TimeFile.read(cells) })
    else {
      Issue.record("no row is named")
      return
    }
    #expect(line == 2)
    #expect(fault.words.contains("\"2020-01-01\", before that of the last row"))
    let left = try TimeFile.read(cells, leavingOutRows: true)
    #expect(left.timestamps.count == 29 && left.faults.map(\.line) == [1])
    #expect(left.timestamps.first == TimeFile.moment("2020-01-01"))
  }

  @Test func asFewRowsAsPossibleAreLeftOut() throws {
    var generator = SeededGenerator(seed: 5)
    for isNewestFirst in [false, true] {
      var days = Self.days("2020-01-02", 200)
      let whole = Set(days)
      // Single rows far away, in both directions.
      for _ in 0..<10 {
        days[Int.random(in: 0..<200, using: &generator)] +=
          Int64.random(in: -900...900, using: &generator) * Self.day
      }
      if isNewestFirst { days.reverse() }
      let left = try TimeFile.read(days.map { CivilTime.iso8601(microseconds: $0) }, leavingOutRows: true)
      #expect(left.timestamps.count >= 190 && left.report.isNewestFirst == isNewestFirst)
      #expect(left.timestamps.count + left.faults.count == 200)
      #expect(whole.isSuperset(of: left.timestamps) || left.timestamps.count > 190)
    }
  }

  @Test func oneUnitMayFollowAnother() throws {
    let days = Self.days("2024-12-28", 30)
    let cells = days.map { $0 < 1_735_689_600_000_000 ? "\($0 / 1000)" : "\($0)" }
    let found = try TimeFile.read(cells)
    #expect(found.timestamps == days)
    #expect(found.report.words == "milliseconds, then microseconds since 1970")
  }

  @Test func partsBehindTheYearAreASequenceOrNothing() throws {
    func months(_ count: Int, _ spell: (Int, Int) -> String) -> [String] {
      (0..<count).map { spell(1893 + ($0 + 4) / 12, ($0 + 4) % 12 + 1) }
    }
    let first = TimeFile.moment("1893-05-01")
    let last = TimeFile.moment("1896-08-01")
    // As a number has them, October is .1.
    for cells in [
      months(40) { "\($0).\($1 == 10 ? "1" : $1 < 10 ? "0\($1)" : "\($1)")" }, months(40) { "\($0):\($1)" },
      months(40) { "\($0):\($1 < 10 ? "0" : "")\($1)" },
    ] {
      for turned in [cells, cells.reversed()] {
        let found = try TimeFile.read(turned)
        #expect([found.timestamps.min(), found.timestamps.max()] == [first, last])
        #expect(found.report.words.hasPrefix("months behind the year"))
      }
    }
    for cells in [
      (0..<9).map { "\(2003 + $0 / 4):\($0 % 4 + 1)" }, (0..<9).map { "\(2003 + $0 / 4).\($0 % 4 + 1)" },
    ] {
      let found = try TimeFile.read(cells)
      #expect(found.timestamps.last == TimeFile.moment("2005-01-01"))
      #expect(found.timestamps[1] == TimeFile.moment("2003-04-01"))
    }
    // A sequence that jumps, and one that may be months or quarters.
    for cells in [["2000.01", "2000.05", "2000.12", "2001.03"], ["2000.01", "2000.02", "2000.03"]] {
      #expect(throws: TimeFault.self) { try TimeFile.read(cells) }
    }
  }

  @Test(arguments: [
    ["0", "08", "17", "25", "33", "42", "5", "58", "67", "75", "83", "92"],
    ["0", "083", "167", "250", "333", "417", "500", "583", "667", "750", "833", "917"],
    ["0000", "0833", "1667", "2500", "3333", "4167", "5000", "5833", "6667", "7500", "8333", "9167"],
  ])
  func monthsAsFractionsOfTheYear(fractions: [String]) throws {
    let found = try TimeFile.read((0..<24).map { "\(2000 + $0 / 12).\(fractions[$0 % 12])" })
    let months = (0..<24).map { TimeFile.moment("\(2000 + $0 / 12)-\($0 % 12 + 1)-1") }
    #expect(found.timestamps == months)
    #expect(found.report.words == "months as fractions of the year")
  }

  @Test func quartersAsFractionsOfTheYear() throws {
    let found = try TimeFile.read((0..<12).map { "\(1990 + $0 / 4).\(["0", "25", "5", "75"][$0 % 4])" })
    #expect(found.timestamps == (0..<12).map { TimeFile.moment("\(1990 + $0 / 4)-\($0 % 4 * 3 + 1)-1") })
    // Fractions of days are named.
    let days = (0..<30).map { "2015.0\(10 + $0 * 3)" }
    let error = #expect(throws: TimeFault.self) { try TimeFile.read(days) }
    #expect(error?.words.contains("looks like a year with a fraction") == true)
  }

  @Test(arguments: [false, true]) func quartersBehindTheYear(isNewestFirst: Bool) throws {
    var cells = (0..<300).map { "\(1950 + $0 / 4)\($0 % 4 + 1)" }
    if isNewestFirst { cells.reverse() }
    let found = try TimeFile.read(cells)
    #expect(found.timestamps.min() == TimeFile.moment("1950-01-01"))
    #expect(found.timestamps.max() == TimeFile.moment("2024-10-01"))
    #expect(found.report.words.hasPrefix("quarters as yyyyq"))
    // Days since 1970 that are as large.
    #expect(try TimeFile.read((0..<40).map { "\(19_501 + $0)" }).report.words == "days since 1970-01-01")
    #expect(TimeFile.moment("19503", format: "yyyyq") == TimeFile.moment("1950-07-01"))
    #expect(TimeFile.moment("19505", format: "yyyyq") == nil)
  }

  @Test func quartersWithAZeroBehindTheYear() throws {
    let found = try TimeFile.read((0..<60).map { "\(2005 + $0 / 4)0\($0 % 4 + 1)" })
    #expect(found.timestamps.last == TimeFile.moment("2019-10-01"))
    #expect(found.report.words.hasPrefix("quarters as yyyy0q"))
    // Four of one year are months, and so are those that go on.
    for cells in [
      ["201501", "201502", "201503", "201504"], ["201502", "201503", "201504", "201505", "201506"],
    ] {
      #expect(try TimeFile.read(cells).report.words.hasPrefix("months as yyyymm"))
    }
  }

  @Test func weeksBehindTheYear() throws {
    // 2020 has a 53rd week, 2019 has none.
    let weeks = (1...52).map { 201_900 + $0 } + (1...53).map { 202_000 + $0 } + (1...5).map { 202_100 + $0 }
    let found = try TimeFile.read(weeks.map { "\($0)" })
    #expect(found.timestamps == Self.days("2018-12-31", 110, step: 7))
    #expect(found.report.words == "weeks as yyyyww, from their Mondays")
    #expect(TimeFile.moment("201953", format: "yyyyww") == nil)
    #expect(TimeFile.moment("202053", format: "yyyyww") == TimeFile.moment("2020-12-28"))
    // A month that there is not leaves the others months, and is named.
    let months = (0..<36).map { "\(201_701 + $0 / 12 * 100 + $0 % 12)" } + ["202013"]
    let error = #expect(throws: TimeFault.self) { try TimeFile.read(months) }
    #expect(error?.words.contains("looks like a year and a month or a week") == true)
  }

  @Test func hoursAloneNeedTheirDay() {
    let error = #expect(throws: TimeFault.self) { try TimeFile.read((0..<20).map { "\($0 * 7 % 24)" }) }
    #expect(error?.words.contains("may be the hour of a day") == true)
  }

  @Test func rowNumbersAreNoTimes() {
    for first in [0, 1, 7, 200, 5000, 1_000_000] {
      let cells = (0..<120).map { "\(first + $0)" }
      let error = #expect(throws: TimeFault.self) { try TimeFile.read(cells, mayNumberRows: true) }
      #expect(error == .rowNumbers(column: "time", first: "\(first)", last: "\(first + 119)"))
    }
    // The same from where spreadsheets have their dates, without a name and with one.
    let cells = (0..<120).map { "\(43_832 + $0)" }
    #expect(throws: TimeFault.self) { try TimeFile.read(cells, mayNumberRows: true) }
    #expect((try? TimeFile.read(cells))?.timestamps.first == TimeFile.moment("2020-01-02"))
  }

  @Test func weekendsTellOneCountOfDaysFromAnother() throws {
    // Weekdays from 2022-01-03, a Monday, in every count; some numbers are plausible in two of them.
    let weekdays = (0..<300).filter { $0 % 7 < 5 }.map { Int64(18_995 + $0) }
    for origin in DayOrigin.allCases {
      let offset = origin.epoch / Self.day
      let half = origin == .julian ? ".5" : ""
      let found = try? TimeFile.read(weekdays.map { "\($0 + offset)\(half)" })
      #expect(found?.timestamps == weekdays.map { $0 * Self.day }, "\(origin)")
    }
  }

  @Test func aCountThatMayBeTwoIsRefused() {
    // Every day of the week from 1986 on in a spreadsheet, or from 2056 on in R.
    let error = #expect(throws: TimeFault.self) { try TimeFile.read((0..<90).map { "\(31_500 + $0)" }) }
    #expect(error?.words.contains("--time-format excel or --time-format days") == true)
  }

  @Test(arguments: ["excel", "days", "excel-1904", "matlab", "ordinal", "julian", "modified-julian"])
  func everyCountCanBeAskedFor(name: String) throws {
    let origin = try #require(DayOrigin(rawValue: name))
    let number = 7_000 + origin.epoch / Self.day
    #expect(
      TimeFile.moment("\(number).5", format: name) == (7_000 * Self.day + Self.day / 2)
        - (origin == .julian ? Self.day / 2 : 0))
  }

  @Test(arguments: [
    ("%d/%m/%Y", "02/01/2020", "2020-01-02"), ("%Y%m%d %H%M", "20200102 0930", "2020-01-02 09:30"),
    ("dd/MM/yyyy HH:mm", "02/01/2020 09:30", "2020-01-02 09:30"), ("%y%m%d", "200102", "2020-01-02"),
    ("%b %d %Y %I:%M %p", "Jan 2 2020 9:30 PM", "2020-01-02 21:30"), ("%Y-%j", "2020-002", "2020-01-02"),
    ("%d.%m.%y %H:%M:%S.%f", "02.01.20 09:30:00.5", "2020-01-02 09:30:00.5"), ("%s", "86400", "1970-01-02"),
    ("%Y-%m-%dT%H:%M:%S%z", "2020-01-02T09:30:00+0100", "2020-01-02 08:30"),
    ("yyyyMMddHHmm", "202001020930", "2020-01-02 09:30"),
    ("seconds", "86400", "1970-01-02"), ("seconds", "-86400", "1969-12-31"),
    ("milliseconds", "86400000", "1970-01-02"),
    ("year", "1650", "1650-01-01"), ("yyyymm", "165003", "1650-03-01"), ("yyyyq", "16502", "1650-04-01"),
    ("mdy", "01.02.2020", "2020-01-02"),
  ])
  func formatsThatAreAskedFor(format: String, cell: String, iso: String) {
    #expect(TimeFile.moment(cell, format: format) == TimeFile.moment(iso), "\(format)")
    #expect(TimeFile.moment("nonsense", format: format) == nil)
  }

  @Test(arguments: ["", "%", "%d", "yyy", "iso8601", "%Q", "dd.MM"])
  func formatsThatAreNone(format: String) {
    #expect(throws: ConfigurationError.self) { try TimeFile.read(["2020-01-02"], format: format) }
  }

  @Test func anOrderThatHasNothingToOrderIsRefused() {
    #expect(throws: TimeFault.self) { try TimeFile.read(["2020-01-02", "2020-01-03"], format: "dmy") }
  }

  @Test func aSwitchInTheMiddleIsAFault() {
    let pairs = [
      ("2020-01-02", "1578009600"), ("2020-01-02 00:00:00", "2020-01-03 00:00:00Z"),
      ("20200102", "2020-01-03"),
      ("2020-01", "2020-02-01"), ("43832", "2020-01-03"), ("1577923200", "43833"),
      ("02/01/2020", "2020-01-03"),
    ]
    for (first, second) in pairs {
      #expect(throws: RowFault.self, "\(first), \(second)") { try TimeFile.read([first, second]) }
    }
    // A time of day that some programs leave out at midnight is none.
    #expect((try? TimeFile.read(["2020-01-02", "2020-01-02 01:00:00", "2020-01-03"]))?.timestamps.count == 3)
  }

  @Test func zonesFollowTheirClocks() throws {
    // New York's clocks go forward on 2020-03-08 and back on 2020-11-01, when 01:30 comes twice.
    let cells = [
      "2020-03-07 12:00", "2020-03-08 12:00", "2020-11-01 00:30", "2020-11-01 01:30", "2020-11-01 01:30",
      "2020-11-01 02:30",
    ]
    let utc = [
      "2020-03-07 17:00", "2020-03-08 16:00", "2020-11-01 04:30", "2020-11-01 05:30", "2020-11-01 06:30",
      "2020-11-01 07:30",
    ].map { TimeFile.moment($0) }
    #expect(try TimeFile.read(cells, zone: "America/New_York").timestamps == utc)
    #expect(
      try TimeFile.read(cells.reversed(), zone: "US/Eastern").timestamps == utc.reversed())
    #expect(try TimeFile.read(cells.map { "\($0) America/New_York" }).timestamps == utc)
    #expect(
      TimeFile.moment("2020-01-02 09:30 CST", zone: "Asia/Shanghai") == TimeFile.moment("2020-01-02 01:30"))
    #expect(TimeFile.moment("2020-01-02 09:30", zone: "+01:00") == TimeFile.moment("2020-01-02 08:30"))
    // Days are days everywhere, and a zone that a cell names goes before.
    #expect(TimeFile.moment("2020-01-02", zone: "Asia/Tokyo") == TimeFile.moment("2020-01-02"))
    #expect(TimeFile.moment("2020-01-02T09:30Z", zone: "Asia/Tokyo") == TimeFile.moment("2020-01-02 09:30"))
    #expect(TimeFile.moment("43832.5", zone: "Asia/Tokyo") == TimeFile.moment("2020-01-02 03:00"))
    #expect(throws: ConfigurationError.self) { try TimeFile.read(cells, zone: "Mars/Olympus") }
  }

  @Test func clocksOfADayInTheirShortestForm() throws {
    let hours = (0..<24).map { "\($0)" }
    let day = Array(repeating: "20200102", count: 24)
    let midnight = try #require(TimeFile.moment("2020-01-02"))
    let expected = (0..<24).map { midnight + Int64($0) * 3_600_000_000 }
    #expect(try TimeFile.read(day, clocks: hours).timestamps == expected)
    #expect(try TimeFile.read(day, clocks: hours.map { $0 + "00" }).timestamps == expected)
    #expect(try TimeFile.read(day, clocks: hours.map { $0 + "0000" }).timestamps == expected)
    #expect(try TimeFile.read(day, clocks: hours.map { $0 + ":00" }).timestamps == expected)
    #expect(throws: TimeFault.self) { try TimeFile.read(["20200102", "20200102"], clocks: ["930", "2461"]) }
  }
}

/// What writes times in each way comes back.
@Suite struct TimeSpellingTests {
  private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Every way to write a minute, by its parts.
  private static let writers: [@Sendable (Int64) -> String] = [
    { CivilTime.iso8601(microseconds: $0) },
    { "\($0 / 1_000_000)" }, { "\($0 / 1_000_000).0" }, { "\($0 / 1000)" }, { "\($0)" }, { "\($0 * 1000)" },
    { compact($0, "") }, { compact($0, " ") }, { compact($0, "T") },
    { "\(Double($0) / 86_400e6 + 25_569)" }, { "\(Double($0) / 86_400e6 + 719_529)" },
    { "\(Double($0) / 86_400e6 + 2_440_587.5)" },
    { time($0) { "\($0)/\($1)/\($2) " } }, { time($0) { "\($1)/\($0)/\($2) " } },
    { time($0) { "\($0)-\(months[$1 - 1])-\($2) " } }, { time($0) { "\(months[$1 - 1]) \($0), \($2) " } },
    { afternoon($0) },
  ]

  private static func parts(_ moment: Int64) -> (year: Int, month: Int, day: Int, minute: Int) {
    let days = Int(moment / CivilTime.microsecondsPerDay)
    let date = CivilTime.date(days: days)
    return (date.year, date.month, date.day, Int(moment % CivilTime.microsecondsPerDay / 60_000_000))
  }

  private static func compact(_ moment: Int64, _ separator: String) -> String {
    let found = parts(moment)
    return "\(found.year)" + two(found.month) + two(found.day) + separator + two(found.minute / 60)
      + two(found.minute % 60) + "00"
  }

  private static func time(_ moment: Int64, _ date: (Int, Int, Int) -> String) -> String {
    let found = parts(moment)
    return date(found.day, found.month, found.year) + two(found.minute / 60) + ":" + two(found.minute % 60)
  }

  private static func afternoon(_ moment: Int64) -> String {
    let found = parts(moment)
    let hour = found.minute / 60
    return "\(found.month)/\(found.day)/\(found.year) \((hour + 11) % 12 + 1):" + two(found.minute % 60)
      + (hour < 12 ? " AM" : " PM")
  }

  @Test func everySpellingComesBack() throws {
    var generator = SeededGenerator(seed: 8)
    for (index, writer) in Self.writers.enumerated() {
      // Minutes of weekdays of some years, so that days of every month and weekends are seen.
      var times: [Int64] = []
      var day: Int64 = 10_957 + Int64.random(in: 0..<7000, using: &generator)
      for _ in 0..<200 {
        day += 1
        while (day + 4) % 7 == 6 || (day + 4) % 7 == 0 { day += 1 }
        times.append((day * 1440 + Int64.random(in: 1..<1440, using: &generator)) * 60_000_000)
      }
      #expect(try TimeFile.read(times.map(writer)).timestamps == times, "writer \(index)")
      #expect(
        try TimeFile.read(times.reversed().map(writer)).report.isNewestFirst, "writer \(index), newest first")
      // A cell that is cut short is refused, or leaves the others as they are.
      var cells = times.map(writer)
      cells[100].removeLast(min(cells[100].count, Int.random(in: 1...6, using: &generator)))
      if let found = try? TimeFile.read(cells) {
        let changed = found.timestamps.indices.filter { found.timestamps[$0] != times[$0] }
        #expect(changed.isEmpty || changed == [100], "writer \(index)")
      }
    }
  }
}
