import TestSupport
import Testing

/// A command line that makes no sense gets one line of three parts and status 64.
@Suite struct UsageTests {
  static let cases: [(String, String)] = [
    (
      "sweep --fammily rsi",
      "--fammily: found no such option of `fluke sweep`, the nearest is --family; correct it or see `fluke sweep --help`"
    ),
    (
      "data --writ=x",
      "--writ: found no such option of `fluke data`, the nearest is --write; correct it or see `fluke data --help`"
    ),
    (
      "sweeep --count 3",
      "sweeep: found no such command, the nearest is sweep; correct it or see `fluke --help`"
    ),
    ("sweep --count", "--count: found no value, expected <n>; write --count <n> or see `fluke sweep --help`"),
    (
      "sweep --count many",
      "--count: found \"many\", expected a whole number in its range; change the value or see `fluke sweep --help`"
    ),
    (
      "sweep --fee-bps 1,5",
      "--fee-bps: found \"1,5\", expected a number; change the value or see `fluke sweep --help`"
    ),
    (
      "sweep --json=yes",
      "--json: found the value \"yes\", expected none; remove it or see `fluke sweep --help`"
    ),
    (
      "sweep rsi",
      "rsi: found without an option, expected one before it; write --family rsi or see `fluke sweep --help`"
    ),
    (
      "sweep --family sma-crss",
      "--family: \"sma-crss\" is not known, the nearest is \"sma-cross\"; choose one of coinflip, linear, "
        + "sma-cross, ema-cross, momentum, rsi, bollinger, donchian, macd, stochastic, signals"
    ),
    (
      "sweep --select sharp",
      "--select: \"sharp\" is not known, the nearest is \"sharpe_ratio\"; choose one of "
    ),
    (
      "sweep --data builtin:btc-2d",
      "--data: \"btc-2d\" is not known, the nearest is \"btc-1d\"; choose one of btc-1d, btc-5m"
    ),
    ("sweep --train 0", "--train: found 0, expected above 0, at most 1; change the value"),
    ("sweep --train 1.5", "--train: found 1.5, expected above 0, at most 1, a fraction: 1.5 % is 0.015; "),
    ("sweep --train nan", "--train: found nan, expected above 0, at most 1; change the value"),
    ("sweep --top 0", "--top: found 0, expected 1 to 10000; change the value"),
    ("sweep --threads 0", "--threads: found 0, expected 1 to 1024; change the value"),
    ("sweep --count -5", "--count: found -5, expected 1 to 10000000; change the value"),
    ("sweep --fee-bps -1", "--fee-bps: found -1, expected 0 to 5000; change the value"),
    (
      "sweep --stop-loss 2",
      "--stop-loss: found 2, expected a fraction from 1e-06 to 0.999999: 2 % is 0.02; change the value"
    ),
    (
      "sweep --output=",
      "--output: found no value, expected <dir>; write --output <dir> or see `fluke sweep --help`"
    ),
    (
      "sweep --family sma-cross --fast 30 --slow 10",
      "--family sma-cross: no combination of the values makes a strategy, which needs a fast average that is shorter than "
        + "the slow one; change the values"
    ),
    (
      "sweep --family sma-cross --fast 1:10000 --slow 10000:20000",
      "--family sma-cross: the grid has 100,010,000 strategies, expected at most 10,000,000; take narrower ranges "
        + "or larger steps"
    ),
    (
      "sweep --family sma-cross --fast 1:1000000",
      "--fast: found \"1:1000000\", expected at most 100000 values; for example --fast 2:60 or --fast 5,10,20"
    ),
    (
      "sweep --family sma-cross --period 14",
      "--period is not a parameter of --family sma-cross, which has --fast, --slow; remove it"
    ),
    ("sweep --signals s.json --family rsi", "--signals: makes no sense with --family rsi; "),
    ("trials --trials 0", "--trials: found 0, expected 1 to 1000000; change the value"),
    (
      "trials --edge 0,x",
      "--edge: found \"0,x\", expected a number, a list a,b,c or a range from:to[:step], as in 0:0.004:0.001; change the value"
    ),
    ("trials --strategies 2.5", "--strategies: found 2.5, expected whole numbers; change the value"),
    (
      "trials --strategies 5 --count 5",
      "--count: makes no sense with --strategies; give one of the two"
    ),
    (
      "trials --market fixd",
      "--market: \"fixd\" is not known, the nearest is \"fixed\"; choose one of fixed, synthetic, bootstrap, permutation"
    ),
    (
      "trials --top 5",
      "--top: found no such option of `fluke trials`, the nearest is "
    ),
    (
      "sweep --data synthetic:grach",
      "synthetic market: there is no model \"grach\", expected one of random-walk, "
    ),
  ]

  @Test(arguments: cases) func isRefused(line: String, message: String) throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(line, in: folder.path)
    #expect(ending.status == 64)
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix("fluke: " + message), "\(ending.error)")
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
    #expect(folder.contents.isEmpty)
  }

  @Test func aRangeMayBeginBelowZero() throws {
    let folder = try TemporaryFolder()
    let ending = try Program.run(
      ["generate", "-q", "--family", "bollinger", "--period", "20", "--exit", "-1:0.5:0.5"], in: folder.path)
    #expect(ending.status == 0)
    #expect(ending.error.isEmpty)
  }
}
