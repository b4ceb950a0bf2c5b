import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Shards, their merge and interrupted sweeps, by the program.
@Suite struct ShardProgramTests {
  private static let options = [
    "--data", "synthetic:random-walk", "--bars", "400", "--count", "130", "--blocks", "6", "--bootstrap",
    "30", "--walk-forward", "2", "--permutations", "5", "-q",
  ]

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  @Test func shardsMergeToTheWhole() throws {
    let folder = try TemporaryFolder()
    #expect(
      try Program.run(["sweep", "--output", "whole"] + Self.options, in: folder.path).status == 0)
    for (number, place) in [(1, "a"), (2, "b")] {
      let shard = ["sweep", "--output", place, "--shard", "\(number)/2"]
      let ending = try Program.run(shard + Self.options.dropLast(), in: folder.path)
      #expect(ending.status == 0 && ending.error.isEmpty)
      #expect(ending.output.hasPrefix("shard \(number) of 2: \(number == 1 ? 64 : 66) of 130 strategies, "))
    }
    let refused = try Program.run(Self.words("merge --store b"), in: folder.path)
    #expect(refused.status == 66)
    #expect(
      refused.error
        == "fluke: shard 1 of 2: is not there, expected it beside 1 other; run it with --shard 1/2\n")
    let merged = try Program.run(Self.words("merge --store a --store b --output c --json"), in: folder.path)
    #expect(merged.status == 0)
    #expect(merged.output.hasPrefix("{\n  \"artifacts\": \"c\",") && merged.output.hasSuffix("\n}\n"))
    let (left, right) = (try folder.files(below: "c"), try folder.files(below: "whole"))
    #expect(left.keys.sorted() == right.keys.sorted())
    for (name, bytes) in left where name != "run.json" { #expect(right[name] == bytes, "\(name)") }
  }

  @Test(arguments: ["tallies-0.bin", "resamples-0.bin", "permutations-0.bin", "training_performance.csv"])
  func killedAndResumed(once name: String) throws {
    let folder = try TemporaryFolder()
    let resumed = ["sweep", "--output", "b", "--resume"] + Self.options
    let program = try Program(resumed, in: folder.path)
    // Bounded by the end of the program.
    while program.isRunning && !folder.contents.contains(where: { $0.hasSuffix(name) }) {}
    program.send(signal: SIGKILL)
    let status = try program.wait().status
    #expect(status == 128 + SIGKILL || status == 0)
    #expect(try Program.run(resumed, in: folder.path).status == 0)
    #expect(try Program.run(["sweep", "--output", "a"] + Self.options, in: folder.path).status == 0)
    // What a killed process was writing stays under a name that is nobody's.
    let left = try folder.files(below: "b").filter { !$0.key.contains(".partial-") }
    let right = try folder.files(below: "a")
    #expect(left.keys.sorted() == right.keys.sorted())
    for (name, bytes) in left where name != "run.json" { #expect(right[name] == bytes, "\(name)") }
    #expect(!folder.contents.contains { $0.contains("shards") })
  }

  @Test(arguments: [
    ("sweep --shard 3/2", 64, "--shard: found 3/2, expected I/N with 1 ≤ I ≤ N ≤ 10000, or array; "),
    ("sweep --shard array", 64, "--shard: found array without SLURM_ARRAY_TASK_ID or AWS_BATCH_JOB_ARR"),
    ("sweep --shard 1/2 --json", 64, "--json: makes no sense with --shard; give it to `fluke merge`"),
    ("sweep --shard 1/2 --upload s3://abc", 64, "--upload: makes no sense with --shard; "),
    ("trials --shard 1/2 --json", 64, "--json: makes no sense with --shard; "),
    ("backtest --shard 1/2", 66, "run.json: there is none in this store, "),
    ("backtest --resume", 64, "--resume: makes no sense with a backtest in one go; give --shard 1/1 too"),
    ("merge", 66, "output: found no shard, expected shards/1-of-N/shard.json and the others; "),
    ("merge --store nowhere", 66, "nowhere: found no shard, "),
    ("sweep --shard 1/2 --output /proc/none", 73, "/proc/none: cannot be created, "),
    ("sweep --resume --output file", 73, "file: cannot be created, a part of the path is a file, "),
  ]) func isRefused(options: String, status: Int32, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("in the way", as: "file")
    let ending = try Program.run(Self.words(options), in: folder.path)
    #expect(ending.status == status)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(ending.output.isEmpty && folder.contents == ["file"])
  }

  /// A place that takes no more bytes ends in one line, and no set that is half of one run, half of another.
  @Test func whereNothingCanBeWrittenAnyMore() throws {
    let folder = try TemporaryFolder()
    let sweep = ["sweep", "--output", "run"] + Self.options
    #expect(try Program.run(sweep, in: folder.path).status == 0)
    // A folder has no room for a file in the place of its own parts.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/run/shards/1-of-1/tallies-0.bin", withIntermediateDirectories: true)
    let ending = try Program.run(sweep + ["--resume"], in: folder.path)
    #expect(ending.status == 73)
    #expect(
      ending.error
        == "fluke: run/shards/1-of-1/tallies-0.bin: cannot be created, a directory of that name is in the way, "
        + "expected a writable place; move it or choose another path\n")
    let left = try folder.files(below: "run").keys
    #expect(!left.contains { $0 == "run.json" || $0.hasPrefix("results/") || $0.hasPrefix("plots/") })
  }
}
