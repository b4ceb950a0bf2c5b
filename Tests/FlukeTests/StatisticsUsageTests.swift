import TestSupport
import Testing

/// Options of the statistics that make no sense get one line of three parts and status 64.
@Suite struct StatisticsUsageTests {
  private static let blocks = "expected an even number from 2 to 24, or 0 for none; change the value"
  private static let cpcv = "expected two whole numbers, GROUPS,TESTED, as in 6,2; change the value"
  private static let whole = "expected a whole number in its range; change the value or see `fluke "

  static let cases: [(String, String)] = [
    ("sweep --blocks 3", "--blocks: found 3, \(blocks)"),
    ("sweep --blocks 26", "--blocks: found 26, \(blocks)"),
    ("sweep --blocks -2", "--blocks: found -2, \(blocks)"),
    ("sweep --blocks all", "--blocks: found \"all\", \(whole)sweep --help`"),
    ("sweep --cscv-on validation", "--cscv-on: \"validation\" is not known, the nearest is \"training\"; "),
    ("sweep --cpcv 6", "--cpcv: found \"6\", \(cpcv)"),
    ("sweep --cpcv 6,2,1", "--cpcv: found \"6,2,1\", \(cpcv)"),
    ("sweep --cpcv 6,", "--cpcv: found \"6,\", \(cpcv)"),
    ("sweep --cpcv a,b", "--cpcv: found \"a,b\", \(cpcv)"),
    ("sweep --cpcv 6,6", "--cpcv: found 6, expected 1 to 5 test groups; change the value"),
    ("sweep --cpcv 6,0", "--cpcv: found 0, expected 1 to 5 test groups; change the value"),
    ("sweep --cpcv 1,1", "--cpcv: found 1, expected 2 to 24 groups; change the value"),
    ("sweep --cpcv 25,2", "--cpcv: found 25, expected 2 to 24 groups; change the value"),
    ("sweep --bootstrap -1", "--bootstrap: found -1, expected 0 to 100000; change the value"),
    ("sweep --bootstrap 100001", "--bootstrap: found 100001, expected 0 to 100000; change the value"),
    ("sweep --block-length 0.5", "--block-length: found 0.5, expected 1 to 1000000 bars; change the value"),
    ("sweep --block-length nan", "--block-length: found nan, expected 1 to 1000000 bars; change the value"),
    (
      "sweep --benchmark gold",
      "--benchmark: \"gold\" is not known, the nearest is \"cash\"; choose one of cash, market"
    ),
    ("sweep --walk-forward x", "--walk-forward: found \"x\", \(whole)sweep --help`"),
    ("sweep --walk-forward -1", "--walk-forward: found -1, expected 0 to 1000; change the value"),
    (
      "sweep --window sliding",
      "--window: \"sliding\" is not known, the nearest is \"rolling\"; choose one of "
    ),
    ("sweep --cpcv 6,2 --embargo -1", "--embargo: found -1, expected 0 to 50000000 bars; change the value"),
    ("sweep --permutations 1e3", "--permutations: found \"1e3\", \(whole)sweep --help`"),
    ("sweep --permutations -1", "--permutations: found -1, expected 0 to 100000; change the value"),
    ("sweep --maximum-pbo 1.5", "--maximum-pbo: found 1.5, expected 0 to 1, a fraction: 1.5 % is 0.015; "),
    ("sweep --level 5", "--level: found 5, expected above 0, below 1, a fraction: 5 % is 0.05; "),
    ("sweep --level 0", "--level: found 0, expected above 0, below 1; change the value"),
    (
      "sweep --rule clasic",
      "--rule: \"clasic\" is not known, the nearest is \"classic\"; choose one of stepdown, classic"
    ),
    ("sweep --maximum-spa-p-value -1", "--maximum-spa-p-value: found -1, expected 0 to 1; change the value"),
    ("stats", "<file>: found none, expected one; write `fluke stats <file>` or see `fluke stats --help`"),
    ("stats r.csv --blocks 3", "--blocks: found 3, \(blocks)"),
    ("stats r.csv --blocks x", "--blocks: found \"x\", \(whole)stats --help`"),
    ("stats r.csv --bootstrap=-1", "--bootstrap: found -1, expected 0 to 100000; change the value"),
    ("stats r.csv --block-length 0", "--block-length: found 0, expected 1 to 1000000 bars; change the value"),
    (
      "stats r.csv --periods-per-year 0",
      "--periods-per-year: found 0, expected above 0, at most 1e9; change the value"
    ),
    ("stats r.csv --periods-per-year inf", "--periods-per-year: found inf, expected above 0, at most 1e9; "),
    ("stats r.csv --maximum-pbo 2", "--maximum-pbo: found 2, expected 0 to 1, a fraction: 2 % is 0.02; "),
    ("stats r.csv --minimum-deflated-sharpe -1", "--minimum-deflated-sharpe: found -1, expected 0 to 1; "),
    ("stats r.csv --trials many", "--trials: found \"many\", \(whole)stats --help`"),
    ("stats r.csv --threads 0", "--threads: found 0, expected 1 to 1024; change the value"),
    ("stats r.csv --maximum-drop 0.1", "--maximum-drop: found no such option of `fluke stats`, "),
    ("stats r.csv --cpcv 6,2", "--cpcv: found no such option of `fluke stats`, "),
    ("stats r.csv s.csv", "s.csv: found where no argument belongs, "),
  ]

  /// No file is looked at before the options, so there is none.
  @Test(arguments: cases) func isRefused(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(line, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(folder.contents.isEmpty)
  }
}
