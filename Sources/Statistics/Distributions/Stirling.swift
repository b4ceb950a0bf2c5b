import Glibc

/// What Stirling's formula leaves of the logarithm of a factorial.
enum Stirling {
  /// δ(n) = log n! - (½·log(2πn) + n·log n - n), for n of at least 1.
  ///
  /// Reference: Abramowitz & Stegun 1964, formula 6.1.40: 1/(12n) - 1/(360n³) + 1/(1260n⁵) - 1/(1680n⁷) + …,
  /// whose next term is below 10⁻¹⁶ from n = 16 on; below that the factorial itself.
  static func error(_ n: Int) -> Double {
    let x = Double(n)
    if n < exact.count { return exact[n] }
    let inverseSquare = 1 / (x * x)
    return
      (1 / 12.0
      - inverseSquare
      * (1 / 360.0 - inverseSquare * (1 / 1260.0 - inverseSquare * (1 / 1680.0 - inverseSquare / 1188)))) / x
  }

  /// δ(1) to δ(15), at the index n; from 60 digits.
  private static let exact: [Double] = [
    .nan,
    0.081061466795327261,
    0.041340695955409297,
    0.027677925684998338,
    0.020790672103765093,
    0.016644691189821193,
    0.013876128823070748,
    0.01189670994589177,
    0.010411265261972096,
    0.0092554621827127329,
    0.0083305634333628708,
    0.0075736754879518406,
    0.0069428401072095299,
    0.0064089941880042071,
    0.0059513701127588475,
    0.0055547335519628011,
  ]
}
