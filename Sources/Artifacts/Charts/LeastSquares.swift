/// The straight line with the least squared vertical distance from given points.
struct LeastSquares: Equatable, Sendable {
  let intercept: Double
  let slope: Double
  /// Pearson's; NaN when all `ys` are equal but for rounding.
  let correlation: Double

  /// The line through finite points; nil when they do not give one: fewer than two, or all `xs` equal
  /// but for rounding.
  ///
  /// - Precondition: as many `xs` as `ys`.
  init?(_ xs: [Double], _ ys: [Double]) {
    precondition(xs.count == ys.count)
    guard xs.count > 1 else { return nil }
    let count = Double(xs.count)
    let meanX = xs.reduce(0) { $0 + $1 / count }
    let meanY = ys.reduce(0) { $0 + $1 / count }
    var xx = 0.0
    var xy = 0.0
    var yy = 0.0
    for (x, y) in zip(xs, ys) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    // Values that are equal but for being rounded to single precision; the bound of all deviations, `SpreadRounding`.
    let rounding = (count + 8) * 0x1p-51
    guard xx > count * meanX * meanX * rounding, xx.isFinite, xy.isFinite else { return nil }
    slope = xy / xx
    intercept = meanY - slope * meanX
    correlation = yy > count * meanY * meanY * rounding ? xy / (xx * yy).squareRoot() : .nan
  }
}

/// The part of a sample that a picture of it should show.
enum Quantiles {
  /// The lowest and highest of finite `values`; or, when a few outliers would squeeze the rest into less than a quarter
  /// of the axis, those of the values that are no further than half the spread from the rest: from the range that holds
  /// all but a thousandth on either side.
  static func frame(_ values: [Double]) -> [Double] {
    guard !values.isEmpty else { return [] }
    let sorted = values.sorted()
    let cut = sorted.count / 1_000
    let lowest = sorted[0]
    let highest = sorted[sorted.count - 1]
    let lower = sorted[cut]
    let upper = sorted[sorted.count - 1 - cut]
    let spread = upper - lower
    guard spread > 0, highest - lowest > 4 * spread else { return [lowest, highest] }
    let shown = sorted.filter { lower - spread / 2 <= $0 && $0 <= upper + spread / 2 }
    return [shown[0], shown[shown.count - 1]]
  }
}
