/// Numbers as bytes with the lowest first, whole arrays at a time.
public enum LittleEndian {
  /// Eight bytes for each number.
  public static func bytes(_ numbers: [Double]) -> [UInt8] {
    bytes(words: numbers.map { $0.bitPattern.littleEndian })
  }

  /// Four bytes for each number.
  public static func bytes(_ numbers: [UInt32]) -> [UInt8] {
    bytes(words: numbers.map { $0.littleEndian })
  }

  /// Eight bytes for each number.
  public static func bytes(_ numbers: [UInt64]) -> [UInt8] {
    bytes(words: numbers.map { $0.littleEndian })
  }

  /// The numbers of ``bytes(_:)-([Double])``.
  ///
  /// - Precondition: whole numbers.
  public static func doubles(_ bytes: ArraySlice<UInt8>) -> [Double] {
    words(bytes, as: UInt64.self).map { Double(bitPattern: UInt64(littleEndian: $0)) }
  }

  /// The numbers of ``bytes(_:)-([UInt32])``.
  ///
  /// - Precondition: whole numbers.
  public static func integers32(_ bytes: ArraySlice<UInt8>) -> [UInt32] {
    words(bytes, as: UInt32.self).map { UInt32(littleEndian: $0) }
  }

  /// The numbers of ``bytes(_:)-([UInt64])``.
  ///
  /// - Precondition: whole numbers.
  public static func integers64(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    words(bytes, as: UInt64.self).map { UInt64(littleEndian: $0) }
  }

  private static func bytes<Word: FixedWidthInteger & BitwiseCopyable>(words: [Word]) -> [UInt8] {
    unsafe words.withUnsafeBytes { unsafe Array($0) }
  }

  private static func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ bytes: ArraySlice<UInt8>, as word: Word.Type
  ) -> [Word] {
    let count = bytes.count / MemoryLayout<Word>.stride
    precondition(count * MemoryLayout<Word>.stride == bytes.count, "whole numbers")
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, filled in
      unsafe bytes.withUnsafeBytes { unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0) }
      filled = count
    }
  }
}
