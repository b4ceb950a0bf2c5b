import Glibc

extension RandomStream {
  /// The next chi-square number: the sum of the squares of this many standard normal ones, at a cost that does not grow with
  /// their number.
  ///
  /// Marsaglia & Tsang 2000, "A simple method for generating gamma variables": a normal number is transformed to nearly a
  /// gamma one, and rejected now and then. Without degrees of freedom it is 0.
  public mutating func chiSquare(degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 0, "a number of squares")
    // The method takes a shape of at least 1.
    if degreesOfFreedom < 2 {
      let value = degreesOfFreedom == 0 ? 0 : normal()
      return value * value
    }
    let d = Double(degreesOfFreedom) / 2 - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let z = normal()
      let root = 1 + c * z
      let v = root * root * root
      let draw = 1 - uniform()
      if root > 0, log(draw) < z * z / 2 + d - d * v + d * log(v) { return 2 * d * v }
    }
  }
}
