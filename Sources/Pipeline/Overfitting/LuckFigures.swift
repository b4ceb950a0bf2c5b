import Artifacts
import Statistics

/// The figures of `results/overfitting.json` that show what luck gives the best of the strategies.
struct LuckFigures: Equatable, Sendable {
  /// A point of ``LuckCurve`` in a document.
  struct Point: Decodable, Equatable, Sendable {
    let strategies: Int
    let mean: Measure
    let lower: Measure
    let upper: Measure

    enum CodingKeys: String, CodingKey {
      case strategies, mean
      case lower = "quantile_05"
      case upper = "quantile_95"
    }
  }

  /// Of the curve, in standard errors.
  let points: [Point]
  /// The winner's, of a year, above the benchmark.
  let winnerSharpe: Double
  /// Of ``winnerSharpe``.
  let standardError: Double

  /// The curve as Sharpe ratios of the winner.
  func picture(benchmark: String) -> LuckOfTheBestCurve {
    LuckOfTheBestCurve(
      points: points.map {
        LuckOfTheBestCurve.Point(
          strategies: $0.strategies, mean: $0.mean.value * standardError,
          lower: $0.lower.value * standardError, upper: $0.upper.value * standardError)
      }, winner: winnerSharpe, benchmark: benchmark)
  }
}

extension LuckFigures {
  init(_ finding: SnoopingFinding, periodsPerYear: Double) {
    let annual = periodsPerYear.squareRoot()
    points = finding.luckCurve.points.map {
      Point(
        strategies: $0.strategies, mean: Measure($0.mean), lower: Measure($0.lower),
        upper: Measure($0.upper))
    }
    winnerSharpe = finding.winner.sharpePerBar * annual
    standardError = finding.winner.standardErrorPerBar * annual
  }
}
