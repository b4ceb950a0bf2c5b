import ArgumentParser
import Pipeline

/// The whole pipeline.
struct SweepCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "Generate strategies, backtest them, select the best and validate it on unseen bars.",
    discussion: """
      Without options: 500 coin flips on the built-in daily bars.

      Example:
        fluke sweep --family sma-cross --slow 10:250:2 --fee-bps 10
        fluke sweep --data bars.csv --family rsi --minimum-trades 20
        fluke sweep --family momentum --walk-forward 8 --cpcv 6,2 --permutations 200
        fluke sweep --signals signals.json --data prices.csv --bars-per-year 252
      """)

  @Option(help: ArgumentHelp("The directory of the artifacts.", valueName: "dir"))
  var output = "output"

  @Flag(help: "Print the summary as one JSON object.")
  var json = false

  @OptionGroup(title: "Bars") var data: DataArguments
  @OptionGroup(title: "Strategies") var strategies: StrategyArguments
  @OptionGroup(title: "Backtest") var backtest: BacktestArguments
  @OptionGroup(title: "Selection") var selection: SelectionArguments
  @OptionGroup(title: "Cross-validation") var crossValidation: CrossValidationArguments
  @OptionGroup(title: "Statistics") var statistics: StatisticsArguments
  @OptionGroup(title: "Detection") var detection: DetectionArguments
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var configuration = Configuration()
    data.apply(to: &configuration)
    try strategies.apply(to: &configuration)
    try backtest.apply(to: &configuration)
    try selection.apply(to: &configuration)
    try crossValidation.apply(to: &configuration)
    try statistics.apply(to: &configuration)
    detection.apply(to: &configuration)
    let report = try Sweep.run(
      configuration, in: try work.workplace(directory: output, directoryOption: "output"))
    if json {
      try Console.write([String(decoding: try report.json(directory: output).dropLast(), as: UTF8.self)])
    } else if !work.quiet {
      try Console.write(report.text(directory: output))
    }
  }
}
