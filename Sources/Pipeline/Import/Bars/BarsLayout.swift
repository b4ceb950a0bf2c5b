/// Where the table of bars begins in a file, and which of its columns hold what.
struct BarsLayout {
  let separator: UInt8
  /// How many blanks separate columns at least, where runs of them do; ``separator`` stands for each.
  let blanks: Int?
  /// The line of the first row.
  let firstLine: Int
  let columns: MarketColumns
  /// What the user should hear of it.
  let notes: [DataNote]

  /// As many rows as may come before the header or the first row, and as many as the header itself may have.
  private static let mostPreface = 40
  private static let mostHeaderRows = 4
  private static let separators: [UInt8] = Array("\t;|, ".utf8)

  /// Finds the table in a file that begins with `head`.
  ///
  /// - Parameter isWhole: whether `head` is all of it.
  /// - Throws: ``ImportError``, `TableError`.
  init(head: [UInt8], isWhole: Bool, file: String, choices: BarsChoices) throws {
    let own = try BarsSample(head, isWhole: isWhole)
    var samples = [own]
    if !own.isNamed {
      for separator in Self.separators where separator != own.separator && head.contains(separator) {
        samples.append(try BarsSample(head, isWhole: isWhole, separator: separator))
      }
      if let spaced = samples.last, spaced.separator == UInt8(ascii: " ") {
        samples = try BarsSample.aligned(head, isWhole: isWhole, spaced: spaced) + samples
      }
    }
    do throws(BarsFault) {
      if choices.columns.places.isEmpty, !own.rows.isEmpty, let shape = OtherShape(own, file: file) {
        throw .otherShape(found: shape.found, remedy: shape.remedy)
      }
      if let found = try Self.layout(of: samples, choices) {
        self = found
        return
      }
    } catch {
      throw ImportError.badBars(file, error)
    }
    throw Self.refusal(samples, head: head, file: file)
  }

  /// A layout with times by any of the samples, or else one without.
  private static func layout(
    of samples: [BarsSample], _ choices: BarsChoices
  ) throws(BarsFault) -> BarsLayout? {
    for sample in samples { if let found = try named(sample, choices) { return found } }
    for sample in samples { if let found = try told(sample, choices) { return found } }
    for sample in samples {
      if let found = try named(sample, choices, needsTimes: false) { return found }
      if let found = try told(sample, choices, needsTimes: false) { return found }
    }
    return nil
  }

  private init(
    _ sample: BarsSample, from row: Int, prefaceRows: Int, columns: MarketColumns, notes: [DataNote]
  ) {
    separator = sample.separator
    blanks = sample.blanks
    // A header without rows ends the sample.
    firstLine = row < sample.rows.count ? sample.rows[row].line : (sample.rows.last?.line ?? 0) + 1
    self.columns = columns
    let preface = sample.rows.prefix(prefaceRows)
    let told =
      preface.isEmpty
      ? []
      : [
        DataNote(
          "left out",
          "\(preface.count) line\(preface.count == 1 ? "" : "s") before the table, the first "
            + "\"\(ImportText.brief(preface[0].fields.joined(separator: String(UnicodeScalar(sample.separator)))))\""
        )
      ]
    self.notes = told + notes + columns.notes
  }

