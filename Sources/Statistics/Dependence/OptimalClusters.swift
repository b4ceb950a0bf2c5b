import Kernels

/// The two steps of ONC, on the rows of a correlation matrix; see ``StrategyClusters``.
struct OptimalClusters {
  let partition: Partition
  /// Of every point.
  let silhouettes: [Double]
  /// Of all silhouettes together.
  let quality: Double
  /// Of every cluster.
  let qualities: [Double]

  /// Runs of k-means for every number of clusters, as published.
  static let runs = 10

  init(_ partition: Partition, _ distances: StrategyDistances) {
    self.partition = partition
    let silhouettes = partition.silhouettes(distances)
    self.silhouettes = silhouettes
    quality = Self.quality(silhouettes, points: distances.count)
    qualities = partition.members.map { Self.quality($0.map { silhouettes[$0] }, points: distances.count) }
  }

  /// The mean of the clusters' qualities, of those that are finite; NaN where none is.
  var meanQuality: Double {
    let finite = qualities.filter(\.isFinite)
    return finite.reduce(0, +) / Double(finite.count)
  }

  /// Mean over population standard deviation of silhouettes, whose distances are means over up to `points` points.
  ///
  /// A deviation within their rounding is none; the quality is then infinite, or 0 without a mean.
  static func quality(_ silhouettes: [Double], points: Int) -> Double {
    let moments = ReturnMoments(silhouettes)
    let rounding = SpreadRounding.double.part(count: Double(points))
    let deviation = moments.populationVariance.squareRoot()
    if deviation > rounding { return moments.mean / deviation }
    return moments.mean.magnitude <= rounding ? 0 : moments.mean > 0 ? .infinity : -.infinity
  }

  /// The best clusters of some rows; `nil` where nothing separates them.
  static func search(
    _ correlations: CorrelationMatrix, rows: [Int], runs: Int = runs, random: inout RandomStream,
    threads: Int = 1
  ) -> OptimalClusters? {
    let distances = StrategyDistances(correlations, rows: rows)
    guard let base = base(distances, runs: runs, random: &random, threads: threads) else { return nil }
    let mean = base.meanQuality
    let poor = base.qualities.indices.filter { base.qualities[$0] < mean }
    // As published: two clusters alone would only be put together again.
    guard poor.count > 2 else { return base }
    let again = base.partition.labels.indices.filter { poor.contains(base.partition.labels[$0]) }
    let redone = search(
      correlations, rows: again.map { rows[$0] }, runs: runs, random: &random, threads: threads)
    guard let redone else { return base }
    let kept = base.qualities.indices.filter { !poor.contains($0) }
    var labels = base.partition.labels.map { kept.firstIndex(of: $0) ?? 0 }
    for (point, label) in zip(again, redone.partition.labels) { labels[point] = kept.count + label }
    let partition = Partition(labels: labels, clusters: kept.count + redone.partition.clusters)
    let improved = OptimalClusters(partition, distances)
    // Putting poor clusters together raises the mean over clusters merely because fewer of them count in it.
    return improved.meanQuality > mean && improved.quality >= base.quality ? improved : base
  }

  /// The partition of the highest quality over all numbers of clusters and runs; the first of equal ones.
  ///
  /// The centres from which runs start are drawn one run after the other, so that they do not depend on threads; the
  /// runs themselves go side by side, and leave no more than their quality, so the best one is done again.
  static func base(
    _ distances: StrategyDistances, runs: Int = runs, random: inout RandomStream, threads: Int = 1
  ) -> OptimalClusters? {
    let points = distances.count
    guard points > 2 else { return nil }
    var starts: [[Int]] = []
    var drawing = StartingCentres(distances)
    // With more clusters than half of the points most would have one member, of which a silhouette says nothing.
    for clusters in 2...max(points / 2, 2) {
      for _ in 0..<runs {
        guard let centres = drawing.draw(clusters, from: &random) else { break }
        starts.append(centres)
      }
    }
    let qualities = DisjointSlots.fill(count: starts.count, repeating: 0.0) { [starts] slots in
      Workers.forEach(items: starts.count, threads: threads) {
        ClusterSums(points: points)
      } body: { memory, run in
        let partition = Partition(distances, centres: starts[run], in: &memory)
        slots.write(quality(partition.silhouettes(distances, in: &memory), points: points), at: run)
      }
    }
    var best: Int?
    for run in qualities.indices where qualities[run] > best.map({ qualities[$0] }) ?? 0 { best = run }
    return best.map {
      var memory = ClusterSums(points: points)
      return OptimalClusters(Partition(distances, centres: starts[$0], in: &memory), distances)
    }
  }
}
