import Kernels

/// What each cluster of points adds up to, and the memory of one worker that divides points again and again: nothing is
/// allocated from run to run.
struct ClusterSums {
  /// Groups of eight points in a row.
  let width: Int
  /// For every cluster, a row each, and every point: the sum of what was added for the point and the members.
  private(set) var lanes: [SIMD8<Double>] = []
  /// Members of each cluster.
  private(set) var sizes: [Double] = []
  /// For each point its cluster, side by side as the points are in ``PointRows``; -1 where there is no point.
  private(set) var own: [SIMD8<Double>]
  /// Room for a number a point.
  var shortest: [SIMD8<Double>]
  /// Room for another number a point.
  var next: [SIMD8<Double>]

  /// Memory for so many points, in however many clusters.
  init(points: Int) {
    width = (points + 7) / 8
    own = Array(repeating: SIMD8(repeating: -1), count: width)
    shortest = own
    next = own
  }

  /// Adds up `cells` by the clusters of `labels`.
  mutating func add(_ cells: PointRows, by labels: [Int], clusters: Int) {
    let width = width
    if lanes.count < clusters * width {
      lanes = Array(repeating: SIMD8(), count: clusters * width)
    } else {
      for index in 0..<clusters * width { lanes[index] = SIMD8() }
    }
    sizes.removeAll(keepingCapacity: true)
    for _ in 0..<clusters { sizes.append(0) }
    for (member, label) in labels.enumerated() {
      own[member / 8][member % 8] = Double(label)
      sizes[label] += 1
    }
    PointClusters.add(cells.lanes, width: width, by: labels, to: &lanes)
  }

  /// The sum of one cluster for one point.
  subscript(cluster: Int, point: Int) -> Double { lanes[cluster * width + point / 8][point % 8] }
}
