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

  /// The labels side by side as the points are in ``PointRows``.
  var lanes: [SIMD8<Int64>] {
    var lanes = Array(repeating: SIMD8<Int64>(repeating: -1), count: (labels.count + 7) / 8)
    for (point, label) in labels.enumerated() { lanes[point / 8][point % 8] = Int64(label) }
    return lanes
  }

  /// For every cluster, a row each, and every point: the sum of what `cells` hold for the point and the members.
  func sums(_ cells: PointRows) -> PointRows {
    var sums = PointRows(rows: clusters, points: labels.count)
    for (member, label) in labels.enumerated() {
      for group in 0..<sums.width {
        sums.lanes[label * sums.width + group] += cells.lanes[member * sums.width + group]
      }
    }
    return sums
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
    let sizes = members.map { Double($0.count) }
    let sums = sums(distances.values)
    let own = lanes
    var outside = Array(repeating: SIMD8<Double>(repeating: .infinity), count: sums.width)
    for cluster in 0..<clusters {
      for group in 0..<sums.width {
        let mean = (sums.lanes[cluster * sums.width + group] / sizes[cluster])
          .replacing(with: .infinity, where: own[group] .== Int64(cluster))
        outside[group] = pointwiseMin(outside[group], mean)
      }
    }
    return labels.enumerated().map { point, label in
      guard sizes[label] > 1 else { return 0 }
      let a = sums[label, point] / (sizes[label] - 1)
      let b = outside[point / 8][point % 8]
      return max(a, b) > 0 ? (b - a) / max(a, b) : 0
    }
  }
}
