/// The order in which a file gives its times.
struct RowOrder {
  /// How often a time is later than the one before it.
  private(set) var ascents = 0
  /// How often it is earlier.
  private(set) var descents = 0
  /// The first row that is not later than the one before it.
  private var firstNotLater: Int?
  /// The first row that is not earlier.
  private var firstNotEarlier: Int?

  init(_ times: [Int64]) {
    for row in times.indices.dropFirst() {
      if times[row] > times[row - 1] {
        ascents += 1
        if firstNotEarlier == nil { firstNotEarlier = row }
      } else {
        if times[row] < times[row - 1] {
          descents += 1
        } else if firstNotEarlier == nil {
          firstNotEarlier = row
        }
        if firstNotLater == nil { firstNotLater = row }
      }
    }
  }

  /// Whether most times are earlier than the one before: the file begins with its newest row.
  var isNewestFirst: Bool { descents > ascents }

  /// Whether all follow one another strictly, in one order or the other.
  var isStrict: Bool { firstFault == nil }

  /// The first row that breaks the order of most.
  var firstFault: Int? { isNewestFirst ? firstNotEarlier : firstNotLater }

  /// The rows of a longest strictly increasing (or decreasing) run through `times`, the rows of which need not be
  /// neighbours: what is left if as few rows as possible are taken out. The first of equal times is kept.
  static func longestRun(_ times: [Int64], isDescending: Bool) -> [Int] {
    // The row with which a run of each length ends at the lowest value, and the row before each row in its run.
    var ends: [Int] = []
    var previous = Array(repeating: -1, count: times.count)
    for row in times.indices {
      let value = isDescending ? -times[row] : times[row]
      var low = 0
      var high = ends.count
      while low < high {
        let middle = (low + high) / 2
        let end = isDescending ? -times[ends[middle]] : times[ends[middle]]
        if end < value { low = middle + 1 } else { high = middle }
      }
      if low < ends.count, times[ends[low]] == times[row] { continue }
      previous[row] = low > 0 ? ends[low - 1] : -1
      if low < ends.count { ends[low] = row } else { ends.append(row) }
    }
    var kept: [Int] = []
    var row = ends.last ?? -1
    while row >= 0 {
      kept.append(row)
      row = previous[row]
    }
    return kept.reversed()
  }
}
