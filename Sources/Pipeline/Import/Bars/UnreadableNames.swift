/// The names of columns in an encoding that is not UTF-8.
struct UnreadableNames {
  /// What reads the file all the same.
  let remedy: String

  /// - Parameters:
  ///   - sample: the first rows, in which bytes that are no text are replaced.
  ///   - head: the same as it is in the file.
  ///   - header: the row with the names.
  init?(_ sample: BarsSample, head: [UInt8], header: BarsSample.Row, file: String) {
    guard header.fields.contains(where: { $0.contains("\u{FFFD}") }) else { return nil }
    let rows = sample.rows.drop { $0.line <= header.line }.map(\.fields)
    var mark = DecimalMark()
    for row in rows { for cell in row where !SampleCell.isTime(cell) { mark.add(cell) } }
    let told = ToldColumns(rows, hasDecimalComma: mark.isComma(separator: sample.separator))?.columns
    var columns = "time=NUMBER,close=NUMBER"
    if let told, let time = told.timestamp {
      columns = "time=\(time.index + 1)"
      if let range = told.range {
        columns += ",open=\(range.open.index + 1),high=\(range.high.index + 1),low=\(range.low.index + 1)"
      }
      columns += ",close=\(told.close.index + 1)"
    }
    remedy =
      "convert the file: iconv -f \(Self.encoding(of: head)) -t UTF-8 '\(file)' > bars.csv, "
      + "or say where prices are: --columns \(columns)"
  }

  /// The most usual encoding of bytes like these: Chinese has two for a sign, Europe's languages one for a letter.
  private static func encoding(of head: [UInt8]) -> String {
    let line = head.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let runs = line.split { $0 < 0x80 }
    return !runs.isEmpty && runs.allSatisfy { $0.count.isMultiple(of: 2) } ? "GBK" : "WINDOWS-1252"
  }
}
