/// Bars to choose on and bars to judge on, which have none in common.
public struct BarSplit: Equatable, Sendable {
  /// Ascending, disjoint, none empty; no two touch.
  public let training: [Range<Int>]
  /// Ascending, disjoint, none empty; no two touch.
  public let test: [Range<Int>]

  /// The bars from 0 to `bars` that are neither in `test` nor too near to it.
  ///
  /// A label of bar t reads bars up to t + `horizon`. So training bars whose label reaches into a test range
  /// go, and so do those after a test range whose bars its labels read, and `embargo` more bars after these.
  ///
  /// Reference: López de Prado 2018, "Advances in financial machine learning", sections 7.4.1 and 7.4.2.
  init(bars: Int, test: [Range<Int>], horizon: Int, embargo: Int) {
    let test = Self.joined(test)
    self.test = test
    var training: [Range<Int>] = []
    var start = 0
    for range in test {
      let end = range.lowerBound - horizon
      if start < end { training.append(start..<end) }
      start = range.upperBound + horizon + embargo
    }
    // The bars before the first range have no test range before them.
    if start < bars { training.append(start..<bars) }
    self.training = training
  }

  init(training: Range<Int>, test: Range<Int>) {
    self.training = [training]
    self.test = [test]
  }

  /// The ranges with those that touch made one.
  private static func joined(_ ranges: [Range<Int>]) -> [Range<Int>] {
    ranges.reduce(into: []) { joined, range in
      if let last = joined.last, last.upperBound == range.lowerBound {
        joined[joined.count - 1] = last.lowerBound..<range.upperBound
      } else {
        joined.append(range)
      }
    }
  }

  /// `bars` bars in `count` groups in their order; where they are not a multiple, the first groups have one
  /// more.
  static func groups(bars: Int, count: Int) -> [Range<Int>] {
    let (length, longer) = bars.quotientAndRemainder(dividingBy: count)
    return (0..<count).map { group in
      let start = group * length + min(group, longer)
      return start..<(start + length + (group < longer ? 1 : 0))
    }
  }

  /// Throws unless `value` is in `range`.
  static func check(
    _ what: String, _ value: Int, in range: ClosedRange<Int>
  ) throws(StatisticsError) {
    guard range.contains(value) else { throw .split(what, found: value, needed: range) }
  }
}
