import ArgumentParser
import Pipeline

/// A folder of its own, so that no sweep is replaced.
enum StatsDirectory: UsualDirectory {
  static let path = "output/stats"
}

/// The statistics of overfitting on anyone's returns.
struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Measure how much of the best of your own strategies is luck, from their returns.",
    discussion: """
      The file holds returns as fractions, a row for each bar and a column for each strategy: CSV, columns separated by \
      spaces or tabs, or a NumPy array (.npy); times in the first column and names in the first row are optional. Empty \
      cells and words such as NA, null, . and - are missing values. The best strategy is the one with the highest Sharpe \
      ratio.

      Numbers that look like something else are refused until --values says what they are: prices and equity (a column \
      never below 0 and mostly above 0.5), gross returns (mostly near 1), sums and cumulative returns (columns that \
      drift), profits in money (mostly beyond 50 in size). Percent (1 number in 100 beyond 1 in size) are divided by \
      100, and the summary says so. Columns of row numbers are left out. Rows of numbers above the returns are names if \
      they have fewer decimals; --header-rows says how many there are.

      Example:
        fluke stats returns.csv
        fluke stats returns.csv --benchmark index --trials 5000
        fluke stats p-values.csv --p-values --trials 300
      """)

  @Argument(
    help: ArgumentHelp("The returns, or with --p-values the p-values.", valueName: "file"),
    completion: Completions.tables)
  var file: String

  @Flag(help: "The file holds p-values of tests: only adjust them for their number.")
  var pValues = false

  @Option(
    help: ArgumentHelp(
      "What the strategies must beat: a column of the file, another file of one column, cash, or with --data exposure or market (default: cash, with --data exposure).",
      valueName: "name"))
  var benchmark: String?

  @Option(
    help: ArgumentHelp("Bars a year, for annual figures (default: from the times, else 252).", valueName: "x")
  )
  var periodsPerYear: Double?

  @Option(
    help: ArgumentHelp(
      "Number of strategies, or tests, that were tried, if the file holds fewer.", valueName: "n"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "Blocks of combinatorially symmetric cross-validation, which gives PBO: an even number from 2 to 24, or 0 for none (default: 16).",
      valueName: "n"))
  var blocks: Int?

  @OptionGroup var resampling: BootstrapArguments
  @OptionGroup var sharpe: SharpeBenchmarkArguments

  @Option(
    help: ArgumentHelp(
      "Seed of the resamples and of what else is drawn but synthetic data (default: 1).", valueName: "n"))
  var seed: UInt64?

  @OptionGroup(title: "File") var returns: ReturnsArguments
  @OptionGroup(title: "Market") var market: SourceArguments<NoBars>
  @OptionGroup(title: "Verdict") var bounds: StatisticsBounds
  @OptionGroup(title: "Verdict") var skill: SkillArguments
  @OptionGroup(title: "Output") var results: OutputArguments<StatsDirectory>
  @OptionGroup(title: "Work") var work: WorkArguments

  func run() throws {
    var measured = Configuration()
    if let blocks { measured.statistics.blocks = blocks }
    if let bootstrap = resampling.bootstrap { measured.statistics.resamples = bootstrap }
    if market.data != nil { try market.apply(to: &measured) }
    try OptionUse.check(measured, places: [directory])
    let workplace = try work.workplace(directory: directory)
    if pValues {
      let report = try AdjustedPValues.run(path: file, tests: trials, in: workplace)
      try write(document: report.document, text: report.text)
    } else {
      let report = try StatsRun.run(options(measured.data), in: workplace)
      try write(
        document: report.document, text: report.text, verdict: report.verdict)
      try skill.check(report.verdict)
    }
  }

  private func write(
    document: () throws -> [UInt8], text: (_ directory: String) -> [String],
    verdict: Verdict? = nil
  ) throws {
    if results.json {
      try Console.write(document: try document())
    } else if !work.quiet {
      try Console.write(text(directory), verdict: verdict)
    }
  }

  private var directory: String { results.directory }

  /// - Parameter bars: what the options say of the market, if one is given.
  private func options(_ bars: DataOptions) throws -> StatsOptions {
    var options = StatsOptions()
    options.returns = file
    options.benchmark = benchmark
    options.timeFormat = market.times.timeFormat
    options.timeZone = market.times.timeZone
    options.periodsPerYear = periodsPerYear
    options.sharpeBenchmark = sharpe.sharpeBenchmark
    options.trials = trials
    if let blocks { options.blocks = blocks }
    if let bootstrap = resampling.bootstrap { options.resamples = bootstrap }
    options.blockLength = resampling.blocks.blockLength
    if let seed { options.seed = seed }
    try returns.apply(to: &options)
    if market.data != nil { options.data = bars }
    try bounds.apply(to: &options.detection)
    return options
  }
}
