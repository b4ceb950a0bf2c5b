import Statistics

/// Views of the winner that decide nothing.
extension OverfittingReport {
  /// The winner's trades by themselves, where they are few.
  var tradeRows: [Row] {
    guard let trades, trades.trades < TradeFinding.few else { return [] }
    let count = Figures.count(trades.trades, "trade", "trades")
    return [
      Row(
        name: "  by trade", value: Figures.probability(trades.probabilistic),
        reading:
          "the same of its \(count), one observation each, above 0 and before any benchmark; one-sided t-test "
          + "p-value \(Figures.probability(trades.pValue)); fewer than \(TradeFinding.few) trades are few, however "
          + "many the bars")
    ]
  }

  /// What to expect of the winner, what it means by assumption, and what it is beside others.
  var viewRows: [Row] { expectedRows + discoveryRows + differenceRows }

  private var expectedRows: [Row] {
    guard trials > 1, let expected = deflation.expected, !expected.expectedPerBar.isNaN else { return [] }
    let annual = periodsPerYear.squareRoot()
    return [
      Row(
        name: "expected Sharpe", value: Figures.decimals(expected.expectedPerBar * annual, 2),
        reading: "a year from here on, by shrinkage: the mean of all, "
          + "\(Figures.decimals(expected.meanPerBar * annual, 2)), and \(Figures.percent(expected.keptShare, 0)) of "
          + "the winner's lead, as the rest is noise; far too low where one of many has all the skill")
    ]
  }

  private var discoveryRows: [Row] {
    let rates = views.discovery
    guard !rates.pValue.isNaN else { return [] }
    func rate(_ prior: Double) -> String {
      Figures.probability(rates.observedFalseDiscoveryRate(prior: prior))
    }
    let null = sharpe.thresholdAnnualized
    let (low, middle, high) = (WinnerViews.priors[0], WinnerViews.priors[1], WinnerViews.priors[2])
    return [
      Row(
        name: "false discovery", value: rate(middle),
        reading:
          "share without skill among strategies that do as well, if \(Figures.percent(middle, 0)) of all have a "
          + "true Sharpe ratio of \(Figures.short(null + WinnerViews.skillAnnualized)) a year and the others "
          + "\(Figures.short(null)); \(rate(low)) if \(Figures.percent(low, 0)) have, \(rate(high)) if "
          + "\(Figures.percent(high, 0))")
    ]
  }

  private var differenceRows: [Row] {
    let annual = periodsPerYear.squareRoot()
    func rows(_ name: String, _ result: Result<WinnerViews.Comparison, Absence>) -> [Row] {
      guard case .success(let found) = result else { return [] }
      let difference = found.difference
      return [
        Row(
          name: name, value: Figures.decimals(difference.differencePerBar * annual, 2),
          reading:
            "Sharpe ratio a year of the winner, all bars, less that of \(Self.label(found.name)); standard error "
            + "\(Figures.decimals(difference.standardErrorPerBar * annual, 2)), two-sided p-value "
            + "\(Figures.probability(difference.normalPValue)), ignoring that it was chosen (Ledoit & Wolf 2008)"
        )
      ]
    }
    return rows("against market", views.market) + rows("against second", views.second)
  }
}

/// Parts of sentences.
extension OverfittingReport {
  /// What trials are whose luck is looked at.
  var withoutSkill: String {
    sharpe.thresholdAnnualized == 0
      ? "without skill" : "of a true one of \(Figures.short(sharpe.thresholdAnnualized)) a year"
  }

  /// Trials that are no others.
  var copies: String {
    guard deflation.copies > 0 else { return "" }
    return "; \(Figures.count(deflation.copies, "copy", "copies")) of others "
      + (deflation.copies == 1 ? "counts as a trial" : "count as trials") + ", not in their spread"
  }

  /// How much of what was ranked is no figure.
  func idle(_ undefined: Double) -> String {
    undefined < 0.005
      ? "" : "; \(Figures.percent(undefined, 0)) of the values are undefined, of idle halves, and count as 0"
  }
}
