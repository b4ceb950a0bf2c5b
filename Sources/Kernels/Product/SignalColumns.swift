/// Given positions of strategies, imported rather than scored: -1, 0 or +1 for each bar that they are given for.
///
/// They are packed as kernels take them: a word holds one bar of a batch of 64 strategies, a bit each, and there are
/// words of those that are +1 and, where any strategy is ever short, words of those that are -1.
public struct SignalColumns: Sendable, Equatable {
  /// The number of strategies.
  public let count: Int
  /// Signals of each strategy.
  public let length: Int
  /// `longs[batch * length + index]`.
  private let longs: [UInt64]
  /// The same of -1; empty where there is none.
  private let shorts: [UInt64]

  /// - Parameter strategies: a row a strategy.
  public init(strategies: SignalRows) {
    count = strategies.count
    length = strategies.width
    longs = Self.batches(of: strategies, strategies.longs)
    shorts = strategies.shorts.isEmpty ? [] : Self.batches(of: strategies, strategies.shorts)
  }

  /// - Parameter bars: a row a bar.
  public init(bars: SignalRows) {
    count = bars.width
    length = bars.count
    longs = Self.columns(of: bars, bars.longs)
    shorts = bars.shorts.isEmpty ? [] : Self.columns(of: bars, bars.shorts)
  }

  /// - Parameter strategies: for each strategy its signals.
  /// - Precondition: all have the same number, and none is other than -1, 0 or 1.
  public init(_ strategies: [[Int8]]) {
    var rows = SignalRows(width: strategies.first?.count ?? 0)
    for signals in strategies { rows.append(signals) }
    self.init(strategies: rows)
  }

  /// How many strategies are ever -1.
  public var everShort: Int {
    guard !shorts.isEmpty, length > 0 else { return 0 }
    return stride(from: 0, to: shorts.count, by: length).reduce(0) { count, first in
      count + shorts[first..<first + length].reduce(0, |).nonzeroBitCount
    }
  }

  /// The signals of one strategy.
  public subscript(strategy: Int) -> [Int8] {
    let batch = strategy / StrategyBlock.lanes * length
    let lane = UInt64(strategy % StrategyBlock.lanes)
    return (0..<length).map { index in
      let long = Int8(truncatingIfNeeded: longs[batch + index] >> lane & 1)
      return shorts.isEmpty ? long : long - Int8(truncatingIfNeeded: shorts[batch + index] >> lane & 1)
    }
  }

  /// The signals again, a row a strategy.
  public var strategies: SignalRows {
    SignalRows(
      width: length, count: count, longs: rows(of: longs), shorts: shorts.isEmpty ? [] : rows(of: shorts))
  }

  /// Calls `body` with the words of the batch that begins with strategy `first`, the first bar's first.
  ///
  /// - Precondition: `first` is a multiple of 64.
  func withBatch(
    of first: Int, _ body: (_ longs: UnsafePointer<UInt64>, _ shorts: UnsafePointer<UInt64>?) -> Void
  ) {
    precondition(first.isMultiple(of: StrategyBlock.lanes), "a batch begins there")
    let offset = first / StrategyBlock.lanes * length
    unsafe longs.withUnsafeBufferPointer { longs in
      unsafe shorts.withUnsafeBufferPointer { shorts in
        guard let base = longs.baseAddress else { return }
        let below = shorts.isEmpty ? nil : shorts.baseAddress
        unsafe body(base + offset, below.map { unsafe $0 + offset })
      }
    }
  }

  private static func batches(count: Int) -> Int { (count + StrategyBlock.lanes - 1) / StrategyBlock.lanes }

  /// Bits of strategies, turned over to words of bars.
  private static func batches(of rows: SignalRows, _ plane: [UInt64]) -> [UInt64] {
    var words = Array(repeating: UInt64(0), count: batches(count: rows.count) * rows.width)
    var square = BitSquare()
    for batch in 0..<batches(count: rows.count) {
      for word in 0..<rows.wordCount {
        for lane in 0..<64 {
          let row = batch * 64 + lane
          square[lane] = row < rows.count ? plane[row * rows.wordCount + word] : 0
        }
        square.transpose()
        for index in 0..<min(64, rows.width - word * 64) {
          words[batch * rows.width + word * 64 + index] = square[index]
        }
      }
    }
    return words
  }

  /// Words of bars, turned over to bits of strategies.
  private func rows(of words: [UInt64]) -> [UInt64] {
    let wordCount = SignalRows.wordCount(width: length)
    var plane = Array(repeating: UInt64(0), count: count * wordCount)
    var square = BitSquare()
    for batch in 0..<Self.batches(count: count) {
      for word in 0..<wordCount {
        for index in 0..<64 {
          let bar = word * 64 + index
          square[index] = bar < length ? words[batch * length + bar] : 0
        }
        square.transpose()
        for lane in 0..<min(64, count - batch * 64) {
          plane[(batch * 64 + lane) * wordCount + word] = square[lane]
        }
      }
    }
    return plane
  }

  /// Words of bars in the order of batches.
  private static func columns(of rows: SignalRows, _ plane: [UInt64]) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(plane.count)
    for batch in 0..<rows.wordCount {
      for bar in 0..<rows.count { words.append(plane[bar * rows.wordCount + batch]) }
    }
    return words
  }
}

/// 64 words of 64 bits.
private struct BitSquare {
  private var words = InlineArray<64, UInt64>(repeating: 0)

  subscript(row: Int) -> UInt64 {
    get { words[row] }
    set { words[row] = newValue }
  }

  /// Makes bit i of word j bit j of word i.
  ///
  /// Reference: Warren, "Hacker's Delight", section 7-3: squares off the diagonal are swapped, of half the size each time.
  mutating func transpose() {
    var side = 32
    var mask: UInt64 = 0xFFFF_FFFF
    while side > 0 {
      var row = 0
      while row < 64 {
        let swapped = (words[row] >> UInt64(side) ^ words[row + side]) & mask
        words[row] ^= swapped << UInt64(side)
        words[row + side] ^= swapped
        row = (row + side + 1) & ~side
      }
      side /= 2
      mask ^= mask << UInt64(side)
    }
  }
}
