import Kernels
import Stores

/// A picture that is still to be drawn.
struct Picture: Sendable {
  /// Where it is stored.
  let key: String
  /// Its bytes as a PNG file.
  let draw: @Sendable () throws -> [UInt8]
}

extension [Picture] {
  /// Draws the pictures side by side and stores them in order.
  ///
  /// - Throws: what drawing the first of those that fail throws, with those before it stored; `Interrupted`,
  ///   `StoreError`.
  func draw(to writer: inout StageWriter, threads: Int, interruption: Interruption) throws {
    // What was measured before may have left tens of megabytes behind.
    FreeMemory.giveBack()
    let nothing = Result<[UInt8], any Error>.success([])
    let drawn = DisjointSlots.fill(count: count, repeating: nothing) { slots in
      Workers.forEach(items: count, threads: threads) {
        interruption.isRequested
      } makeState: {
        0
      } body: { _, number in
        slots.write(Result { try self[number].draw() }, at: number)
      }
    }
    try interruption.check()
    for (picture, bytes) in zip(self, drawn) { try writer.put(picture.key, bytes.get()) }
  }
}