  /// A table with a header; `nil` if the sample has none.
  private static func named(
    _ sample: BarsSample, _ choices: BarsChoices, needsTimes: Bool = true
  ) throws(BarsFault) -> BarsLayout? {
    if choices.columns.isInOrder { return nil }
    for (index, row) in sample.rows.prefix(mostPreface).enumerated() {
      if isData(row.fields) { return nil }
      var cells = HeaderCells(row.fields)
      cells.splitNames()
      let isNamedByUser =
        choices.columns.hasNames && choices.columns.givesPrices && row.fields.count > 1
        && choices.columns.areNamed(in: cells.names)
      guard cells.hasPrices || cells.hasTimeAndOther || isNamedByUser else { continue }
      var next = index + 1
      while next < sample.rows.count, next - index <= mostHeaderRows,
        isHeader(sample.rows[next].fields, cells)
      { next += 1 }
      if next == sample.rows.count || next - index > mostHeaderRows { next = index + 1 }
      for further in sample.rows[(index + 1)..<next] { cells.add(further.fields, isBefore: false) }
      var prefaceRows = index
      if index > 0, sample.rows[index - 1].fields.count == row.fields.count {
        cells.add(sample.rows[index - 1].fields, isBefore: true)
        prefaceRows -= 1
      }
      try cells.choose(choices.symbol, line: row.line)
      let rows = sample.rows.dropFirst(next).map(\.fields)
      if let first = rows.first { cells.fit(to: first) }
      let columns = try MarketColumns(
        header: cells.names, plain: cells.plain, rows: rows, choices: choices, needsTimes: needsTimes)
      guard var columns else { continue }
      // A line of one word may be anything.
      if columns.timestamp == nil, rows.first?.count != cells.names.count { continue }
      // How many blanks are part of a cell shows in the times.
      if sample.blanks != nil, let time = columns.timestamp, let row = rows.first,
        row.count != columns.count || !SampleCell.isTimeOrNumber(row[time.index])
      {
        continue
      }
      // Of the instruments in a header one is chosen already.
      if !cells.knownSymbols.isEmpty {
        columns.symbol = nil
        columns.names = []
      }
      return BarsLayout(
        sample, from: next, prefaceRows: prefaceRows, columns: columns.marked(by: rows, sample.separator),
        notes: [])
    }
    return nil
  }

  /// A table without a header, whose columns the user or the values tell.
  private static func told(
    _ sample: BarsSample, _ choices: BarsChoices, needsTimes: Bool = true
  ) throws(BarsFault) -> BarsLayout? {
    guard
      let index = sample.rows.prefix(mostPreface).firstIndex(where: {
        isData($0.fields) || isGiven($0, choices, needsTimes: needsTimes)
          || isNumbers($0.fields, least: needsTimes ? 5 : 4)
      })
    else { return nil }
    let rows = sample.rows.dropFirst(index).map(\.fields)
    // A row of as many names before it is a header that is not understood.
    let isHeaded = index > 0 && sample.rows[index - 1].fields.count == rows[0].count && rows[0].count > 1
    if choices.columns.givesPrices, !choices.columns.hasNames {
      let names = rows[0].indices.map { "column \($0 + 1)" }
      let plain = Array(repeating: "", count: names.count)
      let given = try MarketColumns(
        header: names, plain: plain, rows: rows, choices: choices, needsTimes: needsTimes)
      guard let columns = given else { return nil }
      return BarsLayout(
        sample, from: index, prefaceRows: isHeaded ? 0 : index,
        columns: columns.marked(by: rows, sample.separator),
        notes: [])
    }
    if isHeaded || choices.isAdjusted { return nil }
    var mark = DecimalMark()
    for row in rows { for cell in row where !SampleCell.isTime(cell) { mark.add(cell) } }
    let told = ToldColumns(rows, hasDecimalComma: mark.isComma(separator: sample.separator))
    guard let columns = needsTimes ? told?.columns : told?.columnsWithoutTimes else { return nil }
    let roles =
      (columns.timestamp == nil ? "" : "a time and ")
      + (columns.range == nil ? "a price" : "open, high, low and close")
    let first = columns.timestamp ?? columns.range?.open ?? columns.close
    return BarsLayout(
      sample, from: index, prefaceRows: index, columns: columns.marked(by: rows, sample.separator),
      notes: [
        DataNote(
          "columns", "no header; the values tell \(roles) from column \(first.index + 1) on")
      ])
  }

  /// Whether the user's columns hold a time and a price in this row.
  private static func isGiven(_ row: BarsSample.Row, _ choices: BarsChoices, needsTimes: Bool) -> Bool {
    func cell(_ role: ColumnChoices.Role) -> String? {
      guard case .index(let index)? = choices.columns.places[role], row.fields.indices.contains(index) else {
        return nil
      }
      return row.fields[index]
    }
    guard let close = cell(.close) else { return false }
    return (cell(.date) ?? cell(.time)).map(SampleCell.isTimeOrNumber) ?? !needsTimes
      && WrittenNumber.parse(close, hasDecimalComma: close.contains(",")) != nil
  }

