import Kernels
import Synchronization

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
  /// The centres from which runs start are drawn one run after the other, by whichever thread has none, so that they do not
  /// depend on threads; the runs themselves go side by side, and leave no more than their quality, so the best one is done
  /// again.
  static func base(
    _ distances: StrategyDistances, runs: Int = runs, random: inout RandomStream, threads: Int = 1
  ) -> OptimalClusters? {
    let points = distances.count
    guard points > 2 else { return nil }
    // With more clusters than half of the points most would have one member, of which a silhouette says nothing.
    let numbers = 2...max(points / 2, 2)
    let drawn = Mutex(RunStarts(distances, clusters: numbers, runs: runs, random: random))
    let most = numbers.count * runs
    let qualities = DisjointSlots.fill(count: most, repeating: 0.0) { slots in
      Workers.forEach(items: most, threads: threads) {
        ClusterSums(points: points)
      } body: { memory, _ in
        guard let (run, centres) = drawn.withLock({ $0.next() }) else { return }
        let partition = Partition(distances, centres: centres, in: &memory)
        slots.write(quality(partition.silhouettes(distances, in: &memory), points: points), at: run)
      }
    }
    let starts = drawn.withLock { drawn in
      random = drawn.random
      return drawn.starts
    }
    var best: Int?
    for run in qualities.indices where qualities[run] > best.map({ qualities[$0] }) ?? 0 { best = run }
    return best.map {
      var memory = ClusterSums(points: points)
      return OptimalClusters(Partition(distances, centres: starts[$0], in: &memory), distances)
    }
  }
}

/// The centres from which runs of k-means start, for one number of clusters after another.
private struct RunStarts {
  private var drawing: StartingCentres
  private var clusters: Int
  private let mostClusters: Int
  private let runs: Int
  /// Runs with so many clusters that were begun.
  private var begun = 0
  /// Those of each run so far.
  private(set) var starts: [[Int]] = []
  /// As it is after the draws.
  private(set) var random: RandomStream

  init(_ distances: StrategyDistances, clusters: ClosedRange<Int>, runs: Int, random: RandomStream) {
    drawing = StartingCentres(distances)
    self.clusters = clusters.lowerBound
    mostClusters = clusters.upperBound
    self.runs = runs
    self.random = random
  }

  /// Those of the next run, and its number; `nil` after the last.
  mutating func next() -> (run: Int, centres: [Int])? {
    while clusters <= mostClusters {
      // Where fewer points are distinct, there are no further runs with so many clusters.
      if begun < runs, let centres = drawing.draw(clusters, from: &random) {
        begun += 1
        starts.append(centres)
        return (starts.count - 1, centres)
      }
      clusters += 1
      begun = 0
    }
    return nil
  }
}
