import Kernels

/// Strategies in groups that resemble each other, as many as the strategies themselves suggest: the ONC algorithm.
///
/// Formula: points are strategies, their coordinates the distances √((1 - ρ)/2) to every strategy. Base: for each
/// number of clusters k from 2 to half of the points, ten runs of k-means; the partition with the highest quality
/// stands, quality being the mean of the silhouettes over their standard deviation. Top: where more than two clusters
/// have a quality below the mean of all clusters', those strategies are clustered again by themselves in the same way
/// (both steps), and the result stands if the mean quality of all clusters rises and that of the whole partition does
/// not fall.
///
/// Shapes and units: of M strategies that stand in a correlation matrix at most ``maximumStrategies`` are clustered,
/// evenly spread. The number of clusters is the effective number of trials of these strategies, and says nothing
/// of how many there would be in more. Sharpe ratios are per bar.
///
/// Edge cases: copies of one strategy are one cluster. Where no partition separates anything (no mean silhouette
/// above 0, or fewer than three strategies) every strategy is a cluster of its own, which deflates the most. Where
/// little separates them the number is arbitrary: 250 strategies of independent noise over 1,000 bars come out as 2
/// clusters, with a mean silhouette of 0.002; so it is to be read with ``meanSilhouette``. A cluster whose
/// silhouettes are all alike has an infinite quality and does not count in the means; one with a single member has
/// quality 0. The published code takes up to M - 1 clusters for k, and accepts what was done again when the mean over
/// all clusters is above the former mean of the redone ones alone; that lets in partitions that are worse, and so
/// does the mean over all where poor clusters are put together, hence the second condition.
///
/// Reference: López de Prado & Lewis 2019, "Detection of false investment strategies using unsupervised learning
/// methods", Quantitative Finance 19(9).
public struct StrategyClusters: Equatable, Sendable {
  /// The most strategies that are clustered, which takes under a second on one core; cost grows with the cube.
  public static let maximumStrategies = 250

  /// Strategies that resemble each other.
  public struct Cluster: Equatable, Sendable {
    /// Numbers of strategies in the source, ascending.
    public let strategies: [Int]
    /// Mean over standard deviation of the members' silhouettes.
    public let quality: Double
    /// Of the members' returns in one series, weighted by inverse variance; NaN where that has no variance.
    public let sharpePerBar: Double
  }

  /// The strategies that were clustered, ascending.
  public let strategies: [Int]
  /// The silhouette of each of them; empty where nothing separates them.
  public let silhouettes: [Double]
  /// In the order of their first members.
  public let clusters: [Cluster]

  /// The clusters of the strategies of `correlations`, or of an evenly spread sample of them.
  ///
  /// The same for any number of threads.
  ///
  /// - Parameter seed: of the centres from which k-means starts.
  public init(
    _ correlations: CorrelationMatrix, seed: UInt64,
    maximumStrategies: Int = StrategyClusters.maximumStrategies, threads: Int = 1
  ) {
    let sample = correlations.sample(atMost: maximumStrategies)
    let rows = Array(0..<sample.count)
    var random = RandomStream(seed: seed, purpose: .clustering)
    let found = OptimalClusters.search(sample, rows: rows, random: &random, threads: threads)
    let members = found?.partition.members ?? Self.unseparated(sample)
    let qualities = found?.qualities ?? members.map { _ in .nan }
    strategies = sample.strategies
    silhouettes = found?.silhouettes ?? []
    clusters = zip(members, qualities)
      .map { rows, quality in
        Cluster(
          strategies: rows.map { sample.strategies[$0] }, quality: quality,
          sharpePerBar: Self.sharpePerBar(sample, rows: rows))
      }
      .sorted { $0.strategies[0] < $1.strategies[0] }
  }

  /// Rows that no partition separates: one cluster of copies, or as many as there are rows.
  private static func unseparated(_ correlations: CorrelationMatrix) -> [[Int]] {
    let rows = Array(0..<correlations.count)
    let copies = !rows.isEmpty && correlations.values.allSatisfy { $0 == 1 }
    return copies ? [rows] : rows.map { [$0] }
  }

  /// The mean of the silhouettes; NaN where nothing separates the strategies.
  ///
  /// At 0.25 and below there is no substantial structure, and the number of clusters says little.
  ///
  /// Reference: Kaufman & Rousseeuw 1990, "Finding groups in data", chapter 2, on the silhouette coefficient.
  public var meanSilhouette: Double { silhouettes.reduce(0, +) / Double(silhouettes.count) }

  /// The effective number of trials: that of clusters.
  public var trials: Int { clusters.count }

  /// V of the deflated Sharpe ratio with ``trials`` for N: the variance (n - 1) across the clusters' Sharpe ratios
  /// per bar, and how many of them are undefined.
  ///
  /// Edge cases: NaN with fewer than two that are defined.
  public var varianceAcrossTrials: (variance: Double, undefined: Int) {
    DeflatedSharpe.varianceAcrossTrials(clusters.map(\.sharpePerBar))
  }

  /// The Sharpe ratio of the series Σwᵢxᵢ with wᵢ in proportion to 1/σᵢ².
  ///
  /// Formula: Σμᵢ/σᵢ² / √ΣΣρᵢⱼ/(σᵢσⱼ), since the weights' sum cancels and ρᵢⱼσᵢσⱼ is the covariance: the series
  /// itself is not needed.
  static func sharpePerBar(_ correlations: CorrelationMatrix, rows: [Int]) -> Double {
    var mean = 0.0
    var variance = 0.0
    var terms = 0.0
    for row in rows {
      mean += correlations.means[row] / (correlations.deviations[row] * correlations.deviations[row])
      for column in rows {
        let scale = 1 / (correlations.deviations[row] * correlations.deviations[column])
        variance += correlations.values[row * correlations.count + column] * scale
        terms += scale
      }
    }
    // Series that cancel leave rounding: that of each correlation and of the sum.
    let rounding = SpreadRounding.double.part(count: Double(correlations.bars + rows.count * rows.count))
    return variance > terms * rounding ? mean / variance.squareRoot() : .nan
  }
}
