import FoundationEssentials
import TestSupport
import Testing

/// Slips that are likely: percent for a fraction, a range without a step, several markets, words of other programs.
@Suite struct SlipTests {
  @Test(arguments: [
    (
      "sweep --train 70",
      "--train: found 70, expected above 0, at most 1, a fraction: 70 % is 0.7; change the value"
    ),
    (
      "trials --train 66.7", "--train: found 66.7, expected above 0, at most 1, a fraction: 66.7 % is 0.667; "
    ),
    ("sweep --maximum-drop 15", "--maximum-drop: found 15, expected 0 to 1, a fraction: 15 % is 0.15; "),
    ("sweep --maximum-pbo 40", "--maximum-pbo: found 40, expected 0 to 1, a fraction: 40 % is 0.4; "),
    ("sweep --buy-probability 5", "--buy-probability: found 5, expected 0 to 1, a fraction: 5 % is 0.05; "),
    ("sweep --train -3", "--train: found -3, expected above 0, at most 1; change the value"),
    ("sweep --train 700", "--train: found 700, expected above 0, at most 1; change the value"),
    (
      "sweep --stop-loss 5",
      "--stop-loss: found 5, expected a fraction from 1e-06 to 0.999999: 5 % is 0.05; change the value"
    ),
    (
      "sweep --family momentum --threshold 25",
      "--threshold: found 25, expected a fraction from 0 to 10: 25 % is 0.25; "
    ),
    (
      "sweep --family rsi --stop-loss 0.05:0.2",
      "--stop-loss: found \"0.05:0.2\", a range of fractions without a step, expected from:to:step; write --stop-loss 0.05:0.2:0.01"
    ),
    (
      "sweep --family rsi --take-profit 0.1:1",
      "--take-profit: found \"0.1:1\", a range of fractions without a step, "
    ),
    (
      "sweep --family momentum --threshold 0:0.2",
      "--threshold: found \"0:0.2\", a range of fractions without a step, "
    ),
    (
      "trials --data synthetic:garch --edge 0:0.004",
      "--edge: found \"0:0.004\", a range of fractions without a step, "
    ),
    (
      "sweep --family bollinger --width 1.5:3",
      "--width: found \"1.5:3\", a range of fractions without a step, "
    ),
    (
      "sweep --family sma-cross --fast 2.5:60",
      "--fast: found 2.5, expected a whole number from 1 to 100000; change the value"
    ),
    (
      "sweep --family rsi --entry 70 --exit 30",
      "--family rsi: no combination of the values makes a strategy, which needs an entry at or below the exit, as it "
        + "buys weakness and sells strength; change the values"
    ),
    (
      "sweep --data a.csv,b.csv",
      "--data: found 2 markets, expected one market a run; run --data a.csv first, then --data b.csv, each with an "
    ),
    ("sweep --data *.csv", "--data: *.csv is a pattern, expected one market a run; run once for each file, "),
    (
      "sweep --data prices",
      "--data: prices is a directory, expected one market a run; name a file in it, such as --data prices/b.csv"
    ),
    (
      "sweep --data synthetic:bootstrap --resample prices/",
      "--resample: prices/ is a directory, expected one market "
    ),
    (
      "sweep goog.csv",
      "goog.csv: found without an option, expected --data before it; write `fluke sweep --data goog.csv`"
    ),
    (
      "sweep builtin:btc-5m --family rsi",
      "builtin:btc-5m: found without an option, expected --data before it; "
        + "write `fluke sweep --data builtin:btc-5m --family rsi`"
    ),
    (
      "data goog.csv --data b.csv",
      "goog.csv: found a second market, expected one market a run; run `fluke data` once for each"
    ),
    (
      "sweep --data a.csv b.csv c.csv",
      "b.csv: found a second market, expected one market a run; run `fluke sweep` once"
    ),
    (
      "sweep donchian",
      "donchian: found without an option, expected one before it; write --family donchian or see "
    ),
    ("sweep --fees 5", "--fees: found no such option of `fluke sweep`, the nearest is --fee-bps; "),
    (
      "sweep --commission 5",
      "--commission: found no such option of `fluke sweep`, the nearest is --fee-bps; "
    ),
    ("trials --jobs 5", "--jobs: found no such option of `fluke trials`, the nearest is --threads; "),
    (
      "stats r.csv --bars-per-year 5",
      "--bars-per-year: found no such option of `fluke stats`, the nearest is --periods-per-year; "
    ),
    (
      "sweep --leverage 2",
      "--leverage: found no such option of `fluke sweep`, as every position is the whole of the equity; "
    ),
    (
      "sweep --direction short",
      "--direction: there is no \"short\", strategies that are short alone, expected long or "
    ),
    (
      "sweep --short",
      "--short: found no such option of `fluke sweep`, as strategies that are short alone do not exist; "
    ),
  ])
  func isTold(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      atPath: folder.path + "/prices", withIntermediateDirectories: true)
    try folder.write("", as: "prices/a.md")
    try folder.write("", as: "prices/b.csv")
    let ending = try Program.run(line, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
  }

  /// What is likely a slip and may be meant is done, and told.
  @Test(arguments: [
    (
      "sweep --count 9 --fee-bps 0.001",
      "fluke: note: --fee-bps 0.001 is 0.00001 % of each purchase and sale; 0.1 % is 10\n"
    ),
    (
      "sweep --count 9 --slippage-bps 0.0025",
      "fluke: note: --slippage-bps 0.0025 is 0.000025 % of each purchase and sale; 0.1 % is 10\n"
    ),
    (
      "sweep --count 9 --take-profit 10",
      "fluke: note: --take-profit 10 is a profit of 1,000 %; 10 % is 0.1\n"
    ),
    (
      "sweep --count 9 --take-profit 1.5",
      "fluke: note: --take-profit 1.5 is a profit of 150 %; 10 % is 0.1\n"
    ),
    (
      "generate --data synthetic:garch --edge 0.05", "fluke: note: --edge 0.05 is 5 % a bar; 0.1 % is 0.001\n"
    ),
    (
      "sweep --count 9 --train 0.99",
      "fluke: note: validation has 27 bars, whose figures say next to nothing; a lower --train leaves more\n"
    ),
    ("sweep --count 9 --fee-bps 0.01 --take-profit 0.5", ""), ("sweep --count 9 --train 0.99 -q", ""),
  ])
  func isNoted(line: String, note: String) throws {
    let folder = try TemporaryFolder()
    let extra = line.hasPrefix("sweep") ? ["--blocks", "0", "--bootstrap", "0"] : []
    let ending = try Program.run(line.split(separator: " ").map(String.init) + extra, in: folder.path)
    #expect(ending.status == 0, "\(ending.error)")
    #expect(ending.error == note)
  }
}
