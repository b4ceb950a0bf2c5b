/// What can be wrong with a JSON document.
public enum JSONError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text is not JSON.
  case broken(document: String, line: Int, found: String, needed: String)
  /// The JSON has another shape than needed at `path`, such as `strategy_7.signals[3]`; empty for the whole
  /// document.
  case unexpected(document: String, path: String, found: String, needed: String)
  /// A value that JSON cannot hold was to be written.
  case unwritable(path: String, found: String)

  public var description: String {
    switch self {
    case .broken(let document, let line, let found, let needed):
      "\(document), line \(line): found \(found), expected \(needed); correct the JSON"
    case .unexpected(let document, let path, let found, let needed):
      "\(document), \(path.isEmpty ? "at the top" : "at \(path)"): found \(found), expected \(needed); "
        + "correct it or write the file again"
    case .unwritable(let path, let found):
      "JSON, \(path.isEmpty ? "at the top" : "at \(path)"): found \(found), "
        + "expected a value that JSON can hold; this is a fault of the program"
    }
  }
}
