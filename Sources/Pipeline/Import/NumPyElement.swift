/// The types of elements that are read from `.npy` files, as NumPy writes them.
enum NumPyElement: String, CaseIterable, Sendable {
  case boolean = "|b1"
  case int8 = "|i1"
  case uint8 = "|u1"
  case int16 = "<i2"
  case int32 = "<i4"
  case int64 = "<i8"
  case single = "<f4"
  case double = "<f8"

  /// Bytes of an element.
  var size: Int {
    switch self {
    case .boolean, .int8, .uint8: 1
    case .int16: 2
    case .int32, .single: 4
    case .int64, .double: 8
    }
  }

  /// The signals that `bytes` hold, ``SignalText/none`` for what is none.
  ///
  /// - Precondition: `bytes` are whole elements, and there is room for them.
  func decode(_ bytes: Span<UInt8>, into signals: inout MutableSpan<Int8>, from start: Int) {
    // A loop for each type, since one with a choice in it would make it for each of millions of elements.
    switch self {
    case .boolean, .uint8:
      for index in 0..<bytes.count {
        signals[start + index] = bytes[index] < 2 ? Int8(bitPattern: bytes[index]) : SignalText.none
      }
    case .int8:
      for index in 0..<bytes.count {
        signals[start + index] = Self.signal(Int64(Int8(bitPattern: bytes[index])))
      }
    case .int16:
      for index in 0..<bytes.count / 2 {
        let bits = Int16(bitPattern: UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8)
        signals[start + index] = Self.signal(Int64(bits))
      }
    case .int32:
      for index in 0..<bytes.count / 4 {
        let bits = Int32(bitPattern: Self.word(bytes.extracting(4 * index..<4 * index + 4)))
        signals[start + index] = Self.signal(Int64(bits))
      }
    case .int64:
      for index in 0..<bytes.count / 8 {
        let bits = Int64(bitPattern: Self.longWord(bytes.extracting(8 * index..<8 * index + 8)))
        signals[start + index] = Self.signal(bits)
      }
    case .single:
      for index in 0..<bytes.count / 4 {
        let bits = Self.word(bytes.extracting(4 * index..<4 * index + 4))
        signals[start + index] = SignalText.signal(Double(Float(bitPattern: bits)))
      }
    case .double:
      for index in 0..<bytes.count / 8 {
        let bits = Self.longWord(bytes.extracting(8 * index..<8 * index + 8))
        signals[start + index] = SignalText.signal(Double(bitPattern: bits))
      }
    }
  }

  /// One element as messages quote it.
  func text(_ bytes: Span<UInt8>) -> String {
    switch self {
    case .boolean, .uint8: "\(bytes[0])"
    case .int8: "\(Int8(bitPattern: bytes[0]))"
    case .int16: "\(Int16(bitPattern: UInt16(bytes[0]) | UInt16(bytes[1]) << 8))"
    case .int32: "\(Int32(bitPattern: Self.word(bytes)))"
    case .int64: "\(Int64(bitPattern: Self.longWord(bytes)))"
    case .single: "\(Float(bitPattern: Self.word(bytes)))"
    case .double: "\(Double(bitPattern: Self.longWord(bytes)))"
    }
  }

  @inline(__always)
  private static func signal(_ value: Int64) -> Int8 {
    value >= -1 && value <= 1 ? Int8(truncatingIfNeeded: value) : SignalText.none
  }

  /// Four bytes, the least significant first. One check of the length leaves none for the compiler to make.
  @inline(__always)
  static func word(_ bytes: Span<UInt8>) -> UInt32 {
    precondition(bytes.count == 4, "a word has four bytes")
    return UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16 | UInt32(bytes[3]) << 24
  }

  /// Eight bytes, the least significant first.
  @inline(__always)
  static func longWord(_ bytes: Span<UInt8>) -> UInt64 {
    UInt64(word(bytes.extracting(0..<4))) | UInt64(word(bytes.extracting(4..<8))) << 32
  }
}
