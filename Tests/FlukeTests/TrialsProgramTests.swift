import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Trials that are ended by a signal, even one that cannot be caught, go on where they were.
@Suite struct TrialsProgramTests {
  private static let options = [
    "trials", "-q", "--trials", "60", "--count", "20", "--data", "synthetic:random-walk", "--bars", "300",
    "--blocks",
    "8", "--output", "out",
  ]
  private static let partial = "out/results/trials.partial.csv"

  @Test(arguments: [SIGKILL, SIGINT]) func endedAndContinued(signal: Int32) throws {
    let undisturbed = try TemporaryFolder()
    #expect(try Program.run(Self.options, in: undisturbed.path).status == 0)
    let folder = try TemporaryFolder()
    var endings: [Int32] = []
    for threads in [1, 2] {
      let size = try size(of: folder.path)
      let program = try Program(Self.options + ["--resume", "--threads", "\(threads)"], in: folder.path)
      // Bounded by the end of the program. A trial has about 400 bytes.
      while program.isRunning, try self.size(of: folder.path) < size + 1_500 {}
      program.send(signal: signal)
      let ending = try program.wait()
      endings.append(ending.status)
      let isTold = ending.status == 128 + SIGINT
      #expect(
        ending.error
          == (isTold
            ? "fluke: interrupted; progress is kept; give the same command with --resume to continue\n" : ""))
    }
    #expect(endings.contains(128 + signal))
    if endings.allSatisfy({ $0 != 0 }) {
      let refused = try Program.run(Self.options, in: folder.path)
      #expect(
        refused.status == 73 && refused.error.hasPrefix("fluke: results/trials.partial.csv: found an inter"))
      #expect(refused.error.split(separator: "\n").count == 1)
    }
    #expect(try Program.run(Self.options + ["--resume"], in: folder.path).status == 0)
    let (left, right) = (try folder.files(below: "out"), try undisturbed.files(below: "out"))
    #expect(left.keys.sorted() == right.keys.sorted())
    for (name, bytes) in left where name != "run.json" { #expect(right[name] == bytes, "\(name)") }
  }

  private func size(of folder: String) throws -> Int {
    (try? Data(contentsOf: URL(filePath: "\(folder)/\(Self.partial)")).count) ?? 0
  }

  @Test func notesOnTheDataAreThoseOfASweep() throws {
    let folder = try TemporaryFolder()
    let days = (0..<120).map { "2021-\($0 / 28 + 1)-\($0 % 28 + 1),\(100 + 7 * ($0 % 5))" }
    try folder.write("date,close\n" + days.reversed().joined(separator: "\n") + "\n", as: "bars.csv")
    let data = ["--data", "bars.csv", "--count", "5", "--blocks", "4"]
    let sweep = try Program.run(["sweep", "--bootstrap", "0"] + data, in: folder.path)
    let trials = try Program.run(["trials", "--trials", "3"] + data, in: folder.path)
    let note = try #require(sweep.output.split(separator: "\n").first { $0.hasPrefix("  times ") })
    #expect(note.contains("newest first"))
    #expect(trials.output.split(separator: "\n").contains(note), "\(trials.output)\(trials.error)")
    for shard in 1...2 {
      let ending = try Program.run(
        ["trials", "--trials", "3", "--shard", "\(shard)/2", "--output", "shards"] + data, in: folder.path)
      #expect(ending.status == 0)
    }
    let merged = try Program.run("merge --store shards --output merged", in: folder.path)
    #expect(merged.output.split(separator: "\n").contains(note), "\(merged.output)\(merged.error)")
    let refused = try Program.run("merge --store shards --output other --fail-unless-skill", in: folder.path)
    #expect(refused.status == 64)
    #expect(
      refused.error
        == "fluke: --fail-unless-skill: makes no sense with shards of `fluke trials`, which has no verdict; remove it\n"
    )
    #expect(!folder.contents.contains { $0.hasPrefix("other/") })
  }

  @Test func jsonIsOneObjectAndNoProgressComesIntoAPipe() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      ["trials", "--trials", "3", "--count", "5", "--blocks", "4", "--json"], in: folder.path)
    #expect(ending.status == 0 && ending.error.isEmpty)
    #expect(ending.output.hasPrefix("{\n  \"artifacts\": \"output/trials\",\n  \"cells\": ["))
    #expect(ending.output.hasSuffix("\n}\n"))
    #expect(folder.contents.contains("output/trials/run.json"))
  }
}
