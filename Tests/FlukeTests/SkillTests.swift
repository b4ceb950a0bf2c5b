import TestSupport
import Testing

/// `--fail-unless-skill` tells the shell of the verdict, and nothing else changes.
@Suite struct SkillTests {
  /// Returns of one strategy with a Sharpe ratio that no luck gives, beside noise.
  private static func returns(edge: Double) -> String {
    var random = SeededGenerator(seed: 3)
    let rows = (0..<240).map { _ in
      (0..<6).map { column in "\(0.01 * random.normal() + (column == 2 ? edge : 0))" }.joined(separator: ",")
    }
    return "a,b,c,d,e,f\n" + rows.joined(separator: "\n") + "\n"
  }

  @Test(arguments: [(0.02, Int32(0)), (0, 1)]) func statsFailsUnlessSkillIsShown(edge: Double, status: Int32)
    throws
  {
    let folder = try TemporaryFolder()
    try folder.write(Self.returns(edge: edge), as: "r.csv")
    let line = ["stats", "r.csv", "--bootstrap", "100", "--blocks", "6"]
    let plain = try Program.run(line, in: folder.path)
    #expect(plain.status == 0)
    let ending = try Program.run(line + ["--fail-unless-skill"], in: folder.path)
    #expect(ending.status == status)
    #expect(ending.output == plain.output)
    #expect(
      ending.error
        == (status == 0
          ? ""
          : "fluke: --fail-unless-skill: skill is not shown, expected that it is shown; everything was written all "
            + "the same\n"))
  }

  @Test func everyCommandWithAVerdictFails() throws {
    let folder = try TemporaryFolder()
    func run(_ line: String) throws -> Program.Ending {
      try Program.run(line, in: folder.path)
    }
    let sweep = try run("sweep --count 20 --output run --fail-unless-skill")
    #expect(sweep.status == 1 && sweep.output.hasPrefix("Fluke sweep: "))
    #expect(folder.contents.contains("run/run.json"))
    for line in ["measure --store run", "validate --store run"] {
      #expect(try run(line).status == 0)
      let ending = try run(line + " --fail-unless-skill -q")
      #expect(ending.status == 1 && ending.output.isEmpty)
      #expect(ending.error.split(separator: "\n").count == 1)
    }
    #expect(try run("sweep --count 20 --output parts --shard 1/1").status == 0)
    #expect(try run("merge --store parts --output whole --fail-unless-skill").status == 1)
    #expect(folder.contents.contains("whole/run.json"))
    let shard = try run("sweep --count 20 --output parts --shard 1/1 --fail-unless-skill")
    #expect(shard.status == 64 && shard.error.contains("give it to `fluke merge`"))
  }

  /// Nothing was measured, so nothing is shown.
  @Test func whatCannotBeJudgedIsNotShown() throws {
    let folder = try TemporaryFolder()
    try folder.write("a,b\n" + String(repeating: "0.01,0.01\n", count: 40), as: "r.csv")
    let ending = try Program.run(
      ["stats", "r.csv", "--blocks", "0", "--bootstrap", "0", "--fail-unless-skill"], in: folder.path)
    #expect(ending.status == 1)
    #expect(ending.error.contains("skill cannot be judged, "))
  }
}
