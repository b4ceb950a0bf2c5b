import FoundationEssentials

/// Values to and from JSON as artifacts hold it: UTF-8, sorted keys, two-space indent, a line end at the end.
///
/// The encoder is Foundation's, which prints the shortest digits that read back to the same `Double`; only
/// its layout is replaced. Values that may be undefined are ``Measure``.
public enum JSONDocument {
  /// The document of `value`.
  ///
  /// - Throws: ``JSONError/unwritable(path:found:)`` for a NaN or an infinity outside of a ``Measure``.
  public static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return JSONLayout.indented([UInt8](try encoder.encode(value)))
    } catch EncodingError.invalidValue(let found, let context) {
      throw JSONError.unwritable(path: path(context.codingPath), found: "\(found)")
    }
  }

  /// The value in a document.
  ///
  /// - Parameter document: its name, for errors.
  /// - Throws: ``JSONError`` with the line if the text is not JSON, with the path if it has another shape.
  public static func decode<Value: Decodable>(
    _ type: Value.Type, from bytes: [UInt8], document: String
  ) throws -> Value {
    // Checked by the cursor beforehand, since Foundation tells the place of a fault in prose only.
    var cursor = JSONCursor(bytes, document: document)
    try cursor.skipValue()
    try cursor.end()
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch let error as DecodingError {
      throw unexpected(error, document: document)
    }
  }

  private static func unexpected(_ error: DecodingError, document: String) -> JSONError {
    func fault(_ place: [any CodingKey], _ found: String, _ needed: String) -> JSONError {
      .unexpected(document: document, path: path(place), found: found, needed: needed)
    }
    switch error {
    case .keyNotFound(let key, let context):
      return fault(context.codingPath, "no \"\(key.stringValue)\"", "a member \"\(key.stringValue)\"")
    case .valueNotFound(let type, let context):
      return fault(context.codingPath, "null", name(of: type))
    case .typeMismatch(let type, let context):
      return fault(context.codingPath, "another kind of value", name(of: type))
    case .dataCorrupted(let context):
      return fault(context.codingPath, "a value out of range", oneLine(context.debugDescription))
    @unknown default:
      return fault([], oneLine("\(error)"), "\(document) as this version writes it")
    }
  }

  private static func name(of type: any Any.Type) -> String {
    switch type {
    case is String.Type: return "a string"
    case is Bool.Type: return "true or false"
    case is Int.Type, is UInt64.Type: return "a whole number"
    case is Double.Type, is Float.Type: return "a number"
    default:
      let name = "\(type)"
      if name.hasPrefix("Array") { return "an array" }
      return name.hasPrefix("Dictionary") ? "an object" : "a value of \(name)"
    }
  }

  private static func path(_ keys: [any CodingKey]) -> String {
    var path = ""
    for key in keys {
      // A key of a dictionary may be a number too; only the keys of arrays are named so.
      if let index = key.intValue, key.stringValue == "Index \(index)" {
        path += "[\(index)]"
      } else {
        path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
      }
    }
    return path
  }

  private static func oneLine(_ text: String) -> String {
    String(text.map { $0.isNewline ? " " : $0 })
  }
}
