/// How often something happened in independent trials, with an interval for how often it would in the long run.
///
/// Formula: p = k/n; the interval holds every π with |p - π| ≤ z·√(π(1-π)/n):
/// (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), with the normal quantile z.
///
/// Shapes and units: k of n trials; shares in [0, 1].
///
/// Null hypothesis: none is tested. The interval covers the true share in about the stated part of samples, also near 0
/// and 1, where the usual ± error does not.
///
/// Edge cases: without a trial everything is NaN.
///
/// Reference: Wilson 1927, "Probable inference, the law of succession, and statistical inference", equation 5.
public struct Proportion: Equatable, Sendable {
  /// k.
  public let count: Int
  /// n.
  public let trials: Int
  /// The interval's lower end.
  public let lower: Double
  /// The interval's upper end.
  public let upper: Double

  /// k/n.
  public var share: Double { trials > 0 ? Double(count) / Double(trials) : .nan }

  /// The proportion `count` of `trials`.
  ///
  /// - Parameter confidence: of the interval, in (0, 1).
  /// - Precondition: `count` is in 0...`trials`.
  public init(_ count: Int, of trials: Int, confidence: Double = 0.95) {
    precondition(count >= 0 && count <= trials, "a count of these trials")
    precondition(confidence > 0 && confidence < 1, "a confidence is in (0, 1)")
    self.count = count
    self.trials = trials
    guard trials > 0 else {
      lower = .nan
      upper = .nan
      return
    }
    let n = Double(trials)
    let p = Double(count) / n
    let z = NormalDistribution.quantile(upper: (1 - confidence) / 2)
    let center = p + z * z / (2 * n)
    let reach = z * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    // Exact at the ends, where the two terms cancel but for rounding.
    lower = count == 0 ? 0 : (center - reach) / (1 + z * z / n)
    upper = count == trials ? 1 : (center + reach) / (1 + z * z / n)
  }
}
