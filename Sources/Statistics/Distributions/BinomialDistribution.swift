import Glibc

/// The number of successes in `trials` independent trials that each succeed with `probability`.
///
/// Every probability is sharp to about 10⁻¹³ relative, however small it is, as long as it is a normal number: a
/// tail is a sum of positive terms from its largest on, and nothing is ever subtracted from 1 that leaves less
/// than a half.
public struct BinomialDistribution: Sendable, Equatable {
  public let trials: Int
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

  /// The probability of exactly `successes` successes; 0 outside of 0...trials.
  ///
  /// Formula: with n trials and x successes, the saddle-point expansion
  /// `exp(δ(n) - δ(x) - δ(n-x) - D(x; np) - D(n-x; nq)) · √(n / (2πx(n-x)))`,
  /// whose terms are all small, where logarithms of factorials would cancel.
  ///
  /// Reference: Loader 2000, "Fast and accurate computation of binomial probabilities", equation 5; δ is the error
  /// of Stirling's formula, D the deviance, q = 1 - p.
  public func mass(_ successes: Int) -> Double {
    guard successes >= 0, successes <= trials else { return 0 }
    let n = Double(trials)
    let x = Double(successes)
    if probability == 0 { return successes == 0 ? 1 : 0 }
    if probability == 1 { return successes == trials ? 1 : 0 }
    if successes == 0 { return exp(n * log1p(-probability)) }
    if successes == trials { return exp(n * log(probability)) }
    let exponent =
      Stirling.error(trials) - Stirling.error(successes) - Stirling.error(trials - successes)
      - Self.deviance(x, mean: n * probability) - Self.deviance(n - x, mean: n * (1 - probability))
    return exp(exponent) * (n / (2 * .pi * x * (n - x))).squareRoot()
  }

  /// The probability of at most `successes` successes.
  public func cumulative(_ successes: Int) -> Double {
    if successes < 0 { return 0 }
    if successes >= trials { return 1 }
    return Double(successes) < mean ? lowerTail(successes) : 1 - upperTail(successes + 1)
  }

  /// The probability of more than `successes` successes.
  public func survival(_ successes: Int) -> Double {
    if successes < 0 { return 1 }
    if successes >= trials { return 0 }
    return Double(successes) < mean ? 1 - lowerTail(successes) : upperTail(successes + 1)
  }

  /// P(X ≤ k) for k below the mean: each term is the one above it times x·q / ((n - x + 1)·p) < 1.
  private func lowerTail(_ successes: Int) -> Double {
    let odds = (1 - probability) / probability
    var term = mass(successes)
    var sum = term
    var x = successes
    while x > 0, term > sum * Double.ulpOfOne / 16 {
      term *= Double(x) / Double(trials - x + 1) * odds
      sum += term
      x -= 1
    }
    return sum
  }

  /// P(X ≥ k) for k above the mean: each term is the one below it times (n - x)·p / ((x + 1)·q) < 1.
  private func upperTail(_ successes: Int) -> Double {
    let odds = probability / (1 - probability)
    var term = mass(successes)
    var sum = term
    var x = successes
    while x < trials, term > sum * Double.ulpOfOne / 16 {
      term *= Double(trials - x) / Double(x + 1) * odds
      sum += term
      x += 1
    }
    return sum
  }

  /// The deviance `x·log(x/m) + m - x`, which is never negative, without the cancellation near x = m.
  static func deviance(_ x: Double, mean m: Double) -> Double {
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
