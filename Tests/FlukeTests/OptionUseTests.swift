import TestSupport
import Testing

@testable import fluke

/// Options that have no effect are refused, whichever command and whichever option.
@Suite struct OptionUseTests {
  /// What is typed, the option that has no effect, and why.
  static let idle: [(line: String, option: String, reason: String)] = [
    ("sweep --family rsi --count 100", "count", "with --family rsi, whose strategies are the combinations"),
    ("generate --family sma-cross --count 5", "count", "with --family sma-cross, "),
    ("sweep --family linear --weights w.csv --count 5", "count", "with --weights, "),
    ("sweep --signals s.json --count 5", "count", "with --family signals, "),
    (
      "trials --family macd --data synthetic:garch --strategies 40", "strategies",
      "with --family macd, whose strategies are "
    ),
    ("sweep --family rsi --buy-probability 0.1", "buy-probability", "with --family rsi, which flips no coin"),
    ("sweep --data bars.csv --bars 500", "bars", "with --data bars.csv, which has its own bars"),
    ("trials --data bars.csv --bars 500", "bars", "with --data bars.csv, "),
    ("data --bars 500", "bars", "with --data builtin:btc-1d, which has its own bars"),
    ("bench --bars 500", "bars", "with --data builtin:btc-1d, "),
    ("sweep --data bars.csv --market-seed 3", "market-seed", "with --data bars.csv, where nothing is drawn"),
    ("generate --market-seed 3", "market-seed", "with --data builtin:btc-1d, "),
    ("trials --data synthetic:garch --market-seed 3", "market-seed", "with new bars in each trial, "),
    ("sweep --data bars.csv --edge 0.01", "edge", "with --data bars.csv: an edge cannot be planted"),
    ("data --edge 0.01", "edge", "with --data builtin:btc-1d: an edge "),
    ("sweep --resample bars.csv", "resample", "with --data builtin:btc-1d, which resamples nothing"),
    ("data --data synthetic:garch --resample bars.csv", "resample", "with --data synthetic:garch, "),
    ("sweep --skip-bad-rows", "skip-bad-rows", "with --data builtin:btc-1d, which is no file"),
    ("data --data synthetic:regimes --skip-bad-rows", "skip-bad-rows", "with --data synthetic:regimes, "),
    ("sweep --signals-from market", "signals-from", "with --family coinflip, which computes its signals"),
    ("sweep --train 1 --top 3", "top", "with --train 1, which leaves no bars for validation"),
    ("sweep --train 1 --maximum-drop 0.2", "maximum-drop", "with --train 1, "),
    ("trials --train 1 --maximum-drop 0.2", "maximum-drop", "with --train 1, "),
    ("sweep --train 1 --walk-forward 4", "walk-forward", "with --train 1, "),
    ("sweep --window anchored", "window", "without windows to walk through"),
    ("sweep --embargo 5", "embargo", "without --cpcv, whose test groups it follows"),
    ("sweep --bootstrap 0 --block-length 20", "block-length", "with --bootstrap 0, which resamples nothing"),
    ("stats returns.csv --bootstrap 0 --block-length 20", "block-length", "with --bootstrap 0, "),
    ("trials --block-length 20", "block-length", "without resamples"),
    ("trials --benchmark cash", "benchmark", "without resamples"),
    ("sweep --bootstrap 0 --benchmark cash", "benchmark", "with --bootstrap 0, "),
    ("sweep --bootstrap 0 --maximum-spa-p-value 0.1", "maximum-spa-p-value", "with --bootstrap 0, "),
    ("trials --maximum-spa-p-value 0.1", "maximum-spa-p-value", "without resamples"),
    ("sweep --bootstrap 0 --level 0.1", "level", "with --bootstrap 0, "),
    ("trials --rule classic", "rule", "in trials, which count what passes by both rules"),
    ("sweep --blocks 0 --maximum-pbo 0.4", "maximum-pbo", "with --blocks 0, which cross-validates nothing"),
    ("stats returns.csv --blocks 0 --maximum-pbo 0.4", "maximum-pbo", "with --blocks 0, "),
    ("trials --blocks 0 --cscv-on all", "cscv-on", "with --blocks 0, "),
    ("sweep --train 1 --cscv-on all", "cscv-on", "with --train 1, where all bars are training bars"),
    ("sweep --no-overwrite", "no-overwrite", "without --upload, as nothing is copied"),
    ("sweep --encryption kms", "encryption", "without --upload, "),
    ("sweep --upload copy --encryption kms", "encryption", "on a directory, which no server keeps"),
    ("upload --upload copy --encryption aes256", "encryption", "on a directory, "),
    ("stats p.csv --p-values --blocks 4", "blocks", "with --p-values, which are adjusted "),
    ("stats p.csv --p-values --bootstrap 9", "bootstrap", "with --p-values, "),
    ("stats p.csv --p-values --sharpe-benchmark 1", "sharpe-benchmark", "with --p-values, "),
    ("stats p.csv --p-values --seed 9", "seed", "with --p-values, "),
    ("stats p.csv --p-values --benchmark a", "benchmark", "with --p-values, "),
    ("stats p.csv --p-values --periods-per-year 12", "periods-per-year", "with --p-values, "),
    ("stats p.csv --p-values --block-length 5", "block-length", "with --p-values, "),
    ("stats p.csv --p-values --maximum-pbo 0.4", "maximum-pbo", "with --p-values, "),
    ("stats p.csv --p-values --minimum-deflated-sharpe 0.9", "minimum-deflated-sharpe", "with --p-values, "),
    ("sweep --columns close=close", "columns", "with --data builtin:btc-1d, which is no file"),
    ("data --symbol A", "symbol", "with --data builtin:btc-1d, "),
    ("sweep --adjusted", "adjusted", "with --data builtin:btc-1d, "),
    ("sweep --time-format dmy", "time-format", "with --data builtin:btc-1d, "),
    ("stats p.csv --p-values --time-zone UTC", "time-zone", "with --p-values, "),
    ("stats returns.csv --from 2020", "from", "without --data, whose bars it would choose"),
    ("stats returns.csv --to 2020", "to", "without --data, "),
    ("stats p.csv --p-values --values percent", "values", "with --p-values, "),
    ("stats p.csv --p-values --start-blank zero", "start-blank", "with --p-values, "),
    ("stats p.csv --p-values --header-rows 1", "header-rows", "with --p-values, "),
    ("stats p.csv --p-values --benchmark-values prices", "benchmark-values", "with --p-values, "),
    ("stats p.csv --p-values --rows bars", "rows", "with --p-values, "),
    ("stats p.csv --p-values --capital 100", "capital", "with --p-values, "),
    ("sweep --signals-axis bars", "signals-axis", "with --family coinflip, "),
    ("stats p.csv --p-values --fail-unless-skill", "fail-unless-skill", "with --p-values, "),
  ]

