/// The description of an array that begins a `.npy` file: a Python dictionary, as text.
///
/// Reference: NumPy, `numpy.lib.format`, format versions 1.0 to 3.0.
struct NumPyHeader {
  /// The bytes that begin every `.npy` file.
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The longest description, in bytes. That of an array of numbers takes 118; only one of records is long.
  static let maximumLength = 1 << 16

  /// What the array holds.
  let element: NumPyElement
  let isFortranOrder: Bool
  /// One or two dimensions, none of them 0, whose product is no more than was to be accepted.
  let shape: [Int]

  /// Bytes of a number.
  var elementSize: Int { element.size }

  var bars: Int { shape[0] }
  var strategies: Int { shape.count == 2 ? shape[1] : 1 }
  var count: Int { bars * strategies }
  /// Whether the columns of a matrix come one after another, and not its rows.
  var isStoredByColumns: Bool { isFortranOrder && shape.count == 2 }

  /// Where the length of the description ends in a file of this version.
  static func lengthEnd(major: UInt8) -> Int { major == 1 ? 10 : 12 }

  /// - Parameters:
  ///   - elements: the types that are accepted.
  ///   - most: the most cells that are.
  init(
    _ text: ArraySlice<UInt8>, accepting elements: [NumPyElement] = [.single, .double],
    most: Int = ReturnsReader.maximumReturns
  ) throws(ArrayFault) {
    var literal = PythonLiteral(text)
    var type: String?
    var order: Bool?
    var shape: [Int]?
    try literal.take("{")
    while !literal.skip("}") {
      let key = try literal.string()
      try literal.take(":")
      switch key {
      case "descr" where type == nil: type = try literal.type()
      case "fortran_order" where order == nil: order = try literal.truth()
      case "shape" where shape == nil: shape = try literal.tuple()
      default:
        throw .header(
          found: "the key \"\(ImportText.brief(key))\"", needed: "descr, fortran_order and shape, once each")
      }
      if !literal.skip(",") {
        try literal.take("}")
        break
      }
    }
    try literal.end()
    guard let type, let order, let shape else {
      let missing = type == nil ? "descr" : order == nil ? "fortran_order" : "shape"
      throw .header(found: "no \(missing)", needed: "descr, fortran_order and shape")
    }
    guard let element = elements.first(where: { $0.rawValue == type }) else {
      if elements.contains(.int8) { throw .signalType(Self.words(type)) }
      // What may be anything is written as text, and dates as such.
      let isAnything = type.dropFirst().first.map { "OUMV".contains($0) } ?? false
      throw isAnything ? .records(Self.words(type)) : .elementType(Self.words(type))
    }
    guard shape.count == 1 || shape.count == 2 else { throw .dimensions(shape) }
    if shape.contains(0) { throw .noReturns(shape) }
    let (count, isTooLarge) = shape[0].multipliedReportingOverflow(by: shape.count == 2 ? shape[1] : 1)
    guard !isTooLarge, count <= most else { throw .tooManyReturns(shape, limit: most) }
    self.element = element
    isFortranOrder = order
    self.shape = shape
  }

  /// A type with what it means, as people know it.
  private static func words(_ type: String) -> String {
    let kinds: [Character: String] = [
      "f": "floating point", "i": "integers", "u": "integers", "b": "booleans", "c": "complex numbers",
      "O": "Python objects", "S": "text", "U": "text", "M": "times", "m": "durations", "V": "records",
    ]
    let kind = type.dropFirst().first.flatMap { kinds[$0] }.map {
      type.first == ">" ? "big-endian \($0)" : $0
    }
    return ImportText.brief(type) + (kind.map { " (\($0))" } ?? "")
  }
}

/// Takes the spelling of a Python value apart, from left to right; spaces between its parts are left out.
private struct PythonLiteral {
  private let bytes: ArraySlice<UInt8>
  private var position: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  private mutating func next() -> UInt8? {
    while position < bytes.endIndex, bytes[position] == 0x20 || bytes[position] == 0x0A { position += 1 }
    return position < bytes.endIndex ? bytes[position] : nil
  }

  private mutating func fault(_ needed: String) -> ArrayFault {
    guard next() != nil else { return .header(found: "its end", needed: needed) }
    var text = bytes[position...].prefix(80)
    while text.last == 0x20 || text.last == 0x0A { text.removeLast() }
    let rest = ImportText.brief(String(decoding: text, as: UTF8.self), limit: 20)
    return .header(found: "\"\(rest)\"", needed: needed)
  }

  /// Takes `character` if it comes next.
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard next() == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  mutating func take(_ character: Unicode.Scalar) throws(ArrayFault) {
    if !skip(character) { throw fault("\"\(character)\"") }
  }

  mutating func end() throws(ArrayFault) {
    if next() != nil { throw fault("its end") }
  }

  mutating func string() throws(ArrayFault) -> String {
    guard let quote = next(), quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\""),
      let end = bytes[(position + 1)...].firstIndex(of: quote)
    else { throw fault("a string") }
    defer { position = end + 1 }
    return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
  }

  /// The name of a type; a list describes records, which are refused anyway.
  mutating func type() throws(ArrayFault) -> String {
    if next() == UInt8(ascii: "[") { throw .records("a list (records)") }
    return try string()
  }

  mutating func truth() throws(ArrayFault) -> Bool {
    _ = next()
    for (word, value) in [("True", true), ("False", false)] where bytes[position...].starts(with: word.utf8) {
      position += word.utf8.count
      return value
    }
    throw fault("True or False")
  }

  /// Whole numbers in parentheses; Python 2 may have ended them with an L.
  mutating func tuple() throws(ArrayFault) -> [Int] {
    var numbers: [Int] = []
    try take("(")
    while !skip(")") {
      _ = next()
      let digits = bytes[position...].prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else {
        throw fault("a tuple of whole numbers")
      }
      numbers.append(number)
      position = digits.endIndex
      _ = skip("L")
      if !skip(",") {
        try take(")")
        break
      }
    }
    return numbers
  }
}
