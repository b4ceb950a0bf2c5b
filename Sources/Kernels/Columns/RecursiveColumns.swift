import CTileKernel

/// Columns each value of which waits for the one before, several of them side by side: as many as fit into a vector are
/// made in the time of one.
public protocol RecursiveColumns {
  /// Columns that are made.
  var count: Int { get }
  /// Values of each.
  var bars: Int { get }
  /// The values, column by column.
  var values: [Double] { get }

  /// Goes on with some columns over `range`, from their values of the bar before.
  mutating func extend(lanes: Range<Int>, over range: Range<Int>)
}

extension RecursiveColumns {
  /// Columns that are made side by side at most.
  public static var lanes: Int { Int(FLUKE_AVERAGES) }

  /// The values of column `lane`.
  public func column(lane: Int) -> [Double] { Array(values[lane * bars..<(lane + 1) * bars]) }

  /// Starts each column anew in every run of bars, and goes on with it to the run's end: together where the last runs of
  /// all reach the end.
  ///
  /// - Parameters:
  ///   - runs: where there is something to make columns of.
  ///   - length: how many bars it takes to start a column; runs that are shorter have none.
  ///   - start: gives a column its first value, which stands at the last of these bars.
  public mutating func fill(
    runs: [Range<Int>], length: (_ lane: Int) -> Int,
    start: (_ columns: inout Self, _ lane: Int, _ bars: Range<Int>) -> Void
  ) {
    var unfinished: [(lane: Int, next: Int)] = []
    for lane in 0..<count {
      let length = length(lane)
      for run in runs where run.count >= length {
        let first = run.prefix(length)
        start(&self, lane, first)
        if run.upperBound == bars {
          unfinished.append((lane, first.upperBound))
        } else {
          goOn(lane..<lane + 1, over: first.upperBound..<run.upperBound)
        }
      }
    }
    let latest = unfinished.map(\.next).max() ?? bars
    let together = unfinished.count == count ? latest : bars
    for (lane, next) in unfinished { goOn(lane..<lane + 1, over: next..<together) }
    goOn(0..<count, over: together..<bars)
  }

  private mutating func goOn(_ lanes: Range<Int>, over range: Range<Int>) {
    if !range.isEmpty { extend(lanes: lanes, over: range) }
  }
}
