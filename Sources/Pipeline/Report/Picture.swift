import Kernels
import Stores

/// A picture that is still to be drawn.
struct Picture: Sendable {
  /// Where it is stored.
  let key: String
  /// Its bytes as a PNG file.
  let draw: @Sendable () throws -> [UInt8]
}

/// A picture that waits to be stored.
struct DrawnPicture: Sendable {
  /// Where it is stored.
  let key: String
  /// Its bytes as a PNG file, or why there are none.
  let bytes: Result<[UInt8], any Error>
}

extension [Picture] {
  /// Draws the pictures side by side; once an interruption was asked for, no further one.
  func drawn(threads: Int, interruption: Interruption) -> [DrawnPicture] {
    let nothing = Result<[UInt8], any Error>.failure(Interrupted())
    let drawn = DisjointSlots.fill(count: count, repeating: nothing) { slots in
      Workers.forEach(items: count, threads: threads) {
        interruption.isRequested
      } makeState: {
        0
      } body: { _, number in
        slots.write(Result { try self[number].draw() }, at: number)
      }
    }
    return zip(self, drawn).map { DrawnPicture(key: $0.key, bytes: $1) }
  }

  /// Draws the pictures side by side and stores them in order.
  ///
  /// - Throws: what drawing the first of those that fail throws, with those before it stored; `Interrupted`,
  ///   `StoreError`.
  func draw(to writer: inout StageWriter, threads: Int, interruption: Interruption) throws {
    try drawn(threads: threads, interruption: interruption).store(to: &writer, interruption: interruption)
  }
}

extension [DrawnPicture] {
  /// Stores the pictures in order; none of them after an interruption.
  ///
  /// - Throws: what drawing the first of those that fail threw, with those before it stored; `Interrupted`,
  ///   `StoreError`.
  func store(to writer: inout StageWriter, interruption: Interruption) throws {
    try interruption.check()
    for picture in self { try writer.put(picture.key, picture.bytes.get()) }
  }
}
