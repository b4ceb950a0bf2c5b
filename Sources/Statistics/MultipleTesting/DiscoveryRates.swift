/// How likely a strategy that looks skilled is not, for a stated share of strategies that are.
///
/// Formula: with p₁ the prior share of strategies of a true Sharpe ratio SR₁, p₀ = 1 - p₁ that of SR₀, and the estimate
/// normal around the true one with the variance v(SR)/T of either (``SharpeEstimate``, convention of 2025):
/// power 1 - β = P₁(estimate > c) at the bound c that P₀ exceeds with α; of all that pass,
/// pFDR = α·p₀/(α·p₀ + (1-β)·p₁) are not skilled; of those that do as well as this one,
/// oFDR = p·p₀/(p·p₀ + P₁(estimate ≥ SR)·p₁), with p = P₀(estimate ≥ SR).
///
/// Shapes and units: per bar.
///
/// Null hypothesis: that the true Sharpe ratio is SR₀. p is no probability that this is so; oFDR is, given the prior.
///
/// Edge cases: NaN where the estimate is, or where v is not positive.
///
/// Reference: López de Prado, Lipton & Zoonekynd 2025, "How to use the Sharpe ratio", sections on planned and observed
/// false discovery rates. The choice of the best of many is no part of it: p is that of one test.
public struct DiscoveryRates: Equatable, Sendable {
  /// SR₀.
  public let nullPerBar: Double
  /// SR₁.
  public let alternativePerBar: Double
  /// α.
  public let level: Double
  /// p.
  public let pValue: Double
  /// c, per bar.
  public let criticalSharpePerBar: Double
  /// 1 - β.
  public let power: Double
  /// P₁(estimate ≥ SR).
  private let pValueOfAlternative: Double
  /// Of the estimate, where the true ratio is SR₀.
  private let nullError: Double
  /// Where it is SR₁.
  private let alternativeError: Double

  /// - Precondition: a level between 0 and 1, and an alternative above the null.
  public init(
    _ estimate: SharpeEstimate, alternativePerBar: Double, nullPerBar: Double = 0, level: Double = 0.05
  ) {
    precondition(level > 0 && level < 1, "a level between 0 and 1")
    precondition(alternativePerBar > nullPerBar, "an alternative above the null")
    self.nullPerBar = nullPerBar
    self.alternativePerBar = alternativePerBar
    self.level = level
    func error(_ sharpe: Double) -> Double {
      let variance = estimate.varianceTerm(at: sharpe, autocorrelation: estimate.autocorrelation)
      return variance > 0 ? (variance / Double(estimate.bars)).squareRoot() : .nan
    }
    nullError = error(nullPerBar)
    alternativeError = error(alternativePerBar)
    criticalSharpePerBar = nullPerBar + nullError * NormalDistribution.quantile(upper: level)
    pValue = NormalDistribution.survival((estimate.sharpePerBar - nullPerBar) / nullError)
    pValueOfAlternative = NormalDistribution.survival(
      (estimate.sharpePerBar - alternativePerBar) / alternativeError)
    power = NormalDistribution.survival((criticalSharpePerBar - alternativePerBar) / alternativeError)
  }

  /// pFDR: of the strategies that pass at the level, the share without skill.
  ///
  /// - Parameter prior: p₁, in (0, 1).
  public func falseDiscoveryRate(prior: Double) -> Double { Self.share(level, power, prior) }

  /// oFDR: of the strategies that do as well as this one, the share without skill.
  public func observedFalseDiscoveryRate(prior: Double) -> Double {
    Self.share(pValue, pValueOfAlternative, prior)
  }

  /// The least estimate per bar from which on no more than a share of `rate` is without skill; NaN where none is enough.
  ///
  /// Formula: α(x)·p₀·(1-q) = q·p₁·π(x) with α(x) = P₀(estimate > x) and π(x) = P₁(estimate > x).
  public func cutOff(rate: Double, prior: Double) -> Double {
    func rateAbove(_ x: Double) -> Double {
      Self.share(
        NormalDistribution.survival((x - nullPerBar) / nullError),
        NormalDistribution.survival((x - alternativePerBar) / alternativeError), prior)
    }
    guard nullError > 0, alternativeError > 0 else { return .nan }
    // The larger error's tail ends later, so the rate may rise again far out: the first place is looked for.
    let steps = 16.0
    let places = stride(from: -8 * steps, through: 24 * steps, by: 1).map {
      nullPerBar + $0 / steps * nullError
    }
    guard let end = places.firstIndex(where: { rateAbove($0) <= rate }) else { return .nan }
    guard end > 0 else { return -.infinity }
    var (low, high) = (places[end - 1], places[end])
    while true {
      let middle = low + (high - low) / 2
      guard middle > low, middle < high else { return high }
      if rateAbove(middle) <= rate { high = middle } else { low = middle }
    }
  }

  private static func share(_ ofNull: Double, _ ofAlternative: Double, _ prior: Double) -> Double {
    precondition(prior > 0 && prior < 1, "a share between 0 and 1")
    let wrong = ofNull * (1 - prior)
    return wrong / (wrong + ofAlternative * prior)
  }
}
