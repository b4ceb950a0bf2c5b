/// The two published ways to compute a probabilistic Sharpe ratio; the raw value names the one used in
/// artifacts.
public enum ProbabilisticSharpeConvention: String, CaseIterable, Codable, Sendable {
  /// Bailey & López de Prado 2012: variance at the estimated Sharpe ratio, T - 1 bars, no autocorrelation.
  case bailey2012 = "2012"
  /// López de Prado, Lipton & Zoonekynd 2025: variance at the benchmark, T bars, AR(1) returns.
  case lopezDePrado2025 = "2025"
}

extension SharpeEstimate {
  /// The probabilistic Sharpe ratio: how confident one may be that the true Sharpe ratio exceeds a benchmark.
  ///
  /// Formula: Φ((SR - SR*)·√n / √v). In 2012 v = 1 - γ₃·SR + (γ₄-1)/4·SR² and n = T - 1; in 2025 v is taken
  /// at SR*, with the autocorrelation ρ, and n = T.
  ///
  /// Shapes and units: the benchmark is per bar, as the estimate; a probability.
  ///
  /// Null hypothesis: the true Sharpe ratio is at most the benchmark. Near 1 speaks against it; 1 minus the
  /// figure is the p-value.
  ///
  /// Edge cases: NaN where the estimate or one of its moments is undefined, below two bars, or where v is not
  /// positive.
  ///
  /// Reference: Bailey & López de Prado 2012, "The Sharpe ratio efficient frontier", equation 11; López de
  /// Prado, Lipton & Zoonekynd 2025, "How to use the Sharpe ratio". There SR* is `benchmark`.
  public func probability(
    above benchmarkPerBar: Double, convention: ProbabilisticSharpeConvention = .bailey2012
  ) -> Double {
    guard bars > 1 else { return .nan }
    let variance: Double
    let count: Double
    switch convention {
    case .bailey2012:
      variance = varianceTerm(at: sharpePerBar, autocorrelation: 0)
      count = Double(bars - 1)
    case .lopezDePrado2025:
      variance = varianceTerm(at: benchmarkPerBar, autocorrelation: autocorrelation)
      count = Double(bars)
    }
    guard variance > 0 else { return .nan }
    return NormalDistribution.cumulative((sharpePerBar - benchmarkPerBar) * (count / variance).squareRoot())
  }

  /// The minimum track record length: from how many bars on the same estimate would exceed the benchmark with
  /// confidence.
  ///
  /// Formula: in 2012 1 + v·(z/(SR - SR*))², in 2025 v·(z/(SR - SR*))², with v as in
  /// ``probability(above:convention:)`` and z the normal quantile of the confidence.
  ///
  /// Shapes and units: in bars, not rounded; divide by the bars per year for years. Less is better.
  ///
  /// Edge cases: NaN where the estimate or one of its moments is undefined.
  ///
  /// Errors: ``StatisticsError/notAboveBenchmark(sharpePerBar:benchmarkPerBar:)``, as no length is enough
  /// then.
  ///
  /// Reference: Bailey & López de Prado 2012, equation 13; López de Prado, Lipton & Zoonekynd 2025. There the
  /// confidence is 1 - α.
  public func minimumTrackRecordLength(
    above benchmarkPerBar: Double, confidence: Double = 0.95,
    convention: ProbabilisticSharpeConvention = .bailey2012
  ) throws(StatisticsError) -> Double {
    if sharpePerBar <= benchmarkPerBar {
      throw .notAboveBenchmark(sharpePerBar: sharpePerBar, benchmarkPerBar: benchmarkPerBar)
    }
    let ratio = NormalDistribution.quantile(confidence) / (sharpePerBar - benchmarkPerBar)
    switch convention {
    case .bailey2012:
      return 1 + varianceTerm(at: sharpePerBar, autocorrelation: 0) * ratio * ratio
    case .lopezDePrado2025:
      return varianceTerm(at: benchmarkPerBar, autocorrelation: autocorrelation) * ratio * ratio
    }
  }
}
