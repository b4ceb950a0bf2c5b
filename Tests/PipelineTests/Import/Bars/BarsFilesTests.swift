import Artifacts
import Backtesting
import TestSupport
import Testing

@testable import Pipeline

/// Files of bars as people have them.
@Suite struct BarsFilesTests {
  private static let days: [Int64] = [
    1_704_153_600_000_000, 1_704_240_000_000_000, 1_704_326_400_000_000,
  ]

  private func read(
    _ text: String, skipBadRows: Bool = false, _ change: (inout DataOptions) -> Void = { _ in }
  ) throws -> MarketReading {
    var options = DataOptions()
    change(&options)
    return try MarketReader(
      skipBadRows: skipBadRows, settings: TimeSettings(), choices: BarsChoices(options)
    ).read(Array(text.utf8), file: "bars.csv")
  }

  private func refusal(_ text: String, _ change: (inout DataOptions) -> Void = { _ in }) -> String {
    let error = #expect(throws: ImportError.self) { try read(text, change) }
    return error?.description ?? ""
  }

  @Test(arguments: BarsFiles.files.indices) func isRead(file: Int) throws {
    let file = BarsFiles.files[file]
    for text in [file.text, file.text.replacing("\n", with: "\r\n"), file.text.replacing("\n", with: "\r")] {
      let reading = try read(text) {
        $0.columns = file.columns
        $0.symbol = file.symbol
      }
      let market = reading.market
      if file.hasDays { #expect(market.timestamps == Self.days, "\(file.name)") }
      #expect(market.open == [100, 102, 104], "\(file.name)")
      #expect(market.high == [103, 105, 106], "\(file.name)")
      #expect(market.low == [99, 101, 102.5], "\(file.name)")
      #expect(market.close == [102, 104, 103.5], "\(file.name)")
      if file.hasVolume {
        #expect(market.volume == [1000, 2000, 1500], "\(file.name)")
      } else {
        #expect(market.volume.count == 3 && market.volume.allSatisfy(\.isNaN), "\(file.name)")
      }
      for note in file.notes {
        #expect(
          reading.report.notes.contains { $0.text.contains(note) }, "\(file.name): \(reading.report.notes)")
      }
    }
  }

  @Test func blanksSeparateInLongFilesToo() throws {
    // Names apart by one blank above rows that are apart by two.
    let rows = (0..<300).map { row in "\(20_200_101 + row / 28 * 100 + row % 28)  100  102  99  101\n" }
    let text = "Date Open High Low Close\n" + rows.joined()
    let market = try read(text).market
    #expect(market.count == 300 && market.high == Array(repeating: 102, count: 300))
    #expect(try read(text) { $0.columns = "time=Date,close=Low" }.market.close[299] == 99)
    // The name of the index has a line of its own, as pandas writes it.
    let days = (1...9).map { "2024-01-0\($0)  10\($0).5\n" }
    let closes = try read("             Close\nDate             \n" + days.joined()).market.close
    #expect(closes == (1...9).map { 100.5 + Double($0) })
    // Chunks may end anywhere.
    var runs = BlankRuns(least: 2)
    var pieces = "a b  c   \n\"d  e\"  f g\n".utf8.map { [$0] }[...]
    var tabbed: [UInt8] = []
    while case let chunk = runs.next({ pieces.popFirst() ?? [] }), !chunk.isEmpty { tabbed += chunk }
    #expect(String(decoding: tabbed, as: UTF8.self) == "a b\tc\n\"d  e\"\tf g\n")
  }

  @Test(arguments: ["Uhrzeit", "Stunde", "час", "klokkan"]) func aTimeOfDayBesideADay(name: String) throws {
    let clocks = name == "klokkan" ? ["8:00", "9:00", "10:00"] : ["8", "9", "10"]
    let rows = clocks.map { "05.02.2024;\($0);7;7" }
    let market = try read("Datum;\(name);Schluss;x\n\(rows.joined(separator: "\n"))\n").market
    let eight: Int64 = 1_707_120_000_000_000
    #expect(market.timestamps == (0..<3).map { eight + Int64($0) * 3_600_000_000 })
    let named = try read("Jour;Was;Schluss\n2024-02-05;8;1\n2024-02-05;9;2\n") {
      $0.columns = "time=Was,close=Schluss"
    }
    #expect(named.market.timestamps == [eight, eight + 3_600_000_000])
  }

