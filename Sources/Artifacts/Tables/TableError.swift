/// What can be wrong with delimited text before any cell is understood.
public enum TableError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The bytes are UTF-16 or UTF-32 text.
  case wideText
  /// The bytes hold NUL, as no text does.
  case binary
  /// A record is longer than `limit` bytes.
  case lineTooLong(line: Int, limit: Int)
  /// A record has more than `limit` fields.
  case tooManyFields(line: Int, limit: Int)
  /// A quoted field that begins on `line` is never closed.
  case openQuote(line: Int)
  /// Something other than a separator or a line end follows a closing quote.
  case textAfterQuote(line: Int)

  /// The line of the fault, counted from 1, if it has one.
  public var line: Int? {
    switch self {
    case .wideText, .binary: nil
    case .lineTooLong(let line, _), .tooManyFields(let line, _), .openQuote(let line),
      .textAfterQuote(let line):
      line
    }
  }

  /// What was found and needed, and what to do; without the name of the file, which the caller knows.
  public var description: String {
    switch self {
    case .wideText: "the text is UTF-16 or UTF-32, expected UTF-8; save it as UTF-8"
    case .binary: "the content is binary, expected delimited text; unpack it or export it as CSV"
    case .lineTooLong(_, let limit):
      "the line is longer than \(limit) bytes, expected delimited records; check the line ends"
    case .tooManyFields(_, let limit):
      "the line has more than \(limit) fields, expected \(limit) at most; check the separators, or give .npy"
    case .openQuote: "a quoted field is never closed, expected \"; add the quote or remove the opening one"
    case .textAfterQuote:
      "text follows a closing quote, expected a separator or a line end; double the quotes inside it"
    }
  }
}