  /// The same of stages, on a run that is stored in `run`: what the store remembers decides too.
  static let stages: [(line: String, option: String, reason: String)] = [
    ("backtest --signals-from market", "signals-from", "with --family coinflip, "),
    ("backtest --blocks 0 --cscv-on all", "cscv-on", "with --blocks 0, "),
    ("measure --bootstrap 0 --block-length 9", "block-length", "with --bootstrap 0, "),
    ("measure --embargo 3", "embargo", "without --cpcv, "),
    ("measure --window rolling", "window", "without windows to walk through"),
    ("validate --maximum-spa-p-value 0.1", "maximum-spa-p-value", "with --bootstrap 0, "),
  ]

  private static func message(_ option: String, _ reason: String) -> String {
    "fluke: --\(option): has no effect \(reason)"
  }

  @Test(arguments: idle) func isRefused(line: String, option: String, reason: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("time,close\n1577836800,1\n", as: "bars.csv")
    let before = folder.contents
    try expect(line, Self.message(option, reason), in: folder.path)
    #expect(folder.contents == before)
  }

  private func expect(_ line: String, _ message: String, in folder: String) throws {
    let ending = try Program.run(line, in: folder)
    #expect(ending.status == 64, "\(line)")
    #expect(ending.output.isEmpty)
    #expect(ending.error.hasPrefix(message), "\(line): \(ending.error)")
    #expect(ending.error.contains("; "))
    #expect(ending.error.split(separator: "\n", omittingEmptySubsequences: false).count == 2)
  }

