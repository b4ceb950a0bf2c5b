/// The maxima of all resamples in ascending order, to look many statistics up.
struct SortedMaxima {
  private let ascending: [Double]

  init(_ maxima: [Double]) {
    ascending = maxima.sorted()
  }

  private func pValue(reachedBy count: Int) -> Double {
    Double(1 + count) / Double(ascending.count + 1)
  }

  /// (1 + how many are at or above `observed`) / (B + 1).
  func pValue(_ observed: Double) -> Double {
    var (from, to) = (0, ascending.count)
    while from < to {
      let middle = (from + to) / 2
      if ascending[middle] < observed { from = middle + 1 } else { to = middle }
    }
    return pValue(reachedBy: ascending.count - from)
  }

  /// The largest number that does not have a p-value of at most `level`, though anything above it has.
  func criticalValue(level: Double) -> Double {
    // Counted by the very comparison that rejects, so that rounding in α·(B + 1) makes no difference.
    var place = 0
    while place < ascending.count, pValue(reachedBy: place) <= level { place += 1 }
    return place == 0 ? .infinity : ascending[ascending.count - place]
  }
}
