/// White's Reality Check: whether the best of many strategies beats the benchmark by more than luck would.
///
/// Formula: V = max √T·x̄ⱼ over all strategies j; the p-value is (1 + #{b: max √T·(x̄*ⱼ,b - x̄ⱼ) ≥ V}) / (B + 1).
///
/// Shapes and units: ``SnoopingMaxima`` of any number of strategies over T bars and B resamples; V is √T times a
/// return per bar, as a fraction.
///
/// Null hypothesis: no strategy has an expected return above the benchmark's. A small p-value speaks against it.
/// Conservative where strategies are worse than the benchmark: it treats each as if it were just as good, so bad
/// ones with much variance cost power without end. Strategies of different volatility are compared by mean alone.
///
/// Edge cases: a strategy with an undefined return is left out and counted; one without variance takes part.
/// Undefined (NaN) without any strategy.
///
/// Reference: White 2000, "A reality check for data snooping", section 2; there n is T, V̄ is `statistic` and N
/// is B. He counts without the observed one, which lowers every p-value by up to 1/(B + 1).
public struct RealityCheck: Equatable, Sendable {
  /// The strategy with the largest mean; `nil` without any.
  public let best: Int?
  /// V.
  public let statistic: Double
  /// How often luck does as well.
  public let pValue: Double

  /// The test over all strategies that went into `maxima`.
  public init(_ maxima: SnoopingMaxima) {
    best = maxima.bestMean?.strategy
    statistic = maxima.bestMean?.statistic ?? .nan
    pValue = maxima.pValue(.plain, observed: statistic)
  }
}
