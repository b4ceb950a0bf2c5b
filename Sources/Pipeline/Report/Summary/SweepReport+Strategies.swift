import Backtesting
import Kernels

/// What a summary says of the strategies, and of how they trade.
extension SweepReport {
  /// How many there were, and which of them could be chosen.
  var strategyLines: [String] {
    let minimum = experiment.configuration.selection.minimumTrades
    let count = experiment.strategies.count
    var lines = [
      Figures.entry(
        "strategies",
        "\(Figures.count(count)) generated and tested, "
          + (idle == 0 ? "all of them trade" : "\(Figures.count(idle)) never traded"))
    ]
    if minimum > 1 {
      lines.append(
        Figures.entry(
          "",
          "\(Figures.count(overfitting.ineligible)) with fewer than \(Figures.count(minimum)) trades not chosen from"
        ))
    }
    return lines
  }

  /// Which sides they take, when orders fill and what that costs.
  var tradingLines: [String] { [Figures.entry("trading", experiment.conditions)] }

  /// Which one is the best, and by what.
  var winnerLines: [String] {
    [Figures.entry("winner", experiment.nomination(of: winner))]
  }
}

extension Experiment {
  /// What the winner is called, and by what it is the best.
  public func nomination(of winner: Int) -> String {
    "\(title(of: winner)), best by \(configuration.selectionMetric.label)"
  }

  /// Sides, fill and costs, as every summary and picture names them.
  var conditions: String { Self.conditions(configuration, strategies.direction) }

  /// Sides, fill and costs of a sweep with these options.
  static func conditions(_ configuration: Configuration, _ direction: Direction) -> String {
    let options = configuration.backtest
    let sides = direction == .long ? "long only" : "long and short"
    let fill = options.fill == .close ? "filled at the close" : "filled at the next open"
    let costs = [(options.feeBasisPoints, "fee"), (options.slippageBasisPoints, "slippage")]
      .filter { $0.0 != 0 }.map { "\($0.1) \(Figures.short($0.0)) bp" }
    return "\(sides), \(fill), " + (costs.isEmpty ? "no costs" : costs.joined(separator: " and ") + " a side")
  }
}
