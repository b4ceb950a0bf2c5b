import Artifacts
import FoundationEssentials
import Stores
import TestSupport
import Testing

@testable import Pipeline

/// The bytes of a user's file, however they are packed and spelled.
@Suite struct InputFileTests {
  private static let bars = "timestamp,close\n2024-01-01,1\n2024-01-02,2\n2024-01-03,3\n"

  private static func utf16(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in text.utf16 { bytes += [UInt8(unit & 255), UInt8(unit >> 8)] }
    return bytes
  }

  @Test func gzipIsToldByItsBytesAndDigestedAsItIs() throws {
    let folder = try TemporaryFolder()
    let packed = PackedBytes.gzip(Array(Self.bars.utf8))
    for name in ["bars.csv.gz", "bars.csv", "bars"] {
      let path = "\(folder.path)/\(name)"
      try Data(packed).write(to: URL(filePath: path))
      let log = InputLog()
      let reading = try MarketReader().read(path: path, log: log)
      #expect(reading.market.close == [1, 2, 3])
      #expect(reading.market.name == "bars")
      #expect(
        log.summaries == [path: ArtifactSummary(size: packed.count, sha256: SHA256.hexDigest(of: packed))])
    }
  }

  @Test func everyReaderExpands() throws {
    func packed(_ text: String) -> [UInt8] { PackedBytes.gzip(Array(text.utf8)) }
    #expect(try ReturnsReader().read(packed("a,b\n0.1,-0.2\n-0.1,0.3\n"), file: "r").names == ["a", "b"])
    #expect(try PValuesReader().read(packed("p\n0.5\n"), file: "p").values == [0.5])
    #expect(try WeightsReader().read(packed("feature,a\nrsi(14),2\n"), file: "w").columns == [[2]])
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/signals.json.gz"
    try Data(packed("{\"a\": [1, 0]}")).write(to: URL(filePath: path))
    #expect(try SignalsReader().read(path: path).strategies(.strategies).signals[0] == [1, 0])
  }

  @Test func spreadsheetsExportsAreRead() throws {
    let text = "sep=;\r\n" + Self.bars.replacing(",", with: ";")
    let files: [[UInt8]] = [
      Array(text.utf8), Array("\u{FEFF}\(text)".utf8), Array(text.replacing("\r", with: "").utf8),
      Self.utf16(text), Array(Self.bars.replacing("\n", with: "\r").utf8),
    ]
    for bytes in files {
      #expect(try MarketReader().read(bytes, file: "bars.csv").market.close == [1, 2, 3])
      #expect(
        try MarketReader().read(PackedBytes.gzip(bytes), file: "bars.csv.gz").market.close == [1, 2, 3])
    }
  }

  @Test func jsonInUTF16IsRead() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/signals.json"
    let text = "{\"a\": [1, 0]}"
    for bytes in [Self.utf16(text), Array("\u{FEFF}\(text)".utf8)] {
      try Data(bytes).write(to: URL(filePath: path))
      #expect(try SignalsReader().read(path: path).strategies(.strategies).signals[0] == [1, 0])
    }
  }

  @Test(arguments: [
    ("bars.csv.gz", "bars"), ("BARS.CSV.GZ", "BARS"), (".gz", "gz"), ("a.gz", "a"), ("-", "standard-input"),
  ])
  func marketsAreNamed(path: String, name: String) {
    #expect(InputFile.stem(ofPath: path) == name)
  }

  @Test func standardInputIsReadOnce() throws {
    let log = InputLog()
    let chunks = try InputFile.chunks(ofPath: "-", log: log)
    while try !chunks().isEmpty {}
    let error = #expect(throws: ImportError.self) { _ = try InputFile.chunks(ofPath: "-", log: log) }
    #expect(
      error?.description
        == "standard input: is named twice, expected once, as it can be read once; save one of the two as a file"
    )
  }

  private static func zip(_ name: String) -> [UInt8] {
    [0x50, 0x4B, 3, 4] + [UInt8](repeating: 0, count: 26) + Array(name.utf8)
  }
  private static let tar =
    Array("bars.csv".utf8) + [UInt8](repeating: 0, count: 249) + Array("ustar".utf8)

  static let containers: [([UInt8], String)] = [
    (zip("bars.csv"), "is a zip archive, expected text such as CSV; unpack it: unzip 'f'"),
    (
      zip("[Content_Types].xml"),
      "is an Excel workbook, expected text such as CSV; open it and save the sheet as CSV"
    ),
    (
      Array("PAR1".utf8) + [0x15, 4],
      "is a Parquet file, expected text such as CSV; convert it: python3 -c "
        + "\"import pandas; pandas.read_parquet('f').to_csv('bars.csv')\""
    ),
    (
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1],
      "is an old Excel workbook, expected text such as CSV; open it and save the sheet as CSV"
    ),
    (
      Array("BZh91AY&SY".utf8),
      "is packed by bzip2, expected text such as CSV; unpack it: bunzip2 --keep 'f'"
    ),
    (
      [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0],
      "is packed by xz, expected text such as CSV; unpack it: unxz --keep 'f'"
    ),
    (
      [0x28, 0xB5, 0x2F, 0xFD], "is packed by zstd, expected text such as CSV; unpack it: unzstd 'f'"
    ),
    (PackedBytes.gzip(tar), "is a tar archive, expected text such as CSV; unpack it: tar xf 'f'"),
    (
      PackedBytes.gzip(PackedBytes.gzip(Array("a".utf8))),
      "is packed by gzip twice, expected text such as CSV; unpack it once: gunzip --keep 'f'"
    ),
    (
      Array("\u{FEFF}\n<!DOCTYPE html><html>".utf8),
      "is a web page, expected text such as CSV; open it to see what it says, and download the data again"
    ),
  ]

  @Test(arguments: containers)
  func otherKindsAreNamed(bytes: [UInt8], message: String) {
    let readers: [() throws -> Void] = [
      { _ = try MarketReader().read(bytes, file: "f") },
      { _ = try ReturnsReader().read(bytes, file: "f") },
      { _ = try WeightsReader().read(bytes, file: "f") },
      { _ = try PValuesReader().read(bytes, file: "f") },
    ]
    for read in readers {
      let error = #expect(throws: ImportError.self) { try read() }
      #expect(error?.description == "f: " + message)
      #expect(error?.exitStatus == 65)
    }
  }

  @Test func aPackedFileThatIsCutShortIsRefused() {
    let packed = PackedBytes.gzip(Array(Self.bars.utf8))
    for length in [packed.count - 3, packed.count / 2, 12] {
      let error = #expect(throws: ImportError.self) {
        try MarketReader().read(Array(packed.prefix(length)), file: "f")
      }
      #expect(
        error?.description == "f: the gzip file is cut short, expected all of it; copy or download it again")
    }
  }

  @Test func aColumnNameInBracketsIsNoWebPage() throws {
    let text = "<DATE>,<CLOSE>\n20240101,1\n20240102,2\n"
    #expect(try MarketReader().read(Array(text.utf8), file: "f").market.count == 2)
  }
}
