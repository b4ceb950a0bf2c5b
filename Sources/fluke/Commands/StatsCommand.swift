import ArgumentParser
import Pipeline

/// The statistics of overfitting on anyone's returns.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Measure how much of the best of somebody's strategies is luck, from their returns.",
    discussion: """
      FILE holds returns as fractions, a row a bar and a column a strategy: CSV (with or without a first column of times
      and a header of names) or a NumPy array (.npy). The best strategy is the one with the highest Sharpe ratio.

      Example:
        fluke stats returns.csv
        fluke stats returns.csv --benchmark index --trials 5000 --periods-per-year 252
        fluke stats p-values.csv --p-values --trials 300
      """)

  @Argument(help: ArgumentHelp("The returns, or with --p-values the p-values.", valueName: "file"))
  var file: String

  @Flag(help: "FILE holds p-values of tests: adjust them for their number, and nothing else.")
  var pValues = false

  @Option(
    help: ArgumentHelp(
      "A column of FILE, or a file of one column: what the strategies have to beat (default: 0).",
      valueName: "name"))
  var benchmark: String?

  @Option(help: ArgumentHelp("Bars a year, to annualise (default: by the times, else 252).", valueName: "x"))
  var periodsPerYear: Double?

  @Option(
    help: ArgumentHelp("Strategies, or tests, that were tried, where FILE holds fewer.", valueName: "n"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "Blocks of cross-validation: even, 2 to 24, or 0 for none (default: 16).", valueName: "n"))
  var blocks: Int?

  @OptionGroup var resampling: BootstrapArguments

  @Option(help: ArgumentHelp("The seed of everything random (default: 1).", valueName: "n"))
  var seed: UInt64?

  @Option(help: ArgumentHelp("The directory of the artifacts.", valueName: "dir"))
  var output = "output"

  @Flag(help: "Print the statistics as one JSON object.")
  var json = false

  @OptionGroup(title: "Detection") var bounds: StatisticsBounds
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    let workplace = try work.workplace(directory: output, directoryOption: "output")
    if pValues {
      let report = try AdjustedPValues.run(path: file, tests: trials, in: workplace)
      try write(document: report.document, text: report.text)
    } else {
      let report = try StatsRun.run(options, in: workplace)
      try write(document: report.document, text: report.text)
    }
  }

  private func write(document: () throws -> [UInt8], text: (_ directory: String) -> [String]) throws {
    if json {
      // The line's end is the console's.
      try Console.write([String(decoding: try document().dropLast(), as: UTF8.self)])
    } else if !work.quiet {
      try Console.write(text(output))
    }
  }

  private var options: StatsOptions {
    var options = StatsOptions()
    options.returns = file
    options.benchmark = benchmark
    options.periodsPerYear = periodsPerYear
    options.trials = trials
    if let blocks { options.blocks = blocks }
    if let bootstrap = resampling.bootstrap { options.resamples = bootstrap }
    options.blockLength = resampling.blocks.blockLength
    if let seed { options.seed = seed }
    bounds.apply(to: &options.detection)
    return options
  }
}
