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

/// The order in which the product of several axes is walked.
struct GridEnumeration {
  let values: [[Double]]
  let isPatched: Bool
  /// Patches are this many values wide in each of two axes, so that one fills a block of 64 strategies.
  private static let patch = 8

  /// The places, in order, of the choices that `isIncluded`.
  func places(where isIncluded: ([Double]) -> Bool) -> [UInt64] {
    let total = values.reduce(1) { $0 * $1.count }
    if total == 0 { return [] }
    return isPatched && values.count >= 2 ? patches(where: isIncluded) : rows(total, where: isIncluded)
  }

  /// The last axis runs fastest.
  private func rows(_ total: Int, where isIncluded: ([Double]) -> Bool) -> [UInt64] {
    var places: [UInt64] = []
    // One for all: there may be millions.
    var choice = GridChoice(firstOf: values)
    for place in 0..<UInt64(total) {
      if isIncluded(choice.values) { places.append(place) }
      advance(&choice)
    }
    return places
  }

  /// Whole patches come first: they fill blocks exactly, and partial ones would shift all that follow.
  private func patches(where isIncluded: ([Double]) -> Bool) -> [UInt64] {
    var (whole, partial, patch): ([UInt64], [UInt64], [UInt64]) = ([], [], [])
    var choice = GridChoice(firstOf: values)
    let (first, second) = (values[0], values[1])
    let others = values.dropFirst(2).reduce(1) { $0 * $1.count }
    for other in 0..<others {
      choose(UInt64(other), &choice)
      for top in stride(from: 0, to: first.count, by: Self.patch) {
        for left in stride(from: 0, to: second.count, by: Self.patch) {
          patch.removeAll(keepingCapacity: true)
          for row in top..<min(top + Self.patch, first.count) {
            choice.set(axis: 0, to: row, first[row])
            for column in left..<min(left + Self.patch, second.count) {
              choice.set(axis: 1, to: column, second[column])
              if isIncluded(choice.values) {
                patch.append(UInt64((row * second.count + column) * others + other))
              }
            }
          }
          if patch.count == Self.patch * Self.patch { whole += patch } else { partial += patch }
        }
      }
    }
    return whole + partial
  }

  /// The choice at `place` in the product with the last axis running fastest.
  ///
  /// - Precondition: every axis has values.
  func choice(at place: UInt64) -> GridChoice {
    var choice = GridChoice(firstOf: values)
    choose(place, &choice)
    return choice
  }

  /// The same in one that is there.
  func choose(_ place: UInt64, _ choice: inout GridChoice) {
    var rest = Int(place)
    for axis in values.indices.reversed() {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: values[axis].count)
      choice.set(axis: axis, to: remainder, values[axis][remainder])
      rest = quotient
    }
  }

  /// Goes on to the next choice, from the last to the first.
  private func advance(_ choice: inout GridChoice) {
    for axis in values.indices.reversed() {
      let next = choice.numbers[axis] + 1
      if next < values[axis].count { return choice.set(axis: axis, to: next, values[axis][next]) }
      choice.set(axis: axis, to: 0, values[axis][0])
    }
  }
}
