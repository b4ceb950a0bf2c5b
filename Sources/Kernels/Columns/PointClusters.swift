import CTileKernel

/// The loops of k-means and of silhouettes over points, eight of which stand side by side, in as many lanes as the machine
/// has.
///
/// A row is a number a point, `width` groups of eight; what is made has the same bits on every machine.
public enum PointClusters {
  /// Eight points.
  public typealias Lanes = SIMD8<Double>

  /// Adds the row of each point to the sum of its cluster, points in order.
  ///
  /// - Parameters:
  ///   - cells: a row for each point.
  ///   - labels: the cluster of each point.
  ///   - sums: a row for each cluster.
  public static func add(
    _ cells: [Lanes], width: Int, by labels: [Int], to sums: inout [Lanes]
  ) {
    precondition(cells.count == labels.count * width, "a row a point")
    precondition(labels.allSatisfy { $0 >= 0 && ($0 + 1) * width <= sums.count }, "a sum for each cluster")
    unsafe read(cells, 0..<cells.count) { cells, _ in
      unsafe change(&sums) { unsafe fluke_add_rows(labels.count, width * lanes, cells, labels, $0) }
    }
  }

  /// For each point the smallest of its squared distances to centres so far, and the label of that centre, of equals the
  /// first.
  ///
  /// - Parameter row: where the distances to the centre with this label begin in `squares`.
  public static func keepNearest(
    _ squares: [Lanes], row: Int, label: Int, shortest: inout [Lanes], nearest: inout [Lanes]
  ) {
    precondition(nearest.count == shortest.count, "a number a point")
    unsafe read(squares, row..<row + shortest.count) { squares, length in
      unsafe change(&shortest) { shortest in
        unsafe change(&nearest) {
          unsafe fluke_nearest(length, squares, Double(label), shortest, $0)
        }
      }
    }
  }

  /// The same of centres that are means of clusters, from which the squared distances are sum/size - spread; of equals a
  /// point's own cluster comes first.
  ///
  /// - Parameters:
  ///   - row: where the sums of the cluster with this label begin in `sums`.
  ///   - own: the cluster of each point.
  public static func keepNearest(
    _ sums: [Lanes], row: Int, size: Double, spread: Double, label: Int, own: [Lanes],
    shortest: inout [Lanes], nearest: inout [Lanes]
  ) {
    precondition(nearest.count == shortest.count, "a number a point")
    unsafe read(sums, row..<row + shortest.count) { sums, length in
      unsafe read(own, 0..<shortest.count) { own, _ in
        unsafe change(&shortest) { shortest in
          unsafe change(&nearest) {
            unsafe fluke_nearest_mean(length, sums, size, spread, Double(label), own, shortest, $0)
          }
        }
      }
    }
  }

  /// For each point the smallest mean distance, sum/size, to a cluster that is not its own, so far.
  ///
  /// - Parameters:
  ///   - row: where the sums of the cluster with this label begin in `sums`.
  ///   - own: the cluster of each point.
  public static func keepShortestOther(
    _ sums: [Lanes], row: Int, size: Double, label: Int, own: [Lanes], shortest: inout [Lanes]
  ) {
    unsafe read(sums, row..<row + shortest.count) { sums, length in
      unsafe read(own, 0..<shortest.count) { own, _ in
        unsafe change(&shortest) {
          unsafe fluke_shortest_other(length, sums, size, Double(label), own, $0)
        }
      }
    }
  }

  /// The sum over points of the smaller of two numbers of each, of which one stands in `rows` from `row` on.
  public static func sumOfSmaller(_ numbers: [Lanes], _ rows: [Lanes], row: Int) -> Double {
    var sums = Lanes()
    unsafe withUnsafeMutableBytes(of: &sums) { sums in
      let sums = unsafe sums.assumingMemoryBound(to: Double.self).baseAddress
      unsafe read(numbers, 0..<numbers.count) { numbers, length in
        unsafe read(rows, row..<row + length / lanes) { rows, _ in
          unsafe fluke_sum_smaller(length, numbers, rows, sums)
        }
      }
    }
    return sums.sum()
  }

  /// Keeps for each point the smaller of two numbers, of which one stands in `rows` from `row` on.
  public static func keepSmaller(_ numbers: inout [Lanes], _ rows: [Lanes], row: Int) {
    unsafe read(rows, row..<row + numbers.count) { rows, length in
      unsafe change(&numbers) { unsafe fluke_take_smaller(length, $0, rows) }
    }
  }

  private static let lanes = Lanes.scalarCount

  /// Hands out some groups of `numbers` one number after another, and how many they are.
  private static func read(
    _ numbers: [Lanes], _ groups: Range<Int>, _ body: (UnsafePointer<Double>, Int) -> Void
  ) {
    precondition(groups.lowerBound >= 0 && groups.upperBound <= numbers.count, "groups of these")
    unsafe numbers.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe body(
        base.assumingMemoryBound(to: Double.self) + groups.lowerBound * lanes, groups.count * lanes)
    }
  }

  private static func change(_ numbers: inout [Lanes], _ body: (UnsafeMutablePointer<Double>) -> Void) {
    unsafe numbers.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      unsafe body(base.assumingMemoryBound(to: Double.self))
    }
  }
}
