/// The values of a picture: those it can show, and how many it cannot.
struct Sample: Sendable {
  /// The finite values, ascending.
  let finite: [Double]
  /// Those of them that the axis reaches.
  let shown: [Double]
  /// The number of values that are not finite, or so large that no axis holds them.
  let undefined: Int

  private static let largest = 1e100

  /// An axis of more interquartile ranges than this, all in all about twice as many, would leave the middle half of the
  /// values less than two or three of a histogram's bins.
  private static let longestTail = 15.0

  /// Sorts out `values`.
  init(_ values: some Collection<Double>) {
    // As small as the largest is large is zero: steps between such values would have no digits left.
    var sorted: [Double] = []
    sorted.reserveCapacity(values.count)
    for value in values where abs(value) <= Sample.largest {
      sorted.append(abs(value) < 1 / Sample.largest ? 0 : value)
    }
    sorted.sort()
    finite = sorted
    undefined = values.count - sorted.count
    let ends = Quantiles.frame(sorted)
    guard ends.count == 2 else {
      shown = []
      return
    }
    let lower = Quantiles.quantile(0.25, ofSorted: sorted)
    let upper = Quantiles.quantile(0.75, ofSorted: sorted)
    let reach = Sample.longestTail * (upper - lower)
    let lowest = reach > 0 ? max(ends[0], lower - reach) : ends[0]
    let highest = reach > 0 ? min(ends[1], upper + reach) : ends[1]
    // Mostly all of them, and then they are not copied.
    let isWhole = sorted[0] >= lowest && sorted[sorted.count - 1] <= highest
    shown = isWhole ? sorted : sorted.filter { lowest <= $0 && $0 <= highest }
  }

  /// "; 2 undefined values are left out; 3 beyond the axis", as far as there are any.
  var note: String {
    let outside = finite.count - shown.count
    return Wording.leftOut(undefined)
      + (outside > 0 ? "; \(NumberFormat.count(outside)) beyond the axis" : "")
  }
}

extension Quantiles {
  /// The value below which `fraction` of the sorted finite `values` lie, between two of them on the straight line
  /// (type 7 of Hyndman & Fan 1996); NaN without values.
  static func quantile(_ fraction: Double, ofSorted values: [Double]) -> Double {
    guard let last = values.indices.last else { return .nan }
    let place = fraction * Double(last)
    let index = min(Int(place), last)
    let rest = place - Double(index)
    // A weighted mean, not a step from one towards the other: the distance of two huge values may overflow.
    return rest == 0 ? values[index] : values[index] * (1 - rest) + values[index + 1] * rest
  }
}
