import Kernels

extension Partition {
  /// Rounds of ``improve(_:_:)``; points that keep changing sides for longer do so over rounding.
  private static let maximumRounds = 100

  /// Points divided by one run of k-means; `nil` where fewer than `clusters` points are distinct.
  init?(_ distances: StrategyDistances, clusters: Int, random: inout RandomStream) {
    var start = StartingCentres(distances)
    guard let centres = start.draw(clusters, from: &random) else { return nil }
    var memory = ClusterSums(points: distances.count)
    self.init(distances, centres: centres, in: &memory)
  }

  /// Points divided by one run of k-means that starts from some points as centres.
  ///
  /// Only distances are needed: with S the sum of a point's squared distances to the n members of a cluster and W half
  /// of the sum of S over the members, the point's squared distance to their mean is S/n - W/n².
  ///
  /// Reference: Lloyd 1982, "Least squares quantization in PCM".
  init(_ distances: StrategyDistances, centres: [Int], in memory: inout ClusterSums) {
    labels = Self.nearest(of: centres, distances, in: &memory)
    clusters = centres.count
    for _ in 0..<Self.maximumRounds where !improve(distances, &memory) { break }
  }

  /// For each point the nearest of some points, of equals the first.
  private static func nearest(
    of centres: [Int], _ distances: StrategyDistances, in memory: inout ClusterSums
  ) -> [Int] {
    let squares = distances.squares
    for group in 0..<memory.width {
      memory.shortest[group] = SIMD8(repeating: .infinity)
      memory.next[group] = SIMD8()
    }
    for (label, centre) in centres.enumerated() {
      PointClusters.keepNearest(
        squares.lanes, row: centre * squares.width, label: label, shortest: &memory.shortest,
        nearest: &memory.next)
    }
    return (0..<distances.count).map { Int(memory.next[$0 / 8][$0 % 8]) }
  }

  /// Moves every point to the nearest centre, and tells whether one moved; a point stays where its own is as near.
  private mutating func improve(_ distances: StrategyDistances, _ memory: inout ClusterSums) -> Bool {
    memory.add(distances.squares, by: labels, clusters: clusters)
    var spreads = Array(repeating: 0.0, count: clusters)
    for (point, label) in labels.enumerated() { spreads[label] += memory[label, point] }
    for group in 0..<memory.width {
      memory.shortest[group] = SIMD8(repeating: .infinity)
      memory.next[group] = memory.own[group]
    }
    for cluster in 0..<clusters where memory.sizes[cluster] > 0 {
      let size = memory.sizes[cluster]
      let spread = spreads[cluster] / (2 * size * size)
      PointClusters.keepNearest(
        memory.lanes, row: cluster * memory.width, size: size, spread: spread, label: cluster,
        own: memory.own, shortest: &memory.shortest, nearest: &memory.next)
    }
    let before = labels
    for point in labels.indices { labels[point] = Int(memory.next[point / 8][point % 8]) }
    fillEmptyClusters(memory.shortest)
    return labels != before
  }

  /// Gives each cluster that lost its points the one that lies farthest from its centre.
  private mutating func fillEmptyClusters(_ squares: [SIMD8<Double>]) {
    var sizes = Array(repeating: 0, count: clusters)
    for label in labels { sizes[label] += 1 }
    for empty in 0..<clusters where sizes[empty] == 0 {
      let farthest = labels.indices.filter { sizes[labels[$0]] > 1 }
        .max { squares[$0 / 8][$0 % 8] < squares[$1 / 8][$1 % 8] }
      guard let farthest else { return }
      sizes[labels[farthest]] -= 1
      sizes[empty] = 1
      labels[farthest] = empty
    }
  }
}
