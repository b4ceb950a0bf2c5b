import TestSupport

@testable import Artifacts

/// The pictures of cross-validation and deflation, on ordinary and on extreme values.
extension PlotCase {
  static var overfitting: [PlotCase] { logits + degradations + dominances + deflations + spectra + lucks }

  private static var lucks: [PlotCase] {
    typealias Point = LuckOfTheBestCurve.Point
    let curve = (0...20).map { step in
      Point(
        strategies: 1 << step, mean: Double(step) / 7, lower: Double(step) / 9 - 1,
        upper: Double(step) / 6 + 1)
    }
    let samples: [(String, [Point], Double)] = [
      ("usual", curve, 2.4), ("far above", curve, 1e6), ("one", [curve[0]], -1), ("none", [], 0.3),
      ("undefined", [Point(strategies: 4, mean: .nan, lower: 0, upper: 1)], .nan),
      ("no winner", curve, .nan),
      ("extreme", [Point(strategies: .max, mean: 1e308, lower: -1e308, upper: 1e308)], 1e308),
    ]
    return samples.map { name, points, winner in
      PlotCase(testDescription: "luck of the best, \(name)") {
        LuckOfTheBestCurve(points: points, winner: winner, benchmark: name == "one" ? longName : "cash")
          .draw(on: $0)
      }
    }
  }

  private static var logits: [PlotCase] {
    let usual = normals(12_870, seed: 21)
    let samples: [(String, [Double], LogitHistogram.NullBand?)] = [
      ("usual", usual, LogitHistogram.NullBand(mean: 0.476, deviation: 0.14)),
      ("outliers", usual + [1e300, -.infinity, 1e50], LogitHistogram.NullBand(mean: .nan, deviation: .nan)),
      ("at zero", [0, 0, 0], nil), ("above", Array(repeating: 7.5, count: 70), nil), ("none", [], nil),
      ("undefined", [.nan, .infinity], nil),
      ("tiny", [-.leastNonzeroMagnitude, .leastNonzeroMagnitude, 1e-300], nil),
    ]
    return samples.map { name, logits, null in
      PlotCase(testDescription: "logits, \(name)") {
        LogitHistogram(logits: logits, strategies: 1_000_000, null: null).draw(on: $0)
      }
    }
  }

  private static var degradations: [PlotCase] {
    let xs = normals(12_870, seed: 22)
    let ys = normals(12_870, seed: 23)
    let samples: [(String, [Double], [Double])] = [
      ("density", xs.map { 2 + 0.3 * $0 }, ys), ("dots", Array(xs.prefix(70)), Array(ys.prefix(70))),
      ("outliers", xs + [1e300, .nan], ys + [-1e308, 1]), ("one", [2], [-0.3]), ("none", [], []),
      ("equal", [2, 2, 2], [0, 0, 0]), ("undefined", [1, .nan], [.infinity, 1]),
    ]
    return samples.map { name, inSample, outOfSample in
      PlotCase(testDescription: "degradation, \(name)") {
        InSampleVersusOutOfSample(
          metric: name == "dots" ? longName : "Sharpe ratio, annualised", format: .percent,
          inSample: inSample, outOfSample: outOfSample
        ).draw(on: $0)
      }
    }
  }

  private static var dominances: [PlotCase] {
    func points(_ values: [Double]) -> [DominanceCurves.Point] {
      values.enumerated().map { index, value in
        let share = Double(index + 1) / Double(values.count)
        return DominanceCurves.Point(
          value: value, selected: share * share, average: share, integral: share - 0.4)
      }
    }
    let samples: [(String, [DominanceCurves.Point])] = [
      ("many", points(normals(20_000, seed: 24).sorted())), ("one", points([1])), ("none", []),
      ("outliers", points([-1e308] + (0..<99).map { Double($0) } + [1e308])),
      ("undefined", [DominanceCurves.Point(value: .nan, selected: 0, average: 0, integral: 0)]),
    ]
    return samples.map { name, points in
      PlotCase(testDescription: "dominance, \(name)") {
        DominanceCurves(
          metric: longName, format: .plain, points: points, isFirstOrder: false, isSecondOrder: false,
          splits: points.count
        ).draw(on: $0)
      }
    }
  }

  private static var deflations: [PlotCase] {
    typealias Point = DeflatedSharpeCurve.Point
    let names = ["average correlation", "participation", "entropy", "clusters", longName, "seventh"]
    func markers(_ trials: [Double]) -> [DeflatedSharpeCurve.Marker] {
      zip(names, trials).map { DeflatedSharpeCurve.Marker(name: $0, point: Point(trials: $1, value: 1 / $1)) }
    }
    let curve = (0...40).map { step in
      Point(trials: DecimalPowers.power(Double(step) / 6), value: 1 - Double(step) / 40)
    }
    let samples: [(String, [Point], Point, [DeflatedSharpeCurve.Marker])] = [
      ("usual", curve, Point(trials: 1e6, value: 0.1), markers([9, 14.2, 120_000.5, 88])),
      ("together", curve, Point(trials: 1, value: 0.99), markers([1, 1, 1, 1, 1, 1])),
      ("undefined", curve, Point(trials: .nan, value: .nan), markers([.nan, .infinity, 0, -3])),
      ("none", [], Point(trials: 0, value: 0), []),
      ("extreme", [Point(trials: 1e308, value: 1e308)], Point(trials: 1e300, value: -5), []),
    ]
    return samples.map { name, curve, all, effective in
      PlotCase(testDescription: "deflated Sharpe ratio, \(name)") {
        DeflatedSharpeCurve(
          curve: curve, all: all, effective: effective, bound: name == "extreme" ? .nan : 0.95
        )
        .draw(on: $0)
      }
    }
  }

  private static var spectra: [PlotCase] {
    let falling = (1...3_000).map { 900 / Double($0) }
    let samples: [(String, [Double], Int)] = [
      ("falling", falling, 2_500), ("three", [2.1, 0.7, 0.2], 1_250), ("equal", [1, 1, 1], 0),
      ("singular", falling + [0, -1e-9, .nan], 100), ("zero", [0, 0], 10), ("none", [], 10),
      ("extreme", [1e308, 1, 1e-308], -4),
    ]
    return samples.map { name, eigenvalues, bars in
      PlotCase(testDescription: "spectrum, \(name)") {
        EigenvalueSpectrum(
          eigenvalues: eigenvalues, bars: bars, drawnFrom: 1_000_000,
          effective: [
            EigenvalueSpectrum.EffectiveNumber(name: "participation", value: 14.2),
            EigenvalueSpectrum.EffectiveNumber(name: "entropy", value: .nan),
          ]
        ).draw(on: $0)
      }
    }
  }
}
