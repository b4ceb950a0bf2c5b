import Glibc

/// The number of successes in `trials` independent trials that each succeed with `probability`.
///
/// For trials up to 10⁶ every probability is sharp to about 10⁻¹² relative, however small it is.
public struct BinomialDistribution: CountDistribution, Equatable {
  /// n, at least 0.
  public let trials: Int
  /// p of each trial, in [0, 1].
  public let probability: Double

  /// - Precondition: `trials` is not negative and `probability` is in [0, 1].
  public init(trials: Int, probability: Double) {
    precondition(trials >= 0, "the number of trials is not negative")
    precondition(probability >= 0 && probability <= 1, "a probability is in [0, 1]")
    self.trials = trials
    self.probability = probability
  }

  /// The mean number of successes, `np`.
  public var mean: Double { Double(trials) * probability }

  /// The variance, `npq`.
  public var variance: Double { mean * (1 - probability) }

  /// The largest number of successes that can be.
  public var largest: Int { probability == 0 ? 0 : trials }

  /// The logarithm of the probability of exactly `successes` successes; -∞ outside of 0...trials.
  ///
  /// Formula: with n trials and x successes, the saddle-point expansion
  /// `δ(n) - δ(x) - δ(n-x) - D(x; np) - D(n-x; nq) + ½·log(n / (2πx(n-x)))`,
  /// whose terms are all small, where logarithms of factorials would cancel.
  ///
  /// Reference: Loader 2000, "Fast and accurate computation of binomial probabilities", equation 5; δ is the error
  /// of Stirling's formula, D the deviance, q = 1 - p.
  public func logMass(_ successes: Int) -> Double {
    guard successes >= 0, successes <= trials else { return -.infinity }
    let n = Double(trials)
    let x = Double(successes)
    if probability == 0 { return successes == 0 ? 0 : -.infinity }
    if probability == 1 { return successes == trials ? 0 : -.infinity }
    if successes == 0 { return n * log1p(-probability) }
    if successes == trials { return n * log(probability) }
    return Stirling.error(trials) - Stirling.error(successes) - Stirling.error(trials - successes)
      - Self.deviance(x, mean: n * probability) - Self.deviance(n - x, mean: n * (1 - probability))
      + 0.5 * log(n / (2 * .pi * x * (n - x)))
  }

  /// P(x - 1)/P(x) for x in 1...trials.
  public func ratioBelow(_ x: Int) -> Double {
    Double(x) * (1 - probability) / (Double(trials - x + 1) * probability)
  }

  /// The deviance `x·log(x/m) + m - x`, which is never negative, without the cancellation near x = m.
  static func deviance(_ x: Double, mean m: Double) -> Double {
    if x == 0 { return m }
    let v = (x - m) / (x + m)
    guard v.magnitude < 0.1 else { return x * log(x / m) + m - x }
    // log(x/m) = 2·artanh(v) as a series; its first term meets m - x.
    var sum = (x - m) * v
    var power = 2 * x * v
    var denominator = 3.0
    while true {
      power *= v * v
      let next = sum + power / denominator
      if next == sum { return sum }
      sum = next
      denominator += 2
    }
  }
}
