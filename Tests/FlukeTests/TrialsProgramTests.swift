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
