import Artifacts

/// The columns that come before the returns, while they are read: times, the years, months and days of them, the
/// numbers of rows, and of a transposed table the names of strategies.
struct LeadColumns {
  /// What one of these columns holds.
  enum Role: Equatable {
    /// Times, spelled as text or as counts since 1970.
    case time
    /// The time of day that goes with a date.
    case timeOfDay
    /// Whole numbers under no name, of which the file's end tells whether they are times or number the rows.
    case number
    /// A part of a date.
    case year, quarter, month, day
    /// The names of strategies.
    case name
  }

  private(set) var roles: [Role] = []
  /// The columns' names, `nil` without a header.
  private let titles: [String?]
  private var times: LeadTimes
  private let settings: TimeSettings
  /// Of each column of numbers.
  private var numbers: [[Double]]
  /// The names of strategies.
  private(set) var names: [String] = []

  var count: Int { roles.count }

  /// The columns that the current record, the first of returns, and the names above it show.
  init(
    _ header: borrowing ReturnsHeader, _ scanner: borrowing DelimitedScanner, settings: TimeSettings
  ) {
    self.settings = settings
    times = LeadTimes(settings: settings)
    let width = scanner.fields.count
    var titles: [String?] = []
    for field in 0..<width {
      let title = header.leadName(field)
      guard let role = Self.role(field, title: title, after: roles, header, scanner) else { break }
      roles.append(role)
      titles.append(title)
    }
    Self.settleDates(&roles)
    self.titles = titles
    numbers = Array(repeating: [], count: roles.count)
  }

  /// Those of a table with a row a strategy: a first column of their names, or none.
  init(hasNamesOfStrategies: Bool) {
    settings = TimeSettings()
    times = LeadTimes(settings: settings)
    roles = hasNamesOfStrategies ? [.name] : []
    titles = roles.map { _ in nil }
    numbers = roles.map { _ in [] }
  }

  private static func role(
    _ field: Int, title: String?, after roles: [Role], _ header: borrowing ReturnsHeader,
    _ scanner: borrowing DelimitedScanner
  ) -> Role? {
    let plain = title.map(FieldName.plain)
    let number = scanner.number(field)
    let isWhole = number.map { $0 == $0.rounded() } ?? false
    if let plain {
      // Strategies may be called day, week and month.
      let isPart = isWhole || LeadTimes.isTime(scanner, field) || month(scanner.text(field)) != nil
      if isPart, !roles.contains(.time), let part = part(ofDate: plain) { return part }
      if FieldName.clocks.contains(plain), roles.last == .time, isTimeOfDay(scanner, field) {
        return .timeOfDay
      }
      if !roles.contains(.time), part(ofDate: plain) == nil, FieldName.isTime(title ?? "") {
        return .time
      }
    }
    if !roles.contains(.time), LeadTimes.isTime(scanner, field) { return .time }
    let isNameless = title.map { isNoName($0) } ?? false
    if isNameless, isWhole { return .number }
    // An index by name is followed by times; alone it is looked at when all of it is known.
    if plain == "index" || plain == "row", isWhole, field + 1 < scanner.fields.count,
      LeadTimes.isTime(scanner, field + 1)
    {
      return .number
    }
    // A table saved with its index begins with a column without a name, whatever is in it.
    // Of several rows of names that somebody counted, the first cells may be a strategy's.
    let mayBeReturn = header.rows.count > 1 && number.map { $0 != $0.rounded() } ?? false
    return title?.isEmpty == true && field == 0 && !header.isEmpty && !mayBeReturn ? .number : nil
  }

  /// Whether tables come by the name when they are saved with their index.
  static func isNoName(_ title: String) -> Bool {
    title.isEmpty || title.hasPrefix("Unnamed:") || title.hasPrefix("level_")
  }

  private static func part(ofDate plain: String) -> Role? {
    switch plain {
    case "year", "yyyy", "yr": .year
    case "quarter", "qtr": .quarter
    case "month", "mm", "mon": .month
    case "day", "dd", "dayofmonth": .day
    default: nil
    }
  }

  private static func isTimeOfDay(_ scanner: borrowing DelimitedScanner, _ field: Int) -> Bool {
    let place = scanner.fields[field]
    var text = TimeText(scanner.bytes.span, from: place.start, to: place.end)
    return text.timeOfDay() != nil
  }

  /// A year with a month or a quarter is a date in parts; alone, each is a column of times.
  private static func settleDates(_ roles: inout [Role]) {
    let isDate = roles.contains(.year) && (roles.contains(.month) || roles.contains(.quarter))
    guard !isDate else { return }
    for index in roles.indices where [.year, .quarter, .month, .day].contains(roles[index]) {
      roles[index] = roles.contains(.time) ? .number : .time
    }
  }

