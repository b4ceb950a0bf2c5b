import Backtesting
import Kernels

extension ImportedSignals {
  /// The strategies on the bars of `market`.
  ///
  /// Where the file has times, each bar's signal is that of the row of its time; rows before the first and after the last
  /// bar are left out. Without times, lengths tell which side of the matrix is the bars.
  ///
  /// - Parameter axis: what rows are, as asked for; `nil` for what the file and the lengths tell.
  /// - Throws: ``ImportError``.
  func strategies(on market: Market, lengths: SignalLengths, axis: SignalsAxis?) throws(ImportError)
    -> GivenSignals
  {
    if mayHaveHeader, axis != .strategies, lengths.alignment(of: rows.count) == nil,
      lengths.alignment(of: rows.count - 1) != nil
    {
      return try rows(1..<rows.count).strategies(on: market, lengths: lengths, axis: .bars)
    }
    let axis = if let axis { axis } else { try self.axis(lengths) }
    guard case .times(let times, _) = axis == .bars ? rowLabels : columnLabels else {
      try check(axis, lengths)
      return try strategies(axis)
    }
    guard market.hasTimes else { throw .badSignals(file, .timesOfNumberedBars) }
    if lengths.asked == .segment { throw .badSignals(file, .timesBeginAnew) }
    // Times are looked at row by row.
    let bars = axis == .bars ? self : turned
    let isNewestFirst = times.count > 1 && times[1] < times[0]
    let (used, ordered) = try bars.matched(times, isNewestFirst: isNewestFirst, market: market)
    var given = try ordered.strategies(.bars)
    given.rowsBefore = used.lowerBound
    given.rowsAfter = times.count - used.upperBound
    given.wasNewestFirst = isNewestFirst
    given.hasTimes = true
    return given
  }

  /// Whether the first row of a text without names may be the names of columns that have none: `0`, or `0,1`.
  private var mayHaveHeader: Bool {
    guard !lines.isEmpty, case .none = rowLabels, case .none = columnLabels, rows.count > 1 else {
      return false
    }
    let first = rows[0]
    return first.shorts.isEmpty && rows.width <= 2 && first.longs.first == (rows.width == 1 ? 0 : 0b10)
  }

  /// What rows are, by the file or else by the side that fits.
  private func axis(_ lengths: SignalLengths) throws(ImportError) -> SignalsAxis {
    if let axis { return axis }
    let areBars = lengths.alignment(of: rows.count) != nil
    let areStrategies = lengths.alignment(of: rows.width) != nil
    if areBars != areStrategies { return areBars ? .bars : .strategies }
    throw .badSignals(
      file,
      areBars
        ? .eitherAxis(rows: rows.count, columns: rows.width)
        : .neitherAxis(rows: rows.count, columns: rows.width, needed: lengths.needed))
  }

  /// Says it where the other side of the matrix would fit; that neither does is said by who knows the segments.
  private func check(_ axis: SignalsAxis, _ lengths: SignalLengths) throws(ImportError) {
    let (length, other) = axis == .bars ? (rows.count, rows.width) : (rows.width, rows.count)
    guard lengths.alignment(of: length) == nil, lengths.alignment(of: other) != nil else { return }
    throw .badSignals(file, .otherAxis(axis, found: length, other: other, needed: lengths.needed))
  }

  /// The rows of the bars, in their order, and which of all rows by time they are.
  private func matched(
    _ spelled: [Int64], isNewestFirst: Bool, market: Market
  ) throws(ImportError) -> (used: Range<Int>, rows: ImportedSignals) {
    let times = isNewestFirst ? spelled.reversed() : spelled
    let bars = market.timestamps
    func line(_ row: Int) -> Int? {
      lines.isEmpty ? nil : lines[isNewestFirst ? times.count - 1 - row : row]
    }
    // A market without bars has no last one either; sweeps need more.
    guard let firstBar = bars.first, let lastBar = bars.last, let last = times.last else {
      return (0..<0, self)
    }
    let first = times.firstIndex { $0 >= firstBar } ?? times.count
    for bar in bars.indices {
      let row = first + bar
      guard row < times.count else { throw .badSignals(file, .endsEarly(last: last, needed: lastBar)) }
      if times[row] != bars[bar] {
        throw .badSignals(
          file, .otherTime(line: line(row), found: times[row], bar: bar + 1, needed: bars[bar]))
      }
    }
    let used = first..<first + bars.count
    if isNewestFirst { return (used, reversedRows(used)) }
    return (used, used == 0..<times.count ? self : rows(used))
  }

  /// The rows `range` of all, counted from the last one, the last one first.
  private func reversedRows(_ range: Range<Int>) -> ImportedSignals {
    ImportedSignals(
      file: file, rows: rows.rows(range.map { rows.count - 1 - $0 }), rowLabels: .none,
      columnLabels: columnLabels, sortsNames: sortsNames, format: format)
  }
}