  @Test func stagesRefuseWhatHasNoEffectOnTheirStore() throws {
    let folder = try TemporaryFolder()
    let made = try Program.run(
      ["sweep", "-q", "--count", "20", "--bootstrap", "0", "--blocks", "4", "--output", "run"],
      in: folder.path)
    #expect(made.status == 0, "\(made.error)")
    let before = try folder.files(below: "run")
    for (line, option, reason) in Self.stages {
      try expect(line + " --store run", Self.message(option, reason), in: folder.path)
    }
    for stage in [
      "generate", "backtest", "select", "measure", "validate", "visualize", "merge", "upload --upload x",
    ] {
      try expect(
        stage + " --store run --endpoint-url http://a",
        Self.message("endpoint-url", "without an s3:// address, whose server it is"), in: folder.path)
    }
    for whole in ["sweep", "trials", "stats returns.csv"] {
      try expect(
        whole + " --endpoint-url http://a", Self.message("endpoint-url", "without an s3:// address"),
        in: folder.path)
    }
    #expect(try folder.files(below: "run") == before)
  }

  /// A new option has to say when it has an effect, and where that depends, a line above has to show it.
  @Test func everyOptionOfEveryCommandSaysWhenItHasAnEffect() throws {
    var conditional: Set<String> = []
    for command in try CommandManual.program().commands {
      for option in command.ownArguments where !option.isPositional {
        for name in (option.names ?? []).filter({ $0.kind == "long" }).map(\.name) {
          let use = OptionUse.table[name]
          #expect(use != nil, "--\(name) of fluke \(command.commandName) has no entry in OptionUse")
          if case .unless = use { conditional.insert(name) }
        }
      }
    }
    let shown = Set((Self.idle + Self.stages).map(\.option) + ["endpoint-url"])
    #expect(conditional == shown)
  }

  /// Each of the options is used somewhere, so that no condition refuses too much.
  @Test(arguments: [
    "generate -q --data synthetic:bootstrap --resample builtin:btc-1d --bars 300 --market-seed 2 --edge 0.001 --count 9",
    "generate -q --data bars.csv --skip-bad-rows --buy-probability 0.2",
    "generate -q --data synthetic:bootstrap --resample bars.csv --skip-bad-rows --bars 50",
    "sweep -q --count 9 --blocks 4 --cscv-on all --bootstrap 9 --block-length 5 --benchmark cash --walk-forward 2 --window anchored --cpcv 4,1 --embargo 2 --top 2 --maximum-drop 0.2 --maximum-pbo 0.4 --maximum-spa-p-value 0.1 --level 0.1 --rule classic --sharpe-benchmark 0.5",
    "sweep -q --signals signals.json --data bars.csv --signals-from market --minimum-trades 1 --blocks 0 --bootstrap 0",
    "trials -q --trials 2 --data synthetic:garch --market fixed --market-seed 3 --bars 200 --count 5 --spa 9 --block-length 5 --benchmark cash --blocks 4 --level 0.1",
    "trials -q --trials 2 --market bootstrap --edge 0.001 --strategies 5 --blocks 0",
  ])
  func isAcceptedWhereItHasAnEffect(line: String) throws {
    let folder = try TemporaryFolder()
    let rows = (0..<120).map { "\(1_577_836_800 + $0 * 86_400),\(100 + $0 * 7 % 13)\n" }.joined()
    try folder.write("time,close\n" + rows, as: "bars.csv")
    let signals = (0..<120).map { "\($0 % 2)" }.joined(separator: ",")
    try folder.write("{\"a\": [\(signals)], \"b\": [\(signals)]}", as: "signals.json")
    let ending = try Program.run(line, in: folder.path)
    #expect(ending.status == 0, "\(line): \(ending.error)")
    #expect(ending.error.isEmpty, "\(ending.error)")
  }
}
