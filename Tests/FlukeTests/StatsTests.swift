import FoundationEssentials
import TestSupport
import Testing

/// `fluke stats` from outside: what it makes of files, good and bad.
@Suite struct StatsTests {
  /// Returns of three strategies over 60 bars, with a header and changed where `change` says so.
  private static func returns(
    bars: Int = 60, header: String = "a,b,c\n",
    _ change: (_ bar: Int, _ column: Int) -> String? = { _, _ in nil }
  ) -> String {
    var random = SeededGenerator(seed: 6)
    let rows = (0..<bars).map { bar in
      (0..<3).map { column in
        let value = 0.01 * random.normal()
        return change(bar, column) ?? "\(value)"
      }.joined(separator: ",") + "\n"
    }
    return header + rows.joined()
  }

  /// A `.npy` file of version 1.0 with these bytes of data.
  private static func array(type: String, shape: String, bytes: Int) -> [UInt8] {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }"
    let padding = String(repeating: " ", count: 128 - 10 - 1 - header.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array((header + padding + "\n").utf8)
      + (0..<bytes).map { $0 % 8 == 7 ? 0x3F : UInt8(truncatingIfNeeded: $0 &* 37) }
  }

  struct Fault: Sendable, CustomTestStringConvertible {
    let options: String
    var file: [UInt8] = Array(StatsTests.returns().utf8)
    let status: Int32
    let message: String

    var testDescription: String { message }
  }

  static let faults: [Fault] = [
    Fault(
      options: "nowhere.csv", status: 66,
      message: "nowhere.csv: there is no such file, expected a readable file; "),
    Fault(options: ".", status: 66, message: ".: is a directory, expected a file; name a file in it"),
    Fault(options: "f", file: [], status: 65, message: "f: is empty, expected a header and rows; "),
    Fault(options: "f", file: Array("a,b\n".utf8), status: 65, message: "f: has a header and no rows, "),
    Fault(
      options: "f", file: Array(returns { $0 == 3 && $1 == 1 ? "n.a." : nil }.utf8), status: 65,
      message: "f, line 5: b is \"n.a.\", expected a finite number, or an empty cell where it is undefined; "),
    Fault(
      options: "f", file: Array(returns { $0 == 3 && $1 == 1 ? "inf" : nil }.utf8), status: 65,
      message: "f, line 5: b is \"inf\", expected a finite number, "),
    Fault(
      options: "f", file: Array((returns() + "0.1,0.2\n").utf8), status: 65,
      message: "f, line 62: 2 fields, expected 3 as in line 1; correct or remove the row"),
    Fault(
      options: "f", file: Array(returns(header: "a,b,a\n").utf8), status: 65,
      message: "f: strategy \"a\" occurs twice, expected different names; rename or remove one"),
    Fault(
      options: "f", file: Array(returns { bar, _ in bar == 40 ? "" : nil }.utf8), status: 65,
      message: "f: none of 3 strategies has a return on each of 60 bars, expected one at least; "),
    Fault(
      options: "f", file: Array(returns { _, _ in "nan" }.utf8), status: 65,
      message: "f: none of 3 strategies has a return on each of 60 bars, "),
    Fault(
      options: "f", file: array(type: "<f8", shape: "(4, 2)", bytes: 63), status: 65,
      message: "f: the array's data ends after 63 bytes, expected 64; copy or write the file again"),
    Fault(
      options: "f", file: Array(array(type: "<f8", shape: "(4, 2)", bytes: 64).prefix(50)), status: 65,
      message: "f: the array's header ends after "),
    Fault(
      options: "f", file: array(type: "<i8", shape: "(4, 2)", bytes: 64), status: 65,
      message: "f: the array's type is <i8 (integers), expected <f8 or <f4; "),
    Fault(
      options: "f", file: array(type: ">f8", shape: "(4, 2)", bytes: 64), status: 65,
      message: "f: the array's type is >f8"),
    Fault(
      options: "f", file: array(type: "<f8", shape: "(2, 2, 2)", bytes: 64), status: 65,
      message: "f: the array's shape is (2, 2, 2), expected one or two dimensions, bars × strategies; "),
    Fault(
      options: "f --trials 2", status: 64,
      message: "--trials: found 2, expected 3, the strategies in the file, to "),
    Fault(
      options: "f --benchmark gold", status: 64,
      message:
        "--benchmark: \"gold\" is not known, the nearest is \"a\"; choose one of a, b, c, a file of returns"),
    Fault(
      options: "f --benchmark b", file: Array(returns { $0 == 6 && $1 == 1 ? "" : nil }.utf8), status: 65,
      message: "benchmark b: bar 7 has no return, expected one on every bar; fill the gap or remove the row"),
    Fault(
      options: "f --benchmark short", status: 65,
      message: "short: 2 bars, expected 60 as the returns have; give the benchmark over the same bars"),
    Fault(
      options: "f --p-values", file: Array("a,0.1\nb,1.1\n".utf8), status: 65,
      message: "f, line 2: p-value is \"1.1\", expected a p-value from 0 to 1, "),
    Fault(
      options: "f --p-values --trials 1", file: Array("0.1\n0.2\n".utf8), status: 64,
      message: "--trials: found 1, expected 2, the p-values in the file, to 10000000; "),
  ]

