import ArgumentParser
import Pipeline
import Statistics

/// How bars are cut for cross-validation, which decides where sums are taken and so their last bits.
struct CrossValidationArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Blocks of combinatorially symmetric cross-validation, which gives PBO: an even number from 2 to 24, or 0 for none (default: 16).",
      valueName: "n"))
  var blocks: Int?

  @Option(
    help: ArgumentHelp(
      "Bars used for cross-validation; `all` includes the validation bars (default: training).",
      valueName: "bars"),
    completion: Completions.names(of: CrossValidatedBars.self))
  var cscvOn: String?

  func apply(to configuration: inout Configuration) throws {
    if let blocks { configuration.statistics.blocks = blocks }
    if let cscvOn { configuration.statistics.crossValidated = try Choice.of(cscvOn, "cscv-on") }
  }
}

/// How overfitting is measured.
struct StatisticsArguments: ParsableArguments {
  @OptionGroup var resampling: BootstrapArguments
  @OptionGroup var benchmark: BenchmarkArguments
  @OptionGroup var sharpe: SharpeBenchmarkArguments

  @Option(
    help: ArgumentHelp(
      "Cut the validation bars into this many windows, and choose the winner anew before each (default: 0, off).",
      valueName: "n"))
  var walkForward: Int?

  @Option(
    help: ArgumentHelp(
      "Training window of --walk-forward: rolling, of one length, or anchored, from the first bar on (default: rolling).",
      valueName: "kind"),
    completion: Completions.names(of: WalkForward.Window.self))
  var window: String?

  @Option(
    help: ArgumentHelp(
      "Combinatorial purged cross-validation with N groups of bars, K of them tested at a time, as in 6,2.",
      valueName: "n,k"))
  var cpcv: String?

  @Option(
    help: ArgumentHelp(
      "Bars left out after each test group of --cpcv (default: one in a hundred).", valueName: "bars"))
  var embargo: Int?

  @Option(
    help: ArgumentHelp(
      "Shuffle the bars this many times, and repeat the whole sweep on each (default: 0, off).",
      valueName: "n"))
  var permutations: Int?

  func apply(to configuration: inout Configuration) throws {
    if let bootstrap = resampling.bootstrap { configuration.statistics.resamples = bootstrap }
    resampling.blocks.apply(to: &configuration.statistics)
    try benchmark.apply(to: &configuration.statistics)
    if let bound = sharpe.sharpeBenchmark { configuration.statistics.sharpeBenchmark = bound }
    if let walkForward { configuration.statistics.walkForward = walkForward }
    if let window { configuration.statistics.window = try Choice.of(window, "window") }
    if let cpcv { configuration.statistics.combinatorial = try combinatorial(cpcv) }
    if let embargo { configuration.statistics.embargo = embargo }
    if let permutations { configuration.statistics.permutations = permutations }
  }

  private func combinatorial(_ text: String) throws -> StatisticsOptions.Combinatorial {
    let numbers = text.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let groups = numbers[0], let tested = numbers[1] else {
      throw ConfigurationError.outOfRange(
        option: "cpcv", found: "\"\(text)\"", needed: "two whole numbers, GROUPS,TESTED, as in 6,2")
    }
    return StatisticsOptions.Combinatorial(groups: groups, tested: tested)
  }
}
