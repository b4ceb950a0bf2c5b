/// Finds the columns of rows that have no header by their values.
struct ToldColumns {
  /// The first rows of bars.
  let rows: [[String]]
  private let count: Int
  private let hasDecimalComma: Bool

  /// - Parameter rows: the first rows of bars.
  init?(_ rows: [[String]], hasDecimalComma: Bool) {
    guard let first = rows.first, first.count >= 2 else { return nil }
    count = first.count
    // A row that is cut short or too long is a fault of its own.
    let whole = rows.filter { $0.count == first.count }
    // Nor does one without a price say where prices are.
    let priced = whole.filter { !$0.contains(where: SampleCell.isMissing) }
    self.rows = priced.isEmpty ? whole : priced
    self.hasDecimalComma = hasDecimalComma
  }

  /// The columns; `nil` if the values leave it open.
  var columns: MarketColumns? {
    guard let time = timeColumn else { return nil }
    let clock = time + 1 < count && all(time + 1, SampleCell.isClock) ? time + 1 : nil
    let first = (clock ?? time) + 1
    let numbers = (first..<max(first, count)).prefix { column in all(column) { number($0) != nil } }
    let symbol = (0..<time).first { column in
      all(column) { !$0.isEmpty && number($0) == nil }
    }
    if count == first + 1, numbers.count == 1, rows.allSatisfy({ (number($0[first]) ?? 0) > 0 }) {
      return MarketColumns(
        timestamp: time, clock: clock, prices: [first], volume: nil, symbol: symbol, count: count)
    }
    guard let open = numbers.first(where: { $0 + 3 < count && arePrices(from: $0) }) else { return nil }
    return MarketColumns(
      timestamp: time, clock: clock, prices: Array(open...open + 3), volume: volume(after: open + 3),
      symbol: symbol, count: count)
  }

  /// The columns of bars without times: nothing but the numbers of rows comes before the prices.
  var columnsWithoutTimes: MarketColumns? {
    guard let open = (0..<2).first(where: { $0 + 3 < count && arePrices(from: $0) }), rows.count > 1,
      open == 0 || zip(rows, rows.dropFirst()).allSatisfy({ (Int($0[0]) ?? 0) + 1 == Int($1[0]) })
    else { return nil }
    return MarketColumns(
      timestamp: nil, clock: nil, prices: Array(open...open + 3), volume: volume(after: open + 3),
      symbol: nil, count: count)
  }

  /// The first column of times; a column of rising numbers only where no other can be.
  private var timeColumn: Int? {
    if let sure = (0..<count).first(where: { all($0, SampleCell.isTime) }) { return sure }
    let numbers = rows.map { Double($0[0]) ?? .nan }
    // Days as spreadsheets count them, from 1954 to 2119.
    guard numbers.count > 2, numbers.allSatisfy({ (20_000...80_000).contains($0) }) else { return nil }
    let steps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
    return steps.allSatisfy { $0 > 0 } || steps.allSatisfy { $0 < 0 } ? 0 : nil
  }

  private func all(_ column: Int, _ holds: (String) -> Bool) -> Bool {
    rows.allSatisfy { holds($0[column]) }
  }

  private func number(_ text: String) -> Double? {
    WrittenNumber.parse(text, hasDecimalComma: hasDecimalComma, allowsSuffix: true)
  }

  /// Whether open, high, low and close begin here: the second is the highest, the third the lowest, and not all are one.
  private func arePrices(from column: Int) -> Bool {
    var differ = rows.count == 1
    for row in rows {
      let prices = (column..<column + 4).compactMap { number(row[$0]) }
      guard prices.count == 4, let highest = prices.max(), let lowest = prices.min(), lowest > 0 else {
        return false
      }
      let slack = highest * MarketRow.rounding
      if prices[1] < highest - slack || prices[2] > lowest + slack { return false }
      differ = differ || lowest < highest
    }
    return differ
  }

  /// The volume, if there is one: the next column, or the one behind a mean price that lies between high and low.
  private func volume(after close: Int) -> Int? {
    func isVolume(_ column: Int) -> Bool {
      column < count && all(column) { MarketRow.isUnknown($0) || number($0) != nil }
    }
    guard isVolume(close + 1) else { return nil }
    let isMean =
      rows.count >= 5 && isVolume(close + 2)
      && rows.allSatisfy { row in
        guard let mean = number(row[close + 1]), let high = number(row[close - 2]),
          let low = number(row[close - 1])
        else { return false }
        return (low...high).contains(mean)
      }
    return isMean ? close + 2 : close + 1
  }
}
