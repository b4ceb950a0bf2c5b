/// A file's chunks, of which the first bytes are looked at before the format is known.
struct HeadedChunks {
  /// The first bytes, as many as were asked for unless the file is shorter; they are handed out as the first chunk.
  let head: [UInt8]
  private var isHeadTaken = false
  private var isExhausted: Bool
  private let refill: () throws -> [UInt8]

  init(_ refill: @escaping () throws -> [UInt8], headLength: Int) throws {
    var head: [UInt8] = []
    var isExhausted = false
    while head.count < headLength, !isExhausted {
      let chunk = try refill()
      isExhausted = chunk.isEmpty
      if head.isEmpty { head = chunk } else { head += chunk }
    }
    self.head = head
    self.isExhausted = isExhausted
    self.refill = refill
  }

  /// The next chunk; empty at the end, however often it is asked for.
  mutating func next() throws -> [UInt8] {
    if !isHeadTaken {
      isHeadTaken = true
      return head
    }
    if isExhausted { return [] }
    let chunk = try refill()
    isExhausted = chunk.isEmpty
    return chunk
  }
}
