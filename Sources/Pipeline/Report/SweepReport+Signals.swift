import Backtesting

/// What was taken of given signals.
struct SignalsSummary: Encodable, Equatable {
  /// Signals of each strategy.
  let perStrategy: Int
  /// Whether the first one is that of the market's first bar or of each segment's.
  let from: SignalAlignment

  enum CodingKeys: String, CodingKey {
    case from
    case perStrategy = "per_strategy"
  }
}

extension SweepReport {
  /// `nil` for strategies that are no signals.
  var signals: SignalsSummary? {
    guard case .signals(let signals) = experiment.strategies.columns else { return nil }
    return SignalsSummary(perStrategy: signals.length, from: experiment.backtest.signalAlignment)
  }

  /// Where signals lie along the bars, and how many trades they need.
  var signalLines: [String] {
    guard let signals else { return [] }
    var lines = [Figures.entry("signals", experiment.signalLengths.words(signals.perStrategy))]
    let trades = experiment.configuration.selection.minimumTrades
    if record.options.selection.minimumTrades != trades {
      lines.append(
        Figures.entry("", "chosen among those with \(trades) trades or more; --minimum-trades N changes that")
      )
    }
    return lines
  }
}
