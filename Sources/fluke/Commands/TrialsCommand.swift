import ArgumentParser
import Pipeline

/// The directory of the results of trials.
enum TrialsDirectory: UsualDirectory {
  static let path = "output/trials"
}

/// The sweep repeated.
struct TrialsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trials",
    abstract:
      "Repeat a sweep under many seeds, to see what luck does on average and how often a known edge is found.",
    discussion: """
      Without options there are 1000 sweeps, each of 500 strategies that buy by the flip of a coin, on daily prices of \
      Bitcoin. Progress is saved as long as it runs; if it is interrupted, the same command with --resume goes on from \
      there.

      Example:
        fluke trials --trials 20 --strategies 10,30,100
        fluke trials --trials 20 --strategies 30 --market permutation
        fluke trials --trials 20 --strategies 30 --shard 1/2
        fluke trials --trials 20 --family momentum --lookback 1:20 \\
          --data synthetic:garch --edge 0:0.02:0.01
      """)

  @OptionGroup(title: "Trials") var trials: TrialsArguments
  @OptionGroup(title: "Bars") var data: SourceArguments<BuiltInBars>
  @OptionGroup(title: "Strategies") var strategies: StrategyArguments
  @OptionGroup(title: "Backtest") var backtest: BacktestArguments
  @OptionGroup(title: "Selection") var selection: WinnerArguments
  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationArguments
  @OptionGroup(title: "Verdict") var detection: DetectionArguments
  @OptionGroup(title: "Output") var results: OutputArguments<TrialsDirectory>
  @OptionGroup(title: "Shards and interruption") var sharding: ShardArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var configuration = TrialsConfiguration()
    try data.apply(to: &configuration.sweep)
    try strategies.apply(to: &configuration.sweep)
    try backtest.apply(to: &configuration.sweep)
    try selection.apply(to: &configuration.sweep)
    try crossValidation.apply(to: &configuration.sweep)
    try detection.apply(to: &configuration.sweep)
    if let count = strategies.count {
      guard trials.strategies == nil else {
        throw ConfigurationError.notTogether(
          option: "count", with: "--strategies", remedy: "give one of the two")
      }
      configuration.trials.sizes = [count]
    }
    try trials.apply(to: &configuration)
    let output = results.directory
    try OptionUse.check(configuration.sweep, places: [output], trialMarket: configuration.market)
    let workplace = try work.workplace(directory: output)
    if let shard = try sharding.chosen() {
      guard !results.json else {
        throw ConfigurationError.notTogether(
          option: "json", with: "--shard", remedy: "give it to `fluke merge`")
      }
      try work.say(
        ShardRun.trials(configuration, shard, resumes: sharding.resume, in: workplace).text)
      work.tell(Notes.of(configuration.sweep))
      return
    }
    let report = try Trials.run(configuration, resumes: sharding.resume, in: workplace)
    work.tell(Notes.of(configuration.sweep))
    if results.json {
      let summary = try report.summary.json(directory: output, seconds: report.seconds)
      try Console.write(document: summary)
    } else if !work.quiet {
      try Console.write(report.text(directory: output))
    }
  }
}
