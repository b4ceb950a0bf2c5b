/// The clock of a time zone: how far it is ahead of UTC, and from when on.
///
/// Made from the bytes of a file of the IANA database as systems install it (TZif, RFC 9636), of versions 1 to 4.
public struct ZoneRules: Sendable, Equatable {
  /// Why bytes are no zone.
  public enum Fault: Error, Equatable, Sendable {
    case noZone
  }

  /// The moments from which another offset holds, in seconds since 1970, increasing.
  private var transitions: [Int64] = []
  /// The offset from each moment on, in seconds ahead of UTC.
  private var offsets: [Int64] = []
  /// The offset before the first.
  private let initialOffset: Int64
  /// The offsets by the letters that stand for them, such as `EST` and `EDT`.
  public private(set) var abbreviations: [String: Int64] = [:]

  /// A clock that never changes, in seconds ahead of UTC.
  public init(offset: Int64) {
    initialOffset = offset
  }

  /// The zone that `bytes` describe.
  ///
  /// - Throws: ``Fault``.
  public init(_ bytes: [UInt8]) throws(Fault) {
    var cursor = ZoneCursor(bytes)
    var header = try cursor.header()
    // The first block has times of 32 bits; from version 2 on one of 64 bits follows, and a rule for all later years.
    let isWide = header.version >= 2
    if isWide {
      try cursor.skip(header.length(timeSize: 4))
      header = try cursor.header()
    }
    let timeSize = isWide ? 8 : 4
    var moments: [Int64] = []
    for _ in 0..<header.transitions { moments.append(try cursor.integer(timeSize)) }
    var kinds: [Int] = []
    for _ in 0..<header.transitions { kinds.append(Int(try cursor.integer(1) & 0xFF)) }
    var types: [(offset: Int64, name: Int)] = []
    for _ in 0..<header.types {
      let offset = try cursor.integer(4)
      try cursor.skip(1)
      types.append((offset, Int(try cursor.integer(1) & 0xFF)))
    }
    let names = try cursor.take(header.letters)
    guard !types.isEmpty, kinds.allSatisfy({ $0 < types.count }) else { throw .noZone }
    initialOffset = types[0].offset
    transitions = moments
    offsets = kinds.map { types[$0].offset }
    for type in types where type.name < names.count {
      let letters = names[type.name...].prefix { $0 != 0 }
      abbreviations[String(decoding: letters, as: UTF8.self)] = type.offset
    }
    try cursor.skip(header.leapSeconds * (timeSize + 4) + header.indicators)
    if isWide { extend(by: cursor.footer()) }
  }

  /// How far the clock is ahead of UTC at a moment, both in microseconds.
  public func offset(at moment: Int64) -> Int64 {
    let second = Int64(CivilTime.floorDivide(Int(moment), 1_000_000))
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= second { low = middle + 1 } else { high = middle }
    }
    return (low == 0 ? initialOffset : offsets[low - 1]) * 1_000_000
  }

  /// The moments at which the clock shows `local`, in microseconds.
  ///
  /// Two where it is turned back and shows an hour twice. Where it is turned forward and skips the time, both are what
  /// the clock would have shown without that.
  public func moments(of local: Int64) -> (earlier: Int64, later: Int64) {
    let day = CivilTime.microsecondsPerDay
    let before = offset(at: local - day)
    let after = offset(at: local + day)
    if before == after { return (local - before, local - before) }
    let first = local - before
    let second = local - after
    let isFirst = offset(at: first) == before
    let isSecond = offset(at: second) == after
    if isFirst == isSecond { return isFirst ? (first, second) : (first, first) }
    return isFirst ? (first, first) : (second, second)
  }

  /// Adds the changes of the years after the last one that is listed, up to 2100.
  private mutating func extend(by rule: ZoneYearRule?) {
    guard let rule else { return }
    let last = transitions.last ?? .min
    let firstYear = last < 0 ? 1970 : CivilTime.date(days: Int(last / 86_400)).year
    for year in firstYear...2100 {
      for change in rule.changes(year: year) where change.moment > last {
        transitions.append(change.moment)
        offsets.append(change.offset)
      }
    }
  }
}

/// Takes the bytes of a zone apart.
private struct ZoneCursor {
  struct Header {
    let version: Int
    let indicators: Int
    let leapSeconds: Int
    let transitions: Int
    let types: Int
    let letters: Int

    func length(timeSize: Int) -> Int {
      transitions * (timeSize + 1) + types * 6 + letters + leapSeconds * (timeSize + 4) + indicators
    }
  }

  private let bytes: [UInt8]
  private var position = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func take(_ count: Int) throws(ZoneRules.Fault) -> [UInt8] {
    guard count >= 0, position + count <= bytes.count else { throw .noZone }
    defer { position += count }
    return Array(bytes[position..<position + count])
  }

  mutating func skip(_ count: Int) throws(ZoneRules.Fault) {
    guard count >= 0, position + count <= bytes.count else { throw .noZone }
    position += count
  }

  /// A signed number, its highest byte first.
  mutating func integer(_ size: Int) throws(ZoneRules.Fault) -> Int64 {
    guard position + size <= bytes.count else { throw .noZone }
    var value: Int64 = bytes[position] & 0x80 == 0 ? 0 : -1
    for index in position..<position + size { value = value << 8 | Int64(bytes[index]) }
    position += size
    return value
  }

  mutating func header() throws(ZoneRules.Fault) -> Header {
    guard try take(4) == Array("TZif".utf8) else { throw .noZone }
    let version = try take(1)[0]
    try skip(15)
    var counts: [Int] = []
    for _ in 0..<6 { counts.append(Int(try integer(4))) }
    // A file of the database has some hundreds of entries; damaged counts could ask for gigabytes.
    guard counts.allSatisfy({ (0...100_000).contains($0) }) else { throw .noZone }
    return Header(
      version: version == 0 ? 1 : Int(version) - 0x30, indicators: counts[0] + counts[1],
      leapSeconds: counts[2],
      transitions: counts[3], types: counts[4], letters: counts[5])
  }

  /// The rule for the years after the last change; `nil` if there is none.
  mutating func footer() -> ZoneYearRule? {
    guard position < bytes.count, bytes[position] == Ascii.lineFeed else { return nil }
    return ZoneYearRule(Array(bytes[(position + 1)...].prefix { $0 != Ascii.lineFeed }))
  }
}
