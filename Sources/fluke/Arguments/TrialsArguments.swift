import ArgumentParser
import Backtesting
import Pipeline

/// How often an experiment is repeated, and on what.
struct TrialsArguments: ParsableArguments {
  @Option(help: ArgumentHelp("Number of trials (default: 1000).", valueName: "n"))
  var trials: Int?

  @Option(
    help: ArgumentHelp(
      "coinflip and linear: number of strategies a trial; a list or range shows how the best grows with their number (default: 500).",
      valueName: "n"))
  var strategies: String?

  @Option(
    help: ArgumentHelp(
      "Bars of each trial: fixed, the same; synthetic, new ones; bootstrap, resampled; permutation, shuffled (default: synthetic for synthetic data, else fixed).",
      valueName: "kind"),
    completion: Completions.names(of: TrialMarket.self))
  var market: String?

  @Option(
    help: ArgumentHelp(
      "Adds a known edge, the expected return per bar of following the last bar's direction; a list or range shows how often each is found (default: 0).",
      valueName: "x"))
  var edge: String?

  @Option(
    help: ArgumentHelp(
      "Resamples for the test of superior predictive ability (SPA) in each trial; 0 for none, which is faster (default: 0).",
      valueName: "n"))
  var spa: Int?

  @Option(help: ArgumentHelp("Seed from which those of all trials follow (default: 1).", valueName: "n"))
  var seed: UInt64?

  @OptionGroup var blocks: BlockLengthArguments
  @OptionGroup var benchmark: BenchmarkArguments

  func apply(to configuration: inout TrialsConfiguration) throws {
    if let trials { configuration.trials.count = trials }
    if let seed { configuration.sweep.strategies.seed = seed }
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
    } catch {
      guard case .badValues(_, let text, let needed) = error else { throw error }
      throw ConfigurationError.outOfRange(
        option: option, found: "\"\(text)\"", needed: "\(needed), as in \(example)")
    }
  }
}
