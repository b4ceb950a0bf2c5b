import Testing

@testable import Pipeline

/// Files that hold something else than a row a bar, or that cannot be read as text: the cause is named, and what works.
@Suite struct BarsShapesTests {
  private func refusal(_ bytes: [UInt8]) -> String {
    let error = #expect(throws: ImportError.self) { try MarketReader().read(bytes, file: "bars.csv") }
    return error?.description ?? ""
  }

  private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

  @Test(arguments: [",", ";"]) func aTableOnItsSide(separator: String) {
    let text = """
      Date,2024-01-02,2024-01-03,2024-01-04
      Open,100,102,104
      Close,102,104,103.5
      """.replacing(",", with: separator)
    let options = (separator == "," ? "" : ", sep=';'") + ", index_col=0"
    #expect(
      refusal(text) == "bars.csv: the times run from left to right, and Open is a row, expected a row a bar; "
        + "turn the table: python3 -c \"import pandas; pandas.read_csv('bars.csv'\(options))"
        + ".T.to_csv('bars.csv')\"")
  }

  @Test func aRowForEachPrice() {
    let rows = ["2024-01-02", "2024-01-03"].flatMap { day in
      ["Open", "High", "Low", "Close"].map { "\(day),\($0),100\n" }
    }
    #expect(
      refusal("date,field,value\n" + rows.joined())
        == "bars.csv: field names the price in each row, such as Open, expected a row a bar; "
        + "give each price a column: python3 -c \"import pandas; pandas.read_csv('bars.csv')"
        + ".pivot(index='date', columns='field', values='value').to_csv('bars.csv')\"")
    // The symbols of shares are no prices.
    let symbols = ["C", "O", "H", "L"].map { "2024-01-02,\($0),100\n" }.joined()
    #expect(refusal("date,ticker,close\n" + symbols).contains("--symbol C"))
  }

  @Test func namesInAnotherEncoding() throws {
    // 日期,收盘 in GBK, and Währung;Größe in WINDOWS-1252.
    let names: [UInt8] = [0xC8, 0xD5, 0xC6, 0xDA, 0x2C, 0xCA, 0xD5, 0xC5, 0xCC]
    let rows = Array("\n2024-01-02,100\n2024-01-03,101\n2024-01-04,99\n".utf8)
    let message = refusal(names + rows)
    #expect(
      message
        == "bars.csv, line 1: the names of the columns are not in UTF-8, expected names that can be read; "
        + "convert the file: iconv -f GBK -t UTF-8 'bars.csv' > bars.csv, "
        + "or say where prices are: --columns time=1,close=2")
    var options = DataOptions()
    options.columns = "time=1,close=2"
    let reader = try MarketReader(
      skipBadRows: false, settings: TimeSettings(), choices: BarsChoices(options))
    #expect(try reader.read(names + rows, file: "bars.csv").market.close == [100, 101, 99])
    let european: [UInt8] = [0x57, 0xE4, 0x68, 0x2C, 0x47, 0x72, 0xF6, 0xDF, 0x65]
    #expect(!refusal(european + rows).contains("GBK"))
  }
}
