import Artifacts
import Backtesting
import Statistics

extension OverfittingReport {
  /// The deflated Sharpe ratio by bars that hold no skill of the trials.
  var nullBarRows: [Row] {
    guard trials > 1 else { return [] }
    let annual = periodsPerYear.squareRoot()
    return deflation.views.dropFirst().map { view in
      let bar = Figures.decimals(view.deflated.benchmarkPerBar * annual, 2)
      return Row(
        name: "  by " + (view.basis == .resampling ? "resampling" : "dependence"),
        value: Figures.probability(view.deflated.probability),
        reading: view.basis == .resampling
          ? "the same against \(bar) a year, what the best gains by luck on average in resamples"
          : "the same against \(bar) a year, what trials without skill of this correlation show")
    }
  }

  /// The probability of backtest overfitting on shuffled bars.
  var nullBandRows: [Row] {
    guard case .success(let band) = nullBand, !band.mean.isNaN else { return [] }
    return [
      Row(
        name: "PBO of shuffles", value: Figures.probability(band.mean),
        reading: "mean of PBO on \(Figures.count(band.probabilities.count, "shuffle", "shuffles")), "
          + NumberFormat.range(
            Figures.probability(band.quantile(0.05)), Figures.probability(band.quantile(0.95))) + " in 90 %"
      )
    ]
  }

  /// The luck of the best, the winner's own p-value, and the lower bounds of its true Sharpe ratio.
  var winnerRows: [Row] {
    guard case .success(let found) = snooping, !found.winner.pValue.isNaN else { return [] }
    let (winner, luck) = (found.winner, found.luck)
    let annual = periodsPerYear.squareRoot()
    func sharpe(_ errors: Double) -> String {
      Figures.decimals(winner.sharpePerBar(standardErrors: errors) * annual, 2)
    }
    let tested = Figures.count(found.tested, "strategy", "strategies")
    var rows = [
      Row(
        name: "luck of the best", value: sharpe(luck.mean),
        reading: "Sharpe ratio a year that the best of \(tested) gains on average without skill, "
          + "in 95 % below \(sharpe(luck.quantile(0.95))); the winner has "
          + Figures.decimals(winner.sharpePerBar * annual, 2)
          + (found.benchmark == SweepBenchmark.cash.rawValue ? "" : " above its benchmark")),
      Row(
        name: "winner's p-value", value: Figures.probability(winner.pValue),
        reading: winner.isBonferroni
          ? "of \(Figures.count(trials - ineligible)) tried: so many times that of the winner alone at most, as the \(tested) at hand "
            + "may be the best of them (Bonferroni)"
          : "share of resamples without skill in which the best of \(tested) does as well"),
    ]
    let confidence = Figures.percent(1 - found.bounds.level, 0)
    var reading =
      "the winner's true Sharpe ratio a year is above it with \(confidence) confidence, however chosen"
      + (winner.isBonferroni ? " among the \(tested) at hand alone" : "")
    if case .success(let conditional) = found.bounds.conditional {
      reading +=
        "; given that it won, above \(bound(conditional.hybrid * annual)), corrected estimate "
        + bound(conditional.median * annual)
    }
    rows.append(
      Row(name: "Sharpe at least", value: bound(found.bounds.simultaneous * annual), reading: reading))
    return rows
  }

  /// A bound may be that there is none.
  private func bound(_ value: Double) -> String {
    value == -.infinity ? "any" : Figures.decimals(value, 2)
  }
}
