/// What can be wrong with a file of bars as a whole.
public enum BarsFault: Error, Equatable, Sendable {
  /// The first row is one of data, and its columns cannot be told.
  case noHeader(line: Int, found: [String], remedy: String)
  /// The bars of several instruments; `column` tells them apart.
  case severalSymbols(line: Int, column: String, values: [String], count: Int)
  /// `--symbol` names none of the file's.
  case unknownSymbol(found: String, known: [String])
  /// There is no column of symbols for `--symbol`.
  case noSymbols(symbol: String, found: [String])
  /// An option names a column that the file has not.
  case noColumn(option: String, found: [String])
  /// There is no column of adjusted closes for `--adjusted`.
  case noAdjustedClose(found: [String])
  /// `--from` and `--to` leave no bar.
  case noBars(from: String?, to: String?, first: String, last: String)
  /// A bound of time for bars without times.
  case noTimes(option: String, found: String)
  /// Rows that cannot be used.
  case rows(BadRows)
  /// Closes with a point before their last three digits beside whole ones of three digits, as in line `plain`.
  case thousands(line: Int, column: String, plain: Int)
  /// A table in which a row is not a bar.
  case otherShape(found: String, remedy: String)
  /// Names of columns that are not UTF-8.
  case unreadableNames(line: Int, remedy: String)
  /// Something else than a table.
  case otherFormat(found: String, remedy: String)

  /// The line of the fault, if it has one.
  var line: Int? {
    switch self {
    case .noHeader(let line, _, _), .severalSymbols(let line, _, _, _), .thousands(let line, _, _),
      .unreadableNames(let line, _):
      line
    case .rows(let rows): rows.line
    default: nil
    }
  }

  /// What was found and needed, and what to do; without the place.
  var words: String {
    switch self {
    case .noHeader(_, let found, let remedy):
      return
        "no header, and the columns are not told by the values \(Self.list(found)), expected a time and four "
        + "prices of which the second is the highest and the third the lowest; \(remedy)"
    case .severalSymbols(_, let column, let values, let count):
      let first = values.first ?? ""
      return "\(column) has \(count) values (\(Self.list(values, of: count))), expected the bars of one; "
        + "pass --symbol \(Self.shellWord(first))"
    case .unknownSymbol(let found, let known):
      let nearest = ConfigurationError.nearest(to: found, in: known) ?? ""
      return "there is no symbol \"\(found)\", expected one of \(Self.list(known)); "
        + "pass --symbol \(Self.shellWord(nearest))"
    case .noSymbols(let symbol, let found):
      return
        "--symbol \(Self.shellWord(symbol)): no column holds that symbol, the columns are \(Self.list(found)); "
        + "leave the option out, or name the column with --columns symbol=NAME"
    case .noColumn(let option, let found):
      return "\(option): there is no such column, expected one of \(Self.list(found)), or a number from 1 to "
        + "\(found.count); correct the option"
    case .noAdjustedClose(let found):
      return "--adjusted: there is no adjusted close, the columns are \(Self.list(found)); "
        + "leave the option out, or name the column with --columns adjusted=NAME"
    case .noBars(let from, let to, let first, let last):
      let options = [from.map { "--from \($0)" }, to.map { "--to \($0)" }].compactMap { $0 }
      return "no bar is left by \(options.joined(separator: " ")), expected one at least; "
        + "choose times from \(first) to \(last)"
    case .noTimes(let option, let found):
      return "--\(option) \(found): the bars have no times, expected none of --from and --to; "
        + "leave it out, or name the column of the times with --columns time=NAME"
    case .rows(let rows): return rows.words
    case .thousands(_, let column, let plain): return ThousandsMarks.words(column: column, plain: plain)
    case .otherShape(let found, let remedy): return "\(found), expected a row a bar; \(remedy)"
    case .unreadableNames(_, let remedy):
      return "the names of the columns are not in UTF-8, expected names that can be read; \(remedy)"
    case .otherFormat(let found, let remedy): return "is \(found), expected a table of bars; \(remedy)"
    }
  }

  static func list(_ names: [String], of count: Int = 0) -> String {
    let text = ImportText.brief(names.map { $0.isEmpty ? "\"\"" : $0 }.joined(separator: ", "), limit: 200)
    return text + (count > names.count ? ", …" : "")
  }

  /// `text` as a word for a shell.
  static func shellWord(_ text: String) -> String {
    let brief = ImportText.brief(text)
    let isPlain = brief.utf8.allSatisfy {
      (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        || [0x2D, 0x2E, 0x2F, 0x5F, 0x3A].contains($0)
    }
    return isPlain && !brief.isEmpty ? brief : "'\(brief)'"
  }
}

/// Rows of bars that cannot be used, as the reading of a whole file has counted them.
public struct BadRows: Equatable, Sendable {
  /// How many of which kind, the most frequent first.
  public struct Kind: Equatable, Sendable {
    /// What is wrong with them.
    public let reason: RowFault.Reason
    /// How many.
    public let rows: Int
  }

  /// The first line of them, and what is wrong there.
  let line: Int
  let fault: RowFault
  /// All rows of the file, good and bad.
  let rows: Int
  let kinds: [Kind]
  /// How many are bad by their open, high or low alone, and what would use the close alone.
  let badByRange: Int
  let closeAlone: String

  /// How many rows are bad.
  var bad: Int { kinds.reduce(0) { $0 + $1.rows } }

  /// What was found and needed, and what to do.
  var words: String {
    if bad == 1, rows > 1 { return "\(fault.words); correct or remove the row or pass --skip-bad-rows" }
    if bad == 1 { return "\(fault.words); correct the row" }
    let counts = kinds.map { "\(Figures.count($0.rows)) \($0.reason.rawValue)" }.joined(separator: ", ")
    return
      "\(fault.words); \(Figures.count(bad)) of \(Figures.count(rows)) rows are bad (\(counts)); \(remedy)"
  }

  /// Nothing that loses most of the file.
  private var remedy: String {
    // A price is hardly ever below 0, a return on half of the bars.
    let below = kinds.first { $0.reason == .notPositive }?.rows ?? 0
    if below >= 10, 4 * below >= rows {
      return "numbers that are so often below 0 are returns: give them to fluke stats, and prices here"
    }
    var remedies: [String] = []
    if 2 * badByRange >= bad, badByRange > 0 {
      remedies.append("pass --columns \(closeAlone) to use the close alone")
    }
    let left = rows - bad
    if kinds.first?.reason == .timeRepeated, 2 * kinds[0].rows > rows {
      remedies.append(
        "if another column holds the times of day, name both with --columns date=NAME,time=NAME")
    }
    if 2 * left >= rows {
      let loss = 20 * bad > rows ? ", which leaves \(Figures.count(left)) rows" : ""
      remedies.append("correct or remove the rows or pass --skip-bad-rows\(loss)")
    } else if remedies.isEmpty {
      remedies.append("correct the rows, as leaving them out would lose most of the file")
    } else {
      remedies.append("correct the rows")
    }
    return remedies.joined(separator: ", or ")
  }
}
