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
          + (idle == 0
            ? count == 1 ? "which trades" : "all of them trade" : "\(Figures.count(idle)) never traded"))
    ]
    if minimum > 1 {
      let few = overfitting.ineligible - idle
      lines.append(
        Figures.entry(
          "",
          "\(idle == 0 ? "" : "another ")\(Figures.count(few)) with fewer than \(Figures.count(minimum)) trades not "
            + "chosen from"))
    }
    return lines + combinationLines
  }

  /// How many combinations of a rule's parameters make no strategy.
  private var combinationLines: [String] {
    guard case .grid(let grid) = experiment.strategies.columns, grid.combinations > grid.count else {
      return []
    }
    return [
      Figures.entry(
        "",
        "\(Figures.count(grid.combinations - grid.count)) of \(Figures.count(grid.combinations)) combinations left "
          + "out, without \(grid.family.condition)")
    ]
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
