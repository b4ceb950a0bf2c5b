/// What a sample of independent figures says: its mean with an interval, and its quantiles.
///
/// Formula: x̄ = Σx/n, s² = Σ(x - x̄)²/(n - 1), standard error s/√n, interval x̄ ± t·s/√n with the quantile t of Student's
/// distribution with n - 1 degrees of freedom; the quantile q stands at the place q·(n - 1) of the sorted sample, between
/// two figures on the straight line.
///
/// Shapes and units: any; in the units of the sample.
///
/// Null hypothesis: none is tested. The interval covers the true mean in the stated share of samples where the figures
/// are normal, and nearly so in large samples of anything with a variance.
///
/// Edge cases: undefined figures (NaN) are left out and counted; the mean of none is NaN, and so are the error and the
/// interval of one.
///
/// Reference: Student 1908, "The probable error of a mean"; quantiles of type 7 in Hyndman & Fan 1996, "Sample quantiles
/// in statistical packages".
public struct SampleSummary: Equatable, Sendable {
  /// n, the figures that are defined.
  public let count: Int
  /// The figures that are not.
  public let undefined: Int
  /// x̄.
  public let mean: Double
  /// s/√n.
  public let standardError: Double
  /// The interval's lower end.
  public let lower: Double
  /// The interval's upper end.
  public let upper: Double
  /// The values of the quantiles that were asked for.
  public let quantiles: [Double]

  /// The summary of `values`.
  ///
  /// - Parameters:
  ///   - fractions: the shares of the figures that the ``quantiles`` do not exceed, each in [0, 1].
  ///   - confidence: of the interval, in (0, 1).
  public init(_ values: [Double], quantiles fractions: [Double] = [], confidence: Double = 0.95) {
    precondition(confidence > 0 && confidence < 1, "a confidence is in (0, 1)")
    let defined = values.filter { !$0.isNaN }
    let sorted = defined.sorted()
    quantiles = fractions.map { Self.quantile($0, ofSorted: sorted) }
    count = defined.count
    undefined = values.count - defined.count
    let moments = ReturnMoments(defined)
    mean = moments.mean
    guard count > 1 else {
      standardError = .nan
      lower = .nan
      upper = .nan
      return
    }
    standardError = (moments.variance / Double(count)).squareRoot()
    let student = StudentDistribution(degreesOfFreedom: Double(count - 1))
    let reach = student.quantile(upper: (1 - confidence) / 2) * standardError
    lower = mean - reach
    upper = mean + reach
  }

  private static func quantile(_ fraction: Double, ofSorted sorted: [Double]) -> Double {
    precondition(fraction >= 0 && fraction <= 1, "a share is in [0, 1]")
    guard let last = sorted.indices.last else { return .nan }
    let place = fraction * Double(last)
    let index = min(Int(place), last)
    let rest = place - Double(index)
    return rest == 0 ? sorted[index] : sorted[index] * (1 - rest) + sorted[index + 1] * rest
  }
}
