import Artifacts
import Statistics

/// Views of the winner that decide nothing.
extension OverfittingDocument {
  /// What Sharpe ratio to expect from here on.
  var expectedSharpe: JSONValue {
    guard let expected = report.deflation.expected else {
      return ["not_computed": "the average correlation of the strategies is undefined"]
    }
    return [
      "method": "James-Stein shrinkage towards the mean of all strategies",
      "mean_annualized": .number(expected.meanPerBar * annual),
      "kept_share": .number(expected.keptShare),
      "expected_annualized": .number(expected.expectedPerBar * annual),
      "remark": "for many strategies that are a little good; far too low where one of many has all the skill",
    ]
  }

  /// How likely a strategy that does as well has no skill.
  var falseDiscovery: JSONValue {
    let rates = report.views.discovery
    return [
      "null_sharpe_annualized": .number(rates.nullPerBar * annual),
      "skilled_sharpe_annualized": .number(rates.alternativePerBar * annual),
      "level": .number(rates.level),
      "p_value": .number(rates.pValue),
      "power": .number(rates.power),
      "critical_sharpe_annualized": .number(rates.criticalSharpePerBar * annual),
      "remark":
        "p_value and power are of one test; that the best was chosen of many is in the prior share alone",
      "priors": .list(
        WinnerViews.priors.map { prior in
          [
            "prior_share_of_skill": .number(prior),
            "planned_false_discovery_rate": .number(rates.falseDiscoveryRate(prior: prior)),
            "observed_false_discovery_rate": .number(rates.observedFalseDiscoveryRate(prior: prior)),
            "sharpe_annualized_for_rate_of_level": .number(
              rates.cutOff(rate: rates.level, prior: prior) * annual),
          ]
        }),
    ]
  }

  /// The winner beside the market and the second.
  var sharpeDifferences: JSONValue {
    func difference(_ found: WinnerViews.Comparison) -> JSONValue {
      [
        "less": .text(found.name),
        "difference_annualized": .number(found.difference.differencePerBar * annual),
        "standard_error_annualized": .number(found.difference.standardErrorPerBar * annual),
        "p_value": .number(found.difference.normalPValue),
      ]
    }
    return [
      "method":
        "Ledoit & Wolf 2008, section 3.1: normal limit, pre-whitened standard error; two-sided, all bars",
      "market": value(report.views.market, difference),
      "second": value(report.views.second, difference),
    ]
  }

  /// The winner's trades by themselves.
  var trades: JSONValue {
    guard let trades = report.trades else {
      return ["not_computed": "the winner's trades are not known, or each return that counts is one"]
    }
    return [
      "trades": .integer(trades.trades),
      "mean_return": .number(trades.mean),
      "sharpe_per_trade": .number(trades.estimate.sharpePerBar),
      "skewness": .number(trades.estimate.skewness),
      "kurtosis": .number(trades.estimate.kurtosis),
      "probabilistic_sharpe_ratio": .number(trades.probabilistic),
      "p_value": .number(trades.pValue),
      "remark":
        "one observation a trade, costs included, before any benchmark; p-value one-sided, by Student's t",
    ]
  }
}
