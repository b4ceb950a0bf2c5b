import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Attacks that once got through, each under its name. Those that need a server, or something within a run, stand where
/// their like is tested: two uploads, folder markers and large answers with the stores; forged parts, recipes and a
/// directory that is removed with the pipeline.
@Suite struct AttackCaseTests {
  private static let small = " --bootstrap 20 --blocks 4 --threads 1 -q"

  /// One line and a status of a refusal.
  private static func isRefusal(_ ending: Program.Ending, _ status: Int32) -> Bool {
    ending.status == status && ending.error.hasPrefix("fluke: ") && ending.error.utf8.count < 2_000
      && ending.error.unicodeScalars.count { $0.properties.generalCategory == .control } == 1
  }

  @Test func uploadOfDamaged() throws {
    let folder = try TemporaryFolder()
    for (name, seed) in [("a", 1), ("b", 2)] {
      let sweep = "sweep --count 12 --seed \(seed) --output \(name)" + Self.small
      #expect(try Program.run(sweep, in: folder.path).status == 0)
    }
    #expect(try Program.run("upload --store a --upload target -q", in: folder.path).status == 0)
    let before = try folder.files(below: "target")
    let victim = "b/results/best_strategy.json"
    let text = try String(contentsOfFile: "\(folder.path)/\(victim)", encoding: .utf8)
    try folder.write(text + "\n", as: victim)
    #expect(try Program.run("upload --store b --upload target -q", in: folder.path).status != 0)
    #expect(try folder.files(below: "target") == before)
    _ = try Program.run("upload --store b --upload b/ -q", in: folder.path)
    #expect(try folder.files(below: "b")["run.json"] != nil)
  }

  @Test func addressSpace() throws {
    let folder = try TemporaryFolder()
    for kibibytes in [110_000, 150_000, 200_000] {
      let ending = try Program.run(
        ["-c", "ulimit -v \(kibibytes); exec \"$0\" families", Program.path], in: folder.path, tool: "/bin/sh"
      )
      #expect(ending.status < 128, "\(ending)")
    }
  }

