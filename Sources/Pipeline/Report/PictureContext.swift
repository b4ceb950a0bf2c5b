import Artifacts
import Backtesting

/// What a picture names at its foot, so that it can be read away from its run.
enum PictureContext {
  /// The parts of a line, apart.
  static func line(_ parts: [String]) -> String { parts.filter { !$0.isEmpty }.joined(separator: " · ") }

  /// Of a sweep: market, span, family, and how it trades.
  ///
  /// - Parameter bars: what was looked at, training bars or all.
  static func of(_ experiment: Experiment, bars: CrossValidatedBars = .all) -> String {
    let (strategies, market) = (experiment.strategies, experiment.market)
    let isTraining = bars == .training && experiment.validation != nil
    let looked = isTraining ? experiment.training.bars : 0..<market.count
    let kind = isTraining ? "training bars" : "bars"
    let stretch =
      market.hasTimes
      ? (isTraining ? "training bars " : "") + span(Array(market.timestamps[looked]))
      : "\(Figures.count(looked.count)) \(kind)"
    return line([
      "\(market.name), \(stretch)",
      "\(strategies.family.rawValue), \(Figures.count(strategies.count, "strategy", "strategies"))",
      experiment.conditions,
    ])
  }

  /// Of returns that were made elsewhere: the file, its span, and how many were tried.
  static func of(file: String, timestamps: [Int64]?, bars: Int, strategies: Int, trials: Int) -> String {
    line([
      file, timestamps.map(span) ?? Figures.count(bars, "bar", "bars"),
      Figures.count(strategies, "strategy", "strategies")
        + (trials > strategies ? " of \(Figures.count(trials)) tried" : ""),
    ])
  }

  /// Of repeated trials.
  static func of(_ configuration: TrialsConfiguration, market: String) -> String {
    line([
      "\(Figures.count(configuration.trials.count, "trial", "trials")) on \(market)",
      configuration.sweep.strategies.family.rawValue,
      Experiment.conditions(configuration.sweep, configuration.sweep.strategies.direction),
    ])
  }

  /// The first and the last day.
  private static func span(_ timestamps: [Int64]) -> String {
    guard let first = timestamps.first, let last = timestamps.last else { return "no bars" }
    let days = [first, last].map { Figures.day($0) }
    return NumberFormat.range(days[0], days[1])
  }
}
