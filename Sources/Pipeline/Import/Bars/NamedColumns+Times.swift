extension NamedColumns {
  /// The column of the times, and that of the times of day if there is one.
  typealias Times = (moment: MarketColumns.Column, clock: MarketColumns.Column?)

  /// The times, of which the user may have named the columns; `nil` if there are none.
  func times(date: MarketColumns.Column?, clock: MarketColumns.Column?) -> Times? {
    if let date { return (date, clock) }
    guard let clock else { return moment.map { ($0, self.clock(beside: $0)) } }
    // Where the user names a column that holds times of day alone, another one holds their days.
    if !holds(clock, SampleCell.isTime),
      holds(clock, { SampleCell.isClock($0) || SampleCell.isClockNumber($0) }),
      let day = moment(besides: clock.index), holds(day, SampleCell.isDay)
    {
      return (day, clock)
    }
    return (clock, nil)
  }

  /// The column of the times: by its name the first that holds times, or else one that holds nothing else, or the first
  /// of such a name.
  var moment: MarketColumns.Column? { moment(besides: nil) }

  private func moment(besides other: Int?) -> MarketColumns.Column? {
    var found: [MarketColumns.Column] = []
    for name in FieldName.moments + FieldName.days + FieldName.vagueDays + FieldName.clocks {
      if let index = plain.firstIndex(of: name), index != other { found.append(column(index)) }
    }
    for prefix in ["timestamp", "datetime", "date", "time"] {
      if let index = plain.firstIndex(where: { $0.hasPrefix(prefix) }), index != other {
        found.append(column(index))
      }
    }
    // Tables saved with their index have a first column without a name.
    if header.first == "", other != 0 { found.append(column(0)) }
    if let sure = found.first(where: { holds($0, SampleCell.isTime) }) { return sure }
    let numbers = found.filter { holds($0, SampleCell.isTimeOrNumber) }
    // A number may be an hour as well, or where it has no name that of a row.
    let number = numbers.first {
      let isClock = FieldName.clocks.contains(plain[$0.index]) && holds($0, SampleCell.isClockNumber)
      return !isClock && !$0.name.isEmpty
    }
    return number ?? namelessMoment(besides: other) ?? numbers.first ?? found.first
  }

  /// A column that holds nothing but times, under a name in another language. Numbers are believed of the first column
  /// alone, since volumes and values look like seconds since 1970.
  private func namelessMoment(besides other: Int?) -> MarketColumns.Column? {
    let index = header.indices.first { index in
      index != other && !rows.isEmpty && !HeaderCells.isPrice(named: plain[index])
        && rows.allSatisfy { row in
          row.indices.contains(index) && SampleCell.isTime(row[index])
            && (index == 0 || Double(row[index]) == nil)
        }
    }
    return index.map { column($0) }
  }

  /// The time of day beside a column of days.
  func clock(beside moment: MarketColumns.Column) -> MarketColumns.Column? {
    // A gap in the header is a second part of the times, where rows have one field more than names.
    if plain.indices.contains(moment.index + 1), plain[moment.index + 1] == Self.clockMark {
      return column(moment.index + 1)
    }
    let isDay = (FieldName.days + FieldName.vagueDays).contains(plain[moment.index])
    guard isDay || holds(moment, SampleCell.isDay) else { return nil }
    for name in FieldName.clocks {
      guard let index = plain.firstIndex(of: name), index != moment.index else { continue }
      if name == "time" || holds(column(index), SampleCell.isClock)
        || name != "timestamp" && holds(column(index), SampleCell.isClockNumber)
      {
        return column(index)
      }
    }
    return namelessClock(beside: moment)
  }

  /// A neighbour of the days that tells the bars of one day apart, whatever it is called.
  private func namelessClock(beside moment: MarketColumns.Column) -> MarketColumns.Column? {
    let days = rows.map { $0.indices.contains(moment.index) ? $0[moment.index] : "" }
    guard zip(days, days.dropFirst()).contains(where: ==) else { return nil }
    return [moment.index + 1, moment.index - 1].lazy.filter { header.indices.contains($0) }
      .first { index in
        !HeaderCells.isPrice(named: plain[index])
          && rows.allSatisfy { $0.indices.contains(index) && SampleCell.isClock($0[index]) }
      }.map { column($0) }
  }

  /// Whether the first cell of a column that holds anything is of this kind.
  private func holds(_ column: MarketColumns.Column, _ isKind: (String) -> Bool) -> Bool {
    cell(column).map(isKind) ?? false
  }

  /// Whether a column that is not used may hold times that nobody can read: text with several digits.
  func mayHoldTimes(besides columns: MarketColumns) -> Bool {
    let used = [
      columns.close, columns.range?.open, columns.range?.high, columns.range?.low, columns.volume,
      columns.adjusted, columns.symbol,
    ].compactMap { $0?.index }
    return header.indices.contains { index in
      guard !used.contains(index), let text = cell(column(index)) else { return false }
      return WrittenNumber.parse(text, hasDecimalComma: text.contains(","), allowsSuffix: true) == nil
        && text.utf8.count { TimeText.isDigit($0) } >= 3
    }
  }

  /// Whether prices of the column below zero are quotes behind a sign: those of CRSP, or where signs change from row to row
  /// and sizes hardly do.
  func areMarkedQuotes(_ close: MarketColumns.Column) -> Bool {
    if FieldName.plain(close.name) == "prc" { return true }
    let prices = rows.compactMap { row in
      row.indices.contains(close.index) ? WrittenNumber.parse(row[close.index], hasDecimalComma: false) : nil
    }
    let marked = prices.count { $0 < 0 }
    guard marked > 0, marked * 2 < prices.count else { return false }
    // No bar of shares that nobody trades moves by half.
    return zip(prices, prices.dropFirst()).allSatisfy { abs($1) < 1.5 * abs($0) && abs($0) < 1.5 * abs($1) }
  }
}