  @Test func plantedLinks() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    for path in ["documents/deep", "o/shards"] {
      try files.createDirectory(atPath: "\(folder.path)/\(path)", withIntermediateDirectories: true)
    }
    try folder.write("mine\n", as: "documents/deep/thesis.txt")
    try files.createSymbolicLink(
      atPath: "\(folder.path)/o/shards/1-of-2", withDestinationPath: "../../documents")
    let ending = try Program.run("sweep --count 130 --output o --shard 1/2" + Self.small, in: folder.path)
    #expect(Self.isRefusal(ending, 73))
    #expect(try folder.files(below: "documents") == ["deep/thesis.txt": Array("mine\n".utf8)])
  }

  @Test func manyTests() throws {
    let folder = try TemporaryFolder()
    try folder.write("name,p\na,0.001\nb,0.2\n", as: "p.csv")
    let ending = try Program.run("stats p.csv --p-values --trials 9223372036854775807", in: folder.path)
    #expect(Self.isRefusal(ending, 64) && ending.error.contains("to 10000000"))
  }

  @Test(arguments: [
    ["AWS_BATCH_JOB_ARRAY_INDEX=9223372036854775807", "AWS_BATCH_JOB_ARRAY_SIZE=2"],
    [
      "SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_COUNT=2", "SLURM_ARRAY_TASK_MIN=-9223372036854775808",
      "SLURM_ARRAY_TASK_MAX=9223372036854775807",
    ],
    [
      "SLURM_ARRAY_TASK_ID=-9223372036854775808", "SLURM_ARRAY_TASK_COUNT=2", "SLURM_ARRAY_TASK_MIN=1",
    ],
    ["SLURM_ARRAY_TASK_ID=1", "SLURM_ARRAY_TASK_COUNT=9223372036854775807", "SLURM_ARRAY_TASK_MIN=9"],
  ])
  func arrayVariables(variables: [String]) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      ["sweep", "--count", "10", "--shard", "array", "--output", "o"], in: folder.path, variables: variables)
    #expect(Self.isRefusal(ending, 64), "\(ending)")
  }

  @Test func terminal() throws {
    let folder = try TemporaryFolder()
    let bars = (0..<60).map { "\(1_577_836_800 + $0 * 86_400),\(100 + $0 * 37 % 11).5\n" }
    try folder.write("timestamp,close\n" + bars.joined(), as: "bars.csv")
    for name in [
      "\u{1B}]0;owned\u{07}x", "\u{202E}x", "\u{9B}31m", String(repeating: "x\u{301}", count: 70_000),
    ] {
      try folder.write("strategy,\(name)\na,1\n", as: "w.csv")
      let ending = try Program.run(
        "generate --data bars.csv --family linear --weights w.csv --store o", in: folder.path)
      #expect([64, 65].contains(ending.status) && Self.isRefusal(ending, ending.status), "\(ending)")
      #expect(!ending.error.unicodeScalars.contains("\u{202E}"))
    }
  }

  @Test func password() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run("sweep --count 12 --output o" + Self.small, in: folder.path).status == 0)
    let upload = "upload --store o --upload s3://bucket/p --endpoint-url http://user:pa55word@127.0.0.1:1"
    let ending = try Program.run(upload, in: folder.path)
    #expect(Self.isRefusal(ending, 64) && !ending.error.contains("pa55word"))
  }

  /// The most memory that the program had at a time, in bytes. What this process has counts as that of its children, so
  /// that another, which is small, starts it.
  private static func peakMemory(_ line: String, in folder: borrowing TemporaryFolder) throws -> Int {
    let script =
      "import resource, subprocess, sys; code = subprocess.call(sys.argv[1:]); "
      + "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss); sys.exit(code)"
    let words = ["-c", script, Program.path] + line.split(separator: " ").map(String.init)
    let ending = try Program.run(words, in: folder.path, tool: "python3")
    #expect(ending.status == 0, "\(ending.error)")
    let kibibytes = try #require(Int(ending.output.filter(\.isNumber)))
    return kibibytes * 1_024
  }

  /// 24 blocks have 2,704,156 splits.
  @Test func splitsInMemory() throws {
    let folder = try TemporaryFolder()
    var generator = SeededGenerator(seed: 1)
    let rows = (0..<60).map { _ in
      "\(Double.random(in: -0.01...0.012, using: &generator)),\(Double.random(in: -0.01...0.01, using: &generator))\n"
    }
    try folder.write("a,b\n" + rows.joined(), as: "r.csv")
    let peak = try Self.peakMemory("stats r.csv --blocks 24 --bootstrap 0 --output o -q", in: folder)
    #expect(peak < 200_000_000)
  }

  /// 64 columns of these would fill a gigabyte.
  @Test(arguments: [(bars: 2_000_000, strategies: 1), (1_500_000, 2)])
  func longColumnsInMemory(bars: Int, strategies: Int) throws {
    let folder = try TemporaryFolder()
    let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (\(bars), \(strategies)), }"
    var bytes: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)
    bytes += Array(repeating: UInt8(ascii: " "), count: 127 - bytes.count) + [UInt8(ascii: "\n")]
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<bars * strategies {
      let value = Double.random(in: -0.01...0.0101, using: &generator).bitPattern
      for byte in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * byte))) }
    }
    try Data(bytes).write(to: URL(filePath: "\(folder.path)/r.npy"))
    let peak = try Self.peakMemory("stats r.npy --bootstrap 13 --threads 2 --output o -q", in: folder)
    #expect(peak < 200_000_000)
  }

  /// Cases 25 and `special_files`: only ordinary files are replaced, and their mode stays.
  @Test func case25() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe"
    #expect(unsafe mkfifo(pipe, 0o600) == 0)
    let reader = unsafe open(pipe, O_RDONLY | O_NONBLOCK)
    defer { close(reader) }
    let write = { (name: String) in
      try Program.run(
        ["data", "--data", CaseFile.path("dates-iso.csv"), "--write", name], in: folder.path
      ).status
    }
    #expect(try write("pipe") == 0)
    var bytes = Array(repeating: UInt8(0), count: 1 << 16)
    let count = unsafe read(reader, &bytes, bytes.count)
    #expect(try write("plain.csv") == 0)
    func contents(_ name: String) throws -> String {
      try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }
    let plain = try contents("plain.csv")
    #expect(!plain.isEmpty && String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == plain)
    try folder.write("x\n", as: "target.csv")
    #expect(unsafe chmod(folder.path + "/target.csv", 0o600) == 0)
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link.csv", withDestinationPath: "target.csv")
    #expect(try write("link.csv") == 0)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(atPath: folder.path + "/link.csv") == "target.csv")
    #expect(try contents("target.csv") == plain)
    var status = stat()
    #expect(unsafe stat(folder.path + "/target.csv", &status) == 0 && status.st_mode & 0o777 == 0o600)
  }

  /// Cases 26 and `two_trials`: of two runs at once into one store one at least does nothing, and what is left is one's.
  @Test(arguments: ["sweep --count 500 --bootstrap 20 --blocks 4", "trials --trials 400 --count 50 --resume"])
  func case26(command: String) throws {
    let folder = try TemporaryFolder()
    let words = (command + " -q --threads 1 --output ").split(separator: " ").map(String.init)
    #expect(try Program.run(words + ["alone"], in: folder.path).status == 0)
    let both = try (0..<2).map { _ in try Program(words + ["both"], in: folder.path) }
    let endings = try both.map { try $0.wait() }
    #expect(endings.allSatisfy { $0.status == 0 || Self.isRefusal($0, 75) }, "\(endings)")
    #expect(endings.contains { $0.status == 0 })
    var (left, alone) = (try folder.files(below: "both"), try folder.files(below: "alone"))
    left["run.json"] = nil
    alone["run.json"] = nil
    #expect(left == alone)
  }

  /// A picture never belongs to another run.
  @Test func case27() throws {
    let folder = try TemporaryFolder()
    for (file, options) in [("dates-iso.csv", ""), ("bounce.csv", " --blocks 0")] {
      let line = "sweep --data \(CaseFile.path(file)) --output r --bootstrap 0 -q" + options
      #expect(try Program.run(line, in: folder.path).status == 0)
    }
    let left = try folder.files(below: "r").keys
    #expect(left.contains("raw/bounce.csv") && !left.contains("raw/dates-iso.csv"))
    for name in ["pbo_logits", "in_sample_vs_out_of_sample", "stochastic_dominance"] {
      #expect(!left.contains("plots/\(name).png"))
    }
  }

  /// Commands with their defaults do not spoil each other's results.
  @Test func case28() throws {
    let folder = try TemporaryFolder()
    let returns = CaseFile.path("pbo-noise.csv")
    #expect(try Program.run("sweep --count 20 --bootstrap 0 -q", in: folder.path).status == 0)
    #expect(try Program.run("stats \(returns) --bootstrap 0 -q", in: folder.path).status == 0)
    #expect(try Program.run("validate -q", in: folder.path).status == 0)
  }
}
