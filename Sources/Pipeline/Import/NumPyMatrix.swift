import Statistics

/// The returns of one `.npy` file while it is read.
struct NumPyMatrix {
  private let header: NumPyHeader
  private var values: NumberBlocks
  private var hasUndefined = false
  /// Where bytes become numbers, ``pieceLength`` at a time.
  private var decoded = Array(repeating: 0.0, count: pieceLength)
  private static let pieceLength = 4096
  /// The first bytes of a number that a chunk has cut.
  private var cut: [UInt8] = []

  init(_ chunks: inout HeadedChunks) throws {
    let (header, rest) = try NumPyHeader.read(&chunks)
    self.header = header
    values = NumberBlocks(expecting: header.count)
    try decode(rest, from: 0)
    while true {
      let chunk = try chunks.next()
      if chunk.isEmpty { break }
      try decode(chunk, from: 0)
    }
    if values.count < header.count {
      throw ArrayFault.truncated(
        part: "data", found: values.count * header.elementSize + cut.count,
        needed: header.count * header.elementSize)
    }
  }

  /// What was read, without a first column that numbers the rows or gives their times; leaves nothing behind.
  mutating func returns(_ settings: TimeSettings) throws -> ImportedReturns {
    let strategies = header.strategies
    var numbers = values.joined()
    if header.isFortranOrder, strategies > 1, header.bars > 1 {
      numbers = Self.transposed(numbers, bars: header.bars, strategies: strategies)
    }
    let counts = undefinedCounts(numbers)
    let firstRow = Array(numbers.prefix(strategies))
    var table = KeptColumns(
      names: (0..<strategies).map(String.init), numbers: numbers, rows: header.bars, undefinedCounts: counts)
    numbers = []
    var reading = ReturnsReading()
    reading.isArray = true
    if Self.areTimes(firstRow, settings) {
      reading.isTransposed = true
      table.names = (0..<header.bars).map(String.init)
      table.transpose()
    }
    return try table.returns(settings, reading)
  }

  /// Whether a first row gives the times of bars, so that each row below it is a strategy.
  private static func areTimes(_ row: [Double], _ settings: TimeSettings) -> Bool {
    var counting = CountingColumn()
    for number in row {
      counting.append(number)
      guard counting.rises || counting.falls else { return false }
    }
    return TransposedHeader(dates: [""] + row.map(LeadTimes.cell), settings: settings) != nil
  }

  /// Counted at the end, when the header's number of strategies has proved true.
  private func undefinedCounts(_ numbers: [Double]) -> [Int] {
    let strategies = header.strategies
    var counts = Array(repeating: 0, count: strategies)
    if hasUndefined {
      for index in numbers.indices where numbers[index].isNaN { counts[index % strategies] += 1 }
    }
    return counts
  }

  /// The rows of a matrix that is stored by columns.
  static func transposed(_ columns: [Double], bars: Int, strategies: Int) -> [Double] {
    var rows = Array(repeating: 0.0, count: columns.count)
    // A cache line of a row at a time: a single column would touch each line anew for each of its numbers.
    for first in stride(from: 0, to: strategies, by: 8) {
      let end = min(first + 8, strategies)
      for bar in 0..<bars {
        for strategy in first..<end { rows[bar * strategies + strategy] = columns[strategy * bars + bar] }
      }
    }
    return rows
  }

  /// Takes the numbers of `bytes[start...]`, the end of the last chunk before them.
  private mutating func decode(_ bytes: [UInt8], from start: Int) throws(ArrayFault) {
    let size = header.elementSize
    var index = start
    while !cut.isEmpty, index < bytes.count {
      cut.append(bytes[index])
      index += 1
      if cut.count == size {
        let whole = cut
        cut = []
        try append(whole.span, from: 0, to: size)
      }
    }
    let end = bytes.count - (bytes.count - index) % size
    try append(bytes.span, from: index, to: end)
    cut += bytes[end...]
    if values.count > header.count || values.count == header.count && !cut.isEmpty { throw leftOver }
  }

  /// In pieces that stay in cache.
  private mutating func append(_ bytes: Span<UInt8>, from start: Int, to end: Int) throws(ArrayFault) {
    let size = header.elementSize
    for piece in stride(from: start, to: end, by: Self.pieceLength * size) {
      try append(bytes.extracting(piece..<min(end, piece + Self.pieceLength * size)))
    }
  }

  private mutating func append(_ bytes: Span<UInt8>) throws(ArrayFault) {
    let size = header.elementSize
    let count = bytes.count / size
    var isFinite = true
    var span = decoded.mutableSpan
    for index in 0..<count {
      let element = bytes.extracting(index * size..<(index + 1) * size)
      let number =
        size == 8
        ? Double(bitPattern: NumPyElement.longWord(element))
        : Double(Float(bitPattern: NumPyElement.word(element)))
      span[index] = number
      isFinite = isFinite && number.isFinite
    }
    if !isFinite { try check(decoded[..<count]) }
    values.append(contentsOf: decoded[..<count])
  }

  /// Looks at the next numbers, of which some are not finite.
  private mutating func check(_ numbers: ArraySlice<Double>) throws(ArrayFault) {
    hasUndefined = true
    guard let place = numbers.firstIndex(where: { $0.isInfinite }) else { return }
    let index = values.count + place
    guard index < header.count else { throw leftOver }
    throw header.isFortranOrder
      ? .infinite(bar: index % header.bars, strategy: index / header.bars)
      : .infinite(bar: index / header.strategies, strategy: index % header.strategies)
  }

  private var leftOver: ArrayFault { .leftOver(header.shape, needed: header.count * header.elementSize) }
}
