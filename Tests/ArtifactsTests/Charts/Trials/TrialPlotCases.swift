import TestSupport

@testable import Artifacts

/// The pictures of repeated trials, on ordinary and on extreme values.
extension PlotCase {
  static var trials: [PlotCase] { drops + bests + probabilities + powers }

  private static var drops: [PlotCase] {
    let usual = normals(1_000, seed: 31).map { 1.2 + 0.7 * $0 }
    let samples: [(String, [Double], Estimate)] = [
      ("usual", usual, Estimate(1.2, lower: 1.1, upper: 1.3)),
      ("outliers", usual + [1e308, -1e308, 1e60, .nan], Estimate(1e40, lower: -1e300, upper: .infinity)),
      ("one", [0.1], Estimate(0.1)), ("equal", [0, 0], Estimate(0, lower: 0, upper: 0)),
      ("undefined", [.nan], Estimate(.nan)), ("none", [], Estimate(.nan)),
    ]
    return samples.map { name, drops, mean in
      PlotCase(testDescription: "drop, \(name)") {
        DropDistribution(
          metric: name == "one" ? longName : "win rate", format: .percent, drops: drops, mean: mean
        ).draw(on: $0)
      }
    }
  }

  private static var bests: [PlotCase] {
    typealias Measurement = BestSharpeVersusStrategies.Measurement
    let usual = [1, 10, 100, 1_000_000].map { count in
      let mean = Double(count).squareRoot().squareRoot()
      return Measurement(strategies: count, mean: mean, lower: mean - 1, upper: mean + 1, trials: 500)
    }
    let theory = usual.map {
      BestSharpeVersusStrategies.Expectation(strategies: Double($0.strategies), sharpeRatio: $0.mean)
    }
    let broken = [
      Measurement(strategies: 0, mean: 1, lower: 0, upper: 2, trials: 1),
      Measurement(strategies: 5, mean: .nan, lower: 0, upper: 2, trials: 0),
    ]
    let samples: [(String, [Measurement], [BestSharpeVersusStrategies.Expectation])] = [
      ("usual", usual, theory), ("one", [usual[2]], []), ("gap", usual + broken, theory),
      ("none", [], theory),
      ("undefined", broken, []),
      ("extreme", [Measurement(strategies: .max, mean: 1e308, lower: -1e308, upper: .nan, trials: .max)], []),
    ]
    return samples.map { name, measured, expected in
      PlotCase(testDescription: "best Sharpe ratio, \(name)") {
        BestSharpeVersusStrategies(measured: measured, expected: expected).draw(on: $0)
      }
    }
  }

  private static var probabilities: [PlotCase] {
    let usual = normals(1_000, seed: 32).map { min(max(0.48 + 0.14 * $0, 0), 1) }
    let planted = OverfittingProbabilities.Planted(name: longName, probabilities: usual.map { $0 * 0.2 })
    let samples: [(String, [Double], OverfittingProbabilities.Planted?)] = [
      ("usual", usual, planted), ("null", usual, nil), ("planted", [], planted), ("none", [], nil),
      ("ends", [0, 1, .nan, 1e300, -1e300], nil), ("undefined", [.nan], nil),
    ]
    return samples.map { name, null, planted in
      PlotCase(testDescription: "PBO over trials, \(name)") {
        OverfittingProbabilities(null: null, planted: planted).draw(on: $0)
      }
    }
  }

  private static var powers: [PlotCase] {
    func criterion(_ name: String, _ shares: [Double]) -> PowerCurve.Criterion {
      PowerCurve.Criterion(
        name: name, found: shares.map { Estimate($0, lower: max(0, $0 - 0.05), upper: min(1, $0 + 0.05)) })
    }
    let shares: [Double] = [0.04, 0.2, 0.7, 1]
    let samples: [(String, [Double], [PowerCurve.Criterion])] = [
      ("usual", [0, 1, 2, 5], (1...8).map { criterion("DSR > 0.\($0)", shares) }),
      ("long names", [0, 1, 2, 5], (1...3).map { _ in criterion(longName, shares) }),
      ("gap", [0, 1, .nan, 1e308], [criterion("SPA", [0, .nan, 1, 1])]),
      ("one", [0], [criterion("SPA", [0])]),
      ("undefined", [0, 1], [criterion("SPA", [.nan, .nan])]), ("none", [], []),
    ]
    return samples.map { name, edges, criteria in
      PlotCase(testDescription: "power, \(name)") {
        PowerCurve(edges: edges, criteria: criteria, trials: 500).draw(on: $0)
      }
    }
  }
}
