/// The order in which the product of several axes is walked.
struct GridEnumeration {
  let values: [[Double]]
  let isPatched: Bool
  /// Patches are this many values wide in each of two axes, so that one fills a block of 64 strategies.
  private static let patch = 8

  /// The places, in order, of the choices that `isIncluded`.
  func places(where isIncluded: ([Double]) -> Bool) -> [UInt64] {
    let total = values.reduce(1) { $0 * $1.count }
    // One array for all choices: there may be millions.
    var choice = Array(repeating: 0.0, count: values.count)
    func includes(_ place: UInt64) -> Bool {
      choose(place, &choice)
      return isIncluded(choice)
    }
    guard isPatched, values.count >= 2 else { return (0..<UInt64(total)).filter { includes($0) } }
    // Whole patches come first: they fill blocks exactly, and partial ones would shift all that follow.
    var whole: [UInt64] = []
    var partial: [UInt64] = []
    let (first, second) = (values[0].count, values[1].count)
    let others = total / max(first * second, 1)
    for other in 0..<others {
      for top in stride(from: 0, to: first, by: Self.patch) {
        for left in stride(from: 0, to: second, by: Self.patch) {
          var places: [UInt64] = []
          places.reserveCapacity(Self.patch * Self.patch)
          for row in top..<min(top + Self.patch, first) {
            for column in left..<min(left + Self.patch, second) {
              let place = UInt64((row * second + column) * others + other)
              if includes(place) { places.append(place) }
            }
          }
          if places.count == Self.patch * Self.patch { whole += places } else { partial += places }
        }
      }
    }
    return whole + partial
  }

  /// The values, one an axis, at `place` in the product with the last axis running fastest.
  func choice(at place: UInt64) -> [Double] {
    var choice = Array(repeating: 0.0, count: values.count)
    choose(place, &choice)
    return choice
  }

  /// The same in an array that is there.
  func choose(_ place: UInt64, _ choice: inout [Double]) {
    var rest = Int(place)
    for axis in values.indices.reversed() {
      let (quotient, remainder) = rest.quotientAndRemainder(dividingBy: values[axis].count)
      choice[axis] = values[axis][remainder]
      rest = quotient
    }
  }
}
