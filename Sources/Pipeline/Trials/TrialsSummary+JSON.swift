import Artifacts
import Backtesting
import Statistics

extension TrialsSummary {
  /// `results/trials_summary.json`.
  ///
  /// Sharpe ratios are annualised. Undefined is null.
  var json: JSONValue {
    let options = configuration.sweep
    return [
      "trials": .integer(configuration.trials.count),
      // As text: it may have more digits than a reader of numbers keeps.
      "seed": .text("\(options.strategies.seed)"),
      "market": .text(market),
      "market_of_a_trial": .text(configuration.market.rawValue),
      "family": .text(options.strategies.family.rawValue),
      "selected_by": .text(options.selectionMetric.rawValue),
      "convention": .text(options.convention.rawValue),
      "cross_validation_blocks": .integer(options.statistics.blocks),
      "resamples": .integer(options.statistics.resamples),
      "confidence_of_intervals": .number(Self.confidence),
      "cells": .list(cells.map(json)),
    ]
  }

  /// The summary with where the artifacts are and how long it took, as one JSON object.
  public func json(directory: String, seconds: Double) throws -> [UInt8] {
    guard case .object(var members) = json else { preconditionFailure("a summary is an object") }
    members["artifacts"] = .text(directory)
    members["seconds"] = .number((seconds * 1_000).rounded() / 1_000)
    return try JSONDocument.encode(JSONValue.object(members))
  }

  private func json(_ cell: Cell) -> JSONValue {
    let figures = TrialFigure.allCases.map { ($0.rawValue, json(cell.figures[$0]!)) }
    let passed = TrialCriterion.allCases.map { criterion -> (String, JSONValue) in
      let proportion = cell.passed[criterion]!
      return (
        criterion.rawValue,
        [
          "criterion": .text(criterion.title(configuration.sweep.detection)),
          "passed": .integer(proportion.count), "trials": .integer(proportion.trials),
          "share": .number(proportion.share), "lower": .number(proportion.lower),
          "upper": .number(proportion.upper),
        ]
      )
    }
    let best = cell.figures[.bestSharpe]!
    return [
      "edge": .number(cell.cell.edge),
      "strategies": .integer(cell.cell.strategies),
      "truth": .text(cell.truth.rawValue),
      "trials_without_winner": .integer(cell.withoutWinner),
      "figures": .object(Dictionary(uniqueKeysWithValues: figures)),
      "passed_for_skilled": .object(Dictionary(uniqueKeysWithValues: passed)),
      "best_sharpe_ratio_against_theory": [
        "measured_mean": .number(best.mean),
        "measured_standard_error": .number(best.standardError),
        "mean_of_strategies": .number(cell.luck.mean),
        "variance_across_strategies": .number(cell.luck.variance),
        "expected_maximum_approximate": .number(cell.luck.approximate),
        "expected_maximum_exact": .number(cell.luck.exact),
        "expected_best_about_the_mean": .number(cell.luck.expectedBest),
      ],
    ]
  }

  private func json(_ summary: SampleSummary) -> JSONValue {
    let quantiles = zip(Self.quantiles, summary.quantiles).map { fraction, value in
      (Figures.decimals(100 * fraction, 0), JSONValue.number(value))
    }
    return [
      "trials": .integer(summary.count),
      "mean": .number(summary.mean), "standard_error": .number(summary.standardError),
      "lower": .number(summary.lower), "upper": .number(summary.upper),
      "percentiles": .object(Dictionary(uniqueKeysWithValues: quantiles)),
    ]
  }
}
