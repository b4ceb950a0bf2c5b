/// Finds columns by the names of a header, and by their values where a name has two meanings.
struct NamedColumns {
  let header: [String]
  let plain: [String]
  let rows: [[String]]

  init(header: [String], plain: [String], rows: [[String]]) {
    self.header = header
    self.plain = Self.withoutSeries(plain)
    self.rows = rows
  }

  /// Names without the letters of a series such as a, b, c, which are those of strategies and of no close.
  private static func withoutSeries(_ plain: [String]) -> [String] {
    guard let close = plain.firstIndex(of: "c") else { return plain }
    let isSeries = close > 0 && plain[close - 1] == "b" || close + 1 < plain.count && plain[close + 1] == "d"
    return isSeries ? plain.map { $0.utf8.count == 1 ? "" : $0 } : plain
  }

  func column(_ index: Int) -> MarketColumns.Column {
    MarketColumns.Column(name: header[index], index: index)
  }

  func first(of names: [String]) -> MarketColumns.Column? {
    for name in names {
      if let index = plain.firstIndex(of: name) { return column(index) }
    }
    return nil
  }

  private func first(of names: [String], side: String) -> MarketColumns.Column? {
    first(of: names.flatMap { [side + $0, $0 + side] })
  }

  /// The first cell of a column that holds anything.
  func cell(_ column: MarketColumns.Column) -> String? {
    rows.lazy.compactMap { $0.indices.contains(column.index) ? $0[column.index] : nil }.first { !$0.isEmpty }
  }

  /// Stands for the name of a column of times of day that has none.
  static let clockMark = "time of day"

  struct Prices {
    let close: MarketColumns.Column
    let range: (open: MarketColumns.Column, high: MarketColumns.Column, low: MarketColumns.Column)?
    var notes: [DataNote] = []
  }

  /// The prices; `nil` if a close is missing, or one of open, high and low.
  var prices: Prices? {
    if let close = first(of: FieldName.close) ?? first(of: FieldName.adjustedClose) {
      return prices(close, first(of: FieldName.open), first(of: FieldName.high), first(of: FieldName.low))
    }
    for side in FieldName.sides {
      guard let close = first(of: FieldName.close, side: side) else { continue }
      var found = prices(
        close, first(of: FieldName.open, side: side), first(of: FieldName.high, side: side),
        first(of: FieldName.low, side: side))
      let others = FieldName.sides.filter { $0 != side && first(of: FieldName.close, side: $0) != nil }
      if !others.isEmpty {
        found?.notes.append(
          DataNote(
            "prices",
            "\(close.name); prices of \(others.joined(separator: " and ")) are there and were not used"))
      }
      return found
    }
    // A time and one column besides, as tables of one series have it.
    guard plain.count == 2, FieldName.isTime(header[0]), !plain[1].isEmpty else { return nil }
    return Prices(close: column(1), range: nil, notes: [DataNote("prices", header[1])])
  }

  private func prices(
    _ close: MarketColumns.Column, _ open: MarketColumns.Column?, _ high: MarketColumns.Column?,
    _ low: MarketColumns.Column?
  ) -> Prices? {
    if let open, let high, let low { return Prices(close: close, range: (open, high, low)) }
    // CRSP gives an open, a lowest and a highest price for days with trades alone.
    let isAlone = open == nil && high == nil && low == nil || FieldName.plain(close.name) == "prc"
    return isAlone ? Prices(close: close, range: nil) : nil
  }

  /// The volume. Some sources name the unit too: "Volume BTC".
  var volume: MarketColumns.Column? {
    let volume =
      first(of: FieldName.volume) ?? plain.firstIndex { $0.hasPrefix("volume") }.map { column($0) }
    let ticks = first(of: FieldName.ticks)
    guard let volume else { return ticks }
    // Where nobody knows the volume, some programs write zeros and count the ticks.
    let isZero = rows.allSatisfy { row in
      row.indices.contains(volume.index)
        && WrittenNumber.parse(row[volume.index], hasDecimalComma: false) == 0
    }
    return isZero ? ticks ?? volume : volume
  }
}