  @Test(arguments: [
    "Open,High,Low,Close\n", "", "n,Open,High,Low,Close\n", ",Open,High,Low,Close\n",
    "Kurszeit,Open,High,Low,Close\n",
  ])
  func barsWithoutTimesAreNumbered(header: String) throws {
    let lead = header.hasPrefix("Kurs") ? "k-2024-17/" : header.hasPrefix("O") || header.isEmpty ? nil : ""
    let rows = (0..<30).map { row in
      (lead.map { "\($0)\(row)," } ?? "") + "\(50 + row),\(52 + row),\(49 + row),\(51 + row)"
    }
    let text = header + rows.joined(separator: "\n")
    let market: Market
    if lead?.isEmpty == false {
      // A column that may be times is not passed over in silence.
      #expect(refusal(text).contains("columns are Kurszeit"))
      market = try MarketReader(skipBadRows: false, settings: TimeSettings(format: "rows", zone: nil))
        .read(Array(text.utf8), file: "bars.csv").market
    } else {
      let reading = try read(text)
      #expect(reading.report.times.words == "none, so that bars are numbered")
      market = reading.market
    }
    #expect(!market.hasTimes && market.close == (0..<30).map { 51 + Double($0) })
    #expect(market.calendar.barsPerYear == 252 && market.calendar.yearRule == .numbered)
    #expect(market.continuity.gaps.isEmpty && market[7..<9].hasTimes == false)
  }

