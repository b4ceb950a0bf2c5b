/// Places labels along a line so that none covers another.
enum LabelPlacement {
  /// Where each label begins, so that they keep the order of their `centers`, are at least `gap` apart and
  /// inside of `range`, and move from their centers as little as that allows (least squares).
  ///
  /// The moves are an isotonic regression: with the widths before each label taken off, "no overlap" says that the
  /// positions must not fall, and neighbours that would are pooled at their mean.
  ///
  /// - Precondition: as many widths as centers, and the labels with their gaps fit into `range`.
  static func starts(
    centers: [Double], widths: [Double], in range: ClosedRange<Double>, gap: Double
  ) -> [Double] {
    precondition(centers.count == widths.count)
    guard !centers.isEmpty else { return [] }
    let total = widths.reduce(0, +) + gap * Double(widths.count - 1)
    precondition(total <= range.upperBound - range.lowerBound + 1e-6, "labels must fit their range")
    let order = centers.indices.sorted { (centers[$0], $0) < (centers[$1], $1) }

    var offsets: [Double] = []
    var offset = 0.0
    var pools: [(mean: Double, count: Int)] = []
    for label in order {
      pools.append((centers[label] - widths[label] / 2 - offset, 1))
      offsets.append(offset)
      offset += widths[label] + gap
      while pools.count > 1, pools[pools.count - 2].mean >= pools[pools.count - 1].mean {
        let last = pools.removeLast()
        let before = pools.removeLast()
        let count = before.count + last.count
        let sum = before.mean * Double(before.count) + last.mean * Double(last.count)
        pools.append((sum / Double(count), count))
      }
    }

    let highest = max(range.lowerBound, range.upperBound - total)
    let pooled = pools.flatMap { pool in
      Array(repeating: min(max(pool.mean, range.lowerBound), highest), count: pool.count)
    }
    var starts = Array(repeating: 0.0, count: centers.count)
    for (position, label) in order.enumerated() { starts[label] = pooled[position] + offsets[position] }
    return starts
  }
}
