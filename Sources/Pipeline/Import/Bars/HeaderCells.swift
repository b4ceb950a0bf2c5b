/// The names of a header, whose parts may stand in several rows or with the symbol of an instrument in one cell.
struct HeaderCells {
  /// As the file has them.
  private(set) var names: [String]
  /// As ``FieldName/plain(_:)`` has them; empty for columns of other instruments.
  private(set) var plain: [String]
  /// The symbol that the prices of a column belong to.
  private var symbols: [String]
  /// Whose prices there are, in the order of the columns.
  private(set) var knownSymbols: [String] = []
  /// What the file calls the row of the symbols.
  private(set) var symbolName = "the header"

  private static let prices = Set(
    FieldName.open + FieldName.high + FieldName.low + FieldName.close + FieldName.adjustedClose
      + FieldName.volume)

  /// What rows of symbols begin with.
  static let symbolTitles = ["ticker", "tickers", "symbol", "symbols", "asset", "instrument"]

  init(_ fields: [String]) {
    names = fields
    if let first = names.first, first.hasPrefix("#") {
      names[0] = String(first.drop { $0 == "#" || $0 == " " })
    }
    plain = names.map { FieldName.plain($0) }
    symbols = Array(repeating: "", count: names.count)
  }

  /// Whether a price is named.
  var hasPrices: Bool { plain.contains { Self.closes.contains($0) } }

  /// Whether there are a time and one column besides, which can only be a price whatever its name.
  var hasTimeAndOther: Bool { plain.count == 2 && FieldName.isTime(names[0]) && !FieldName.isTime(names[1]) }

  private static let closes = Set(
    FieldName.close + FieldName.adjustedClose
      + FieldName.sides.flatMap { side in FieldName.close.flatMap { [side + $0, $0 + side] } })

  /// Whether the column of this number has the name of a price or a volume.
  func isPrice(_ column: Int) -> Bool {
    plain.indices.contains(column) && Self.isPrice(named: plain[column])
  }

  /// Whether a name is that of a price or a volume.
  static func isPrice(named plain: String) -> Bool { prices.contains(plain) }

  /// Takes a further row of the header: the name of the times, or the symbols.
  mutating func add(_ fields: [String], isBefore: Bool) {
    guard fields.count == names.count, let first = fields.first else { return }
    if FieldName.isTime(first), fields.dropFirst().allSatisfy(\.isEmpty) {
      if isBefore { return }
      names[0] = first
      plain[0] = FieldName.plain(first)
      return
    }
    let title = FieldName.plain(first)
    guard title.isEmpty || Self.symbolTitles.contains(title) else { return }
    let columns = names.indices.filter { $0 > 0 && isPrice($0) }
    guard !columns.isEmpty,
      columns.allSatisfy({ !fields[$0].isEmpty && (!title.isEmpty || Double(fields[$0]) == nil) })
    else { return }
    if !first.isEmpty { symbolName = first }
    for column in columns { symbols[column] = fields[column] }
    // The first name of the row of prices is that of the rows of the header.
    if plain[0] == "price" { plain[0] = "" }
    note()
  }

  /// Takes symbols out of names such as `AAPL.Open`, `Close_AAPL` and `('Close', 'AAPL')`.
  mutating func splitNames() {
    guard !hasPrices else { return }
    for index in names.indices {
      let words = names[index].split { !($0.isLetter || $0.isNumber) }.map(String.init)
      guard words.count >= 2, let found = Self.field(in: words) else { continue }
      plain[index] = found.field
      symbols[index] = found.symbol
    }
    note()
  }

  /// The price that a name ends or begins with, and the rest of it.
  private static func field(in words: [String]) -> (field: String, symbol: String)? {
    let known = Set(["open", "high", "low", "close", "volume", "adjusted", "adjclose"])
    for count in [2, 1] where words.count > count {
      for isFirst in [false, true] {
        let part = isFirst ? words.prefix(count) : words.suffix(count)
        let field = part.joined().lowercased()
        guard known.contains(field) else { continue }
        let symbol = (isFirst ? words.dropFirst(count) : words.dropLast(count)).joined(separator: ".")
        if !FieldName.sides.contains(symbol.lowercased()) { return (field, symbol) }
      }
    }
    return nil
  }

  private mutating func note() {
    knownSymbols = []
    for index in names.indices where isPrice(index) && !symbols[index].isEmpty {
      if !knownSymbols.contains(symbols[index]) { knownSymbols.append(symbols[index]) }
    }
  }

  /// Leaves the prices of one instrument.
  ///
  /// - Throws: ``BarsFault`` if there are several and none is chosen, or none of that name.
  mutating func choose(_ symbol: String?, line: Int) throws(BarsFault) {
    if knownSymbols.isEmpty { return }
    guard let symbol else {
      guard knownSymbols.count == 1 else {
        throw .severalSymbols(
          line: line, column: symbolName, values: Array(knownSymbols.prefix(5)), count: knownSymbols.count)
      }
      return
    }
    guard knownSymbols.contains(symbol) else { throw .unknownSymbol(found: symbol, known: knownSymbols) }
    for index in names.indices where !symbols[index].isEmpty && symbols[index] != symbol { plain[index] = "" }
  }

  /// Fits the names to rows that have one field more or less than these, or two more that are a number or nothing, a day
  /// and a time of day.
  mutating func fit(to row: [String]) {
    if row.count == names.count - 1, names.last == "" {
      names.removeLast()
      plain.removeLast()
      return
    }
    /// Whether a day and a time of day begin there, which no price can be.
    func isMoment(_ column: Int) -> Bool {
      SampleCell.isDay(row[column]) && row[column + 1].contains(":") && SampleCell.isClock(row[column + 1])
    }
    if row.count == names.count + 2, isMoment(0) || isMoment(1) {
      insert("", plain: "", at: 0)
    }
    guard row.count == names.count + 1 else { return }
    let time =
      names[0].isEmpty && isMoment(0)
      ? 0 : plain.firstIndex { FieldName.isTime($0) || $0 == "t" }
    if let time, SampleCell.isTimeOrNumber(row[time]), SampleCell.isClock(row[time + 1]) {
      // Date and time under one name.
      insert("", plain: NamedColumns.clockMark, at: time + 1)
    } else if row.last == "" {
      insert("", plain: "", at: names.count)
    } else {
      // The names of rows have none themselves.
      insert("", plain: "", at: 0)
    }
  }

  private mutating func insert(_ name: String, plain plainName: String, at index: Int) {
    names.insert(name, at: index)
    plain.insert(plainName, at: index)
    symbols.insert("", at: index)
  }
}
