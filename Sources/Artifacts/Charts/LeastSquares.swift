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
  init?(_ xs: some Collection<Double>, _ ys: some Collection<Double>) {
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
  static func frame(_ values: some Collection<Double>) -> [Double] {
    guard !values.isEmpty else { return [] }
    let cut = values.count / 1_000
    let low = least(cut + 1, of: values)
    let high = least(cut + 1, of: values.lazy.map { -$0 }).map { -$0 }
    let (lowest, highest) = (low[0], high[0])
    let (lower, upper) = (low[cut], high[cut])
    let spread = upper - lower
    guard spread > 0, highest - lowest > 4 * spread else { return [lowest, highest] }
    var ends = (lower, upper)
    for value in values where lower - spread / 2 <= value && value <= upper + spread / 2 {
      ends = (min(ends.0, value), max(ends.1, value))
    }
    return [ends.0, ends.1]
  }

  /// The `count` least of finite values, ascending, without all of them in order: there may be millions.
  private static func least(_ count: Int, of values: some Sequence<Double>) -> [Double] {
    var least: [Double] = []
    var bound = Double.infinity
    for value in values where value < bound {
      least.append(value)
      if least.count < 2 * count { continue }
      least.sort()
      least.removeLast(count)
      bound = least[count - 1]
    }
    return Array(least.sorted().prefix(count))
  }
}
