import Artifacts
import Statistics

extension ReturnsTable {
  /// What was read; leaves nothing behind.
  mutating func returns() throws -> ImportedReturns {
    var content = try lead.content()
    var table = KeptColumns(
      names: names, numbers: takeValues(), rows: rows, undefinedCounts: undefinedCounts)
    try checkPairs(table)
    var reading = ReturnsReading()
    reading.headerRows = header.rows.count
    reading.spelling = cells.percentages > 0 ? .percentSigns : cells.commas > 0 ? .decimalCommas : .points
    if let transposed {
      reading.isTransposed = true
      content.times = transposed.times
      table.transpose()
    } else {
      takeFirstColumn(&table, &content)
    }
    reading.emptyColumns = table.removeEmptyColumns()
    reading.rowNumbers = content.rowNumbers
    reading.perhapsYears = content.times == nil ? content.perhapsYears : nil
    reading.hasNames = header.names() != nil || transposed != nil
    if let index = table.names.firstIndex(where: \.isEmpty) {
      throw ReturnsFault.emptyName(line: firstLine, column: width - table.names.count + index + 1)
    }
    var seen: Set<String> = []
    for name in table.names where !seen.insert(name).inserted {
      throw ImportError.repeatedName(file, kind: "strategy", name: ImportText.brief(name))
    }
    if var times = content.times {
      reading.isReversed = try Self.isReversed(times)
      if reading.isReversed {
        times.reverse()
        table.reverse()
      }
      content.times = times
    }
    return ImportedReturns(
      names: table.names, timestamps: content.times, times: content.report,
      matrix: try ReturnMatrix(bars: table.rows, strategies: table.names.count, values: table.numbers),
      undefinedCounts: table.undefinedCounts, reading: reading)
  }

  private var names: [String] {
    if transposed != nil {
      return lead.names.enumerated().map { $1.isEmpty ? String($0) : $1 }
    }
    return header.names().map { Array($0.dropFirst(lead.count)) }
      ?? (lead.count..<width).map { String($0 - lead.count) }
  }

  /// Leaves a first column out that numbers the rows or gives their times.
  private func takeFirstColumn(_ table: inout KeptColumns, _ content: inout LeadColumns.Content) {
    guard firstColumn.isCounting, table.names.count > 1, rows >= 3 else { return }
    let name = header.names()?[lead.count]
    let isIndex = ["index", "row", "rownumber", "bar"].contains(FieldName.plain(name ?? "?"))
    guard firstColumn.stepsByOne || isIndex || firstColumn.rises && lead.count == 0 else { return }
    let column = NumberColumn(table.column(0))
    if content.times == nil, firstColumn.rises || firstColumn.stepsByOne, let found = column.times(settings) {
      content.times = found.timestamps
      content.report = found.report
    } else {
      content.rowNumbers.append(name.map { ImportText.brief($0) } ?? "column \(lead.count + 1)")
      content.perhapsYears = content.rowNumbers.count == 1 ? column.years : nil
    }
    if header.isEmpty { table.names.removeLast() } else { table.names.removeFirst() }
    table.removeFirstColumn()
  }

  /// Decimal commas between commas leave whole numbers alone: pairs of one digit, perhaps with a sign, and of digits
  /// without one, some of them two and more.
  private func checkPairs(_ table: borrowing KeptColumns) throws(ReturnsFault) {
    let strategies = width - lead.count
    let hasWords = header.names().map { names in names.dropFirst(lead.count).contains { Double($0) == nil } }
    guard separator == UInt8(ascii: ","), !hasPoints, cells.isEmpty, hasWords != true,
      strategies.isMultiple(of: 2), rows >= 3, transposed == nil
    else { return }
    var hasLongFraction = false
    for (index, number) in table.numbers.enumerated() {
      let isFraction = !(index % strategies).isMultiple(of: 2)
      guard number.isNaN || isFraction && number >= 0 || !isFraction && abs(number) < 10 else { return }
      if isFraction, number >= 10 { hasLongFraction = true }
    }
    if hasLongFraction { throw .decimalCommas(line: firstLine, fields: width, needed: nil) }
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

/// The columns of a table under their names, which can be left out and turned round in place.
private struct KeptColumns {
  var names: [String]
  /// Rows × names.
  var numbers: [Double]
  private(set) var rows: Int
  private(set) var undefinedCounts: [Int]

  func column(_ index: Int) -> [Double] {
    let width = names.count
    return (0..<rows).map { numbers[$0 * width + index] }
  }

  /// Leaves out the first column of numbers, whose name has been left out.
  mutating func removeFirstColumn() {
    let width = names.count + 1
    keep(Array(1..<width), of: width)
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

  mutating func reverse() {
    let width = names.count
    for row in 0..<rows / 2 {
      let other = rows - 1 - row
      for column in 0..<width { numbers.swapAt(row * width + column, other * width + column) }
    }
  }

  /// Turns rows of strategies into rows of bars.
  mutating func transpose() {
    let strategies = rows
    let bars = numbers.count / max(strategies, 1)
    numbers = NumPyMatrix.transposed(numbers, bars: bars, strategies: strategies)
    rows = bars
    undefinedCounts = (0..<strategies).map { strategy in
      (0..<bars).count { numbers[$0 * strategies + strategy].isNaN }
    }
  }
}
