import Kernels

/// Points divided into clusters.
struct Partition: Equatable {
  /// The cluster of each point, 0 ..< `clusters`.
  var labels: [Int]
  let clusters: Int

  /// The points of each cluster, ascending.
  var members: [[Int]] {
    var members = Array(repeating: [Int](), count: clusters)
    for (point, label) in labels.enumerated() { members[label].append(point) }
    return members
  }

  /// How well each point lies in its cluster.
  ///
  /// Formula: (b - a)/max(a, b), with a the mean distance to the other members of its cluster and b the smallest mean
  /// distance to the members of another.
  ///
  /// Shapes and units: one of -1...1 a point, 1 for the best.
  ///
  /// Edge cases: 0 for the only member of a cluster, and where a and b are 0; there must be two clusters, none empty.
  ///
  /// Reference: Rousseeuw 1987, "Silhouettes: a graphical aid to the interpretation and validation of cluster
  /// analysis".
  func silhouettes(_ distances: StrategyDistances) -> [Double] {
    var memory = ClusterSums(points: distances.count)
    return silhouettes(distances, in: &memory)
  }

  /// The same, in memory that is there.
  func silhouettes(_ distances: StrategyDistances, in memory: inout ClusterSums) -> [Double] {
    memory.add(distances.values, by: labels, clusters: clusters)
    for group in 0..<memory.width { memory.shortest[group] = SIMD8(repeating: .infinity) }
    for cluster in 0..<clusters {
      PointClusters.keepShortestOther(
        memory.lanes, row: cluster * memory.width, size: memory.sizes[cluster], label: cluster,
        own: memory.own, shortest: &memory.shortest)
    }
    return labels.enumerated().map { point, label in
      guard memory.sizes[label] > 1 else { return 0 }
      let a = memory[label, point] / (memory.sizes[label] - 1)
      let b = memory.shortest[point / 8][point % 8]
      return max(a, b) > 0 ? (b - a) / max(a, b) : 0
    }
  }
}
