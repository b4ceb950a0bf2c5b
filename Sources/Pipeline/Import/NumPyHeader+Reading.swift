extension NumPyHeader {
  /// Reads the beginning of an array, up to its data.
  ///
  /// - Returns: the description, and the first bytes of the data.
  /// - Throws: ``ArrayFault``; what `chunks` throw.
  static func read(
    _ chunks: inout HeadedChunks, accepting elements: [NumPyElement] = [.single, .double],
    most: Int = ReturnsReader.maximumReturns
  ) throws -> (header: NumPyHeader, rest: [UInt8]) {
    var bytes = try chunks.next()
    try fill(&bytes, upTo: 8, from: &chunks)
    let (major, minor) = (bytes[6], bytes[7])
    guard (1...3).contains(major), minor == 0 else { throw ArrayFault.version(major: major, minor: minor) }
    let start = lengthEnd(major: major)
    try fill(&bytes, upTo: start, from: &chunks)
    let length = bytes[8..<start].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumLength else {
      throw ArrayFault.headerLength(found: length, limit: maximumLength)
    }
    try fill(&bytes, upTo: start + length, from: &chunks)
    let header = try NumPyHeader(bytes[start..<start + length], accepting: elements, most: most)
    bytes.removeFirst(start + length)
    return (header, bytes)
  }

  private static func fill(_ bytes: inout [UInt8], upTo count: Int, from chunks: inout HeadedChunks) throws {
    while bytes.count < count {
      let chunk = try chunks.next()
      if chunk.isEmpty { throw ArrayFault.truncated(part: "header", found: bytes.count, needed: count) }
      bytes += chunk
    }
  }
}
