import Artifacts
import Stores

/// Why a user's file cannot be used. The description is one line: file and place, what was found against what
/// was needed, what to do.
public enum ImportError: Error, Equatable, Sendable, CustomStringConvertible {
  // The file.
  case missingFile(String)
  case isDirectory(String)
  case unreadable(String, SystemError)
  case tooLarge(String, limit: Int)
  /// The file is no text.
  case otherKind(String, FileKind)
  case malformedGzip(String, GzipError)
  /// Two options name standard input, which can be read once.
  case readTwice(String)
  case empty(String)
  case headerOnly(String)
  case malformedTable(String, TableError)
  case malformedJSON(JSONError)

  // Bars.
  /// The header lacks what `needed` names.
  case unknownColumns(String, line: Int, found: [String], needed: String)
  case badBars(String, BarsFault)
  /// The times cannot be used though each can be read.
  case badTimes(String, TimeFault)
  /// Every row was skipped; the first with `fault`.
  case noGoodRow(String, rows: Int, line: Int, RowFault)

  // Signals.
  case signalsShape(String, place: String, found: String, needed: String)
  case badSignal(String, id: String, index: Int?, found: String)
  case signalsLength(String, id: String, found: Int, firstID: String, needed: Int)
  case badSignals(String, SignalsFault)

  // Signals and weights.
  /// A strategy or a feature occurs twice.
  case repeatedName(String, kind: String, name: String)
  case tooMany(String, kind: String, found: Int, limit: Int)

  // Weights.
  case weightsHeader(String, found: String, needed: String)
  case weightsRow(String, line: Int, found: Int, needed: Int)
  case badWeight(String, line: Int, column: String, found: String)

  // Returns and p-values.
  case badReturns(String, ReturnsFault)
  case malformedArray(String, ArrayFault)

  /// The exit status of `sysexits.h` for a program that ends with this error: 66 no input, 65 data.
  public var exitStatus: Int32 {
    switch self {
    case .missingFile, .isDirectory, .unreadable: 66
    default: 65
    }
  }

  public var description: String {
    switch self {
    case .missingFile(let file):
      "\(file): there is no such file, expected a readable file; check the path"
    case .isDirectory(let file):
      "\(file): is a directory, expected a file; name a file in it"
    case .unreadable(let file, let cause):
      "\(file): cannot be read, \(cause.reason), expected a readable file; \(cause.remedy)"
    case .tooLarge(let file, let limit):
      "\(file): is larger than \(limit) bytes, expected less; split it"
    case .otherKind(let file, let kind):
      "\(file): \(kind.words(file: file))"
    case .malformedGzip(let file, let cause):
      "\(file): \(cause)"
    case .readTwice(let file):
      "\(file): is named twice, expected once, as it can be read once; save one of the two as a file"
    case .empty(let file):
      "\(file): is empty, expected a header and rows; check how it was made"
    case .headerOnly(let file):
      "\(file): has a header and no rows, expected at least one row; check how it was made"
    case .malformedTable(let file, let cause):
      "\(place(file, cause.line)): \(cause)"
    case .malformedJSON(let cause):
      cause.description
    case .unknownColumns(let file, let line, let found, let needed):
      "\(place(file, line)): columns are \(list(found)), expected \(needed); "
        + "rename the columns, add a header or pass --columns time=NAME,close=NAME"
    case .badBars(let file, let fault):
      "\(place(file, fault.line)): \(fault.words)"
    case .badTimes(let file, .row(let line, let fault)):
      "\(place(file, line)): \(fault.words); correct or remove the row or pass --skip-bad-rows"
    case .badTimes(let file, let fault):
      "\(file): \(fault.words)"
    case .noGoodRow(let file, let rows, let line, let fault):
      "\(file): none of \(rows) rows can be used, the first (line \(line)): \(fault.words); check the file"
    case .signalsShape(let file, let place, let found, let needed):
      "\(file), \(place): found \(found), expected \(needed); write {\"id\": [0, 1, …], …} "
        + "or [{\"id\": …, \"signals\": [0, 1, …]}, …]"
    case .badSignal(let file, let id, let index, let found):
      "\(file), at \(quoted(id))\(index.map { "[\($0)]" } ?? ""): signal is \(found), expected -1, 0 or 1; "
        + "correct the signal"
    case .signalsLength(let file, let id, let found, let firstID, let needed):
      "\(file), at \(quoted(id)): \(found) signals, expected \(needed) as for \(quoted(firstID)); "
        + "give every strategy a signal for every bar"
    case .badSignals(let file, let fault): "\(place(file, fault.line)): \(fault)"
    case .repeatedName(let file, let kind, let name):
      "\(file): \(kind) \(quoted(name)) occurs twice, expected different names; rename or remove one"
    case .tooMany(let file, let kind, let found, let limit):
      "\(file): \(found) \(kind), expected at most \(limit); split the file"
    case .weightsHeader(let file, let found, let needed):
      "\(file), line 1: \(found), expected \(needed); correct the header"
    case .weightsRow(let file, let line, let found, let needed):
      "\(place(file, line)): \(found) fields, expected \(needed) as in the header; correct or remove the row"
    case .badWeight(let file, let line, let column, let found):
      "\(place(file, line)): \(column) is \(quoted(found)), expected a finite number; correct the weight"
    case .badReturns(let file, let fault):
      "\(place(file, fault.line)): \(fault)"
    case .malformedArray(let file, let fault):
      "\(file): \(fault)"
    }
  }

  private func place(_ file: String, _ line: Int?) -> String {
    line.map { "\(file), line \($0)" } ?? file
  }

  private func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : ImportText.brief(names.joined(separator: ", "), limit: 200)
  }

  private func quoted(_ text: String) -> String { "\"\(text)\"" }
}

/// Text from a file as messages quote it.
enum ImportText {
  /// `text` on one line and cut to `limit` characters.
  static func brief(_ text: String, limit: Int = 40) -> String {
    let line = text.prefix(limit).map { $0.unicodeScalars.allSatisfy(\.isPlain) ? $0 : " " }
    return String(line) + (text.dropFirst(limit).isEmpty ? "" : "…")
  }

  /// `text` without spaces around it.
  static func trimmed(_ text: some StringProtocol) -> String {
    var text = Substring(text).drop { $0 == " " }
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Whether `text` is several numbers with spaces between.
  static func isSpaced(_ text: String) -> Bool {
    let parts = text.split(separator: " ")
    return parts.count > 1 && parts.allSatisfy { Double($0) != nil }
  }
}
