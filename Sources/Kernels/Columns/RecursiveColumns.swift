import CTileKernel

/// Columns each value of which waits for the one before, several of them side by side: as many as fit into a vector are
/// made in the time of one.
public protocol RecursiveColumns {
  /// Columns that are made.
  var count: Int { get }
  /// Values of each.
  var bars: Int { get }

  /// Goes on with column `lane` alone over `range`, from the value of the bar before.
  mutating func extend(lane: Int, over range: Range<Int>)

  /// Goes on with all from bar `first` to the end, from the values of the bar before.
  mutating func extendAll(from first: Int)
}

extension RecursiveColumns {
  /// Columns that are made side by side at most.
  public static var lanes: Int { Int(FLUKE_AVERAGES) }

  /// Starts each column anew in every run of bars, and goes on with it to the run's end: together where the last runs of
  /// all reach the end.
  ///
  /// - Parameters:
  ///   - runs: where there is something to make columns of.
  ///   - start: gives a column its first value in a run, and returns the bar after it; `nil` in a run that is too short.
  public mutating func fill(
    runs: [Range<Int>], start: (_ columns: inout Self, _ lane: Int, _ run: Range<Int>) -> Int?
  ) {
    var unfinished: [(lane: Int, next: Int)] = []
    for lane in 0..<count {
      for run in runs {
        guard let next = start(&self, lane, run) else { continue }
        if run.upperBound == bars {
          unfinished.append((lane, next))
        } else {
          extend(lane: lane, over: next..<run.upperBound)
        }
      }
    }
    let latest = unfinished.map(\.next).max() ?? bars
    let together = unfinished.count == count ? latest : bars
    for (lane, next) in unfinished { extend(lane: lane, over: next..<together) }
    if together < bars { extendAll(from: together) }
  }
}
