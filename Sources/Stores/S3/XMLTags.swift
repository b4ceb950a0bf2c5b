/// Reads the handful of elements that S3's answers hold: by their names, wherever they stand, without attributes.
///
/// A parser of XML would bring libxml2 (Foundation's brings ICU too) for answers that are lists of names and values.
struct XMLTags {
  private let text: String

  init(_ body: [UInt8]) {
    text = String(decoding: body, as: UTF8.self)
  }

  private init(text: String) {
    self.text = text
  }

  /// The content of the first element `name`, references resolved; `nil` if there is none.
  subscript(name: String) -> String? { all(name).first.map { Self.resolved($0.text) } }

  /// The elements `name`, in order.
  func all(_ name: String) -> [XMLTags] {
    var elements: [XMLTags] = []
    let bytes = Array(text.utf8)
    let closing = Array("</\(name)>".utf8)
    let opening = Array("<\(name)".utf8)
    var index = 0
    while let start = Self.find(opening, in: bytes, from: index) {
      index = start + opening.count
      // `<Key` also begins `<KeyCount>`.
      guard index < bytes.count,
        [UInt8(ascii: ">"), UInt8(ascii: " "), UInt8(ascii: "/")].contains(bytes[index])
      else { continue }
      // Without an end there is none for those that follow either, and nothing is searched twice.
      guard let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) else { break }
      if bytes[end - 1] == UInt8(ascii: "/") {
        elements.append(XMLTags(text: ""))
        continue
      }
      guard let stop = Self.find(closing, in: bytes, from: end + 1) else { break }
      elements.append(XMLTags(text: String(decoding: bytes[(end + 1)..<stop], as: UTF8.self)))
      index = stop + closing.count
    }
    return elements
  }

  private static func find(_ needle: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
    var index = start
    while index + needle.count <= bytes.count {
      guard let next = bytes[index...].firstIndex(of: needle[0]), next + needle.count <= bytes.count else {
        return nil
      }
      if bytes[next..<(next + needle.count)].elementsEqual(needle) { return next }
      index = next + 1
    }
    return nil
  }

  /// The characters of a reference at most, with `&` and `;`: what does not end by then is text.
  private static let longestReference = 12

  /// The five named references of XML.
  private static let references = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'",
  ]

  /// `text` with the named and the numbered references resolved; others stay as they are.
  private static func resolved(_ text: String) -> String {
    guard text.contains("&") else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      guard let end = rest.prefix(Self.longestReference).firstIndex(of: ";"),
        let character = character(rest[..<end].dropFirst())
      else {
        result.append(rest.removeFirst())
        continue
      }
      result += character
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  private static func character(_ reference: Substring) -> String? {
    guard reference.hasPrefix("#") else { return references[String(reference)] }
    let number = reference.dropFirst()
    let value =
      number.lowercased().hasPrefix("x") ? UInt32(number.dropFirst(), radix: 16) : UInt32(number, radix: 10)
    return value.flatMap { Unicode.Scalar($0) }.map { String(Character($0)) }
  }
}
