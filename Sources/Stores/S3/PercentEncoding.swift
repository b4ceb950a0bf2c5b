/// The encoding of addresses (RFC 3986) in the strict form that AWS's signatures are made of: every byte but the
/// unreserved ones as `%` and two upper-case digits.
enum PercentEncoding {
  private static let digits = Array("0123456789ABCDEF".utf8)

  /// `text` encoded, slashes too unless they are kept.
  static func encode(_ text: String, keepsSlashes: Bool = false) -> String {
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isUnreserved(byte) || keepsSlashes && byte == UInt8(ascii: "/") {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A query as it is signed and sent: encoded, then in the order of the encoded names and values.
  static func query(_ query: [(name: String, value: String)]) -> String {
    query.map { (encode($0.name), encode($0.value)) }.sorted { first, second in
      let names = (Array(first.0.utf8), Array(second.0.utf8))
      return names.0 == names.1
        ? first.1.utf8.lexicographicallyPrecedes(second.1.utf8) : names.0.lexicographicallyPrecedes(names.1)
    }.map { "\($0)=\($1)" }.joined(separator: "&")
  }

  /// `text` decoded; a plus sign is a space, as in listings. What is no encoding stays as it is.
  static func decode(_ text: String) -> String {
    let source = Array(text.utf8)
    var bytes: [UInt8] = []
    var index = 0
    while index < source.count {
      if source[index] == UInt8(ascii: "%"), index + 2 < source.count,
        let high = value(source[index + 1]), let low = value(source[index + 2])
      {
        bytes.append(high << 4 | low)
        index += 3
      } else {
        bytes.append(source[index] == UInt8(ascii: "+") ? UInt8(ascii: " ") : source[index])
        index += 1
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func isUnreserved(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
      UInt8(ascii: "~"):
      true
    default: false
    }
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
