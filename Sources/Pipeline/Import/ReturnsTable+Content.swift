import Artifacts
import Statistics

extension ReturnsTable {
  /// What was read; leaves nothing behind.
  mutating func returns() throws -> ImportedReturns {
    var content = try lead.content()
    var table = KeptColumns(
      names: names, numbers: takeValues(), rows: rows, undefinedCounts: undefinedCounts)
    try checkPairs(table)
    try checkThousands(table)
    var reading = ReturnsReading()
    reading.headerRows = header.rows.count
    reading.spelling = cells.percentages > 0 ? .percentSigns : cells.commas > 0 ? .decimalCommas : .points
    if let transposed {
      reading.isTransposed = true
      content.times = transposed.times
      table.transpose()
    } else {
      try table.takeFirstColumn(
        firstColumn, title: header.names()?[lead.count], after: lead.count, settings, into: &content)
    }
    reading.emptyColumns = table.removeEmptyColumns()
    reading.hasNames = header.names() != nil || transposed != nil && lead.count > 0
    reading.hasNumbersForNames = hasNumbersForNames
    reading.missingCells = missingCells
    if let index = table.names.firstIndex(where: \.isEmpty) {
      throw ReturnsFault.emptyName(line: firstLine, column: width - table.names.count + index + 1)
    }
    reading.total = TotalRow.find(in: table)
    if transposed == nil, let row = reading.total?.row { reading.total?.line = lines[row] }
    var seen: Set<String> = []
    for name in table.names where !seen.insert(name).inserted {
      throw ImportError.repeatedName(file, kind: "strategy", name: ImportText.brief(name))
    }
    return try table.returns(content, reading)
  }

  private var names: [String] {
    if transposed != nil {
      if lead.count == 0 { return (0..<rows).map(String.init) }
      return lead.names.enumerated().map { $1.isEmpty ? String($0) : $1 }
    }
    return header.names().map { Array($0.dropFirst(lead.count)) }
      ?? (lead.count..<width).map { String($0 - lead.count) }
  }

  private func checkThousands(_ table: borrowing KeptColumns) throws(ReturnsFault) {
    let width = self.width - lead.count
    let open = thousands.open { column in
      stride(from: column, to: table.numbers.count, by: width)
        .contains { abs(table.numbers[$0]) < 1 && table.numbers[$0] != 0 }
    }
    guard let open else { return }
    throw .thousands(
      line: open.pointed, column: header.column(lead.count + open.column), plain: open.plain)
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
}
