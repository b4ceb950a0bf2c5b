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

  /// Leaves out a first column that numbers the rows or gives their times.
  ///
  /// - Parameters:
  ///   - title: its name; `nil` without names in the file.
  ///   - lead: the columns before it.
  mutating func takeFirstColumn(
    _ counting: CountingColumn, title: String?, after lead: Int, _ settings: TimeSettings,
    into content: inout LeadColumns.Content
  ) {
    guard counting.isCounting, names.count > 1, rows >= 3 else { return }
    let isIndex = ["index", "row", "rownumber", "bar"].contains(FieldName.plain(title ?? "?"))
    let isOrdered = counting.stepsByOne || counting.rises && lead == 0
    guard isOrdered || isIndex || counting.falls && lead == 0 else { return }
    let column = NumberColumn(column(0))
    if content.times == nil, isOrdered || counting.rises || counting.falls, let found = column.times(settings)
    {
      content.times = found.timestamps
      content.report = found.report
    } else if !isOrdered, !isIndex {
      // Whole numbers that fall in any steps are returns unless they are times.
      return
    } else {
      content.rowNumbers.append(title.map { ImportText.brief($0) } ?? "column \(lead + 1)")
      content.perhapsYears = content.rowNumbers.count == 1 ? column.years : nil
    }
    if title == nil { names.removeLast() } else { names.removeFirst() }
    removeFirstColumn()
  }

  /// Leaves out the first column of numbers, whose name has been left out.
  private mutating func removeFirstColumn() {
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

  private mutating func reverse() {
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
