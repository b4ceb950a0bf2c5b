import Artifacts
import Statistics

/// The columns of a table under their names, which can be left out and turned round in place.
struct KeptColumns {
  var names: [String]
  /// Rows × names.
  var numbers: [Double]
  private(set) var rows: Int
  private(set) var undefinedCounts: [Int]

  func column(_ index: Int) -> [Double] {
    let width = names.count
    return (0..<rows).map { numbers[$0 * width + index] }
  }

  /// Leaves out a first column that numbers the rows or gives their times, or a last one that gives them.
  ///
  /// - Parameters:
  ///   - title: the name of the first; `nil` without names in the file.
  ///   - lead: the columns before it.
  /// - Throws: ``ReturnsFault`` for times that are not what `--time-format` says.
  mutating func takeFirstColumn(
    _ counting: CountingColumn, title: String?, after lead: Int, _ settings: TimeSettings,
    into content: inout LeadColumns.Content
  ) throws(ReturnsFault) {
    guard names.count > 1, rows >= 3 else { return }
    if counting.isCounting {
      try takeWholeNumbers(counting, title: title, after: lead, settings, into: &content)
    } else if lead == 0, let found = timesAsGiven(settings), content.times == nil {
      content.take(found)
      removeFirstColumn(isNamed: title != nil)
    }
    if content.times == nil, names.count > 1, let found = timesBehind(settings) {
      content.take(found)
      names.removeLast()
      keep(Array(0..<names.count), of: names.count + 1)
    }
  }

  private mutating func takeWholeNumbers(
    _ counting: CountingColumn, title: String?, after lead: Int, _ settings: TimeSettings,
    into content: inout LeadColumns.Content
  ) throws(ReturnsFault) {
    let isIndex = ["index", "row", "rownumber", "bar"].contains(FieldName.plain(title ?? "?"))
    let isOrdered = counting.stepsByOne || counting.rises && lead == 0
    guard isOrdered || isIndex || counting.falls && lead == 0 else { return }
    let column = NumberColumn(column(0))
    let name = title.map { ImportText.brief($0) } ?? "column \(lead + 1)"
    if content.times == nil, isOrdered || counting.rises || counting.falls, let found = column.times(settings)
    {
      content.take(found)
    } else if content.times == nil, counting.rises, !counting.stepsByOne, let format = settings.numberFormat {
      throw .badTimes(
        .unusedFormat(column: name, found: LeadTimes.cell(column.numbers[0]), format: format.option))
    } else if !isOrdered, !isIndex {
      // Whole numbers that fall in any steps are returns unless they are times.
      return
    } else {
      content.rowNumbers.append(name)
      content.perhapsYears = content.rowNumbers.count == 1 ? column.years : nil
    }
    removeFirstColumn(isNamed: title != nil)
  }

  /// The times of a first column that rises or falls, fractions of days among them, if they are as `--time-format` says.
  private func timesAsGiven(_ settings: TimeSettings) -> FileTimes? {
    guard settings.numberFormat != nil else { return nil }
    let column = column(0)
    let pairs = zip(column, column.dropFirst())
    guard pairs.allSatisfy({ $0 < $1 }) || pairs.allSatisfy({ $0 > $1 }) else { return nil }
    return LeadTimes.times(of: column, settings: settings)
  }

  /// The times of a last column: counts since 1970 or dates as yyyymmdd, which neither returns are nor the numbers of
  /// rows; smaller numbers may be money.
  private func timesBehind(_ settings: TimeSettings) -> FileTimes? {
    let last = names.count - 1
    guard numbers[last] >= 10_000_000 else { return nil }
    var counting = CountingColumn()
    for row in 0..<rows {
      counting.append(numbers[row * names.count + last])
      guard counting.rises || counting.falls else { return nil }
    }
    return NumberColumn(column(last)).times(settings)
  }

  /// - Parameter isNamed: whether columns have names of their own, and not numbers from 0 on.
  private mutating func removeFirstColumn(isNamed: Bool) {
    if isNamed { names.removeFirst() } else { names.removeLast() }
    keep(Array(1...names.count), of: names.count + 1)
  }

  /// Leaves out columns without a name and without a return, as separators at the ends of lines make them.
  mutating func removeEmptyColumns() -> Int {
    let width = names.count
    let kept = names.indices.filter { !names[$0].isEmpty || undefinedCounts[$0] < rows }
    guard kept.count < width, !kept.isEmpty else { return 0 }
    names = kept.map { names[$0] }
    keep(kept, of: width)
    return width - kept.count
  }

  private mutating func keep(_ kept: [Int], of width: Int) {
    undefinedCounts = kept.map { undefinedCounts[$0] }
    // Each number moves to the left, past those that are done with.
    var target = 0
    for row in 0..<rows {
      for column in kept {
        numbers[target] = numbers[row * width + column]
        target += 1
      }
    }
    numbers.removeLast(numbers.count - target)
  }

  private mutating func reverse() {
    let width = names.count
    for row in 0..<rows / 2 {
      let other = rows - 1 - row
      for column in 0..<width { numbers.swapAt(row * width + column, other * width + column) }
    }
  }

  /// Turns rows of strategies into rows of bars; the names are left as they are.
  mutating func transpose() {
    let strategies = rows
    let bars = numbers.count / max(strategies, 1)
    numbers = NumPyMatrix.transposed(numbers, bars: bars, strategies: strategies)
    rows = bars
    undefinedCounts = (0..<strategies).map { strategy in
      (0..<bars).count { numbers[$0 * strategies + strategy].isNaN }
    }
  }

  /// The returns of a matrix without names: rows of bars, without a column of times or of row numbers.
  ///
  /// - Throws: ``ReturnsFault``.
  mutating func returns(_ settings: TimeSettings, _ reading: ReturnsReading) throws -> ImportedReturns {
    var reading = reading
    var first = CountingColumn()
    for row in 0..<rows where first.isCounting { first.append(numbers[row * names.count]) }
    var content = LeadColumns.Content()
    try takeFirstColumn(first, title: nil, after: 0, settings, into: &content)
    reading.total = TotalRow.find(in: self)
    return try returns(content, reading)
  }

  /// The returns with the oldest bar first.
  ///
  /// - Throws: ``ReturnsFault/badOrder(row:found:last:)``.
  mutating func returns(
    _ content: LeadColumns.Content, _ reading: ReturnsReading
  ) throws -> ImportedReturns {
    var (content, reading) = (content, reading)
    reading.rowNumbers = content.rowNumbers
    reading.perhapsYears = content.times == nil ? content.perhapsYears : nil
    if let times = content.times {
      reading.isReversed = try Self.isReversed(times)
      if reading.isReversed {
        content.times = times.reversed()
        reverse()
      }
    }
    return ImportedReturns(
      names: names, timestamps: content.times, times: content.report,
      matrix: try ReturnMatrix(bars: rows, strategies: names.count, values: numbers),
      undefinedCounts: undefinedCounts, reading: reading)
  }

  private static func isReversed(_ times: [Int64]) throws(ReturnsFault) -> Bool {
    let falls = times.count > 1 && times[1] < times[0]
    for row in times.indices.dropFirst()
    where falls ? times[row] >= times[row - 1] : times[row] <= times[row - 1] {
      throw .badOrder(row: row + 1, found: times[row], last: times[row - 1])
    }
    return falls
  }
}