  /// Takes the current record's cells.
  mutating func append(_ scanner: borrowing DelimitedScanner) throws(ReturnsFault) {
    for field in roles.indices {
      switch roles[field] {
      case .time:
        let isNamed = titles[field].map {
          FieldName.isTime($0) || Self.part(ofDate: FieldName.plain($0)) != nil
        }
        try times.append(
          scanner, field, clock: roles.firstIndex(of: .timeOfDay), column: title(field),
          isNamed: isNamed ?? false)
      // Read with its date.
      case .timeOfDay: break
      case .name: names.append(scanner.text(field))
      case .month where scanner.number(field) == nil:
        guard let month = Self.month(scanner.text(field)) else {
          throw LeadTimes.unknown(scanner, field, column: title(field))
        }
        numbers[field].append(Double(month))
      case .number, .year, .quarter, .month, .day:
        guard let number = scanner.number(field), number == number.rounded(),
          abs(number) < CountingColumn.bound
        else {
          let found = ImportText.brief(scanner.text(field))
          throw SummaryWord.isOne(found)
            ? .summary(line: scanner.line, column: title(field), found: found)
            : .badLead(line: scanner.line, column: field + 1, found: found)
        }
        numbers[field].append(number)
      }
    }
  }

  private func title(_ field: Int) -> String {
    titles[field].flatMap { $0.isEmpty ? nil : ImportText.brief($0) } ?? "column \(field + 1)"
  }

  /// The month that a cell names, in full or in short.
  static func month(_ text: String) -> Int? {
    let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    let word = text.lowercased().drop { $0 == " " }
    return months.firstIndex { word.hasPrefix($0) }.map { $0 + 1 }
  }

  /// What the columns hold.
  struct Content {
    /// In microseconds since 1970, in the order of the rows.
    var times: [Int64]?
    /// How they were read.
    var report: TimesReport?
    /// The columns that number the rows, by their names.
    var rowNumbers: [String] = []
    /// The first and last of whole numbers from 1800 to 2199 that rise by 1, which may be years.
    var perhapsYears: ClosedRange<Int>?

    mutating func take(_ found: FileTimes) {
      times = found.timestamps
      report = found.report
    }
  }

  /// What all rows together show.
  mutating func content() throws(ReturnsFault) -> Content {
    var content = Content()
    if roles.contains(.time) {
      let found = try times.finish()
      content.times = found?.timestamps
      content.report = found?.report
      // Rows that are numbered where times were promised.
      if content.times == nil, let field = roles.firstIndex(of: .time) {
        content.rowNumbers.append(title(field))
      }
    } else if roles.contains(.year), roles.contains(.month) || roles.contains(.quarter) {
      content.times = try dates()
    }
    for field in roles.indices where roles[field] == .number {
      let column = NumberColumn(numbers[field])
      if content.times == nil, !roles.contains(.time), let found = column.times(settings) {
        content.times = found.timestamps
        content.report = found.report
      } else {
        content.rowNumbers.append(title(field))
        content.perhapsYears = content.rowNumbers.count == 1 ? column.years : nil
      }
    }
    return content
  }

  /// The first days that years with months or quarters name.
  private func dates() throws(ReturnsFault) -> [Int64] {
    func column(_ role: Role) -> [Double]? { roles.firstIndex(of: role).map { numbers[$0] } }
    let years = column(.year) ?? []
    let months = column(.month) ?? (column(.quarter) ?? []).map { $0 * 3 - 2 }
    let days = column(.day)
    var dates: [Int64] = []
    for row in years.indices {
      guard
        let day = CivilTime.days(
          year: Int(years[row]), month: Int(months[row]), day: days.map { Int($0[row]) } ?? 1)
      else {
        throw .badDate(row: row + 1, year: Int(years[row]), month: Int(months[row]))
      }
      dates.append(Int64(day) * CivilTime.microsecondsPerDay)
    }
    return dates
  }
}

/// Whole numbers before the returns, or in the place of the first strategy: times, numbers of rows, or neither.
struct NumberColumn {
  let numbers: [Double]

  init(_ numbers: [Double]) { self.numbers = numbers }

  /// Whether the numbers are whole and all neighbours are apart by one step, up or down.
  var hasOneStep: Bool {
    guard numbers.count >= 2, numbers.allSatisfy({ $0 == $0.rounded() && abs($0) < 1e15 }) else {
      return false
    }
    let step = numbers[1] - numbers[0]
    return step != 0 && zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == step }
  }

  /// What they are as times, if they can be nothing else.
  func times(_ settings: TimeSettings) -> FileTimes? { LeadTimes.times(of: numbers, settings: settings) }

  /// The years that they may be.
  var years: ClosedRange<Int>? {
    guard let first = numbers.first, let last = numbers.last, hasOneStep,
      abs(last - first) == Double(numbers.count - 1),
      let lowest = numbers.min(), let highest = numbers.max(), lowest >= 1800, highest < 2200
    else { return nil }
    return Int(lowest)...Int(highest)
  }
}