  @Test func daysOfSpreadsheetsAreNotTakenForNumbersOfRows() {
    let rows = (0..<30).map { "\(44_001 + $0),5,6,4,5" }.joined(separator: "\n")
    #expect(refusal(",Open,High,Low,Close\n" + rows).contains("--time-format: rows to do without"))
    #expect(
      refusal("Open,High,Low,Close\n5,6,4,5\n5,6,4,5\n") { $0.from = "2021" }
        .contains("--from 2021: the bars have no times"))
  }

  @Test(arguments: [".", "null", "-", "", "NaN", "N/A"]) func aRowWithoutAPriceIsLeftOut(mark: String) throws
  {
    let one = try read("observation_date,XRATE\n2023-05-01,3.5\n2023-05-02,\(mark)\n2023-05-03,3.75\n")
    #expect(one.market.close == [3.5, 3.75])
    #expect(one.report.skipped == [ImportReport.Skipped(reason: .noPrice, rows: 1, firstLine: 3)])
    let bars =
      "Date,Open,High,Low,Close,Volume\n2023-05-01,3,4,2,3,9\n2023-05-02,\(mark),\(mark),\(mark),\(mark),\(mark)\n"
    #expect(try read(bars + "2023-05-03,3,4,2,3,9\n").market.count == 2)
    // A close alone is missing from a bar: a fault.
    #expect(refusal(bars + "2023-05-03,3,4,2,\(mark),9\n").contains("line 4: Close is"))
  }

  @Test func quotesBehindASignArePrices() throws {
    let rows = ["20230105,12.5", "20230106,-12.625", "20230109,0", "20230110,12.75"].map { "\($0),77,12" }
    let crsp = try read("date,PRC,PERMNO,OPENPRC\n" + rows.joined(separator: "\n"))
    #expect(crsp.market.close == [12.5, 12.625, 12.75])
    #expect(crsp.report.notes.contains { $0.text.hasPrefix("PRC is below zero in 1 of 3 bars") })
    let other = (0..<20).map { "2023-06-\(10 + $0),\($0 % 5 == 3 ? "-" : "")\(80 + $0)" }.joined(
      separator: "\n")
    #expect(try read("date,close\n" + other).market.close == (0..<20).map { 80 + Double($0) })
    let returns = (0..<20).map { "2023-06-\(10 + $0),\($0 % 5 == 3 ? "-1" : "\($0 % 2).5")" }.joined(
      separator: "\n")
    #expect(refusal("date,close\n" + returns).contains("expected a positive number"))
  }

  @Test func aVolumeThatIsMissingIsUnknown() throws {
    for word in ["", "-", "--", "N/A", "null", "NaN", "-1", "-1.0", " "] {
      let reading = try read("date,close,volume\n2024-01-02,1,5\n2024-01-03,2,\(word)\n")
      #expect(reading.market.close == [1, 2])
      #expect(reading.market.volume[0] == 5 && reading.market.volume[1].isNaN, "\"\(word)\"")
      #expect(reading.report.skipped.isEmpty)
      #expect(reading.report.notes == [DataNote("volume", "unknown in 1 of 2 bars")])
    }
    #expect(try read("date,close\n2024-01-02,1\n2024-01-03,2\n").market.volume.allSatisfy { $0.isNaN })
    #expect(
      refusal("date,close,volume\n2024-01-02,1,5\n2024-01-03,2,-7\n").contains(
        "volume is \"-7\", expected zero or more"))
    #expect(
      refusal("date,close,volume\n2024-01-02,1,5\n2024-01-03,2,x\n").contains(
        "volume is \"x\", expected a number"))
  }

  @Test func oneSeriesIsAPriceWhateverItsName() throws {
    let reading = try read("observation_date,SP500\n2024-01-02,4742.83\n2024-01-03,4704.81\n")
    #expect(reading.market.close == [4742.83, 4704.81] && reading.market.high == reading.market.close)
    #expect(reading.report.notes == [DataNote("prices", "SP500")])
    #expect(
      refusal("observation_date,SP500,DJIA\n2024-01-02,4742.83,1\n").contains(
        "columns are observation_date, SP500"))
  }

  @Test func roundingInTheLastPlacesIsNoFault() throws {
    let market = try read(
      """
      date,open,high,low,close
      2024-01-02,98.73900601058999,99.5,98.73900601059,99.1
      2024-01-03,100.2,100.9,99.7,100.90000000000001
      2024-01-04,0.30000000000000004,0.3,0.2,0.25
      """
    ).market
    #expect(market.count == 3)
    for bar in 0..<3 {
      #expect(market.low[bar] <= min(market.open[bar], market.close[bar]))
      #expect(market.high[bar] >= max(market.open[bar], market.close[bar]))
    }
    #expect(market.close[1] == 100.90000000000001 && market.high[1] == market.close[1])
    // A hundredth of a basis point is a fault.
    #expect(
      refusal("date,open,high,low,close\n2024-01-02,1,1,1,1\n2024-01-03,100,100,99,100.0001\n").contains(
        "high is 100.0"))
  }

  @Test func badRowsAreCountedByKind() {
    let good = (1...20).map { "2024-01-\($0 < 10 ? "0" : "")\($0),10,12,9,11\n" }.joined()
    let header = "date,open,high,low,close\n"
    #expect(
      refusal(
        header + good
          + "2024-02-01,10,12,9,x\n2024-02-02,10,12,9,-\n2024-02-03,10,12,9\n2024-02-04,10,11,9,10\n")
        == "bars.csv, line 22: close is \"x\", expected a number; 3 of 24 rows are bad "
        + "(2 not a number, 1 wrong number of fields); correct or remove the rows or pass --skip-bad-rows, "
        + "which leaves 21 rows")
    // No advice that empties the file, or loses most of it.
    let bad = refusal(
      "date,open,high,low,close\n2024-01-01,1,1,1,1\n2024-01-02,1,1,1,x\n2024-01-03,1,1,1,y\n")
    #expect(bad.contains("2 of 3 rows are bad (2 not a number)") && !bad.contains("--skip-bad-rows"))
    let single = refusal("date,close\n2024-01-01,x\n")
    #expect(single.hasSuffix("close is \"x\", expected a number; correct the row"))
  }

  @Test func theCloseAloneIsAWayOut() throws {
    let text = """
      Date,Open,High,Low,Close
      2024-01-01,0,12,9,11
      2024-01-02,0,12,9,12
      2024-01-03,10,11,9,13
      2024-01-04,10,14,9,14
      2024-01-05,10,15,9,15
      """
    #expect(
      refusal(text)
        == "bars.csv, line 2: Open is \"0\", expected a positive number; 3 of 5 rows are bad (2 price not positive, "
        + "1 high below another price); pass --columns close=Close to use the close alone, or correct the rows"
    )
    let market = try read(text) { $0.columns = "close=Close" }.market
    #expect(market.close == [11, 12, 13, 14, 15] && market.high == market.close)
  }

  @Test func severalSymbolsAreRefusedByName() throws {
    let text = """
      date,Ticker,close
      2024-01-02,AAPL,1
      2024-01-03,AAPL,2
      2024-01-02,MSFT,3
      2024-01-02,GOOG,4
      2024-01-03,MSFT,5
      """
    #expect(
      refusal(text)
        == "bars.csv, line 4: Ticker has 3 values (AAPL, MSFT, GOOG), expected the bars of one; pass --symbol AAPL"
    )
    #expect(try read(text) { $0.symbol = "MSFT" }.market.close == [3, 5])
    #expect(
      refusal(text) { $0.symbol = "MFST" }
        == "bars.csv: there is no symbol \"MFST\", expected one of AAPL, MSFT, GOOG; pass --symbol MSFT")
    #expect(refusal("date,close\n2024-01-02,1\n") { $0.symbol = "A" }.contains("no column holds that symbol"))
    #expect(
      refusal(BarsFiles.severalRows[1].text).contains(
        "Ticker has 2 values (ABC, XYZ), expected the bars of one"))
  }

  @Test func pricesAreScaledToTheAdjustedClose() throws {
    let text = """
      Date,Open,High,Low,Close,Adj Close,Volume
      2024-01-02,400,408,396,404,101,10
      2024-01-03,100,104,99,103,103,40
      """
    let market = try read(text) { $0.adjusted = true }.market
    #expect(market.close == [101, 103] && market.open == [100, 100])
    #expect(market.high == [102, 104] && market.low == [99, 99])
    #expect(
      refusal("Date,Close\n2024-01-02,1\n") { $0.adjusted = true }.contains("there is no adjusted close"))
  }

  @Test(
    arguments: [
      ("2024-01-03", nil, [3, 4]), (nil, "2024-01-03", [1, 2, 3]), ("2024-01-03", "2024-01-03", [3]),
      ("2024-01-02T12:00", "2024-01-03", [2, 3]), ("2024", "2024-01", [1, 2, 3, 4]),
      ("2023-Q4", nil, [1, 2, 3, 4]),
      ("1704283200", nil, [3, 4]),
    ] as [(String?, String?, [Double])])
  func boundsOfTimeAreInclusive(from: String?, to: String?, closes: [Double]) throws {
    let text = "time,close\n2024-01-02 00:00,1\n2024-01-02 12:00,2\n2024-01-03 12:00,3\n2024-01-04 00:00,4\n"
    for text in [text, Self.turnedRound(text)] {
      let market = try read(text) {
        $0.from = from
        $0.to = to
      }.market
      #expect(market.close == closes)
    }
  }

  private static func turnedRound(_ text: String) -> String {
    let lines = text.split(separator: "\n")
    return ([lines[0]] + lines.dropFirst().reversed()).map { $0 + "\n" }.joined()
  }

  /// Bounds without a zone are on the clock of the file.
  @Test func boundsOfTimeAreOnTheClockOfTheFile() throws {
    let text = """
      Local time,close
      02.01.2024 00:00:00.000 GMT+0100,1
      03.01.2024 00:00:00.000 GMT+0100,2
      04.01.2024 00:00:00.000 GMT+0100,3
      """
    #expect(try read(text) { $0.from = "2024-01-03" }.market.close == [2, 3])
    #expect(try read(text) { $0.to = "2024-01-03" }.market.close == [1, 2])
    #expect(try read(text) { $0.from = "2024-01-03T00:00Z" }.market.close == [3])
    #expect(
      refusal(text) { $0.from = "2025" }
        == "bars.csv: no bar is left by --from 2025, expected one at least; choose times from "
        + "2024-01-01T23:00:00Z to 2024-01-03T23:00:00Z")
  }

  @Test func holesThatSkippingMakesAreTold() throws {
    var text = "date,close\n"
    for day in 0..<2000 {
      text += "\(CivilTime.iso8601(microseconds: Int64(19_000 + day) * 86_400_000_000).prefix(10)),"
      text += (300..<1100).contains(day) ? "0\n" : "5\n"
    }
    let notes = try read(text, skipBadRows: true).report.notes
    #expect(notes.count == 1 && notes[0].topic == "hole")
    #expect(notes[0].text.hasPrefix("2.2 years from 2022-11-03 to 2025-01-12, where 800 rows were left out"))
    for text in [text, Self.turnedRound(text)] {
      #expect(try read(text, skipBadRows: true).report.notes.map(\.text) == notes.map(\.text))
    }
  }

  @Test func largeMovesAreTold() throws {
    let market = try read("date,close\n2024-01-02,400\n2024-01-03,100\n2024-01-04,101\n2024-01-05,260\n")
      .market
    #expect(
      LargeMoves.note(market, most: 3, showsLargest: false)?.text
        == "-75.0 % on 2024-01-03, +157.4 % on 2024-01-05, beyond -60 % or +150 % in a bar; "
        + "look for splits that the prices are not adjusted for")
    let calm = try read("date,close\n2024-01-02,100\n2024-01-03,50\n2024-01-04,101\n").market
    #expect(LargeMoves.note(calm, most: 3, showsLargest: false) == nil)
    #expect(
      LargeMoves.note(calm, most: 3, showsLargest: true)?.text
        == "largest -50.0 % on 2024-01-03, +102.0 % on 2024-01-04")
  }

  @Test func whatCannotBeToldIsRefused() {
    #expect(
      refusal("2024-01-02,10,12,11\n2024-01-03,10,12,11\n")
        == "bars.csv, line 1: no header, and the columns are not told by the values 2024-01-02, 10, 12, 11, expected a "
        + "time and four prices of which the second is the highest and the third the lowest; "
        + "pass --columns time=1,close=2 or the like")
    #expect(refusal("2024-01-02,10,9,12,11,5\n").contains("no header"))
    #expect(refusal("{\"close\": [1]}").contains("is JSON, expected a table of bars"))
    #expect(
      refusal("a,b\n1,2\n") { $0.columns = "time=a,close=9" }.contains(
        "--columns close=9: there is no such column"))
  }

  @Test(arguments: [
    ("open=1", "open, high, low and close together"),
    ("time=1,time=2", "each of them once"), ("x=1", "\"x\" is not known"), ("close=0", "each of them once"),
  ])
  func columnsThatAreNoneAreRefused(text: String, message: String) {
    let error = #expect(throws: ConfigurationError.self) { try ColumnChoices(text) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
