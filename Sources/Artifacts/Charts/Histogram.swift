/// Counts of values in bins of one round width, whose edges are multiples of it.
struct Histogram: Equatable, Sendable {
  private let width: RoundStep
  private let firstBin: Int
  /// What is added to every edge: zero, unless all values are alike and their bin is centered on them.
  private let shift: Double
  /// How many values each bin holds, from the lowest bin on. A value on an edge
  /// belongs to the bin above it, on the last edge to the last bin.
  let counts: [Int]

  /// More bins than this are too thin to be compared, and begin to show the steps of discrete values.
  private static let largestCount = 80.0

  /// Bins about as wide as Freedman & Diaconis 1981 advise, 2 · IQR / ∛n (0.6 to 1.5 times that, as it takes to be
  /// round), for `values` that are finite.
  ///
  /// - Returns: nil without values.
  init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let lowest = sorted[0]
    let highest = sorted[sorted.count - 1]
    let range = highest - lowest
    let spread = sorted[(sorted.count - 1) * 3 / 4] - sorted[(sorted.count - 1) / 4]
    let advised = spread > 0 ? 2 * spread / DecimalPowers.cubeRoot(Double(sorted.count)) : range / 20
    // All values alike get one bin of a hundredth of their size.
    let magnitude = max(abs(lowest), abs(highest))
    let narrowest = max(range / Histogram.largestCount, magnitude * 1e-9)
    let isSingle = range <= magnitude * 1e-9
    width = RoundStep(
      notBelow: isSingle ? (magnitude == 0 ? 0.01 : magnitude / 100) : max(advised * 0.6, narrowest))
    let step = width.value
    func bin(_ value: Double) -> Int { Int((value / step + 1e-9).rounded(.down)) }
    firstBin = bin(lowest)
    shift = isSingle ? lowest - step * (Double(firstBin) + 0.5) : 0
    // As many bins as reach the highest value: it may lie on the upper edge of the last.
    let count = max(1, Int((highest / step - 1e-9).rounded(.up)) - firstBin)
    var counts = Array(repeating: 0, count: count)
    for value in sorted { counts[min(bin(value) - firstBin, count - 1)] += 1 }
    self.counts = counts
  }

  /// The lower edge of a bin, and for the count of bins the upper edge of the last.
  func edge(_ bin: Int) -> Double { width.multiple(firstBin + bin) + shift }

  /// The width of every bin.
  var binWidth: Double { width.value }
}