  @Test(arguments: faults) func aFaultHasItsLineAndItsStatus(_ fault: Fault) throws {
    let folder = try TemporaryFolder()
    try Data(fault.file).write(to: URL(filePath: "\(folder.path)/f"))
    try folder.write("x\n0.1\n0.2\n", as: "short")
    let ending = try Program.run(
      ["stats"] + fault.options.split(separator: " ").map(String.init), in: folder.path)
    #expect(ending.status == fault.status)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + fault.message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(folder.contents == ["f", "short"])
  }

  /// What is scarce or degenerate is no fault: every figure is there or says why not.
  @Test(arguments: [
    (
      "one bar", returns(bars: 1),
      "cross-validation blocks: 1 bars, needed at least one for each of 16 blocks; "
    ),
    (
      "fewer bars than blocks", returns(bars: 15),
      "cross-validation blocks: 15 bars, needed at least one for each of 16 "
    ),
    (
      "no variance", returns { _, _ in "0.01" }, "sharpe_ratio is undefined for every strategy in every split"
    ),
    (
      "one strategy",
      "a\n" + returns().split(separator: "\n").dropFirst().map { $0.prefix { $0 != "," } + "\n" }.joined(),
      "cross-validation: found 1 strategy, needed at least 2 to rank; "
    ),
    (
      "a gap in the middle", returns { $0 == 30 && $1 == 1 ? "" : nil },
      "with undefined returns, which count as tried: b"
    ),
    (
      "a gap at the beginning", returns { bar, _ in bar < 2 ? "" : nil },
      "2 bars at the beginning without any return"
    ),
    (
      "copies", returns { $1 == 2 ? "\($0 % 7)e-3" : $1 == 1 ? "\($0 % 7)e-3" : nil },
      "1 strategy has the returns of an "
    ),
  ])
  func whatIsScarceIsSaid(name: String, file: String, words: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(file, as: "r.csv")
    let ending = try Program.run(["stats", "r.csv", "--bootstrap", "20"], in: folder.path)
    #expect(ending.status == 0 && ending.error.isEmpty, "\(name): \(ending.error)")
    #expect(ending.output.contains(words), "\(name): \(ending.output)")
    let plots = folder.contents.filter { $0.hasSuffix(".png") }
    #expect(plots.contains("output/stats/plots/deflated_sharpe.png"))
  }

  @Test func theSameOnOneThreadAndOnTwoAndOutOfAnArray() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.returns(), as: "r.csv")
    let line = ["stats", "r.csv", "--bootstrap", "50", "--json", "--output"]
    let one = try Program.run(line + ["one", "--threads", "1"], in: folder.path)
    let two = try Program.run(line + ["two", "--threads", "2"], in: folder.path)
    #expect(one.status == 0 && one.output == two.output)
    let (first, second) = (try folder.files(below: "one"), try folder.files(below: "two"))
    #expect(first.count == 9 && Set(first.keys) == Set(second.keys))
    for (key, bytes) in first where key != "run.json" { #expect(second[key] == bytes, "\(key)") }
    #expect(Array(one.output.utf8) == first["results/overfitting.json"])
  }

  @Test func quietSaysNothingAndJSONIsOneObject() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.returns(), as: "r.csv")
    try folder.write("0.01\n0.5\n", as: "p.csv")
    for line in [["r.csv", "--bootstrap", "0"], ["p.csv", "--p-values"]] {
      let quiet = try Program.run(["stats", "-q"] + line, in: folder.path)
      #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.error.isEmpty)
      let json = try Program.run(["stats", "-q", "--json"] + line, in: folder.path)
      #expect(json.status == 0 && json.error.isEmpty)
      #expect(json.output.hasPrefix("{\n  \"") && json.output.hasSuffix("\n}\n"))
      #expect(throws: Never.self) { try JSONDecoder().decode(Members.self, from: Data(json.output.utf8)) }
    }
  }

  /// Any object.
  private struct Members: Decodable {
    init(from decoder: any Decoder) throws {
      struct Key: CodingKey {
        let stringValue: String
        let intValue: Int? = nil
        init?(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
      }
      _ = try decoder.container(keyedBy: Key.self)
    }
  }

  /// Harvey & Liu 2015 and Benjamini & Yekutieli 2001 on six tests, as published.
  @Test func adjustsPublishedPValues() throws {
    let folder = try TemporaryFolder()
    try folder.write("p\n.005\n.009\n.0128\n.0135\n.045\n.06\n", as: "p.csv")
    let ending = try Program.run(["stats", "p.csv", "--p-values"], in: folder.path)
    #expect(ending.status == 0)
    let bytes = try folder.files(below: "output/stats")["results/adjusted_p_values.csv"]
    let lines = String(decoding: try #require(bytes), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",")
    }
    let published: [(String, [Double], Int)] = [
      ("bonferroni", [0.03, 0.054, 0.0768, 0.081, 0.27, 0.36], 4),
      ("holm", [0.03, 0.045, 0.0512, 0.0512, 0.09, 0.09], 4),
      ("harvey_liu_bhy", [0.0496, 0.0496, 0.0496, 0.0496, 0.06, 0.06], 4),
      ("benjamini_yekutieli", [0.0496, 0.0496, 0.0496, 0.0496, 0.1323, 0.147], 4),
    ]
    for (name, values, decimals) in published {
      let column = try #require(lines[0].firstIndex { $0 == name })
      let found = lines.dropFirst().compactMap { Double($0[column]) }
      #expect(found.count == 6)
      for (value, expected) in zip(found, values) {
        #expect(
          Tolerance.published(decimals: decimals).accepts(value, expected), "\(name): \(value), \(expected)")
      }
    }
  }
}
