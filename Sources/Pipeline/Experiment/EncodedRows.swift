import Artifacts
import Kernels

/// Rows of a table that are encoded side by side and appended in order, so that memory stays small and the bytes do not
/// depend on threads.
enum EncodedRows {
  /// Rows that one worker encodes at a time.
  private static let rowsPerChunk = 128

  /// Encodes rows 0 ..< `count`.
  ///
  /// - Parameters:
  ///   - width: bytes that a row is likely to take.
  ///   - encode: appends the cells of a row and ends it.
  /// - Throws: what `append` throws.
  static func write(
    _ count: Int, width: Int, threads: Int, append: ([UInt8]) throws -> Void,
    encode: @escaping @Sendable (inout CSVEncoder, Int) -> Void
  ) rethrows {
    try Workers.inOrder(items: (count + rowsPerChunk - 1) / rowsPerChunk, threads: threads) {
      CSVEncoder(capacity: rowsPerChunk * width)
    } make: { encoder, chunk in
      encoder.removeAll()
      for row in chunk * rowsPerChunk..<min((chunk + 1) * rowsPerChunk, count) { encode(&encoder, row) }
      return encoder.bytes
    } take: {
      try append($0)
    }
  }
}
