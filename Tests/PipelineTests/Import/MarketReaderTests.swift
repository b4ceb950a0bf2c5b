import Artifacts
import Backtesting
import FoundationEssentials
import TestSupport
import Testing

@testable import Pipeline

@Suite struct MarketReaderTests {
  static let bars = """
    timestamp,open,high,low,close,volume
    2017-08-17T00:00:00Z,4261.48,4485.39,4200.74,4285.08,795.150377
    2017-08-18T00:00:00Z,4285.08,4371.52,3938.77,4108.37,1199.888264
    2017-08-19T00:00:00Z,4108.37,4184.69,3850,4139.98,381.309763

    """
  static let market = Market(
    name: "bars", timestamps: [1_502_928_000_000_000, 1_503_014_400_000_000, 1_503_100_800_000_000],
    open: [4261.48, 4285.08, 4108.37], high: [4485.39, 4371.52, 4184.69], low: [4200.74, 3938.77, 3850],
    close: [4285.08, 4108.37, 4139.98], volume: [795.150377, 1199.888264, 381.309763])

  private func read(_ text: String, skipBadRows: Bool = false) throws -> MarketReading {
    try MarketReader(skipBadRows: skipBadRows).read(Array(text.utf8), file: "bars.csv")
  }

  /// The same three bars as people write them.
  static let spellings: [String] = [
    bars,
    "\u{FEFF}" + bars.replacingOccurrences(of: "\n", with: "\r\n"),
    String(bars.dropLast()),
    bars + "\n\r\n\n",
    "\n" + bars,
    bars.replacingOccurrences(of: ",", with: ";"),
    bars.replacingOccurrences(of: ",", with: "\t"),
    bars.replacingOccurrences(of: ",", with: "\",\"").split(separator: "\n").map { "\"\($0)\"" }
      .joined(separator: "\n"),
    bars.replacingOccurrences(of: "timestamp,open", with: "Open Time, OPEN"),
    bars.replacingOccurrences(of: "timestamp", with: "<DATE>"),
    bars.replacingOccurrences(of: "timestamp", with: ""),
    bars.replacingOccurrences(of: "close,volume", with: "Adj_Close,Volume BTC"),
    bars.replacingOccurrences(of: "T00:00:00Z", with: ""),
    """
    timestamp;open;high;low;close;volume
    17.08.2017 00:00:00;4261.48;4485.39;4200.74;4285.08;795.150377
    18.08.2017 00:00:00;4285.08;4371.52;3938.77;4108.37;1199.888264
    19.08.2017 00:00:00;4108.37;4184.69;3850;4139.98;381.309763
    """,
    """
    Date,Time,Close,Low,Symbol,High,Open,Vol
    20170817,00:00,4285.08,4200.74,BTC,4485.39,4261.48,795.150377
    20170818,00:00,4108.37,3938.77,BTC,4371.52,4285.08,1199.888264
    20170819,00:00,4139.98,3850,BTC,4184.69,4108.37,381.309763
    """,
    """
    1502928000000,4261.48,4485.39,4200.74,4285.08,795.150377,1503014399999,3454770.0,3427,616.2,2678216.4,0
    1503014400000,4285.08,4371.52,3938.77,4108.37,1199.888264,1503100799999,5086958.3,5233,972.8,4129123.3,0
    1503100800000,4108.37,4184.69,3850.0,4139.98,381.309763,1503187199999,1549483.7,2153,274.3,1118001.8,0
    """,
    """
    1502928000000000,4261.48,4485.39,4200.74,4285.08,795.150377,1503014399999999,3454770,3427,616,2678216,0
    1503014400000000,4285.08,4371.52,3938.77,4108.37,1199.888264,1503100799999999,5086958,5233,972,4129123,0
    1503100800000000,4108.37,4184.69,3850.0,4139.98,381.309763,1503187199999999,1549483,2153,274,1118001,0
    """,
  ]

  @Test(arguments: spellings)
  func reads(text: String) throws {
    let reading = try read(text)
    #expect(reading.market == Self.market)
    #expect(reading.report.rowsRead == 3 && reading.report.skipped.isEmpty)
  }

