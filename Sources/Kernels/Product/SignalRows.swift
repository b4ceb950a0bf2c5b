/// Given signals row by row, two bits each at most, while they are read: a row a strategy or a row a bar.
public struct SignalRows: Sendable, Equatable {
  /// Signals of a row.
  public let width: Int
  /// The number of rows.
  public private(set) var count: Int
  /// Bits of those that are +1: bit `i % 64` of word `row * wordCount + i / 64`.
  private(set) var longs: [UInt64]
  /// The same of -1; empty as long as there is none.
  private(set) var shorts: [UInt64]

  /// No rows yet.
  ///
  /// - Parameter expected: how many there may be, for which room is made; up to 64 MB of it.
  public init(width: Int, expecting expected: Int = 0) {
    self.init(width: width, count: 0, longs: [], shorts: [])
    let (words, isTooMany) = expected.multipliedReportingOverflow(by: wordCount)
    longs.reserveCapacity(isTooMany ? 0 : min(words, 8 << 20))
  }

  init(width: Int, count: Int, longs: [UInt64], shorts: [UInt64]) {
    self.width = width
    self.count = count
    self.longs = longs
    self.shorts = shorts
  }

  /// Words that hold the bits of a row.
  public var wordCount: Int { Self.wordCount(width: width) }

  static func wordCount(width: Int) -> Int { (width + 63) / 64 }

  /// Adds a row.
  ///
  /// - Precondition: as many signals as every row has, each -1, 0 or 1.
  public mutating func append(_ signals: [Int8]) {
    precondition(signals.count == width, "rows of one length")
    var isShort = false
    let span = signals.span
    for first in stride(from: 0, to: width, by: 64) {
      var long: UInt64 = 0
      var short: UInt64 = 0
      for index in 0..<min(64, width - first) {
        let bits = UInt64(UInt8(bitPattern: span[first + index]))
        long |= (bits & 1) << UInt64(index)
        short |= (bits >> 7) << UInt64(index)
      }
      longs.append(long & ~short)
      if short != 0, !isShort {
        isShort = true
        shorts += Array(repeating: 0, count: longs.count - 1 - shorts.count)
      }
      if isShort { shorts.append(short) }
    }
    if !shorts.isEmpty { shorts += Array(repeating: 0, count: longs.count - shorts.count) }
    count += 1
  }

  /// Adds a row of the bits of its signals, the first signal's least significant; `shorts` may be empty.
  ///
  /// - Precondition: as many words as a row has, no bit beyond the last signal, none in both.
  public mutating func append(longs row: [UInt64], shorts below: [UInt64]) {
    precondition(row.count == wordCount && (below.isEmpty || below.count == wordCount), "rows of one length")
    longs += row
    if below.contains(where: { $0 != 0 }) {
      shorts += Array(repeating: 0, count: longs.count - wordCount - shorts.count)
      shorts += below
    } else if !shorts.isEmpty {
      shorts += Array(repeating: 0, count: wordCount)
    }
    count += 1
  }

  /// The words of one row: those of +1 and, where any signal of the row is -1, those of -1.
  public subscript(row: Int) -> (longs: ArraySlice<UInt64>, shorts: ArraySlice<UInt64>) {
    let place = row * wordCount..<(row + 1) * wordCount
    let below = shorts.isEmpty ? [] : shorts[place]
    return (longs[place], below.contains { $0 != 0 } ? below : [])
  }

  /// The rows with these numbers, in this order.
  public func rows(_ numbers: some Sequence<Int>) -> SignalRows {
    var chosen = SignalRows(width: width)
    for number in numbers {
      let row = self[number]
      chosen.append(longs: Array(row.longs), shorts: Array(row.shorts))
    }
    return chosen
  }

  /// Rows as columns and columns as rows.
  public var transposed: SignalRows { SignalColumns(bars: self).strategies }
}
