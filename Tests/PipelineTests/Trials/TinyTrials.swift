import Backtesting
import Stores

@testable import Pipeline

extension TrialsConfiguration {
  /// Coins on a random walk that is short enough for builds without optimisation.
  static func tiny(trials: Int, _ change: (inout TrialsConfiguration) -> Void = { _ in })
    -> TrialsConfiguration
  {
    var configuration = TrialsConfiguration()
    configuration.sweep.data.source = "synthetic:random-walk"
    configuration.sweep.data.bars = 200
    configuration.sweep.statistics.blocks = 6
    configuration.sweep.strategies.seed = 11
    configuration.sweep.strategies.buyProbability = 0.5
    configuration.trials.count = trials
    configuration.trials.sizes = [30]
    change(&configuration)
    return configuration
  }
}

extension TrialPlan {
  /// The rows of trial `number`.
  func rows(trial number: Int) throws -> [TrialRow] { try rows(trial: number, interruption: Interruption()) }

  /// A plan of options that are sound.
  init(_ configuration: TrialsConfiguration) throws { try self.init(configuration, log: InputLog()) }
}
