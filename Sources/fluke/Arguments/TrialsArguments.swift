import ArgumentParser
import Backtesting
import Pipeline

/// How often an experiment is repeated, and on what.
struct TrialsArguments: ParsableArguments {
  @Option(help: ArgumentHelp("How many trials (default: 1000).", valueName: "n"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "Strategies of a trial, as --count; a list or range for the best of so many: fewer are the first of the most.",
      valueName: "n"))
  var strategies: String?

  @Option(
    help: ArgumentHelp(
      "fixed, synthetic, bootstrap or permutation: the bars of a trial (default: synthetic for synthetic data, else fixed).",
      valueName: "kind"))
  var market: String?

  @Option(
    help: ArgumentHelp(
      "Planted edges, what momentum over one bar earns a bar; a list or range for the power (default: 0).",
      valueName: "x"))
  var edge: String?

  @Option(
    help: ArgumentHelp(
      "Resamples of SPA in each trial; 0 for none, which is faster (default: 0).", valueName: "n"))
  var spa: Int?

  @OptionGroup var blocks: BlockLengthArguments
  @OptionGroup var benchmark: BenchmarkArguments

  func apply(to configuration: inout TrialsConfiguration) throws {
    if let trials { configuration.trials.count = trials }
    if let market { configuration.trials.market = try Choice.of(market, "market") as TrialMarket }
    if let spa { configuration.sweep.statistics.resamples = spa }
    blocks.apply(to: &configuration.sweep.statistics)
    try benchmark.apply(to: &configuration.sweep.statistics)
    if let edge { configuration.trials.edges = try Self.numbers(edge, "edge", "0:0.004:0.001") }
    if let strategies {
      configuration.trials.sizes = try Self.numbers(strategies, "strategies", "10,50,500").map { size in
        guard let whole = Int(exactly: size) else {
          throw ConfigurationError.outOfRange(option: "strategies", found: "\(size)", needed: "whole numbers")
        }
        return whole
      }
    }
  }

  /// The numbers of a list or range, ascending.
  private static func numbers(_ text: String, _ option: String, _ example: String) throws -> [Double] {
    do {
      return try ParameterValues(parsing: text, parameter: option).values.sorted()
    } catch StrategyError.badValues(_, let text, let needed) {
      throw ConfigurationError.outOfRange(
        option: option, found: "\"\(text)\"", needed: "\(needed), as in \(example)")
    }
  }
}
