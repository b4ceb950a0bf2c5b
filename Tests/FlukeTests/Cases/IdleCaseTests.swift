import TestSupport
import Testing

/// Strategies that never trade, and those that never vary.
@Suite struct IdleCaseTests {
  /// The first word of the row `name` of a summary.
  private static func value(_ name: String, in text: String) -> String? {
    let line = text.split(separator: "\n").first { $0.hasPrefix("  \(name)  ") }
    return line?.dropFirst(name.count + 2).split(separator: " ").first.map(String.init)
  }

  @Test(arguments: ["pbo-noise.csv", "pbo-noise-idle.csv"]) func pboOfNoise(file: String) throws {
    let ending = try CaseFile.run("stats FILE --blocks 8 --bootstrap 0", on: file)
    #expect(ending.status == 0)
    #expect(Self.value("PBO", in: ending.output) == "0.4571")
    #expect(ending.output.contains("6 strategies with all returns 0") == file.contains("idle"))
  }

  /// Numbers of trials that would read alike are told apart: 3.904 of 4.
  @Test func nearlyAllTrialsAreNotAll() throws {
    let ending = try CaseFile.run("stats FILE --blocks 0 --bootstrap 0", on: "pbo-noise.csv")
    #expect(Self.value("effective trials", in: ending.output) == "3.9")
  }

  private static func sweep(_ thresholds: String, _ more: String...) throws -> Program.Ending {
    let folder = try TemporaryFolder()
    let words =
      ["sweep", "--family", "momentum", "--lookback", "1:10", "--threshold", thresholds, "--bootstrap", "0"]
    return try Program.run(words + more, in: folder.path)
  }

  /// From 3 on no rule ever trades: wider grids have the same figures.
  @Test func pboOfGrids() throws {
    let narrow = try Self.sweep("0,0.02,0.05", "--blocks", "6")
    let wide = try Self.sweep("0,0.02,3,4,0.05,5,6", "--blocks", "6")
    #expect(narrow.status == 0 && wide.status == 0)
    #expect(Self.value("PBO", in: narrow.output) != nil)
    for row in [
      "PBO", "degradation slope", "probability of loss", "dominance", "effective trials", "Sharpe ratio",
    ] {
      #expect(Self.value(row, in: wide.output) == Self.value(row, in: narrow.output), "\(row)")
    }
    #expect(wide.output.contains("40 never traded"))
  }

  @Test func whereNothingTrades() throws {
    let ending = try Self.sweep("5:6:0.5", "-q")
    #expect(ending.status == 65)
    #expect(ending.error.contains("none of 30 strategies trades in training"))
    #expect(ending.error.split(separator: "\n").count == 1)
  }

  private static func stats(_ columns: [String: [String]]) throws -> Program.Ending {
    let folder = try TemporaryFolder()
    let names = columns.keys.sorted()
    let rows = (0..<120).map { bar in names.map { columns[$0]![bar] }.joined(separator: ",") }
    let path = try folder.write(
      names.joined(separator: ",") + "\n" + rows.joined(separator: "\n") + "\n", as: "returns.csv")
    return try Program.run(["stats", path, "--blocks", "6", "--bootstrap", "50"], in: folder.path)
  }

  /// A constant in 3 to 17 digits is never the best, nor its deviation a divisor.
  @Test(arguments: [3, 5, 8, 12, 15, 16, 17]) func constantColumns(digits: Int) throws {
    var random = SeededGenerator(seed: 7)
    var columns: [String: [String]] = [:]
    for name in ["a", "b", "c"] {
      columns[name] = (0..<120).map { (_: Int) -> String in String(0.01 * random.normal()) }
    }
    let exact = 0.1 / 97
    columns["flat"] = (0..<120).map { (bar: Int) -> String in
      // What other programs leave in the last place.
      let value: Double = exact * (1 + Double(bar % 3) * 0x1p-52)
      let steps = (0..<digits + 2).reduce(value) { (scaled, _) in scaled * 10 }
      return "0.00" + String(Int(steps.rounded()))
    }
    let ending = try Self.stats(columns)
    #expect(ending.status == 0)
    #expect(!ending.output.contains("winner        flat"))
    let sharpe = try #require(ending.sharpe.flatMap(Double.init))
    #expect(abs(sharpe) < 10)
  }
}
