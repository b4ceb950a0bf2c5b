import FoundationEssentials
import TestSupport
import Testing

/// Input or output that is wrong gets one line and its status of sysexits.h, and leaves an earlier run whole.
@Suite struct FaultTests {
  /// What a case does beforehand, and what the program then says.
  struct Case: Sendable, CustomTestStringConvertible {
    let options: String
    var file: String? = nil
    let status: Int32
    let message: String

    var testDescription: String { message }
  }

  private static let header = "timestamp,open,high,low,close,volume\n"
  private static let bars =
    header
    + (0..<90).map { day in
      let price = 100 + day * 7 % 13
      return "\(1_577_836_800 + day * 86_400),\(price),\(price + 2),\(price - 2),\(price + 1),5\n"
    }.joined()
  private static let remedy = "; correct or remove the row or pass --skip-bad-rows"

  static let cases: [Case] = [
    Case(
      options: "--data nowhere.csv", status: 66,
      message: "nowhere.csv: there is no such file, expected a readable file; check the path"),
    Case(
      options: "--data .", status: 64,
      message:
        "--data: . is a directory, expected one market a run; name a file in it, such as --data ./bars.csv"),
    Case(
      options: "--data f", file: "", status: 65,
      message: "f: is empty, expected a header and rows; check how it was made"),
    Case(options: "--data f", file: header, status: 65, message: "f: has a header and no rows, "),
    Case(
      options: "--data f", file: "a,b\n1,2\n", status: 65, message: "f, line 1: columns are a, b, expected "),
    Case(
      options: "--data f", file: bars + "1585699200,1,2,0,1,1\n", status: 65,
      message: "f, line 92: low is \"0\", expected a positive number\(remedy)"),
    Case(
      options: "--data f", file: String(bars.prefix(header.utf8.count + 2 * 28)), status: 65,
      message: "bars: found 1, expected at least 3 for training; give more bars or a larger --train"),
    Case(
      options: "--data bars.csv --family sma-cross --fast 5 --slow 80", status: 65,
      message: "bars: found 62, expected at least 82 for training with the longest warm-up, that of sma(80); "
    ),
    Case(
      options: "--data bars.csv --train 0.99", status: 65,
      message: "bars: found 1, expected at least 3 for val"),
    Case(
      options: "--data bars.csv --signals f", file: "{\"a\": [1, 0", status: 65,
      message: "f, line 1: found the end of the document, expected \",\" or \"]\"; correct the JSON"),
    Case(
      options: "--data bars.csv --signals f", file: "[1]", status: 65, message: "f, at [0]: found a number, "),
    Case(
      options: "--data bars.csv --signals f", file: "", status: 65,
      message: "f: is empty, expected a header and rows; check how it was made"),
    Case(
      options: "--data bars.csv --signals f", file: "{\"a\": [1, 2]}", status: 65,
      message: "f, at \"a\"[1]: signal is 2, expected -1, 0 or 1; correct the signal"),
    Case(
      options: "--data bars.csv --signals f", file: "{\"a\": [1, 0]}", status: 65,
      message: "signals: found 2 a strategy, expected 90, one for each bar of the market, or 62, "),
    Case(
      options: "--data bars.csv --family linear --weights f", file: "feature,a\nrsi(14),nan\n", status: 65,
      message: "f, line 2: a is \"nan\", expected a finite number; correct the weight"),
    Case(
      options: "--data bars.csv --output f", file: "in the way", status: 73,
      message: "f: cannot be created, a part of the path is a file, expected a writable place; "),
    Case(
      options: "--data bars.csv --upload bars.csv", status: 73, message: "bars.csv: cannot be created, "),
    Case(
      options: "--data bars.csv --upload bars.csv/a/b", status: 73,
      message: "bars.csv/a/b: cannot be created, "),
    Case(
      options: "--data bars.csv --upload s3:/b", status: 64, message: "s3:/b: does not begin with s3://, "),
    Case(
      options: "--data bars.csv --output s3://ab", status: 64,
      message: "s3://ab: names no bucket of 3 or more "),
    Case(
      options: "--data bars.csv --upload s3://bucket --endpoint-url nowhere", status: 64,
      message: "nowhere: does not begin with http:// or https://, "),
    Case(
      options: "--data bars.csv --upload s3://bucket --encryption rot13", status: 64,
      message: "--encryption: \"rot13\" is not known, the nearest is "),
    Case(
      options: "--data bars.csv --output /proc/none", status: 73, message: "/proc/none: cannot be created, "),
  ]

  @Test(arguments: cases) func isRefused(_ fault: Case) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.bars, as: "bars.csv")
    #expect(try Program.run(Self.words("--data bars.csv --count 20 -q"), in: folder.path).status == 0)
    if let file = fault.file { try folder.write(file, as: "f") }
    let before = try folder.files(below: ".")
    let ending = try Program.run(Self.words(fault.options), in: folder.path)
    #expect(ending.status == fault.status)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + fault.message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(try folder.files(below: ".") == before)
    #expect(before.count == (fault.file == nil ? 21 : 22))
  }

  @Test func aDirectoryInPlaceOfAnArtifact() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/output/results/best_strategy.json", withIntermediateDirectories: true)
    let ending = try Program.run(["sweep"], in: folder.path)
    #expect(ending.status == 73)
    #expect(
      ending.error
        == "fluke: output/results/best_strategy.json: cannot be created, a directory of that name is in the way, "
        + "expected a writable place; move it or choose another path\n")
    #expect(!folder.contents.contains { $0.contains(".partial-") })
  }

  @Test func badRowsAreSkippedAndReported() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.bars + "1585699200,1,2,0,1,1\n1585785600,1,nan,1,1,1\n", as: "bars.csv")
    let ending = try Program.run(Self.words("--data bars.csv --skip-bad-rows"), in: folder.path)
    #expect(ending.status == 0)
    #expect(ending.output.contains("left out      1 (rows: NaN or infinity)"))
    #expect(ending.output.contains("left out      1 (rows: price not positive)"))
  }

  @Test func aFullDevice() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(["data", "--write", "/dev/full/x"], in: folder.path)
    #expect(ending.status == 73)
  }

  private static func words(_ options: String) -> [String] {
    ["sweep"] + options.split(separator: " ").map(String.init)
  }
}
