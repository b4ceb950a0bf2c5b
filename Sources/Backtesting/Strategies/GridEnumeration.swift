/// One combination of values, one for each of several axes.
struct GridChoice {
  /// For each axis the number of its value.
  private(set) var numbers: [Int]
  /// The values.
  private(set) var values: [Double]

  /// The first value of every axis.
  ///
  /// - Precondition: every axis has values.
  init(firstOf axes: [[Double]]) {
    numbers = axes.map { _ in 0 }
    values = axes.map { $0[0] }
  }

  /// Chooses value number `number`, which is `value`, of one axis.
  mutating func set(axis: Int, to number: Int, _ value: Double) {
    numbers[axis] = number
    values[axis] = value
  }
}

/// The order in which the product of several axes is walked, whose places have numbers of 32 bits.
struct GridEnumeration {
  let values: [[Double]]
  let isPatched: Bool
  /// Patches are this many values wide in each of two axes, so that one fills a block of 64 strategies.
  private static let patchWidth = 8

  /// The places, in order, of the choices that `isIncluded`.
  ///
  /// - Precondition: the product has fewer than 2³² places.
  func places(where isIncluded: ([Double]) -> Bool) -> [UInt32] {
    let total = values.reduce(1) { $0 * $1.count }
    if total == 0 { return [] }
    return isPatched && values.count >= 2 ? patches(where: isIncluded) : rows(total, where: isIncluded)
  }

  /// The last axis runs fastest.
  private func rows(_ total: Int, where isIncluded: ([Double]) -> Bool) -> [UInt32] {
    var places: [UInt32] = []
    // One for all: there may be millions.
    var choice = GridChoice(firstOf: values)
    for place in 0..<UInt32(total) {
      choose(place, &choice)
      if isIncluded(choice.values) { places.append(place) }
    }
    return places
  }

  /// Whole patches come first: they fill blocks exactly, and partial ones would shift all that follow.
  private func patches(where isIncluded: ([Double]) -> Bool) -> [UInt32] {
    var (whole, partial, patch): ([UInt32], [UInt32], [UInt32]) = ([], [], [])
    var choice = GridChoice(firstOf: values)
    let (first, second) = (values[0], values[1])
    let others = values.dropFirst(2).reduce(1) { $0 * $1.count }
    for other in 0..<others {
      choose(UInt32(other), &choice)
      for top in stride(from: 0, to: first.count, by: Self.patchWidth) {
        for left in stride(from: 0, to: second.count, by: Self.patchWidth) {
          patch.removeAll(keepingCapacity: true)
          for row in top..<min(top + Self.patchWidth, first.count) {
            choice.set(axis: 0, to: row, first[row])
            for column in left..<min(left + Self.patchWidth, second.count) {
              choice.set(axis: 1, to: column, second[column])
              if isIncluded(choice.values) {
                patch.append(UInt32((row * second.count + column) * others + other))
              }
            }
          }
          if patch.count == Self.patchWidth * Self.patchWidth { whole += patch } else { partial += patch }
        }
      }
    }
    return whole + partial
  }

  /// The choice at `place` in the product with the last axis running fastest.
  ///
  /// - Precondition: every axis has values.
  func choice(at place: UInt32) -> GridChoice {
    var choice = GridChoice(firstOf: values)
    choose(place, &choice)
    return choice
  }

  /// The same in one that is there.
  func choose(_ place: UInt32, _ choice: inout GridChoice) {
    // Divisions of 32 bits take half the time of those of 64.
    var rest = place
    for axis in values.indices.reversed() {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: UInt32(values[axis].count))
      choice.set(axis: axis, to: Int(remainder), values[axis][Int(remainder)])
      rest = quotient
    }
  }
}
