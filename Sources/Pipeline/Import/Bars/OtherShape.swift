/// Bars in another shape than a row each: on their side, or a row for each price.
struct OtherShape {
  /// What was found, and what turns it into a row a bar.
  let found: String
  let remedy: String

  /// As many rows and columns as are looked at.
  private static let most = 20

  /// The shape of `sample`; `nil` for any that this does not know.
  init?(_ sample: BarsSample, file: String) {
    guard let found = Self.onItsSide(sample, file: file) ?? Self.long(sample, file: file) else { return nil }
    self = found
  }

  private init(found: String, remedy: String) {
    self.found = found
    self.remedy = remedy
  }

  /// Times from left to right above rows that begin with the names of prices.
  private static func onItsSide(_ sample: BarsSample, file: String) -> OtherShape? {
    let names = sample.rows.map { FieldName.plain($0.fields[0]) }
    guard sample.rows[0].fields.count > 3,
      sample.rows[0].fields.dropFirst().prefix(most).allSatisfy(SampleCell.isTime),
      let price = names.dropFirst().firstIndex(where: { HeaderCells.isPrice(named: $0) })
    else { return nil }
    let name = ImportText.brief(sample.rows[price].fields[0])
    return OtherShape(
      found: "the times run from left to right, and \(name) is a row",
      remedy: "turn the table: " + pandas(sample, file, ", index_col=0", "T"))
  }

  /// Rows of a time, the name of a price and the price.
  private static func long(_ sample: BarsSample, file: String) -> OtherShape? {
    let header = sample.rows[0].fields
    let rows = sample.rows.dropFirst().prefix(most).map(\.fields)
    guard header.count > 2, rows.count > 3, rows.allSatisfy({ $0.count == header.count }) else { return nil }
    let field = header.indices.first { column in
      let names = Set(rows.map { FieldName.plain($0[column]) })
      // A single letter may be the symbol of a share.
      return names.allSatisfy { $0.utf8.count > 1 && HeaderCells.isPrice(named: $0) }
        && [FieldName.open, FieldName.high, FieldName.low].allSatisfy { !names.isDisjoint(with: $0) }
    }
    guard let field else { return nil }
    let time = header.indices.first { column in rows.allSatisfy { SampleCell.isTime($0[column]) } }
    let value = header.indices.first { $0 != field && $0 != time }
    let pivot =
      "pivot(index='\(header[time ?? 0])', columns='\(header[field])', values='\(header[value ?? 0])')"
    let isPlain =
      header.count == 3 && time != nil && header.allSatisfy { !$0.contains { "'\"\\$`".contains($0) } }
    let name = ImportText.brief(header[field])
    return OtherShape(
      found: "\(name) names the price in each row, such as \(ImportText.brief(rows[0][field]))",
      remedy: "give each price a column"
        + (isPlain ? ": " + pandas(sample, file, "", pivot) : ", for the bars of one instrument"))
  }

  /// A command that reads the file, changes it and writes it.
  private static func pandas(
    _ sample: BarsSample, _ file: String, _ options: String, _ change: String
  ) -> String {
    let separator =
      sample.separator == UInt8(ascii: ",")
      ? ""
      : ", sep='" + (sample.separator == UInt8(ascii: "\t") ? "\\t" : String(UnicodeScalar(sample.separator)))
        + "'"
    return
      "python3 -c \"import pandas; pandas.read_csv('\(file)'\(separator)\(options)).\(change).to_csv('bars.csv')\""
  }
}