  /// Whether a row holds nothing but numbers, enough for prices and perhaps a time.
  private static func isNumbers(_ fields: [String], least: Int) -> Bool {
    fields.count >= least
      && fields.allSatisfy { WrittenNumber.parse($0, hasDecimalComma: $0.contains(",")) != nil }
  }

  /// Whether a row holds a time and a number, as no header does.
  private static func isData(_ fields: [String]) -> Bool {
    guard fields.count > 1, fields.contains(where: SampleCell.isTime) else { return false }
    return fields.count { WrittenNumber.parse($0, hasDecimalComma: $0.contains(",")) != nil } >= 1
      && !fields.contains { FieldName.close.contains(FieldName.plain($0)) }
  }

  /// Whether a row below the names of `cells` belongs to them: it has no time and, where prices are, no number.
  private static func isHeader(_ fields: [String], _ cells: HeaderCells) -> Bool {
    // The name of the rows in a line of its own, as pandas prints it.
    if fields.count == 1, FieldName.isTime(fields[0]) { return true }
    guard fields.count == cells.names.count, !fields.contains(where: SampleCell.isTime) else { return false }
    let first = FieldName.plain(fields[0])
    if HeaderCells.symbolTitles.contains(first) { return true }
    for (column, field) in fields.enumerated() where cells.isPrice(column) || column == 0 {
      if WrittenNumber.parse(field, hasDecimalComma: field.contains(",")) != nil { return false }
    }
    // The name of the times or of the prices begins such a row, or none; anything else is a bad row of bars.
    return FieldName.isTime(fields[0]) || first.isEmpty || first == "price"
  }

  /// Whether of ten numbers and more, besides those of the first column, a fifth lies below 0, as of no price.
  private static func areReturns(_ sample: BarsSample) -> Bool {
    let cells = sample.rows.flatMap { $0.fields.dropFirst() }
    let numbers = cells.compactMap { WrittenNumber.parse($0, hasDecimalComma: $0.contains(",")) }
    return numbers.count >= 10 && 5 * numbers.count { $0 < 0 } >= numbers.count
  }

  /// Why no table was found.
  private static func refusal(_ samples: [BarsSample], head: [UInt8], file: String) -> ImportError {
    /// The first row that is no remark.
    func first(_ sample: BarsSample) -> BarsSample.Row? {
      sample.rows.first { $0.fields[0].first != "#" } ?? sample.rows.first
    }
    let candidates = samples.filter { $0.separator != UInt8(ascii: " ") }
    let sample =
      candidates.max { first($0)?.fields.count ?? 0 < first($1)?.fields.count ?? 0 } ?? samples[0]
    guard let first = first(sample) else { return .empty(file) }
    let fields = first.fields.map { ImportText.brief($0) }
    if areReturns(sample) {
      return .badBars(
        file,
        .otherFormat(
          found: "a table of numbers below and above 0, as returns are",
          remedy: "give returns to fluke stats, and bars here"))
    }
    if isData(first.fields) {
      let time = first.fields.firstIndex(where: SampleCell.isTime) ?? 0
      let price = first.fields.indices.first {
        $0 > time && WrittenNumber.parse(first.fields[$0], hasDecimalComma: false) != nil
      }
      return .badBars(
        file,
        .noHeader(
          line: first.line, found: fields,
          remedy: "pass --columns time=\(time + 1),close=\((price ?? time + 1) + 1) or the like"))
    }
    if let names = UnreadableNames(sample, head: head, header: first, file: file) {
      return .badBars(file, .unreadableNames(line: first.line, remedy: names.remedy))
    }
    return .unknownColumns(file, line: first.line, found: fields, needed: MarketColumns.needed)
  }
}

extension MarketColumns {
  /// The same, with the decimal mark that the prices of `rows` show.
  func marked(by rows: [[String]], _ separator: UInt8) -> MarketColumns {
    var mark = DecimalMark()
    let prices = [close.index] + (range.map { [$0.open.index, $0.high.index, $0.low.index] } ?? [])
    for row in rows {
      for column in prices where row.indices.contains(column) { mark.add(row[column]) }
    }
    var columns = self
    columns.hasDecimalComma = mark.isComma(separator: separator)
    if columns.hasDecimalComma { columns.notes.append(DataNote("numbers", "the comma is the decimal mark")) }
    return columns
  }
}
