import FoundationEssentials
import TestSupport
import Testing

/// Files of bars that people have: read as they are, or with what is missing told.
@Suite struct FileCaseTests {
  /// What `fluke data` says of a file.
  private func report(_ name: String, _ options: String = "") throws -> String {
    let ending = try CaseFile.run("data --data FILE \(options)", on: name)
    #expect(ending.status == 0 && ending.error.isEmpty, "\(name): \(ending.error)")
    return ending.output
  }

  /// Every bar, at the right times, without any option.
  @Test(arguments: [
    ("adjusted-rounding.csv", "4 from 2020-01-02T00:00:00Z to 2020-01-07T00:00:00Z"),
    ("volume-minus-one.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("volume-empty.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("volume-dash.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("newest-first.csv", "60 from 2020-01-02T00:00:00Z to 2020-03-25T00:00:00Z"),
    ("prices-two-header-rows.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("no-header-mt4.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("no-header-histdata.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("no-header-kraken.csv", "20 from 2024-01-01T00:00:00Z to 2024-01-20T00:00:00Z"),
    ("names-short.csv", "20 from 2024-01-01T00:00:00Z to 2024-01-20T00:00:00Z"),
    ("names-numbered.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("names-close-last.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("names-local-time.csv", "20 from 2020-01-01T23:00:00Z to 2020-01-28T23:00:00Z"),
    ("names-trade-date.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
    ("first-line-address.csv", "20 from 2024-01-01T00:00:00Z to 2024-01-20T00:00:00Z"),
    ("thousands.csv", "20 from 2020-01-02T00:00:00Z to 2020-01-29T00:00:00Z"),
  ])
  func isRead(name: String, bars: String) throws {
    #expect(try report(name).contains(bars))
  }

  @Test func whatIsUnknownIsCounted() throws {
    #expect(try report("volume-minus-one.csv").contains("unknown in 20 of 20 bars"))
    #expect(try report("volume-empty.csv").contains("unknown in 20 of 20 bars"))
    #expect(try report("volume-dash.csv").contains("unknown in 3 of 20 bars"))
  }

  /// The bars that a run stores have the same unknown volumes when they are read again.
  @Test func unknownVolumesComeBack() throws {
    let folder = try TemporaryFolder()
    let first = try Program.run(
      ["data", "--data", CaseFile.path("volume-dash.csv"), "--write", "a.csv"], in: folder.path)
    let second = try Program.run(["data", "--data", "a.csv", "--write", "b.csv"], in: folder.path)
    #expect(first.status == 0 && second.status == 0)
    let files = try folder.files(below: ".")
    #expect(files["a.csv"] == files["b.csv"])
    #expect(String(decoding: files["a.csv"] ?? [], as: UTF8.self).contains("100.1223,100.6383,\n"))
  }

  @Test func aRawCloseBesideAnAdjustedOneIsTold() throws {
    let name = "split-raw-and-adjusted.csv"
    let raw = try report(name)
    #expect(raw.contains("Close; Adj Close is there and was not used (--adjusted)"))
    #expect(raw.contains("-7") && raw.contains("beyond -60 % or +150 % in a bar"))
    let adjusted = try report(name, "--adjusted")
    #expect(
      !adjusted.contains("beyond -60 %") && adjusted.contains("Adj Close; open, high and low are scaled"))
    #expect(try report(name, "--columns date=Date,close=5").contains("beyond -60 %"))
  }

  @Test func whatCameBeforeTheTableIsTold() throws {
    #expect(try report("first-line-address.csv").contains("\"https://www.example.com\""))
    #expect(try report("no-header-mt4.csv").contains("no header; the values tell"))
  }

  @Test func packedFilesAndPipesAreRead() throws {
    let folder = try TemporaryFolder()
    let plain = try Data(contentsOf: URL(filePath: CaseFile.path("dates-iso.csv")))
    try Data(PackedBytes.gzip([UInt8](plain))).write(to: URL(filePath: "\(folder.path)/dates-iso.csv.gz"))
    let bars = "60 from 2020-01-02T00:00:00Z to 2020-03-25T00:00:00Z"
    let packed = try Program.run(["data", "--data", "dates-iso.csv.gz"], in: folder.path)
    #expect(packed.status == 0 && packed.output.contains(bars) && packed.output.contains("dates-iso\n"))
    for input in [CaseFile.path("dates-iso.csv"), "\(folder.path)/dates-iso.csv.gz"] {
      let piped = try Program(["data", "--data", "-"], in: folder.path, input: input).wait()
      #expect(piped.status == 0 && piped.output.contains(bars), "\(piped.error)")
    }
  }

  @Test func boundsOfTimeAreRecorded() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      [
        "sweep", "--data", CaseFile.path("dates-iso.csv"), "--from", "2020-01-13", "--to", "2020-02",
        "--count", "5", "--bootstrap", "0", "--blocks", "0", "--output", "r", "-q",
      ], in: folder.path)
    #expect(ending.status == 0, "\(ending.error)")
    let files = try folder.files(below: "r")
    let bars = String(decoding: files["raw/dates-iso.csv"] ?? [], as: UTF8.self).split(separator: "\n")
    #expect(bars[1].hasPrefix("2020-01-13") && bars.last?.hasPrefix("2020-02-28") == true)
    let record = String(decoding: files["run.json"] ?? [], as: UTF8.self)
    #expect(record.contains("2020-01-13"))
  }

  @Test(arguments: [
    ("--symbol X", "--symbol: has no effect with --data builtin:btc-1d, which is no file; "),
    ("--columns close=4", "--columns: has no effect with --data builtin:btc-1d, which is no file; "),
    ("--from soon", "--from: found \"soon\", expected a date or a time such as 2020-01-31"),
    ("--from 2021 --to 2020", "--to: found 2020, expected 2021 or later"),
    ("--data synthetic:garch --from 2020", "--from: makes no sense with synthetic:garch"),
  ])
  func optionsThatCannotBeUsedAreRefused(options: String, message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run("data \(options)", in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.error.hasPrefix("fluke: \(message)"), "\(ending.error)")
  }

  /// Bars go into the standard output where that is a pipe, as the system's own name of it says.
  @Test func barsGoIntoAPipe() throws {
    let folder = try TemporaryFolder()
    let line = ["data", "--data", CaseFile.path("dates-iso.csv"), "--write"]
    let piped = try Program.run(line + ["/dev/stdout"], in: folder.path)
    #expect(piped.status == 0, "\(piped.error)")
    #expect(try Program.run(line + ["bars.csv"], in: folder.path).status == 0)
    let bars = String(decoding: try folder.files(below: ".")["bars.csv"] ?? [], as: UTF8.self)
    #expect(bars.split(separator: "\n").count == 61 && piped.output.contains(bars))
  }
}
