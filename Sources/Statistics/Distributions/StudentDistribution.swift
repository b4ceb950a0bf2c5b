import Glibc

/// Student's t distribution, which need not have a whole number of degrees of freedom.
///
/// Tails are relative to themselves good to about 10⁻¹³ up to 1,000 degrees of freedom and 10⁻¹¹ up to a
/// million.
public struct StudentDistribution: Sendable, Equatable {
  /// ν, above 0.
  public let degreesOfFreedom: Double

  /// - Precondition: `degreesOfFreedom` is positive and finite.
  public init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0 && degreesOfFreedom.isFinite, "degrees of freedom are positive")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The density at `t`.
  ///
  /// Formula: Γ((ν+1)/2) / (√(νπ)·Γ(ν/2)) · (1 + t²/ν)^(-(ν+1)/2), with ν degrees of freedom.
  public func density(_ t: Double) -> Double {
    let n = degreesOfFreedom
    return gammaRatio / (n * .pi).squareRoot() * exp(-0.5 * (n + 1) * log1p(t * t / n))
  }

  /// The probability of at most `t`.
  public func cumulative(_ t: Double) -> Double { survival(-t) }

  /// The probability of more than `t`, sharp where `1 - cumulative(t)` is not.
  ///
  /// Formula: ½·I_x(ν/2, ½) for positive t, with x = ν/(ν + t²) and the regularised incomplete beta function
  /// I.
  ///
  /// Reference: Abramowitz & Stegun 1964, formula 26.7.1; the continued fraction of I is formula 26.5.8, with
  /// the reflection 26.5.2 where it converges slowly.
  public func survival(_ t: Double) -> Double {
    guard !t.isNaN else { return .nan }
    guard t != 0 else { return 0.5 }
    guard t.isFinite else { return t < 0 ? 1 : 0 }
    let n = degreesOfFreedom
    let a = n / 2
    let square = t * t / n
    // log(1 + t²/ν), also where the square is too large for a number.
    let logarithm = square.isFinite ? log1p(square) : 2 * (log(abs(t)) - 0.5 * log(n))
    let rest = square.isFinite ? square / (1 + square) : 1
    // x^a·(1-x)^½ / B(a, ½), with x = 1/(1 + t²/ν).
    let scale = exp(-a * logarithm) * rest.squareRoot() * gammaRatio / Double.pi.squareRoot()
    let x = 1 / (1 + square)
    let tail: Double
    if x < (a + 1) / (a + 2.5) {
      tail = 0.5 * scale / a * Self.continuedFraction(x: x, a: a, b: 0.5)
    } else {
      tail = 0.5 - scale * Self.continuedFraction(x: rest, a: 0.5, b: a)
    }
    return t > 0 ? tail : 1 - tail
  }

  /// The `t` that is exceeded with probability 1 - `probability`; ±∞ at 1 and 0, NaN outside of [0, 1].
  public func quantile(_ probability: Double) -> Double {
    probability <= 0.5 ? -quantile(upper: probability) : quantile(upper: 1 - probability)
  }

  /// The `t` that is exceeded with probability `upper`: the form to use for small `upper`.
  ///
  /// Newton's method on the logarithm of the tail, kept inside of a bracket.
  public func quantile(upper: Double) -> Double {
    guard upper >= 0, upper <= 1 else { return .nan }
    guard upper <= 0.5 else { return -quantile(upper: 1 - upper) }
    guard upper > 0 else { return .infinity }
    guard upper < 0.5 else { return 0 }
    var low = 0.0
    var high = 1.0
    while survival(high) > upper {
      low = high
      high *= 2
      guard high.isFinite else { return .infinity }
    }
    var t = 0.5 * (low + high)
    for _ in 0..<200 {
      let tail = survival(t)
      if tail == upper { return t }
      if tail > upper { low = t } else { high = t }
      var next = t + log(tail / upper) * tail / density(t)
      if !(next > low && next < high) { next = 0.5 * (low + high) }
      if abs(next - t) <= t * Double.ulpOfOne { return next }
      t = next
    }
    return t
  }

  /// Γ(ν/2 + ½)/Γ(ν/2), without the cancellation between two logarithms.
  private var gammaRatio: Double {
    var x = degreesOfFreedom / 2
    var ratio = 1.0
    while x < 16 {
      ratio *= x / (x + 0.5)
      x += 1
    }
    let logarithm =
      x * log1p(0.5 / x) + 0.5 * log(x) - 0.5 + Self.stirlingError(x + 0.5) - Self.stirlingError(x)
    return ratio * exp(logarithm)
  }

  /// log Γ(x) - ((x - ½)·log x - x + ½·log 2π) for x of at least 16 (Abramowitz & Stegun 1964, formula
  /// 6.1.40).
  private static func stirlingError(_ x: Double) -> Double {
    let inverseSquare = 1 / (x * x)
    return
      (1 / 12.0
      - inverseSquare
      * (1 / 360.0 - inverseSquare * (1 / 1260.0 - inverseSquare * (1 / 1680.0 - inverseSquare / 1188)))) / x
  }

  /// The continued fraction of the incomplete beta function, from its front (Lentz's method).
  private static func continuedFraction(x: Double, a: Double, b: Double) -> Double {
    let least = 1e-300
    func away(_ value: Double) -> Double { abs(value) < least ? least : value }
    var numerator = 1.0
    var denominator = 1 / away(1 - (a + b) * x / (a + 1))
    var value = denominator
    for step in 1...100_000 {
      let m = Double(step)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      denominator = 1 / away(1 + even * denominator)
      numerator = away(1 + even / numerator)
      value *= denominator * numerator
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      denominator = 1 / away(1 + odd * denominator)
      numerator = away(1 + odd / numerator)
      let change = denominator * numerator
      value *= change
      if abs(change - 1) < 0.5 * Double.ulpOfOne { break }
    }
    return value
  }
}
