import Glibc
import Kernels

extension Partition {
  /// Rounds of ``improve(_:)``; points that keep changing sides for longer do so over rounding.
  private static let maximumRounds = 100

  /// Points divided by one run of k-means; `nil` where fewer than `clusters` points are distinct.
  ///
  /// Centres start as greedy k-means++ chooses them. Only distances are needed: with S the sum of a point's squared
  /// distances to the n members of a cluster and W half of the sum of S over the members, the point's squared
  /// distance to their mean is S/n - W/n².
  ///
  /// References: Lloyd 1982, "Least squares quantization in PCM"; Arthur & Vassilvitskii 2007, "k-means++: the
  /// advantages of careful seeding".
  init?(_ distances: StrategyDistances, clusters: Int, random: inout RandomStream) {
    let squares = distances.squares
    labels = Array(repeating: 0, count: distances.count)
    self.clusters = clusters
    var centres = [random.integer(below: distances.count)]
    var nearest = Array(squares.lanes[centres[0] * squares.width..<(centres[0] + 1) * squares.width])
    while centres.count < clusters {
      guard let centre = Self.nextCentre(&nearest, squares, of: clusters, &random) else { return nil }
      centres.append(centre)
    }
    for point in labels.indices {
      labels[point] = centres.indices.min { squares[centres[$0], point] < squares[centres[$1], point] } ?? 0
    }
    for _ in 0..<Self.maximumRounds where !improve(distances) { break }
  }

  /// One of 2 + ln k points that are drawn with probability in proportion to their squared distance to the nearest centre:
  /// that which leaves the smallest sum of them; `nil` where all are centres or copies of one.
  private static func nextCentre(
    _ nearest: inout [SIMD8<Double>], _ squares: PointRows, of clusters: Int, _ random: inout RandomStream
  ) -> Int? {
    let total = nearest.reduce(SIMD8(), +).sum()
    guard total > 0 else { return nil }
    var best: (centre: Int, nearest: [SIMD8<Double>], sum: Double)?
    for _ in 0..<2 + Int(log(Double(clusters))) {
      let candidate = draw(nearest, below: random.uniform() * total)
      let row = squares.lanes[candidate * squares.width..<(candidate + 1) * squares.width]
      let left = zip(nearest, row).map { pointwiseMin($0, $1) }
      let sum = left.reduce(SIMD8(), +).sum()
      if sum < best?.sum ?? .infinity { best = (candidate, left, sum) }
    }
    nearest = best?.nearest ?? nearest
    return best?.centre
  }

  /// The point at which the running sum of the weights passes `target`; the last of any weight where rounding keeps it
  /// below.
  private static func draw(_ weights: [SIMD8<Double>], below target: Double) -> Int {
    var sum = 0.0
    var last = 0
    for (group, lanes) in weights.enumerated() {
      for lane in 0..<8 where lanes[lane] > 0 {
        sum += lanes[lane]
        last = group * 8 + lane
        if sum > target { return last }
      }
    }
    return last
  }

  /// Moves every point to the nearest centre, and tells whether one moved; a point stays where its own is as near.
  private mutating func improve(_ distances: StrategyDistances) -> Bool {
    let sums = sums(distances.squares)
    let own = lanes
    var shortest = Array(repeating: SIMD8<Double>(repeating: .infinity), count: sums.width)
    var next = own
    for (cluster, members) in members.enumerated() where !members.isEmpty {
      let size = Double(members.count)
      let spread = members.reduce(0) { $0 + sums[cluster, $1] } / (2 * size * size)
      let label = SIMD8(repeating: Int64(cluster))
      for group in 0..<sums.width {
        let square = sums.lanes[cluster * sums.width + group] / size - spread
        let nearer = square .< shortest[group] .| (square .== shortest[group] .& own[group] .== label)
        shortest[group].replace(with: square, where: nearer)
        next[group].replace(with: label, where: nearer)
      }
    }
    let before = labels
    for point in labels.indices { labels[point] = Int(next[point / 8][point % 8]) }
    fillEmptyClusters(shortest)
    return labels != before
  }

  /// Gives each cluster that lost its points the one that lies farthest from its centre.
  private mutating func fillEmptyClusters(_ squares: [SIMD8<Double>]) {
    var sizes = members.map(\.count)
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
