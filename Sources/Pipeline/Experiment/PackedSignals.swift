import FoundationEssentials
import Kernels

/// Given signals as the document of strategies keeps them, a fraction of what they take in any file.
///
/// Each strategy is the bits of its signals, the first bar in the least significant bit of the first byte, in base64:
/// `np.unpackbits(np.frombuffer(base64.b64decode(text), np.uint8), count=count, bitorder="little")`.
struct PackedSignals: Codable {
  /// Signals of a strategy.
  let count: Int
  /// For each strategy, where it is +1.
  let long: [String]
  /// For each strategy, where it is -1, empty text if nowhere; absent if no strategy is ever short.
  let short: [String]?
  let columns: SignalColumns

  enum CodingKeys: String, CodingKey {
    case count, long, short
  }

  init(_ columns: SignalColumns) {
    self.columns = columns
    count = columns.length
    let rows = columns.strategies
    var (long, short): ([String], [String]) = ([], [])
    for strategy in 0..<rows.count {
      let row = rows[strategy]
      long.append(Self.text(row.longs, count: count))
      short.append(row.shorts.isEmpty ? "" : Self.text(row.shorts, count: count))
    }
    self.long = long
    self.short = short.allSatisfy(\.isEmpty) ? nil : short
  }

  init(from decoder: any Decoder) throws {
    // Earlier versions kept a number a signal.
    if let strategies = try? decoder.singleValueContainer().decode([[Int8]].self) {
      guard strategies.allSatisfy({ $0.count == strategies[0].count && $0.allSatisfy { abs($0) <= 1 } })
      else {
        throw Self.corrupted(decoder)
      }
      self.init(SignalColumns(strategies))
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let count = try container.decode(Int.self, forKey: .count)
    let long = try container.decode([String].self, forKey: .long)
    let short = try container.decodeIfPresent([String].self, forKey: .short)
    guard count > 0, count <= SignalsReader.maximumSignals,
      short.map({ $0.count == long.count }) ?? true
    else { throw Self.corrupted(decoder) }
    var rows = SignalRows(width: count)
    for strategy in long.indices {
      let below = short?[strategy] ?? ""
      guard let longs = Self.words(long[strategy], count: count),
        let shorts = below.isEmpty ? [] : Self.words(below, count: count),
        zip(longs, shorts).allSatisfy({ $0 & $1 == 0 })
      else { throw Self.corrupted(decoder) }
      rows.append(longs: longs, shorts: shorts)
    }
    self.init(
      count: count, long: long, short: short.flatMap { $0.allSatisfy(\.isEmpty) ? nil : $0 },
      columns: SignalColumns(strategies: rows))
  }

  private init(count: Int, long: [String], short: [String]?, columns: SignalColumns) {
    self.count = count
    self.long = long
    self.short = short
    self.columns = columns
  }

  private static func corrupted(_ decoder: any Decoder) -> DecodingError {
    .dataCorrupted(
      DecodingError.Context(
        codingPath: decoder.codingPath, debugDescription: "bits of signals, as many for each strategy"))
  }

  private static func text(_ words: ArraySlice<UInt64>, count: Int) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(words.count * 8)
    for word in words {
      for place in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: word >> UInt64(8 * place))) }
    }
    return Data(bytes.prefix((count + 7) / 8)).base64EncodedString()
  }

  /// `nil` for text that is no base64, or not of `count` bits.
  private static func words(_ text: String, count: Int) -> [UInt64]? {
    guard let bytes = Data(base64Encoded: text), bytes.count == (count + 7) / 8 else { return nil }
    var words = Array(repeating: UInt64(0), count: (count + 63) / 64)
    for (index, byte) in bytes.enumerated() { words[index / 8] |= UInt64(byte) << UInt64(8 * (index % 8)) }
    let beyond = count % 64
    return beyond == 0 || words[words.count - 1] >> UInt64(beyond) == 0 ? words : nil
  }
}