  @Test func aPriceAloneMakesBars() throws {
    let market = try read("dt;price\n1502928000;10\n1502928060;11.5\n").market
    #expect(market.timestamps == [1_502_928_000_000_000, 1_502_928_060_000_000])
    for column in [market.open, market.high, market.low, market.close] { #expect(column == [10, 11.5]) }
    #expect(market.volume.count == 2 && market.volume.allSatisfy(\.isNaN))
  }

  @Test func aDateAndATimeAddUp() throws {
    let market = try read("date,time,close\n2017-08-17,04:00:00,1\n2017-08-17,05:30:00,2\n").market
    #expect(market.timestamps == [1_502_942_400_000_000, 1_502_947_800_000_000])
  }

  @Test(arguments: [
    ("/data/btcusdt-1d.csv", "btcusdt-1d"), ("BTC USDT (1h).csv", "BTC-USDT--1h-"), ("../..", "market"),
    (".csv", "csv"), ("a.b.csv", "a.b"), ("", "market"), ("ü.csv", "market"),
  ])
  func namesTheMarket(path: String, name: String) throws {
    #expect(try MarketReader().read(Array(Self.bars.utf8), file: path).market.name == name)
  }

  @Test func skipsAndReports() throws {
    let reading = try read(
      """
      timestamp,open,high,low,close
      2017-08-17,1,1,1,1
      2017-08-18,1,1,1,x
      2017-08-19,1,1,1,0
      2017-08-20,1,1,1,y

      2017-08-21,1,1,1,2
      2017-08-21,1,1,1,2
      2017-08-01,1,1,1
      2017-08-22,1,2,1,2

      """, skipBadRows: true)
    #expect(reading.market.close == [1, 2])
    #expect(reading.report.rowsRead == 9)
    #expect(reading.report.rowsSkipped == 7)
    #expect(
      reading.report.skipped == [
        .init(reason: .notNumber, rows: 2, firstLine: 3),
        .init(reason: .notPositive, rows: 1, firstLine: 4),
        .init(reason: .blankLine, rows: 1, firstLine: 6),
        .init(reason: .highBelow, rows: 2, firstLine: 7),
        .init(reason: .fieldCount, rows: 1, firstLine: 9),
      ])
  }

  @Test func readsFiles() throws {
    let folder = FileManager.default.temporaryDirectory.path + "/fluke-\(UInt64.random(in: .min ... .max))"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try Data(Self.bars.utf8).write(to: URL(filePath: "\(folder)/bars.csv"))
    #expect(try MarketReader().read(path: "\(folder)/bars.csv").market == Self.market)
    #expect(throws: ImportError.missingFile("none.csv")) {
      try MarketReader().read(path: "\(folder)/none.csv")
    }
    let error = #expect(throws: ImportError.self) { try MarketReader().read(path: folder) }
    #expect(error?.exitStatus == 66)
    #expect(error?.description.hasSuffix(": is a directory, expected a file; name a file in it") == true)
  }

  /// A file of several chunks reads as the bars that it was written from.
  @Test func manyBarsComeBackBitForBit() throws {
    var generator = SeededGenerator(seed: 3)
    var text = "timestamp,close,volume\n"
    var closes: [Double] = []
    for bar in 0..<30_000 {
      closes.append(Double.random(in: 1e-8...1e6, using: &generator))
      text +=
        "\(CivilTime.iso8601(microseconds: Int64(bar) * 300_000_000)),\(closes[bar]),\(closes[bar] * 3)\n"
    }
    let folder = FileManager.default.temporaryDirectory.path
    let path = "\(folder)/fluke-\(UInt64.random(in: .min ... .max)).csv"
    try Data(text.utf8).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    let market = try MarketReader().read(path: path).market
    #expect(market.close == closes)
    #expect(market.volume == closes.map { $0 * 3 })
    #expect(market.timestamps == (0..<30_000).map { Int64($0) * 300_000_000 })
  }

  /// Whatever happens to a good file, the reader returns sound bars or throws its own error.
  @Test(arguments: [false, true])
  func mutatedFilesNeverTrap(skipBadRows: Bool) {
    var generator = SeededGenerator(seed: 4)
    var outcomes = (read: 0, refused: 0)
    let interesting = Array("\"\",,;;\t\r\n\n -+.0199eEnaif:TZ".utf8) + [0, 0xEF, 0xFF]
    for round in 0..<4000 {
      var bytes = Array(Self.spellings[round % Self.spellings.count].utf8)
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let place = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes.remove(at: place)
        case 1: bytes.insert(interesting.randomElement(using: &generator)!, at: place)
        case 2: bytes[place] = UInt8.random(in: 0...255, using: &generator)
        case 3: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: bytes[place...].prefix(60), at: place)
        }
      }
      do {
        let reading = try MarketReader(skipBadRows: skipBadRows).read(bytes, file: "bars.csv")
        outcomes.read += 1
        #expect(Self.isSound(reading.market))
        #expect(reading.report.rowsRead == reading.market.count + reading.report.rowsSkipped)
      } catch {
        outcomes.refused += 1
        #expect(error is ImportError)
        #expect(!"\(error)".contains { $0.isNewline })
      }
    }
    #expect(outcomes.read > 100 && outcomes.refused > 100)
  }

  private static func isSound(_ market: Market) -> Bool {
    market.count > 0
      && market.timestamps.indices.dropFirst().allSatisfy {
        market.timestamps[$0 - 1] < market.timestamps[$0]
      }
      && market.close.indices.allSatisfy { bar in
        let prices = [market.open[bar], market.close[bar]]
        return market.low[bar] > 0 && market.high[bar].isFinite && !(market.volume[bar] < 0)
          && prices.allSatisfy { $0 >= market.low[bar] && $0 <= market.high[bar] }
      }
  }
}
