import Kernels

/// The signals of one `.npy` file.
enum SignalsArray {
  /// Reads an array of booleans, whole or floating-point numbers.
  static func read(_ chunks: inout HeadedChunks, file: String) throws -> ImportedSignals {
    let (header, rest) = try NumPyHeader.read(
      &chunks, accepting: NumPyElement.allCases, most: .max)
    try SignalsReader.check(count: header.count, file: file)
    var decoder = Decoder(header)
    try decoder.decode(rest.span)
    while true {
      let chunk = try chunks.next()
      if chunk.isEmpty { break }
      try decoder.decode(chunk.span)
    }
    let stored = try decoder.finished()
    return ImportedSignals(
      file: file, rows: header.isStoredByColumns ? stored.transposed : stored, rowLabels: .none,
      columnLabels: .none, sortsNames: false, format: header.shape.count == 1 ? .strategies : nil)
  }

  /// Elements that become signals, in the order in which they are stored.
  private struct Decoder {
    private let header: NumPyHeader
    private var rows: SignalRows
    private var signals: [Int8]
    /// Signals of the current row that are there.
    private var filled = 0
    /// The first bytes of an element that a chunk has cut.
    private var cut: [UInt8] = []

    init(_ header: NumPyHeader) {
      self.header = header
      let shape = header.shape.count == 1 ? [1, header.shape[0]] : header.shape
      let (count, width) = header.isStoredByColumns ? (shape[1], shape[0]) : (shape[0], shape[1])
      rows = SignalRows(width: width, expecting: count)
      // Not believed before the data are there.
      signals = Array(repeating: 0, count: min(width, 1 << 20))
    }

    mutating func decode(_ bytes: Span<UInt8>) throws {
      let size = header.element.size
      var index = 0
      while !cut.isEmpty, index < bytes.count {
        cut.append(bytes[index])
        index += 1
        if cut.count == size {
          let whole = cut
          cut = []
          try append(whole.span)
        }
      }
      let end = bytes.count - (bytes.count - index) % size
      try append(bytes.extracting(index..<end))
      for index in end..<bytes.count { cut.append(bytes[index]) }
    }

    mutating func finished() throws -> SignalRows {
      if rows.count * rows.width + filled < header.count {
        throw ArrayFault.truncated(
          part: "data", found: (rows.count * rows.width + filled) * header.element.size + cut.count,
          needed: header.count * header.element.size)
      }
      if !cut.isEmpty { throw leftOver }
      return rows
    }

    private var leftOver: ArrayFault { .leftOver(header.shape, needed: header.count * header.element.size) }

    private mutating func append(_ bytes: Span<UInt8>) throws {
      let size = header.element.size
      var index = 0
      while index < bytes.count {
        if rows.count * rows.width == header.count { throw leftOver }
        let count = min((bytes.count - index) / size, rows.width - filled)
        if filled + count > signals.count {
          signals += Array(repeating: 0, count: max(signals.count, filled + count - signals.count))
        }
        let (element, start) = (header.element, filled)
        var span = signals.mutableSpan
        element.decode(bytes.extracting(index..<index + count * size), into: &span, from: start)
        try check(from: filled, count: count, bytes.extracting(index..<index + count * size))
        filled += count
        index += count * size
        if filled == rows.width {
          if signals.count > rows.width { signals.removeLast(signals.count - rows.width) }
          rows.append(signals)
          filled = 0
        }
      }
    }

    private func check(from start: Int, count: Int, _ bytes: Span<UInt8>) throws {
      guard let place = signals[start..<start + count].firstIndex(of: SignalText.none) else { return }
      let size = header.element.size
      let found = header.element.text(
        bytes.extracting((place - start) * size..<(place - start + 1) * size))
      throw SignalsFault.badElement(
        row: header.isStoredByColumns ? place : rows.count,
        column: header.isStoredByColumns ? rows.count : place, found: found)
    }
  }
}
