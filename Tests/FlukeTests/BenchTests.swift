import Benchmarking
import TestSupport
import Testing

/// `fluke bench` on small cases; how long anything takes is no matter here.
@Suite struct BenchTests {
  private static let small = [
    "bench", "--quick", "--cases", "linear-4,cscv", "--strategies", "640", "--threads", "2",
  ]

  @Test func theDocumentAndTheTable() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(Self.small + ["--output", "deep/bench.json"], in: folder.path)
    #expect(ending.status == 0)
    #expect(folder.contents == ["deep", "deep/bench.json"])
    let bytes = try #require(try folder.files(below: ".")["deep/bench.json"])
    let record = try BenchmarkRecord(json: bytes, document: "bench.json")
    #expect(record.cases.map(\.name) == ["linear-4", "linear-4", "cscv", "cscv"])
    #expect(record.cases.map(\.threads) == [1, 2, 1, 2])
    #expect(record.cases[0].sizes["strategies"] == 640)
    #expect(record.million?.market == "btc-1d")
    #expect(record.million?.bars == 2_694)
    #expect(record.machine.processors >= 1)
    #expect(
      ending.output == (record.heading + record.tables.flatMap { [""] + $0.text }).map { $0 + "\n" }.joined())
    for part in [
      "OpenBLAS core \(record.machine.openBLASCore)", "limit", "reached", "A million strategies on btc-1d",
    ] {
      #expect(ending.output.contains(part), "\(part)")
    }
  }

  @Test func oneObjectAndNothingElse() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      Self.small + ["--json", "--data", "synthetic:random-walk", "--bars", "5000"], in: folder.path)
    #expect(ending.status == 0)
    #expect(folder.contents == [])
    let record = try BenchmarkRecord(json: Array(ending.output.utf8), document: "output")
    #expect(record.million?.bars == 5_000)
    #expect(try record.json == Array(ending.output.utf8))
  }

  @Test func quietSaysNothing() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(Self.small + ["-q"], in: folder.path)
    #expect(ending.status == 0)
    #expect(ending.output.isEmpty)
    #expect(ending.error.split(separator: "\n").allSatisfy { $0.hasPrefix("fluke: warning: ") })
  }

  /// The user's own choice of a core wins, and figures that suffer from it come with a warning.
  @Test func anOldCoreIsSaid() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      Self.small + ["--json"], in: folder.path, variables: ["OPENBLAS_CORETYPE=Prescott"])
    #expect(ending.status == 0)
    let record = try BenchmarkRecord(json: Array(ending.output.utf8), document: "output")
    #expect(record.machine.openBLASCore == "Prescott")
    let warning = ending.error.split(separator: "\n").map(String.init).first { $0.contains("OpenBLAS") }
    if let better = record.machine.betterCore {
      #expect(
        warning
          == "fluke: warning: OpenBLAS: kernels for Prescott are in use, older than this processor, which has "
          + "those of \(better); unset OPENBLAS_CORETYPE or set it to \(better)")
    } else {
      #expect(warning == nil)
    }
  }

  @Test(
    arguments: [
      (
        "--cases lynear",
        "--cases: \"lynear\" is not known, the nearest is \"linear-4\"; choose one of memory, "
      ),
      ("--strategies 63", "--strategies: found 63, expected 64 to 1000000; change the value"),
      ("--threads 0", "--threads: found 0, expected 1 to 1024; change the value"),
      ("--data builtin:eth", "--data: \"eth\" is not known, the nearest is "),
      ("--quik", "--quik: found no such option of `fluke bench`, the nearest is --quick; "),
    ])
  func whatMakesNoSenseIsRefused(options: String, message: String) throws {
    try refuses(options.split(separator: " ").map(String.init), message)
  }

  @Test func aFileWithoutANameIsRefused() throws {
    try refuses(["--output", ""], "--output: found \"\", expected the name of a file; change the value")
  }

  private func refuses(_ options: [String], _ message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(["bench"] + options, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    let lines = ending.error.split(separator: "\n")
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("fluke: " + message) == true, "\(ending.error)")
  }

  @Test func aFileThatCannotBeMade() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(Self.small + ["-q", "--output", "/proc/none/bench.json"], in: folder.path)
    #expect(ending.status == 73)
    #expect(ending.error.contains("fluke: /proc/none: cannot be created, "))
  }
}
