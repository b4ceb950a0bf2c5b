/// A `.npy` file as NumPy would write it.
struct NumPyFile {
  enum Element: String, CaseIterable {
    case single = "<f4"
    case double = "<f8"
  }

  /// Bars × strategies.
  let bars: Int
  let strategies: Int
  let element: Element
  let isFortranOrder: Bool
  let version: UInt8

  var header: String {
    "{'descr': '\(element.rawValue)', 'fortran_order': \(isFortranOrder ? "True" : "False"), "
      + "'shape': (\(bars), \(strategies)), }"
  }

  /// The file of `values`, row by row.
  func bytes(_ values: [Double]) -> [UInt8] {
    var bytes = Self.bytes(header: header, version: version)
    for place in 0..<values.count {
      let index =
        isFortranOrder ? place % bars * strategies + place / bars : place
      switch element {
      case .single: bytes += Self.littleEndian(UInt64(Float(values[index]).bitPattern), count: 4)
      case .double: bytes += Self.littleEndian(values[index].bitPattern, count: 8)
      }
    }
    return bytes
  }

  /// What comes before the data, filled up to a multiple of 64 bytes.
  static func bytes(header: String, version: UInt8 = 1) -> [UInt8] {
    let prefix = version == 1 ? 10 : 12
    let padding = 64 - (prefix + header.utf8.count + 1) % 64
    let text = Array(header.utf8) + Array(repeating: 0x20, count: padding) + [0x0A]
    return [0x93] + Array("NUMPY".utf8) + [version, 0]
      + littleEndian(UInt64(text.count), count: version == 1 ? 2 : 4) + text
  }

  private static func littleEndian(_ bits: UInt64, count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
  }
}
