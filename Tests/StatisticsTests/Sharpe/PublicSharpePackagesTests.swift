import Statistics
import TestSupport
import Testing

/// ml4t-diagnostic and holdout-backtest, which others wrote, on the same returns. Their conventions that are not ours are
/// taken out here, each where it is named.
@Suite struct PublicSharpePackagesTests {
  static let columns = [("bitcoin", 2), ("bitcoin", 21), ("tailed", 7), ("tailed", 29)]

  /// Probabilities and what they are made of: some ten roundings of figures that carry those of their moments.
  private static let near = Tolerance.rounding(absolute: 1e-11)

  private static func figures(_ package: String, _ name: String, _ key: String) throws -> [Double] {
    try BootstrapFigures.texts(package, name, key, in: "packages").map { try #require(Double($0)) }
  }

  /// The estimate with the autocorrelation of ml4t-diagnostic: it correlates all but the last bar with all but the first,
  /// each by moments of its own.
  private static func estimate(_ name: String, _ column: Int) throws -> SharpeEstimate {
    let moments = ReturnMoments(try StatisticsFigures.matrix(name).column(column))
    let figures = try figures("ml4t-diagnostic", "\(name)/\(column)", "moments")
    return SharpeEstimate(moments, autocorrelation: figures[3])
  }

  @Test(arguments: columns) func moments(name: String, column: Int) throws {
    let figures = try Self.figures("ml4t-diagnostic", "\(name)/\(column)", "moments")
    let returns = try StatisticsFigures.matrix(name).column(column)
    let found = try Self.estimate(name, column)
    for (value, figure) in zip([found.sharpePerBar, found.skewness, found.kurtosis], figures) {
      #expect(relativeError(value, figure) < 1e-11)
    }
    // What the two ways to correlate a series with itself differ by is of the order 1/n.
    let own = AutocorrelatedSharpe.autocorrelations(of: returns, lags: 1)[0]
    #expect(abs(own - figures[3]) < 2 / Double(returns.count))
  }

  /// One has the convention of 2025, the other that of 2012. ml4t-diagnostic adds a bar to the length of 2025 and rounds
  /// it up.
  @Test(arguments: columns) func probabilities(name: String, column: Int) throws {
    let estimate = try Self.estimate(name, column)
    let ofPackage: [(ProbabilisticSharpeConvention, String)] = [
      (.lopezDePrado2025, "ml4t-diagnostic"), (.bailey2012, "holdout-backtest"),
    ]
    for (convention, package) in ofPackage {
      let expected = try Self.figures(package, "\(name)/\(column)", "probability")
      for (benchmark, figure) in zip([0, 0.02], expected) {
        #expect(Self.near.accepts(estimate.probability(above: benchmark, convention: convention), figure))
      }
      let length = try estimate.minimumTrackRecordLength(above: 0, convention: convention)
      let figure = try Self.figures(package, "\(name)/\(column)", "length")[0]
      if convention == .bailey2012 {
        #expect(relativeError(length, figure) < 1e-11)
      } else {
        #expect((1 + length).rounded(.up) == figure)
      }
    }
  }

  /// ml4t-diagnostic divides by the deviation of the largest of K normal numbers as well (equation 29 of the paper of
  /// 2025), which we do not: the deflated Sharpe ratio as published in 2014 has no such factor.
  @Test(arguments: columns, [2, 10, 45])
  func deflation(_ place: (name: String, column: Int), trials: Int) throws {
    let estimate = try Self.estimate(place.name, place.column)
    func deflated(_ convention: ProbabilisticSharpeConvention) -> DeflatedSharpe {
      DeflatedSharpe(
        best: estimate, trials: Double(trials), varianceAcrossTrials: 0.001, convention: convention)
    }
    let name = "\(place.name)/\(place.column)"
    let figures = try Self.figures("ml4t-diagnostic", name, "deflated \(trials)")
    let found = deflated(.lopezDePrado2025)
    #expect(relativeError(found.benchmarkPerBar, figures[0]) < 1e-12)
    #expect(Self.near.accepts(found.probability, NormalDistribution.cumulative(figures[1] * figures[2])))
    let earlier = try Self.figures("holdout-backtest", name, "deflated \(trials)")[0]
    #expect(Self.near.accepts(deflated(.bailey2012).probability, earlier))
  }

  /// The entropy of the eigenvalues; the strategy that never trades has no correlations.
  @Test(arguments: ["bitcoin", "tailed"]) func effectiveRank(name: String) throws {
    let correlations = CorrelationMatrix(try BootstrapFigures.matrix(name), threads: 1)
    let expected = try Self.figures("ml4t-diagnostic", name, "rank")[0]
    #expect(relativeError(try TrialDependence(correlations).entropyOfSample, expected) < 1e-11)
  }

  /// Exact counts, on our resamples; its statistic is a mean, ours √T times that.
  @Test(arguments: BootstrapFigures.matrices) func realityCheck(name: String) throws {
    let found = try SelectionFigures.snooping(name).realityCheck
    let figures = try Self.figures("ml4t-diagnostic", name, "check")
    let bars = Double(try BootstrapFigures.matrix(name).bars)
    #expect(relativeError(found.statistic, figures[0] * bars.squareRoot()) < 1e-11)
    #expect(found.pValue == BootstrapFigures.pValue(above: Int(figures[1])))
  }

  /// Estimates that are independent: the runner-up alone says how far the winner could have fallen.
  @Test(arguments: ["clear", "near", "of one skill", "errors differ", "below 0"])
  func boundsOfWinners(name: String) throws {
    let estimates = try Self.figures("holdout-backtest", name, "estimates")
    let winner = try #require(estimates.indices.max { estimates[$0] < estimates[$1] })
    let bound = WinnerBound(
      winner: winner, sharpesPerBar: estimates,
      standardErrorsPerBar: try Self.figures("holdout-backtest", name, "errors"),
      correlations: estimates.indices.map { $0 == winner ? 1 : 0 })
    let expected = try Self.figures("holdout-backtest", name, "bounds")
    // Far out in the tail the distribution has 10 digits, which the bound multiplies by its distance in errors.
    for (value, figure) in zip([bound.conditional(), bound.median], expected) {
      #expect(Tolerance.rounding(absolute: 1e-9).accepts(value, figure))
    }
  }
}
