/// Counts of values in bins of one round width, whose edges are multiples of it.
struct Histogram: Equatable, Sendable {
  private let width: RoundStep
  private let firstBin: Int
  /// What is added to every edge: zero, unless all values are alike and their bin is centered on them.
  private let shift: Double
  /// How many values each bin holds, from the lowest bin on. A value on an edge
  /// belongs to the bin above it, on the last edge to the last bin; or always to the bin below, where that was asked for.
  let counts: [Int]

  /// More bins than this are too thin to be compared, and begin to show the steps of discrete values.
  private static let largestCount = 80.0

  /// Bins about as wide as Freedman & Diaconis 1981 advise, 2 · IQR / ∛n (0.6 to 1.5 times that, as it takes to be
  /// round), for `values` that are finite.
  ///
  /// - Parameter isClosedAbove: Whether a value on an edge, such as 0, belongs to the bin below it.
  /// - Returns: nil without values.
  init?(_ values: [Double], isClosedAbove: Bool = false) {
    guard !values.isEmpty else { return nil }
    // Mostly they are, and then they are not copied.
    let isSorted = zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }
    let sorted = isSorted ? values : values.sorted()
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
    firstBin = Histogram.bin(lowest, step: step, isClosedAbove: isClosedAbove)
    shift = isSingle ? lowest - step * (Double(firstBin) + 0.5) : 0
    // As many bins as reach the highest value: it may lie on the upper edge of the last.
    let count = max(1, Int((highest / step - 1e-9).rounded(.up)) - firstBin)
    counts = Histogram.counts(
      sorted, step: step, isClosedAbove: isClosedAbove, firstBin: firstBin, count: count)
  }

  /// Bins of a given width from end to end of `range`, which holds all `values`.
  init(_ values: [Double], width: RoundStep, over range: ClosedRange<Double>) {
    self.width = width
    shift = 0
    let step = width.value
    firstBin = Histogram.bin(range.lowerBound, step: step, isClosedAbove: false)
    let count = max(1, Int((range.upperBound / step - 1e-9).rounded(.up)) - firstBin)
    counts = Histogram.counts(values, step: step, isClosedAbove: false, firstBin: firstBin, count: count)
  }

  /// The bin counted from the one that begins at zero. A hair of slack keeps a value on the edge it was meant to be on.
  private static func bin(_ value: Double, step: Double, isClosedAbove: Bool) -> Int {
    isClosedAbove
      ? Int((value / step - 1e-9).rounded(.up)) - 1 : Int((value / step + 1e-9).rounded(.down))
  }

  private static func counts(
    _ values: [Double], step: Double, isClosedAbove: Bool, firstBin: Int, count: Int
  ) -> [Int] {
    var counts = Array(repeating: 0, count: count)
    for value in values {
      counts[min(max(bin(value, step: step, isClosedAbove: isClosedAbove) - firstBin, 0), count - 1)] += 1
    }
    return counts
  }

  /// The lower edge of a bin, and for the count of bins the upper edge of the last.
  func edge(_ bin: Int) -> Double { width.multiple(firstBin + bin) + shift }

  /// The width of every bin.
  var binWidth: Double { width.value }

  /// The value in the middle of a bin.
  func middle(_ bin: Int) -> Double { (edge(bin) + edge(bin + 1)) / 2 }

  /// The ends of an axis for the bins. A lone bin shows how narrow it is by some room on either side.
  var ends: [Double] {
    let room = counts.count == 1 ? binWidth * 6 : 0
    return [edge(0) - room, edge(counts.count) + room]
  }

  /// The scale of an axis for the counts.
  var countScale: Scale { Scale(covering: [0, Double(counts.max() ?? 1)]).rounded(limit: 8) }
}

extension PlotArea {
  /// The bins as bars, each in the colour that its middle asks for.
  func bars(_ histogram: Histogram, _ colour: (_ middle: Double) -> Colour) {
    for bin in histogram.counts.indices {
      bar(
        from: histogram.edge(bin), to: histogram.edge(bin + 1), height: Double(histogram.counts[bin]),
        colour(histogram.middle(bin)))
    }
  }
}
