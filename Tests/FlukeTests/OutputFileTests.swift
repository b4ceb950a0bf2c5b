import FoundationEssentials
import TestSupport
import Testing

/// Files that are written on request: where standard output is meant, and names that promise what none is.
@Suite struct OutputFileTests {
  private static let data = ["data", "--data", "synthetic:random-walk", "--bars", "40", "--write"]

  @Test func aDashIsStandardOutput() throws {
    let folder = try TemporaryFolder()
    let named = try Program.run(Self.data + ["bars.csv"], in: folder.path)
    #expect(named.status == 0 && named.output.contains("spacing"))
    let bars = try String(decoding: Data(contentsOf: URL(filePath: folder.path + "/bars.csv")), as: UTF8.self)
    let printed = try Program.run(Self.data + ["-"], in: folder.path)
    #expect(printed.status == 0)
    #expect(printed.output == bars)
    #expect(printed.error == named.output)
    #expect(folder.contents == ["bars.csv"])
  }

  @Test(arguments: [
    (
      "bars.csv.gz",
      "--write: bars.csv.gz is the name of a packed file, expected one of plain text; leave out .gz, or write to - and "
        + "pack that"
    ),
    ("- --json", "--write -: makes no sense with --json, which is standard output too; name a file"),
  ]) func isRefused(file: String, message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(Self.data + file.split(separator: " ").map(String.init), in: folder.path)
    #expect(ending.status == 64 && ending.output.isEmpty)
    #expect(ending.error == "fluke: \(message)\n")
    #expect(folder.contents.isEmpty)
  }

  @Test(arguments: ["sweep --count 5 --output", "trials --trials 2 --output", "upload --upload out --store"])
  func aDashIsNoDirectory(line: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(line + " -", in: folder.path)
    let option = line.split(separator: " ").last ?? ""
    #expect(ending.status == 64)
    #expect(
      ending.error
        == "fluke: \(option): found \"-\", expected the name of a directory, or s3://bucket/prefix; change the value\n"
    )
    #expect(folder.contents.isEmpty)
  }

  @Test func anotherFileOfTheRecordsNameStays() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.path + "/out", withIntermediateDirectories: true)
    try folder.write("{\"mine\": 1}\n", as: "out/run.json")
    let ending = try Program.run("sweep --count 5 --output out", in: folder.path)
    #expect(ending.status == 73)
    #expect(
      ending.error
        == "fluke: run.json: found a file that is no record of a run, expected none, or that of an earlier run; move it or "
        + "choose another directory\n")
    #expect(folder.contents == ["out", "out/run.json"])
  }
}
